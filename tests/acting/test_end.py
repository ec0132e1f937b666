"""POST /acting/ending, and the other ways out."""

from app.accounts.models import Session
from app.history.models import Event
from tests.factories import Cast
from tests.site import Browser


async def test_without_javascript(deputy: Browser, cast: Cast) -> None:
    answer = await deputy.post("/acting/ending")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/partners")
    assert "от своего имени" in (await deputy.get("/desk/partners")).text
    assert (await deputy.post("/acting/ending")).headers["location"] == "/", "a repeat changes nothing"
    _begun, ended = await Event.all().order_by("id")
    assert (ended.name, ended.actor_id, ended.company_id) == ("acting.ended", cast.maria.id, cast.company.id)


async def test_with_htmx(deputy: Browser) -> None:
    assert (await deputy.hx_post("/acting/ending")).headers["hx-redirect"] == "/desk/partners"


async def test_who_does_not_act(alice: Browser, guest: Browser) -> None:
    assert (await alice.post("/acting/ending")).headers["location"] == "/"
    assert (await guest.post("/acting/ending")).headers["location"].startswith("/sign-in")
    assert await Event.all().count() == 0


async def test_signing_out(deputy: Browser, alice: Browser, cast: Cast) -> None:
    """It is the manager who signs out, of the manager's session."""
    assert (await deputy.post("/sign-out")).headers["location"] == "/sign-in"
    _begun, ended, out = await Event.all().order_by("id")
    assert ended.name == "acting.ended"
    assert (out.name, out.actor_id, out.company_id) == ("person.signed_out", cast.maria.id, None)
    assert await Session.filter(person=cast.maria, ended_at=None).count() == 0
    assert (await alice.get("/presentations")).status_code == 200


async def test_another_site_cannot_end_it(deputy: Browser) -> None:
    assert (await deputy.post("/acting/ending", headers={"sec-fetch-site": "cross-site"})).status_code == 403
