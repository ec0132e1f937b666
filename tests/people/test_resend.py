"""POST /people/{person}/resending and /people/{person}/withdrawal: while the newcomer has not come in."""

import pytest

from app import clock
from app.accounts.invitations import Newcomer, invite
from app.accounts.joining import Invitation
from app.accounts.models import Person, Role, Session
from app.history.models import Event
from tests.factories import Cast
from tests.site import Browser
from tests.users import make_user


@pytest.fixture
async def yana(cast: Cast) -> Person:
    newcomer = Newcomer("Яна Зимина", "zimina@example.ru", "", Role.BUYER)
    return await invite(newcomer, cast.company.id, by=await make_user(cast.alice))


@pytest.mark.parametrize("htmx", [False, True])
async def test_the_former_invitation_dies(alice: Browser, yana: Person, htmx: bool) -> None:
    await Session.create(digest="d", person_id=yana.id, seen_at=clock.now())
    post = alice.hx_post if htmx else alice.post
    answer = await post(f"/people/{yana.id}/resending")
    assert answer.status_code == (200 if htmx else 303)
    former, latest = await Invitation.filter(person_id=yana.id).order_by("id")
    assert former.withdrawn_at is not None and latest.withdrawn_at is None
    assert (await Session.get(person_id=yana.id)).ended_at is not None
    assert (await Event.get(name="person.invited_again")).id == latest.event_id
    if htmx:
        assert answer.text.startswith('<div id="people">') and "прежнее больше не действует" in answer.text


async def test_withdrawing_is_asked_for_and_takes_the_row_away(alice: Browser, yana: Person) -> None:
    asked = await alice.get(f"/people/{yana.id}/withdrawal")
    assert "Отозвать приглашение?" in asked.text and "zimina@example.ru" in asked.text
    answer = await alice.post(f"/people/{yana.id}/withdrawal")
    assert (answer.status_code, answer.headers["location"]) == (303, "/people")
    assert "Яна Зимина" not in (await alice.get("/people")).text
    assert (await Person.get(id=yana.id)).blocked_at is not None
    assert (await Invitation.get(person_id=yana.id)).withdrawn_at is not None
    for verb in ("withdrawal", "resending"):
        assert (await alice.post(f"/people/{yana.id}/{verb}")).status_code == 404


async def test_nobody_else_does(bob: Browser, charlie: Browser, yana: Person) -> None:
    for verb in ("withdrawal", "resending"):
        assert (await bob.post(f"/people/{yana.id}/{verb}")).status_code == 403
        assert (await charlie.post(f"/people/{yana.id}/{verb}")).status_code == 404
    assert await Invitation.filter(withdrawn_at=None).count() == 1


async def test_who_has_come_in_is_neither_sent_to_nor_withdrawn(alice: Browser, cast: Cast) -> None:
    for verb in ("withdrawal", "resending"):
        for post in (alice.post, alice.hx_post):
            answer = await post(f"/people/{cast.bob.id}/{verb}")
            assert answer.status_code == 409 and "Борис Соколов: уже на портале" in answer.text
    assert not await Invitation.exists()
