"""POST /administration/staff/{person}/absence and /profile/absence: who is away, and who answers meanwhile."""

import asyncio
from datetime import timedelta

import pytest

from app import clock
from app.accounts.models import Person
from app.administration.staff_actions import NoSubstitute, set_absence
from app.history.models import Event
from tests.factories import Cast
from tests.site import Browser
from tests.users import make_user


def days(first: int = 0, last: int = 5) -> dict[str, str]:
    today = clock.distributor_today()
    return {
        "absent_from": (today + timedelta(days=first)).isoformat(),
        "absent_until": (today + timedelta(days=last)).isoformat(),
    }


@pytest.mark.parametrize("htmx", [False, True])
async def test_partners_learn_of_it(anna: Browser, alice: Browser, cast: Cast, htmx: bool) -> None:
    to = f"/administration/staff/{cast.maria.id}/absence"
    answer = await (anna.hx_post if htmx else anna.post)(to, {**days(-1), "substitute": str(cast.oleg.id)})
    assert answer.status_code == (200 if htmx else 303)
    maria = await Person.get(id=cast.maria.id)
    assert maria.substitute_id == cast.oleg.id and maria.absent_from is not None
    page = (await alice.get("/presentations")).text
    assert "Нет на месте по" in page and "Замещает: Олег Синицын" in page and "Сейчас на месте" not in page
    data = (await Event.get(name="staff.absence_set")).data
    assert data["was"] == {} and data["now"]["substitute"] == "Олег Синицын"
    assert (await anna.post(to, {"absent_from": "", "absent_until": ""})).status_code == 303
    assert (await Person.get(id=cast.maria.id)).absent_from is None
    assert "Нет на месте" not in (await alice.get("/presentations")).text


@pytest.mark.parametrize("htmx", [False, True])
async def test_managers_set_their_own(maria: Browser, cast: Cast, htmx: bool) -> None:
    assert 'action="/profile/absence"' in (await maria.get("/profile")).text
    post = maria.hx_post if htmx else maria.post
    assert (await post("/profile/absence", {**days(), "substitute": str(cast.oleg.id)})).status_code == (
        200 if htmx else 303
    )
    assert (await Person.get(id=cast.maria.id)).substitute_id == cast.oleg.id


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"absent_until": ""}, "absent_until"),
        ({"absent_from": ""}, "absent_from"),
        ({"absent_from": "31.02.2027"}, "absent_from"),
        (days(5, 4), "absent_until"),
        (days(-9, -8), "absent_until"),
        ({"substitute": "999999"}, "substitute"),
        ({"absent_until": "31.12.9999"}, "absent_until"),
    ],
)
async def test_wrong_fields_are_told_and_kept(maria: Browser, wrong: dict[str, str], field: str) -> None:
    for post in (maria.post, maria.hx_post):
        answer = await post("/profile/absence", {**days(), **wrong})
        assert answer.status_code == 422 and f'id="{field}-e"' in answer.text
    assert not await Event.filter(name="staff.absence_set").exists()


async def test_partners_have_none(alice: Browser) -> None:
    assert (await alice.post("/profile/absence", days())).status_code == 403
    assert "absence" not in (await alice.get("/profile")).text


async def test_nobody_stands_for_who_stands_for_them(maria: Browser, oleg: Browser, cast: Cast) -> None:
    await maria.post("/profile/absence", {**days(), "substitute": str(cast.oleg.id)})
    answer = await oleg.post("/profile/absence", {**days(), "substitute": str(cast.maria.id)})
    assert answer.status_code == 422 and 'id="substitute-e"' in answer.text
    own = await maria.hx_post("/profile/absence", {**days(), "substitute": str(cast.maria.id)})
    assert own.status_code == 422, "oneself is not among the colleagues"


async def test_two_who_choose_each_other_at_once(cast: Cast) -> None:
    users = {one.id: await make_user(one) for one in (cast.maria, cast.oleg)}
    first = clock.distributor_today()
    last = first + timedelta(days=3)
    outcomes = await asyncio.gather(
        set_absence(cast.maria, first, last, cast.oleg, by=users[cast.maria.id]),
        set_absence(cast.oleg, first, last, cast.maria, by=users[cast.oleg.id]),
        return_exceptions=True,
    )
    assert sorted(type(one) for one in outcomes if one) == [NoSubstitute]
    assert await Person.exclude(substitute_id=None).count() == 1
