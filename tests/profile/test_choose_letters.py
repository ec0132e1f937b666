"""POST /profile/letters: which letters to get; promo is a consent with its version, time and IP."""

from app.accounts.joining import Consent, ConsentKind
from app.history.models import Event
from tests.factories import Cast
from tests.site import Browser

ALL = {"presentations": "1", "comments": "1", "statuses": "1"}


async def test_without_javascript(alice: Browser, cast: Cast) -> None:
    assert (await alice.get("/profile/letters")).text.count(" checked") == 3
    answer = await alice.post("/profile/letters", {"presentations": "1", "promo": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/profile")
    await cast.alice.refresh_from_db()
    assert (cast.alice.wants_presentations, cast.alice.wants_comments, cast.alice.wants_statuses) == (
        True,
        False,
        False,
    )
    [consent] = await Consent.all()
    assert (consent.kind, consent.version, consent.ip) == (ConsentKind.PROMO, "1", "198.51.100.24")
    assert consent.withdrawn_at is None
    [event] = await Event.all()
    assert event.name == "person.preferences_changed"
    assert event.data == {"on": ["promo"], "off": ["comments", "statuses"]}


async def test_the_consent_is_withdrawn_and_kept(alice: Browser, cast: Cast) -> None:
    await alice.post("/profile/letters", {**ALL, "promo": "1"})
    await alice.post("/profile/letters", {**ALL, "promo": "1"})
    await alice.post("/profile/letters", ALL)
    [consent] = await Consent.all()
    assert consent.withdrawn_at is not None
    assert await Event.all().count() == 2, "the second changed nothing"


async def test_with_htmx(alice: Browser, cast: Cast) -> None:
    assert (await alice.hx_get("/profile/letters")).text.lstrip().startswith('<section class="part" id="letters"')
    answer = await alice.hx_post("/profile/letters", ALL)
    assert answer.text.startswith('<section class="part fresh" id="letters"')


async def test_a_stranger(guest: Browser, maria: Browser, charlie: Browser, cast: Cast) -> None:
    assert (await guest.post("/profile/letters")).headers["location"].startswith("/sign-in")
    assert (await maria.post("/profile/letters")).status_code == 403
    await charlie.post("/profile/letters", {"promo": "1"})
    await cast.alice.refresh_from_db()
    assert cast.alice.wants_comments
    assert (await charlie.post("/profile/letters", {"security": "1"})).status_code == 400
