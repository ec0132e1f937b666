"""/administration/letters: the log, a letter, and sending it again."""

from typing import Any

import pytest

from app import clock
from app.database import counting_queries
from app.history.models import Email, EmailState, Event
from jobs.mail import Post
from jobs.relay import Relay
from tests.factories import Cast
from tests.site import Browser
from tests.smtp import MailServer

LOG = "/administration/letters"


async def make_letter(number: int = 1, **fields: Any) -> Email:
    values = {
        "template": "order_placed",
        "message_id": f"<{number}@kabinet.test>",
        "sender": "robot@example.ru",
        "recipient": "lost@example.ru",
        "subject": f"Заказ {number}",
        "text": "Здравствуйте! Пароль: xyz-secret",
        "html": "<p onclick=alert(1)>Пароль: xyz-secret</p>",
        "secret": "xyz-secret",
        "state": EmailState.FAILED,
        "error": "550 no such user",
        "next_at": None,
        "attempts": 1,
    }
    return await Email.create(**{**values, **fields})


async def test_it_is_filtered_and_paged(anna: Browser, cast: Cast) -> None:
    for number in range(60):
        await make_letter(number, state=EmailState.SENT, error="", sent_at=clock.now())
    await make_letter(99, recipient="other@example.ru", template="invitation", subject="Приглашение")
    page = (await anna.get(LOG)).text
    assert "Приглашение" in page and "Заказ 59" in page and "Заказ 5<" not in page and "Раньше" in page
    older = (await anna.get(f"{LOG}?before=11&state=sent")).text
    assert "Заказ 9<" in older and "Заказ 10<" not in older
    for query in ("state=failed", "recipient=other@example.ru", "recipient=OTHER@example.ru", "kind=invitation"):
        found = (await anna.get(f"{LOG}?{query}")).text
        assert "550 no such user" in found and "Заказ 5" not in found, query
    assert "550 no such user" in (await anna.get(f"{LOG}?subject=риглаш")).text
    assert "Таких писем нет" in (await anna.get(f"{LOG}?from=2001-01-01&to=2001-01-02")).text
    wrong = await anna.get(f"{LOG}?from=32.13.2026")
    assert wrong.status_code == 422 and 'id="from-e"' in wrong.text


async def test_it_costs_the_same_with_more(anna: Browser, cast: Cast) -> None:
    await anna.get(LOG)
    counts = []
    for more in (range(2), range(2, 60)):
        for number in more:
            await make_letter(number)
        with counting_queries() as queries:
            await anna.get(LOG)
        counts.append(queries.count)
    assert counts[0] == counts[1]


async def test_a_letter_is_shown_without_its_secret_and_in_a_sandbox(anna: Browser, cast: Cast) -> None:
    letter = await make_letter()
    page = await anna.get(f"{LOG}/{letter.id}")
    assert "Пароль: ••••••" in page.text and "xyz-secret" not in page.text and "550 no such user" in page.text
    html = await anna.get(f"{LOG}/{letter.id}/html")
    assert "xyz-secret" not in html.text
    assert "sandbox" in html.headers["content-security-policy"]
    assert "script-src" not in html.headers["content-security-policy"]


@pytest.mark.parametrize("htmx", [False, True])
async def test_it_is_sent_again_once_and_arrives(
    anna: Browser, cast: Cast, relay: Relay, post: Post, mail_server: MailServer, htmx: bool
) -> None:
    letter = await make_letter()
    to = f"{LOG}/{letter.id}/sending"
    press = anna.hx_post if htmx else anna.post
    for _ in range(2):
        assert (await press(to)).status_code == (200 if htmx else 303)
    assert await Event.filter(name="letter.retried").count() == 1
    await post.send_due()
    sent = await Email.get(id=letter.id)
    assert (sent.state, sent.error, sent.secret, sent.attempts) == (EmailState.SENT, "", "", 2)
    assert mail_server.recipients == ["lost@example.ru"]
    answer = await press(to)
    assert answer.status_code == 409 and "Письмо уже ушло" in answer.text
    await post.send_due()
    assert len(mail_server.recipients) == 1


async def test_what_is_being_sent_is_left_alone(anna: Browser, cast: Cast) -> None:
    letter = await make_letter(state=EmailState.SENDING, next_at=clock.now())
    await anna.post(f"{LOG}/{letter.id}/sending")
    now = await Email.get(id=letter.id)
    assert (now.state, now.attempts) == (EmailState.SENDING, 1) and not await Event.exists()


async def test_an_old_letter_is_tried_for_three_days_again(
    anna: Browser, cast: Cast, post: Post, mail_server: MailServer
) -> None:
    letter = await make_letter(state=EmailState.FAILED)
    await Email.filter(id=letter.id).update(created_at=clock.now().replace(year=2020))
    await anna.post(f"{LOG}/{letter.id}/sending")
    await mail_server.stop()
    await post.send_due()
    assert (await Email.get(id=letter.id)).state is EmailState.DEFERRED


async def test_all_failed_ones_are_sent_again(anna: Browser, cast: Cast, post: Post, mail_server: MailServer) -> None:
    for number in range(3):
        await make_letter(number)
    await make_letter(9, state=EmailState.DEFERRED, next_at=clock.now().replace(year=2099))
    assert "не приняли 3 письма" in (await anna.get(f"{LOG}/sending")).text
    assert (await anna.post(f"{LOG}/sending")).status_code == 303
    await anna.post(f"{LOG}/sending")
    assert (await Event.get(name="letter.all_retried")).data["count"] == 3
    await post.send_due()
    assert len(mail_server.recipients) == 3


async def test_strangers_see_none(maria: Browser, alice: Browser, cast: Cast) -> None:
    letter = await make_letter()
    for browser in (maria, alice):
        for path in ("", f"/{letter.id}", f"/{letter.id}/html", "/sending"):
            assert (await browser.get(LOG + path)).status_code == 403
        for path in (f"/{letter.id}/sending", "/sending"):
            assert (await browser.post(LOG + path)).status_code == 403
    assert (await Email.get(id=letter.id)).state is EmailState.FAILED


async def test_every_letter_has_a_name() -> None:
    from app.administration.letter_kinds import KINDS
    from jobs.subscriptions import SUBSCRIPTIONS

    written = {letter.template for hears in SUBSCRIPTIONS.values() for letter in hears.letters}
    assert written == set(KINDS)
