"""POST /profile/devices/sign-out: one other device, or all of them, at once."""

import pytest
from starlette.applications import Starlette

from app.accounts.models import Session
from app.history.models import Event
from app.profile.agents import in_words
from tests.factories import Cast
from tests.site import Browser

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


async def other(person_id: int, here: int = 0) -> Session:
    """The newest session of somebody."""
    found = await Session.filter(person_id=person_id).exclude(id=here).order_by("-id").first()
    assert found is not None
    return found


async def test_one(site: Starlette, alice: Browser, cast: Cast) -> None:
    here = await other(cast.alice.id)
    async with Browser(site) as phone:
        await phone.enter(cast.alice)
        session = await other(cast.alice.id, here.id)
        await Session.filter(id=session.id).update(user_agent=FIREFOX)
        assert "Firefox, Windows" in (await alice.get("/profile")).text
        answer = await alice.post("/profile/devices/sign-out", {"device": str(session.id)})
        assert (answer.status_code, answer.headers["location"]) == (303, "/profile")
        assert (await phone.get("/profile")).status_code == 303, "it is out at once"
    assert (await alice.get("/profile")).status_code == 200
    [event] = await Event.all()
    assert (event.name, event.data) == ("person.session_ended", {"device": "Firefox, Windows"})


async def test_all_others_with_htmx(site: Starlette, alice: Browser, cast: Cast) -> None:
    async with Browser(site) as phone, Browser(site) as office:
        await phone.enter(cast.alice)
        await office.enter(cast.alice)
        answer = await alice.hx_post("/profile/devices/sign-out", {"device": "others"})
        assert answer.text.startswith('<section class="part fresh" id="devices"')
        assert (await phone.get("/profile")).status_code == (await office.get("/profile")).status_code == 303
    assert (await alice.get("/profile")).status_code == 200
    [event] = await Event.all()
    assert (event.name, event.data) == ("person.sessions_ended", {"count": 2})


@pytest.mark.parametrize("device", ["", "0", "x", "-1", "999999999", "9999999999", "here", "bob"])
async def test_what_is_no_device_of_mine(alice: Browser, bob: Browser, cast: Cast, device: str) -> None:
    ids = {"here": (await other(cast.alice.id)).id, "bob": (await other(cast.bob.id)).id}
    answer = await alice.post("/profile/devices/sign-out", {"device": str(ids.get(device, device))})
    assert answer.status_code == 404
    assert await Session.filter(ended_at=None).count() == 2


async def test_a_guest(guest: Browser) -> None:
    assert (await guest.post("/profile/devices/sign-out", {"device": "others"})).headers[
        "location"
    ] == "/sign-in?next=/"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
            "YaBrowser/25.10 Safari/537.36",
            "Яндекс Браузер, Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140 Safari/537.36",
            "Chrome, Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/18.0 "
            "Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Lynx/2.9.0 libwww-FM/2.14", "Lynx"),
        ("", "неизвестный браузер"),
    ],
)
def test_devices_in_words(agent: str, words: str) -> None:
    assert in_words(agent) == words
