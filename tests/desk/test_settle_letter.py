"""POST /desk/letters/{letter}/settlement: «Разобрано»."""

from app.history.models import Email, EmailState, Event
from app.settings import Settings
from jobs.relay import Relay
from tests.desk.test_desk import counts, make_letter
from tests.factories import Cast
from tests.site import ORIGIN, Browser


async def test_with_htmx(maria: Browser, cast: Cast) -> None:
    letter = await make_letter(cast.alice)
    answer = await maria.hx_post(f"/desk/letters/{letter.id}/settlement")
    assert (answer.status_code, answer.headers["hx-redirect"]) == (200, "/desk/letters")
    assert (await Email.get(id=letter.id)).settled_at


async def test_without_javascript(maria: Browser, cast: Cast, settings: Settings) -> None:
    letter, other = await make_letter(cast.alice), await make_letter(cast.bob)
    here = "/desk/letters?sort=old"
    assert f'action="/desk/letters/{letter.id}/settlement"' in (await maria.get(here)).text
    assert counts((await maria.get("/desk")).text)[5] == 2

    answer = await maria.post(f"/desk/letters/{letter.id}/settlement", headers={"referer": ORIGIN + here})

    assert (answer.status_code, answer.headers["location"]) == (303, here)
    page = (await maria.get(here)).text
    assert f"Разобрано: {cast.alice.email}" in page
    assert f"mailto:{cast.alice.email}" not in page and f"mailto:{other.recipient}" in page
    assert counts((await maria.get("/desk")).text)[5] == 1
    [event] = await Event.filter(name="letter.settled")
    assert (event.actor_id, event.company_id, event.data["recipient"]) == (
        cast.maria.id,
        cast.company.id,
        letter.recipient,
    )
    await Relay(settings).run()
    assert "Недоставленное письмо разобрано" in (await maria.get(f"/history?company={cast.company.id}")).text


async def test_twice_is_once(maria: Browser, anna: Browser, cast: Cast) -> None:
    letter = await make_letter(cast.alice)
    for browser in (maria, maria, anna):
        assert (await browser.post(f"/desk/letters/{letter.id}/settlement")).status_code == 303
    assert await Event.filter(name="letter.settled").count() == 1


async def test_by_a_stranger(oleg: Browser, alice: Browser, cast: Cast) -> None:
    letter = await make_letter(cast.alice)
    assert (await oleg.post(f"/desk/letters/{letter.id}/settlement")).status_code == 404
    assert (await oleg.post("/desk/letters/999/settlement")).status_code == 404
    assert (await alice.post(f"/desk/letters/{letter.id}/settlement")).status_code == 403
    assert (await Email.get(id=letter.id)).settled_at is None


async def test_what_has_arrived_waits_for_nobody(maria: Browser, cast: Cast) -> None:
    for state in (EmailState.SENT, EmailState.QUEUED):
        letter = await make_letter(cast.alice, state)
        answer = await maria.post(f"/desk/letters/{letter.id}/settlement")
        assert answer.status_code == 409 and "Это письмо никого не ждёт" in answer.text
    assert not await Event.exists(name="letter.settled")


async def test_one_that_is_sent_again_and_fails_again_waits_again(maria: Browser, anna: Browser, cast: Cast) -> None:
    letter = await make_letter(cast.alice)
    await maria.post(f"/desk/letters/{letter.id}/settlement")
    assert (await anna.post(f"/administration/letters/{letter.id}/sending")).status_code == 303
    await Email.filter(id=letter.id).update(state=EmailState.FAILED)
    assert cast.alice.email in (await maria.get("/desk/letters")).text
