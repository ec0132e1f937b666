"""The history page: everything of one's own, nothing of others, as many queries whatever its length."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app import clock
from app.database import counting_queries
from app.history.models import Email, EmailState, HistoryEntry
from app.settings import Settings
from app.web.formats import when
from jobs.relay import Relay
from tests.events import IP, commented, happened, order_placed, presentation_sent, status_changed
from tests.factories import Cast, make_comment, make_order, make_presentation
from tests.history.pages import rows, text
from tests.site import Browser


@pytest.fixture
def relay(settings: Settings) -> Relay:
    return Relay(settings)


async def test_every_action_stands_there_with_who_when_where_and_its_letters(
    cast: Cast, alice: Browser, relay: Relay
) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, placed_at=datetime(2026, 11, 20, 7, 4, tzinfo=UTC))
    await order_placed(order, by=cast.alice)
    await status_changed(order, by=cast.maria, status="picking")
    comment = await make_comment(on=order, author=cast.maria)
    await commented(comment, on=order, by=cast.maria)
    await relay.run()
    await Email.filter(template="order_placed").update(state=EmailState.SENT, sent_at=clock.now())
    page = await alice.get("/history")
    assert page.status_code == 200
    said, moved, placed = rows(page.text)
    assert f'href="/orders/{order.number}#comment-1"' in said
    assert "Комментарий к заказу" in text(said) and "комментарий 1" in text(said)
    assert "Мария Орлова менеджер" in text(moved) and "Статус: собирается" in text(moved)
    assert f'<a href="/orders/{order.number}">' in placed
    shown = text(placed)
    assert all(part in shown for part in ("сегодня", IP, "Алиса Соколова", "Заказ оформлен", "1 позиция, 29 980,00 ₽"))
    assert "robot@example.ru → alice@example.ru" in shown and "robot@example.ru → maria@example.ru" in shown
    assert f"«Спектр-СБ - заказ № {order.number} от 20.11.26 12:04 - новый заказ»" in shown
    assert re.search(r"доставлено, \d\d:\d\d", shown) and "в очереди" in shown


async def test_another_company_has_another_history(
    cast: Cast, charlie: Browser, alice: Browser, bob: Browser, relay: Relay
) -> None:
    await order_placed(await make_order(person=cast.alice), by=cast.alice)
    await relay.run()
    assert rows((await charlie.get("/history")).text) == []
    assert len(rows((await alice.get("/history")).text)) == len(rows((await bob.get("/history")).text)) == 1


async def test_what_is_for_staff_only(
    cast: Cast, alice: Browser, maria: Browser, oleg: Browser, anna: Browser, relay: Relay
) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    note = await make_comment(on=order, author=cast.maria, internal=True, text="Должник")
    await commented(note, on=order, by=cast.maria)
    await happened("order.called", by=cast.maria, company=cast.company.id, order=order.number, order_id=order.id)
    await order_placed(order, by=cast.alice)
    await happened("person.signed_in", by=cast.anna)
    await relay.run()
    seen = {
        name: [re.search(r"<b>(.*?)</b>", row)[1] for row in rows((await browser.get("/history")).text)]  # type: ignore[index]
        for name, browser in {"alice": alice, "maria": maria, "oleg": oleg, "anna": anna}.items()
    }
    everything = ["Заказ оформлен", "Звонок партнёру", "Внутренняя заметка"]
    assert seen == {"alice": ["Заказ оформлен"], "maria": everything, "oleg": [], "anna": ["Вход", *everything]}


async def test_managers_see_what_they_did_themselves(cast: Cast, oleg: Browser, maria: Browser, relay: Relay) -> None:
    order = await make_order(person=cast.nina)
    about = {"order": order.number, "order_id": order.id, "manager": cast.oleg.name}
    await happened("order.claimed", by=cast.oleg, company=cast.lone_company.id, **about)
    await relay.run()
    assert "ИП Кравцова" in text(rows((await oleg.get("/history")).text)[0])
    assert rows((await maria.get("/history")).text) == []


async def test_partners_see_no_addresses_of_staff(
    cast: Cast, alice: Browser, maria: Browser, nina: Browser, relay: Relay
) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    await status_changed(order, by=cast.maria)
    await order_placed(await make_order(person=cast.nina), by=cast.nina)
    await relay.run()
    (partners,) = rows((await alice.get("/history")).text)
    assert IP not in partners and '<span class="dim ip">Спектр-СБ</span>' in partners
    (managers,) = rows((await maria.get("/history")).text)
    assert IP in managers
    (lone,) = rows((await nina.get("/history")).text)
    assert "maria@" not in lone and "oleg@" not in lone
    assert text(lone).count("→ Спектр-СБ") == 1 and text(lone).count("→ nina@example.ru") == 1


async def test_the_state_of_a_letter(cast: Cast, alice: Browser, maria: Browser, relay: Relay) -> None:
    moment = clock.now()
    theirs, ours = ZoneInfo("Asia/Yekaterinburg"), ZoneInfo("Europe/Moscow")
    the_day_before = moment - timedelta(days=1)
    order = await make_order(person=cast.alice, manager=cast.maria)
    for _ in range(3):
        await status_changed(order, by=cast.maria)
    await relay.run()
    await HistoryEntry.all().update(at=moment)
    sent, failed, waits = await Email.all().order_by("id")
    await Email.filter(id=sent.id).update(state=EmailState.SENT, sent_at=the_day_before)
    await Email.filter(id=failed.id).update(state=EmailState.FAILED, error="550 <b>No such mailbox</b>")
    await Email.filter(id=waits.id).update(state=EmailState.DEFERRED, next_at=moment, error="450 Try later")
    third, second, first = (text(row) for row in rows((await alice.get("/history")).text))
    assert f"доставлено, {when(the_day_before, theirs)}" in first
    assert "не доставлено" in second and "No such mailbox" not in second
    assert f"отложено, повтор в {moment.astimezone(theirs):%H:%M}" in third and "450" not in third
    _, second, first = rows((await maria.get("/history")).text)
    assert "не доставлено: 550 &lt;b&gt;No such mailbox&lt;/b&gt;" in second
    assert f"доставлено, {when(the_day_before, ours)}" in first


async def test_fifty_a_page(cast: Cast, alice: Browser, relay: Relay) -> None:
    for _ in range(60):
        await happened("person.signed_in", by=cast.alice)
    await relay.run()
    ids = [entry.id for entry in await HistoryEntry.all().order_by("-id")]
    first = await alice.get("/history")
    assert len(rows(first.text)) == 50 and "50 записей, сначала новые" in first.text
    assert f'href="/history?before={ids[49]}"' in first.text and "К последним" not in first.text
    second = await alice.get(f"/history?before={ids[49]}")
    assert [int(one) for one in re.findall(r'id="entry-(\d+)"', second.text)] == ids[50:]
    assert "before=" not in second.text.partition("<main")[2].partition("</main>")[0] and "К последним" in second.text
    assert "Раньше ничего не было" in (await alice.get(f"/history?before={ids[-1]}")).text


@pytest.mark.parametrize("key", ["", "0", "-1", "x", "1.5", "１２", "9" * 19, "9" * 30, "1%00"])
async def test_a_key_that_is_none_is_no_page(alice: Browser, key: str) -> None:
    assert (await alice.get(f"/history?before={key}")).status_code == 404


async def test_before_anything_happened_it_says_what_will_stand_here(alice: Browser, maria: Browser) -> None:
    assert "Пока ничего не произошло" in (await alice.get("/history")).text
    assert "Пока ничего не произошло" in (await maria.get("/history")).text


async def test_guests_are_asked_to_sign_in(guest: Browser) -> None:
    answer = await guest.get("/history")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/history")


async def test_in_english(cast: Cast, alice: Browser, relay: Relay) -> None:
    await happened("person.signed_in", by=cast.alice)
    await relay.run()
    await alice.post("/language", {"language": "en", "next": "/history"})
    page = await alice.get("/history")
    assert "Everything that went on between your company and Спектр-СБ." in page.text
    assert "1 entry, newest first" in page.text and "<b>Sign-in</b>" in page.text


@pytest.mark.parametrize("who", ["alice", "maria", "anna"])
async def test_the_number_of_queries_does_not_grow(
    cast: Cast, relay: Relay, request: pytest.FixtureRequest, sign_in: object, who: str
) -> None:
    browser: Browser = await sign_in(getattr(cast, who))  # type: ignore[operator]
    presentation = await make_presentation(company=cast.company, author=cast.maria)
    counts = []
    for more in (2, 48):
        for _ in range(more):
            await presentation_sent(presentation, by=cast.maria)
        await relay.run()
        await browser.get("/history")
        with counting_queries() as queries:
            page = await browser.get("/history")
        counts.append(queries.count)
        assert len(rows(page.text)) == (2 if more == 2 else 50)
    assert counts[0] == counts[1] <= 8
