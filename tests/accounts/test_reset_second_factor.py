"""/administration/staff/{person}/second-factor, and the command of who runs the site."""

import pytest

from app import cli_people
from app.accounts import second_factor
from app.errors import Refused
from app.history.models import Email, Event, HistoryEntry
from app.settings import Settings
from jobs.relay import Relay
from tests.accounts.authenticator import with_second_factor
from tests.factories import Cast
from tests.site import Browser


def door(cast: Cast) -> str:
    return f"/administration/staff/{cast.maria.id}/second-factor"


async def test_without_javascript(anna: Browser, maria: Browser, cast: Cast, settings: Settings) -> None:
    await with_second_factor(cast.maria)
    assert f'action="{door(cast)}"' in (await anna.get(door(cast))).text and await second_factor.has(cast.maria.id)
    answer = await anna.post(door(cast))
    assert (answer.status_code, answer.headers["location"]) == (303, door(cast))
    assert not await second_factor.has(cast.maria.id)
    assert (await maria.get("/desk")).status_code == 303, "her devices are signed out"
    [event] = await Event.all()
    assert (event.name, event.actor_id) == ("person.second_factor_reset", cast.anna.id)
    await Relay(settings).run()
    assert (await Email.get()).recipient == cast.maria.email and (await HistoryEntry.get()).company_id is None


async def test_with_htmx_and_twice(anna: Browser, cast: Cast) -> None:
    await with_second_factor(cast.maria)
    assert (await anna.hx_post(door(cast))).headers["hx-redirect"] == door(cast)
    again = await anna.hx_post(door(cast))
    assert again.status_code == 409 and await Event.all().count() == 1


async def test_strangers(guest: Browser, oleg: Browser, maria: Browser, alice: Browser, cast: Cast) -> None:
    await with_second_factor(cast.maria)
    assert (await guest.post(door(cast))).headers["location"].startswith("/sign-in")
    for browser in (oleg, maria, alice):
        assert (await browser.post(door(cast))).status_code == 403
    assert await second_factor.has(cast.maria.id)


async def test_not_ones_own(anna: Browser, cast: Cast) -> None:
    await with_second_factor(cast.anna)
    own = f"/administration/staff/{cast.anna.id}/second-factor"
    assert (await anna.post(own)).status_code == 409 and await second_factor.has(cast.anna.id)
    assert f'action="{own}"' not in (await anna.get(own)).text


async def test_the_command(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    await with_second_factor(cast.anna)
    await cli_people._reset_second_factor("anna")
    assert not await second_factor.has(cast.anna.id)
    assert (await Event.get()).actor_id is None
    with pytest.raises(Refused):
        await cli_people._reset_second_factor("nobody")
