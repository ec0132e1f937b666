"""GET /profile: all that is known of oneself, of the company, of devices and sign-ins."""

from app import clock
from app.accounts.models import Company, Person, Session
from app.database import counting_queries
from app.history.models import HistoryEntry
from tests.events import happened
from tests.factories import Cast
from tests.site import Browser


async def signs_in(person: Person, name: str = "person.signed_in") -> None:
    """An entry of the history, as the relay writes it."""
    event = await happened(name, by=person)
    await HistoryEntry.create(
        id=event.id, event_id=event.id, at=event.at, company_id=event.company_id, actor=person, action=name, ip=event.ip
    )


async def test_a_partner_sees_their_data_and_the_companys(alice: Browser, cast: Cast) -> None:
    await Company.filter(id=cast.company.id).update(legal_address="г. Екатеринбург, ул. Складская, д. 1")
    page = (await alice.get("/profile")).text
    for text in (cast.alice.name, "+7\u00a0343\u00a0000-45-67", cast.company.name, cast.company.inn, "ул. Складская"):
        assert text in page
    assert "Екатеринбург, UTC+5" in page
    assert 'href="/profile/company"' in page


async def test_only_the_owner_is_shown_how_to_change_the_company(bob: Browser, vera: Browser, cast: Cast) -> None:
    for browser in (bob, vera):
        page = (await browser.get("/profile")).text
        assert cast.company.inn in page
        assert 'href="/profile/company"' not in page
        assert 'href="/profile/person"' in page


async def test_staff_have_no_company_and_no_letters_to_choose(maria: Browser, cast: Cast) -> None:
    page = (await maria.get("/profile")).text
    assert cast.maria.name in page and "09:00–18:00" in page
    assert 'id="company"' not in page and 'id="letters"' not in page


async def test_own_sign_ins_and_nobody_elses(alice: Browser, maria: Browser, cast: Cast) -> None:
    await signs_in(cast.alice)
    await signs_in(cast.alice, "person.sign_in_failed")
    await signs_in(cast.bob, "person.sign_in_failed")
    await signs_in(cast.maria)
    page = (await alice.get("/profile")).text
    assert page.count("198.51.100.24</td>") == 3, "a device, a sign-in, a failure"
    assert page.count("Неудачный вход") == 1
    assert f'href="/history?what=sign-ins&amp;who={cast.alice.id}"' in page
    assert (await maria.get("/profile")).text.count("198.51.100.24</td>") == 2


async def test_at_most_twenty_sign_ins(alice: Browser, cast: Cast) -> None:
    for _ in range(25):
        await signs_in(cast.alice)
    assert (await alice.get("/profile")).text.count("198.51.100.24</td>") == 21


async def test_a_session_that_ended_is_no_device(alice: Browser, cast: Cast) -> None:
    await Session.create(digest="1", person=cast.alice, seen_at=clock.now(), ip="192.0.2.1", ended_at=clock.now())
    await Session.create(digest="2", person=cast.bob, seen_at=clock.now(), ip="192.0.2.2")
    page = (await alice.get("/profile")).text
    assert "192.0.2." not in page
    assert "это устройство" in page


async def test_it_costs_the_same_for_two_and_for_fifty(alice: Browser, cast: Cast) -> None:
    await signs_in(cast.alice)
    await alice.get("/profile")
    with counting_queries() as few:
        await alice.get("/profile")
    for number in range(48):
        await Session.create(digest=str(number), person=cast.alice, seen_at=clock.now())
        await signs_in(cast.alice)
    with counting_queries() as many:
        await alice.get("/profile")
    assert few.count == many.count


async def test_guests_are_asked_to_sign_in(guest: Browser) -> None:
    answer = await guest.get("/profile")
    assert answer.status_code == 303 and answer.headers["location"] == "/sign-in?next=/profile"
