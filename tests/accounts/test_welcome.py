"""GET and POST /welcome: an own password and the consents, before any other door."""

import pytest

from app.accounts.invitations import Newcomer, invite, one_time_password
from app.accounts.joining import Consent, ConsentKind, Invitation
from app.accounts.models import Person, Role, Session
from app.history.models import Event
from app.policies import consent_version
from app.settings import Settings
from tests.accounts.test_sign_in import enter
from tests.factories import Cast
from tests.site import Browser
from tests.users import make_user

OWN = "три слова и ещё одно 7"


@pytest.fixture
async def yana(guest: Browser, cast: Cast, settings: Settings) -> Person:
    """Somebody who has just come in, in the browser `guest`."""
    newcomer = Newcomer("Яна Зимина", "zimina@example.ru", "", Role.BUYER)
    person = await invite(newcomer, cast.company.id, by=await make_user(cast.maria))
    number = (await Invitation.get(person_id=person.id)).id
    assert (await enter(guest, "zimina", one_time_password(settings, number))).status_code == 303
    return person


async def test_an_own_password_and_on_to_what_they_came_for(guest: Browser, yana: Person, settings: Settings) -> None:
    page = (await guest.get("/welcome?next=/orders")).text
    assert "Яна Зимина, вас пригласили" in page and 'value="/orders"' in page
    assert "checked" not in page, "a consent is given, not taken"
    answer = await guest.post("/welcome", {"password": OWN, "consent": "1", "next": "/orders"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/orders")
    assert (await guest.get("/orders")).status_code == 200
    now = await Person.get(id=yana.id)
    assert not now.must_choose_password and now.password_hash
    assert (await Invitation.get(person_id=yana.id)).accepted_at is not None
    consent = await Consent.get(person_id=yana.id)
    kind = ConsentKind.PERSONAL_DATA
    assert (consent.kind, consent.version, consent.ip) == (kind, consent_version(kind), "198.51.100.24")
    assert (await Event.get(name="person.came_in")).company_id == yana.company_id
    await guest.post("/sign-out")
    old = one_time_password(settings, (await Invitation.get(person_id=yana.id)).id)
    assert (await enter(guest, "zimina", old)).status_code == 422
    assert (await enter(guest, "zimina", OWN)).status_code == 303


async def test_with_htmx_and_with_promotional_letters(guest: Browser, yana: Person) -> None:
    answer = await guest.hx_post("/welcome", {"password": OWN, "consent": "1", "promo": "1", "next": "/catalogue"})
    assert answer.headers["hx-redirect"] == "/catalogue"
    assert {one.kind for one in await Consent.filter(person_id=yana.id)} == set(ConsentKind)
    again = await guest.post("/welcome", {"password": "другой пароль 12 слов", "consent": "1", "next": "/orders"})
    assert again.headers["location"] == "/orders"
    assert await Consent.filter(person_id=yana.id).count() == 2


async def test_every_other_door_leads_there(guest: Browser, yana: Person) -> None:
    for path in ("/presentations", "/orders", "/cart", "/history", "/people"):
        assert (await guest.get(path)).headers["location"] == f"/welcome?next={path}"
    posted = await guest.hx_post("/cart/recalculation")
    assert posted.headers["hx-redirect"].startswith("/welcome") and "location" not in posted.headers
    assert (await guest.post("/language", {"language": "en", "next": "/welcome"})).headers["location"] == "/welcome"
    assert "Welcome" in (await guest.get("/welcome")).text
    assert (await guest.post("/sign-out")).headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"consent": "1"}, "password"),
        ({"password": "short", "consent": "1"}, "password"),
        ({"password": "zimina zimina 2011", "consent": "1"}, "password"),
        ({"password": "x" * 129, "consent": "1"}, "password"),
        ({"password": OWN}, "consent"),
        ({"password": OWN, "promo": "1"}, "consent"),
    ],
)
async def test_what_is_refused(guest: Browser, yana: Person, form: dict[str, str], field: str) -> None:
    answer = await guest.post("/welcome", {**form, "next": "/orders"})
    assert answer.status_code == 422 and f'id="{field}-e"' in answer.text
    assert 'name="next" value="/orders"' in answer.text
    assert ('name="promo" value="1" checked' in answer.text) is ("promo" in form)
    assert (await Person.get(id=yana.id)).must_choose_password
    assert not await Consent.exists()


async def test_the_mailed_password_never_becomes_permanent(guest: Browser, yana: Person, settings: Settings) -> None:
    mailed = one_time_password(settings, (await Invitation.get(person_id=yana.id)).id)
    answer = await guest.post("/welcome", {"password": mailed.upper(), "consent": "1"})
    assert answer.status_code == 422 and "Это пароль из письма" in answer.text
    assert (await Person.get(id=yana.id)).password_hash == ""


async def test_who_has_a_password_goes_on(alice: Browser, guest: Browser, cast: Cast) -> None:
    assert (await alice.get("/welcome?next=/orders")).headers["location"] == "/orders"
    form = {"password": OWN, "consent": "1", "next": "//elsewhere.test"}
    assert (await alice.post("/welcome", form)).headers["location"] == "/"
    assert (await Person.get(id=cast.alice.id)).password_hash == ""
    assert (await guest.get("/welcome")).headers["location"].startswith("/sign-in")


async def test_other_sessions_of_the_newcomer_end(guest: Browser, yana: Person) -> None:
    await make_user(yana)
    await guest.post("/welcome", {"password": OWN, "consent": "1"})
    assert await Session.filter(person_id=yana.id, ended_at=None).count() == 1
