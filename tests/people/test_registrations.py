"""POST /people/registrations/{registration}/acceptance and /declining: who registered for the company waits on top."""

import pytest

from app.accounts.joining import RegistrationState
from app.accounts.models import Person, Role
from tests.factories import Cast, make_registration
from tests.site import Browser


@pytest.mark.parametrize("htmx", [False, True])
async def test_the_owner_lets_them_in_with_a_role(alice: Browser, bob: Browser, cast: Cast, htmx: bool) -> None:
    waiting = await make_registration(company=cast.company, name="Нонна Тихая")
    assert "Нонна Тихая" in (await alice.get("/people")).text
    assert "Нонна Тихая" not in (await bob.get("/people")).text
    post = alice.hx_post if htmx else alice.post
    answer = await post(f"/people/registrations/{waiting.id}/acceptance", {"role": "viewer"})
    assert answer.status_code == (200 if htmx else 303)
    nonna = await Person.get(email_key=waiting.email_key)
    assert (nonna.role, nonna.company_id, nonna.must_choose_password) == (Role.VIEWER, cast.company.id, False)
    await waiting.refresh_from_db()
    assert waiting.state is RegistrationState.ACCEPTED
    again = await post(f"/people/registrations/{waiting.id}/acceptance", {"role": "viewer"})
    assert again.status_code == 409
    assert await Person.filter(email_key=waiting.email_key).count() == 1


@pytest.mark.parametrize("htmx", [False, True])
async def test_the_owner_declines(alice: Browser, cast: Cast, htmx: bool) -> None:
    waiting = await make_registration(company=cast.company)
    post = alice.hx_post if htmx else alice.post
    answer = await post(f"/people/registrations/{waiting.id}/declining")
    assert answer.status_code == (200 if htmx else 303)
    await waiting.refresh_from_db()
    assert waiting.state is RegistrationState.DECLINED
    assert not await Person.filter(email_key=waiting.email_key).exists()
    assert (await post(f"/people/registrations/{waiting.id}/declining")).status_code == 409


async def test_strangers_and_colleagues_do_not(bob: Browser, charlie: Browser, cast: Cast) -> None:
    waiting = await make_registration(company=cast.company)
    unconfirmed = await make_registration(company=cast.other_company, state=RegistrationState.NEW)
    for verb in ("acceptance", "declining"):
        form = {"role": "owner"} if verb == "acceptance" else {}
        assert (await bob.post(f"/people/registrations/{waiting.id}/{verb}", form)).status_code == 403
        assert (await charlie.post(f"/people/registrations/{waiting.id}/{verb}", form)).status_code == 404
        assert (await charlie.post(f"/people/registrations/{unconfirmed.id}/{verb}", form)).status_code == 404
    await waiting.refresh_from_db()
    assert waiting.state is RegistrationState.WAITING


async def test_no_other_role_can_be_had(alice: Browser, cast: Cast) -> None:
    waiting = await make_registration(company=cast.company)
    answer = await alice.post(f"/people/registrations/{waiting.id}/acceptance", {"role": "manager"})
    assert answer.status_code == 409 and "Выберите роль" in answer.text
    assert not await Person.filter(email_key=waiting.email_key).exists()
