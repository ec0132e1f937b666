"""POST /people/{person}/role: what a colleague may do."""

import asyncio

import pytest

from app.accounts.models import Person, Role
from app.errors import RuleBroken
from app.history.models import Event
from app.people import actions
from tests.factories import Cast
from tests.site import Browser
from tests.users import make_user

LAST = "У компании должен быть владелец: сначала назначьте другого"


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_viewer_becomes_a_buyer(alice: Browser, vera: Browser, cast: Cast, htmx: bool) -> None:
    assert (await vera.get("/orders/checkout")).status_code == 403
    post = alice.hx_post if htmx else alice.post
    answer = await post(f"/people/{cast.vera.id}/role", {"role": "buyer"})
    assert answer.status_code == (200 if htmx else 303)
    assert (await Person.get(id=cast.vera.id)).role is Role.BUYER
    event = await Event.get(name="person.role_changed")
    assert (event.data["was"], event.data["role"], event.company_id) == ("viewer", "buyer", cast.company.id)
    assert (await vera.get("/orders/checkout")).status_code == 200, "from the next click on"
    await post(f"/people/{cast.vera.id}/role", {"role": "buyer"})
    assert await Event.filter(name="person.role_changed").count() == 1, "nothing changed the second time"


async def test_strangers_and_colleagues_do_not(bob: Browser, charlie: Browser, cast: Cast) -> None:
    assert (await bob.post(f"/people/{cast.bob.id}/role", {"role": "owner"})).status_code == 403
    assert (await charlie.post(f"/people/{cast.bob.id}/role", {"role": "viewer"})).status_code == 404
    assert (await Person.get(id=cast.bob.id)).role is Role.BUYER


@pytest.mark.parametrize("role", ["manager", "administrator", "", "king"])
async def test_no_other_role_can_be_had(alice: Browser, cast: Cast, role: str) -> None:
    answer = await alice.post(f"/people/{cast.bob.id}/role", {"role": role})
    assert answer.status_code == 409 and "Выберите роль" in answer.text
    assert (await Person.get(id=cast.bob.id)).role is Role.BUYER


async def test_the_last_owner_stays(alice: Browser, cast: Cast) -> None:
    for post in (alice.post, alice.hx_post):
        answer = await post(f"/people/{cast.alice.id}/role", {"role": "buyer"})
        assert answer.status_code == 409 and LAST in answer.text
    assert (await Person.get(id=cast.alice.id)).role is Role.OWNER
    await alice.post("/people", {"name": "Яна Зимина", "email": "zimina@example.ru", "role": "owner"})
    answer = await alice.post(f"/people/{cast.alice.id}/role", {"role": "buyer"})
    assert answer.status_code == 409, "who has yet to come in owns nothing"
    await alice.post(f"/people/{cast.bob.id}/role", {"role": "owner"})
    assert (await alice.post(f"/people/{cast.alice.id}/role", {"role": "viewer"})).status_code == 303
    assert (await alice.get("/people")).status_code == 200
    assert (await alice.post(f"/people/{cast.bob.id}/role", {"role": "viewer"})).status_code == 403


@pytest.mark.parametrize("verb", ["change_role", "block"])
async def test_two_owners_who_part_at_once(cast: Cast, verb: str) -> None:
    """Each takes the other's place away: one of them is refused, and the company keeps an owner."""
    await Person.filter(id=cast.bob.id).update(role=Role.OWNER)
    alice, bob = await make_user(cast.alice), await make_user(cast.bob)

    async def part(other: Person, by: object) -> None:
        if verb == "block":
            await actions.block(other, by=by)  # type: ignore[arg-type]
        else:
            await actions.change_role(other, Role.BUYER, by=by)  # type: ignore[arg-type]

    answers = await asyncio.gather(part(cast.bob, alice), part(cast.alice, bob), return_exceptions=True)
    assert [type(one) for one in answers if one] == [RuleBroken], answers
    owners = await Person.filter(company_id=cast.company.id, role=Role.OWNER, blocked_at=None)
    assert len(owners) == 1
