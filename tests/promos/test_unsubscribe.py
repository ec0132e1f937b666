"""GET and POST /unsubscribe/{token}: promotional letters are called off from a letter, without signing in."""

from email import message_from_bytes, policy

from app.accounts import unsubscribing
from app.accounts.joining import Consent, Withdrawal
from app.database import Sql
from app.history.models import Event
from app.promos.models import Promo
from app.settings import Settings
from jobs.mail_server import as_message
from jobs.promos import Promos
from jobs.relay import Relay
from tests.factories import Cast
from tests.promos.conftest import Offer, agree
from tests.site import Browser

ONE_CLICK = {"content-type": "application/x-www-form-urlencoded"}


async def test_a_letter_says_how(
    maria: Browser, offer: Offer, promo: Promo, worker: Promos, settings: Settings
) -> None:
    await maria.post(f"/desk/promos/{promo.id}/sending")
    await worker.make_all()
    await Relay(settings).run()
    for letter in await Sql("SELECT * FROM email").all():
        message = message_from_bytes(as_message(letter, "Спектр-СБ").as_bytes(), policy=policy.default)
        address = unsubscribing.address(settings, letter["person_id"]).rpartition(".")[0].rpartition(".")[0]
        assert str(message["List-Unsubscribe"]).strip().startswith(f"<{address}")
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert address in letter["html"] and address in letter["text"]


async def test_one_click_of_a_mail_program(guest: Browser, cast: Cast, settings: Settings) -> None:
    await agree(cast.alice)
    path = unsubscribing.address(settings, cast.alice.id).removeprefix(settings.origin)
    for _ in range(2):  # doubled, from anywhere, without a cookie or a form token
        headers = {**ONE_CLICK, "sec-fetch-site": "cross-site", "origin": "https://mail.example.com"}
        answer = await guest.http.post(path, content=b"List-Unsubscribe=One-Click", headers=headers)
        assert answer.status_code == 200 and not answer.content
    consent = await Consent.get()
    assert consent.withdrawn_at is not None and consent.withdrawn_by is Withdrawal.ONE_CLICK
    [event] = await Event.all()
    assert (event.name, event.actor_id, event.company_id) == ("person.unsubscribed", cast.alice.id, cast.company.id)


async def test_the_page_asks_first(guest: Browser, cast: Cast, settings: Settings) -> None:
    await agree(cast.bob)
    path = unsubscribing.address(settings, cast.bob.id).removeprefix(settings.origin)
    assert "Отказаться от писем" in (await guest.get(path)).text
    assert (await Consent.get()).withdrawn_at is None, "programs that look into links open it, too"
    assert (await guest.post(path)).headers["location"] == path
    assert (await Consent.get()).withdrawn_by is Withdrawal.PAGE
    assert "Рекламные письма не приходят" in (await guest.get(path)).text


async def test_a_forged_token_opens_nothing(guest: Browser, cast: Cast, settings: Settings) -> None:
    await agree(cast.alice)
    path = unsubscribing.address(settings, cast.alice.id).removeprefix(settings.origin)
    for forged in (path + "x", path[:-1], "/unsubscribe/1"):
        assert (await guest.get(forged)).status_code == 404
        assert (await guest.post(forged)).status_code == 404
    assert (await Consent.get()).withdrawn_at is None
