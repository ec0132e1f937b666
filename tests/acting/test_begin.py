"""POST /desk/people/{person}/acting: for people of own and unassigned partners, one at a time, for an hour."""

import asyncio

import pytest
from starlette.applications import Starlette

from app import clock
from app.accounts.models import Assignment, Person, Role
from app.acting import actions
from app.acting.models import Acting
from app.history.models import Event
from tests.accounts.conftest import Clock
from tests.acting.conftest import act
from tests.factories import Cast, make_person
from tests.site import Browser
from tests.users import make_user

BANNER = "Вы действуете за партнёра"


async def test_without_javascript(maria: Browser, cast: Cast) -> None:
    assert f'action="/desk/people/{cast.alice.id}/acting"' in (await maria.get("/desk/partners")).text
    await act(maria, cast.alice)
    page = (await maria.get("/presentations")).text
    assert BANNER in page and "<b>Алиса Соколова, ООО «Монтаж-Сервис»</b>" in page and "Мария Орлова" in page
    assert 'action="/language"' not in page and 'href="/profile"' not in page
    assert (await maria.get("/desk")).status_code == 403
    [event] = await Event.all()
    assert (event.name, event.actor_id, event.company_id) == ("acting.begun", cast.maria.id, cast.company.id)
    assert event.data == {"person": "Алиса Соколова", "person_id": cast.alice.id}


async def test_with_htmx(maria: Browser, cast: Cast) -> None:
    answer = await maria.hx_post(f"/desk/people/{cast.alice.id}/acting")
    assert answer.headers["hx-redirect"] == "/presentations"


async def test_pressed_twice(deputy: Browser, cast: Cast) -> None:
    await act(deputy, cast.alice)
    assert await Event.all().count() == 1


async def test_for_whom(maria: Browser, anna: Browser, oleg: Browser, cast: Cast) -> None:
    for browser, person, status in (
        (maria, cast.nina, 303),  # nobody's partner
        (anna, cast.charlie, 303),
        (oleg, cast.alice, 404),
        (oleg, cast.maria, 404),
        (oleg, cast.anna, 404),
        (oleg, cast.oleg, 404),
    ):
        assert (await browser.post(f"/desk/people/{person.id}/acting")).status_code == status, person.name
    assert await Acting.all().count() == 2


async def test_strangers(guest: Browser, alice: Browser, cast: Cast) -> None:
    assert (await guest.post(f"/desk/people/{cast.bob.id}/acting")).headers["location"].startswith("/sign-in")
    assert (await alice.post(f"/desk/people/{cast.bob.id}/acting")).status_code == 403
    assert await Acting.all().count() == 0


@pytest.mark.parametrize("field", ["blocked_at", "must_choose_password"])
async def test_not_for_who_is_blocked_or_has_not_come_in(maria: Browser, cast: Cast, field: str) -> None:
    await Person.filter(id=cast.alice.id).update(**{field: clock.now() if field == "blocked_at" else True})
    assert (await maria.post(f"/desk/people/{cast.alice.id}/acting")).status_code == 409
    assert await Acting.all().count() == await Event.all().count() == 0


async def test_not_nested(deputy: Browser, cast: Cast) -> None:
    assert (await deputy.post(f"/desk/people/{cast.bob.id}/acting")).status_code == 403
    assert "Алиса Соколова" in (await deputy.get("/presentations")).text


async def test_with_the_rights_of_that_person(maria: Browser, cast: Cast) -> None:
    await act(maria, cast.vera)
    assert (await maria.post("/cart/checkout")).status_code == 403, "she may only look"


async def test_after_an_hour(deputy: Browser, cast: Cast, later: Clock) -> None:
    later.pass_(minutes=59)
    assert BANNER in (await deputy.get("/presentations")).text
    later.pass_(minutes=2)
    assert (await deputy.get("/desk")).status_code == 200
    assert (await deputy.get("/presentations")).status_code == 403


@pytest.mark.parametrize("what", ["partner blocked", "manager blocked", "transferred", "demoted", "staff now"])
async def test_what_ends_it_meanwhile(deputy: Browser, cast: Cast, what: str) -> None:
    if what == "partner blocked":
        await Person.filter(id=cast.alice.id).update(blocked_at=clock.now())
    elif what == "manager blocked":
        await Person.filter(id=cast.maria.id).update(blocked_at=clock.now())
    elif what == "transferred":
        await Assignment.filter(company=cast.company).update(manager=cast.oleg)
    elif what == "demoted":
        await Person.filter(id=cast.maria.id).update(role=Role.BUYER, company_id=cast.other_company.id)
    else:
        await Person.filter(id=cast.alice.id).update(role=Role.MANAGER, company_id=None)
    for path in ("/presentations", "/desk", "/catalogue"):
        answer = await deputy.get(path)
        assert BANNER not in answer.text and "Алиса Соколова" not in answer.text


async def test_one_at_a_time(site: Starlette, deputy: Browser, cast: Cast) -> None:
    """In another browser it is begun anew, and ends in this one."""
    async with Browser(site) as phone:
        await phone.enter(cast.maria)
        assert (await phone.get("/desk")).status_code == 200, "another session is the manager's own"
        await act(phone, cast.nina)
        assert "ИП Кравцова" in (await phone.get("/presentations")).text
    assert (await deputy.get("/desk")).status_code == 200


async def test_ten_at_once(cast: Cast) -> None:
    users = [await make_user(cast.maria) for _ in range(10)]
    people = [cast.alice, cast.bob] * 5
    await asyncio.gather(*(actions.begin(one, by=by) for one, by in zip(people, users, strict=True)))
    assert await Acting.all().count() == 1


async def test_the_same_queries_however_many_act(maria: Browser, cast: Cast) -> None:
    managers = [await make_person(name=f"Менеджер {number}", role=Role.MANAGER) for number in range(5)]
    for one in managers:
        await actions.begin(cast.nina, by=await make_user(one))
    await act(maria, cast.alice)
    assert BANNER in (await maria.get("/presentations")).text
