"""Taking a partner of nobody, and handing one over."""

import asyncio
from datetime import timedelta

import pytest

from app import clock
from app.accounts.models import Assignment, Person
from app.history.models import Email, Event
from jobs.relay import Relay
from tests.factories import Cast
from tests.jobs.conftest import mail_server, posting, relay
from tests.site import Browser

__all__ = ["mail_server", "posting", "relay"]


@pytest.mark.parametrize("htmx", [False, True])
async def test_take(maria: Browser, alice: Browser, cast: Cast, htmx: bool) -> None:
    here = f"/desk/partners/{cast.lone_company.id}"
    assert (await alice.post(f"{here}/taking")).status_code == 403
    post = maria.hx_post if htmx else maria.post
    for _ in range(2):  # pressed twice
        assert (await post(f"{here}/taking")).headers["hx-redirect" if htmx else "location"] == here
    assert (await Assignment.get(company_id=cast.lone_company.id)).manager_id == cast.maria.id
    assert await Event.filter(name="company.taken").count() == 1


async def test_one_of_two_wins(maria: Browser, oleg: Browser, cast: Cast) -> None:
    here = f"/desk/partners/{cast.lone_company.id}/taking"
    answers = await asyncio.gather(*(one.post(here) for one in (maria, oleg) for _ in range(5)))
    codes = [answer.status_code for answer in answers]
    assert sorted(set(codes)) == [303, 409] and codes.count(409) == 5
    winner = (await Assignment.get(company_id=cast.lone_company.id).select_related("manager")).manager
    lost = next(answer for answer in answers if answer.status_code == 409)
    assert f"Партнёра уже взял другой менеджер: {winner.name}, сегодня" in lost.text
    assert await Event.filter(name="company.taken").count() == 1


async def test_what_is_not_to_be_taken(maria: Browser, anna: Browser, cast: Cast) -> None:
    await Assignment.filter(company_id=cast.other_company.id).update(assigned_at=clock.now() - timedelta(days=9))
    assert (await maria.post(f"/desk/partners/{cast.other_company.id}/taking")).status_code == 404
    assert (await anna.post(f"/desk/partners/{cast.lone_company.id}/taking")).status_code == 409


async def test_transfer(maria: Browser, cast: Cast, relay: Relay) -> None:
    here = f"/desk/partners/{cast.company.id}/transfer"
    assert "Олег Синицын" in (await maria.get(here)).text
    form = {"manager": str(cast.oleg.id), "word": "Олег знает вашу стройку"}
    assert (await maria.post(here, form)).headers["location"] == "/desk/partners"
    assert (await Assignment.get(company_id=cast.company.id)).manager_id == cast.oleg.id
    await relay.run()
    letters = {(one.recipient, one.template): one for one in await Email.all()}
    assert {to for to, template in letters if template == "manager_changed"} == {
        cast.alice.email,
        cast.bob.email,
        cast.vera.email,
    }
    told = letters[cast.alice.email, "manager_changed"].text
    assert "Ваш менеджер теперь Олег Синицын" in told and "Олег знает вашу стройку" in told
    assert (cast.oleg.email, "partner_handed_over") in letters
    assert (await maria.get(f"/desk/partners/{cast.company.id}")).status_code == 404


async def test_an_administrator_assigns_anybody(anna: Browser, cast: Cast) -> None:
    here = f"/desk/partners/{cast.lone_company.id}/transfer"
    assert (await anna.hx_post(here, {"manager": str(cast.oleg.id)})).headers["hx-redirect"]
    assert (await Assignment.get(company_id=cast.lone_company.id)).manager_id == cast.oleg.id


async def test_what_is_refused(maria: Browser, oleg: Browser, alice: Browser, cast: Cast) -> None:
    here = f"/desk/partners/{cast.company.id}/transfer"
    form = {"manager": str(cast.oleg.id)}
    assert (await oleg.post(here, form)).status_code == 404
    assert (await alice.post(here, form)).status_code == 403
    for manager in ("", str(cast.anna.id), str(cast.alice.id), "x", str(cast.maria.id)):
        answer = await maria.post(here, {"manager": manager, "word": "Спасибо за год"})
        assert answer.status_code == 422 and 'id="manager-e"' in answer.text and "Спасибо за год" in answer.text
    await Person.filter(id=cast.oleg.id).update(blocked_at=clock.now())
    assert (await maria.post(here, form)).status_code == 422
    lone = f"/desk/partners/{cast.lone_company.id}/transfer"
    assert "Это не ваш партнёр" in (await maria.post(lone, {"manager": str(cast.maria.id)})).text
    assert (await Assignment.get(company_id=cast.company.id)).manager_id == cast.maria.id
