"""/administration/sign-ins: who came in, who was refused, and signing somebody out."""

import pytest

from app.accounts.models import Session
from app.database import counting_queries
from app.history.models import Event
from jobs.relay import Relay
from tests.accounts.conftest import PASSWORD
from tests.events import happened
from tests.factories import Cast
from tests.site import Browser

LOG = "/administration/sign-ins"


async def knock(guest: Browser, known: Cast, relay: Relay) -> None:
    """Bob comes in; somebody guesses Alice's password until the throttle closes, and a login that nobody has."""
    await guest.post("/sign-in", {"login": "bob", "password": PASSWORD})
    await guest.post("/sign-out")
    for _ in range(13):
        await guest.post("/sign-in", {"login": "alice", "password": "guess"})
    await guest.post("/sign-in", {"login": "nobody-here", "password": "guess"})
    await relay.run()


async def test_each_outcome_stands_there(anna: Browser, guest: Browser, known: Cast, relay: Relay) -> None:
    await knock(guest, known, relay)
    page = (await anna.get(LOG)).text
    assert page.count("неверный логин или пароль</span>") == 11 and "такого логина нет" in page
    assert page.count("слишком много попыток</span>") == 1, "told once while the window lasts"
    assert "Борис Соколов" in page
    only = (await anna.get(f"{LOG}?outcome=throttled")).text
    assert "Алиса Соколова" in only and "Борис Соколов" not in only
    assert "Борис Соколов" in (await anna.get(f"{LOG}?who=bob")).text
    assert "Борис Соколов" in (await anna.get(f"{LOG}?who=борис")).text
    several = await anna.get(f"{LOG}?who=Соколов")
    assert several.status_code == 422 and "Таких людей несколько" in several.text and "who=alice" in several.text
    nobody = await anna.get(f"{LOG}?who=кузьма")
    assert nobody.status_code == 422 and "Такого человека нет" in nobody.text
    assert "Таких входов нет" in (await anna.get(f"{LOG}?ip=203.0.113.9")).text
    assert "Борис Соколов" in (await anna.get(f"{LOG}?ip=198.51.100.24")).text
    assert "Таких входов нет" in (await anna.get(f"{LOG}?to=2001-01-01")).text


async def test_it_is_paged_and_costs_the_same(anna: Browser, cast: Cast, relay: Relay) -> None:
    await anna.get(LOG)
    counts = []
    for more in (2, 60):
        for _ in range(more):
            await happened("person.signed_in", by=cast.alice)
        await relay.run()
        with counting_queries() as queries:
            page = (await anna.get(LOG)).text
        counts.append(queries.count)
    assert counts[0] == counts[1]
    before = page.partition("before=")[2].partition('"')[0].partition("&")[0]
    older = (await anna.get(f"{LOG}?before={before}")).text
    assert older.count("Алиса Соколова</a>") == 12


@pytest.mark.parametrize("htmx", [False, True])
async def test_somebody_is_signed_out_everywhere(anna: Browser, bob: Browser, cast: Cast, htmx: bool) -> None:
    page = await anna.get(f"{LOG}/people/{cast.bob.id}")
    assert "198.51.100.24" in page.text
    answer = await (anna.hx_post if htmx else anna.post)(f"{LOG}/people/{cast.bob.id}/sign-out")
    assert answer.status_code == (200 if htmx else 303)
    assert (await bob.get("/orders")).headers["location"].startswith("/sign-in")
    event = await Event.get(name="person.signed_out_by_staff")
    assert (event.company_id, event.data["count"]) == (cast.company.id, 1)
    await anna.post(f"{LOG}/people/{cast.anna.id}/sign-out")
    assert (await anna.get(LOG)).status_code == 200, "an administrator stays where they are"


async def test_strangers_do_not(maria: Browser, alice: Browser, bob: Browser, cast: Cast) -> None:
    for browser in (maria, alice):
        assert (await browser.get(f"{LOG}/people/{cast.bob.id}")).status_code == 403
        assert (await browser.post(f"{LOG}/people/{cast.bob.id}/sign-out")).status_code == 403
    assert await Session.filter(person_id=cast.bob.id, ended_at=None).exists()
