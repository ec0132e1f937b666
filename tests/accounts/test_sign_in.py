"""GET and POST /sign-in."""

import re

import httpx2
import pytest

from app import clock
from app.accounts.models import Person, Session
from app.history.models import Event
from app.web.requests import inside
from tests.accounts.conftest import PASSWORD
from tests.factories import Cast
from tests.site import Browser


async def enter(browser: Browser, login: str, password: str = PASSWORD, **more: str) -> httpx2.Response:
    """The form of the sign-in page, sent."""
    return await browser.post("/sign-in", {"login": login, "password": password, **more})


def without_tokens(page: str) -> str:
    """A page without what differs from one moment to the next."""
    return re.sub(r'name="csrf" value="[^"]+"', "", page)


@pytest.mark.parametrize("login", ["alice", " ALICE ", "alice@example.ru", "Alice@Example.RU"])
async def test_login_or_address_and_password(guest: Browser, known: Cast, login: str) -> None:
    answer = await enter(guest, login)
    assert (answer.status_code, answer.headers["location"]) == (303, "/presentations")
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("session="))
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie and "Max-Age" not in cookie
    assert known.alice.name in (await guest.get("/presentations")).text
    event = await Event.get(name="person.signed_in")
    assert (event.actor_id, event.company_id, event.ip) == (known.alice.id, known.company.id, "198.51.100.24")


async def test_staff_go_to_their_desk(guest: Browser, known: Cast) -> None:
    assert (await enter(guest, "maria")).headers["location"] == "/desk"


async def test_stay_signed_in(guest: Browser, known: Cast) -> None:
    answer = await enter(guest, "alice", stay="1")
    assert any("Max-Age=2592000" in one for one in answer.headers.get_list("set-cookie"))
    assert (await Session.get(person=known.alice)).stay is True


async def test_every_refusal_is_the_same(guest: Browser, known: Cast) -> None:
    """Nobody learns which logins there are, who is blocked, or who has no password yet."""
    await Person.filter(id=known.bob.id).update(blocked_at=clock.now())
    await Person.filter(id=known.vera.id).update(password_hash="")
    refusals = set()
    for login, password in (
        ("alice", "wrong"),
        ("nobody", PASSWORD),
        ("bob", PASSWORD),
        ("vera", PASSWORD),
        ("vera", "guessed"),
    ):
        answer = await enter(guest, login, password)
        assert answer.status_code == 422 and "session" not in answer.headers.get("set-cookie", "")
        assert f'value="{login}"' in answer.text and password not in answer.text
        refusals.add(without_tokens(answer.text).replace(f'value="{login}"', ""))
    assert len(refusals) == 1
    assert await Session.all().count() == 0
    assert await Event.filter(name="person.sign_in_failed").count() == 5, "of nobody too: it is the same work"


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"login": "alice"}, 422),
        ({"password": PASSWORD}, 422),
        ({"login": " ", "password": PASSWORD}, 422),
        ({"login": "alice", "password": "x" * 129}, 422),
        ({"login": "a" * 255, "password": PASSWORD}, 422),
        ({"login": "alice\x00", "password": PASSWORD}, 400),
        ({"login": ["alice", "bob"], "password": PASSWORD}, 400),
        ({"login": "alice", "password": PASSWORD, "role": "administrator"}, 400),
    ],
)
async def test_forms_filled_in_wrongly(guest: Browser, known: Cast, form: dict[str, str], status: int) -> None:
    answer = await guest.post("/sign-in", form)
    assert answer.status_code == status and PASSWORD not in answer.text
    assert status == 400 or 'class="err"' in answer.text
    assert await Session.all().count() == 0


NEXT = [
    ("/orders/7?q=1#comment-2", "/orders/7?q=1#comment-2"),
    ("/presentations/1184", "/presentations/1184"),
    ("https://elsewhere.test/", "/"),
    ("//elsewhere.test", "/"),
    ("/\\elsewhere.test", "/"),
    ("/orders\\..", "/"),
    ("\\\\elsewhere.test", "/"),
    ("javascript:alert(1)", "/"),
    ("orders", "/"),
    ("/orders\r\nset-cookie: a=b", "/"),
    ("/\t/elsewhere.test", "/"),
    ("", "/"),
    ("/", "/"),
]


@pytest.mark.parametrize(("target", "leads_to"), NEXT)
def test_next_stays_inside(target: str, leads_to: str) -> None:
    assert inside(target) == leads_to


async def test_next(guest: Browser, alice: Browser, known: Cast) -> None:
    asked = await guest.get("/orders/7?q=a%20b")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?next=/orders/7%3Fq%3Da%2520b")
    page = (await guest.get(asked.headers["location"])).text
    assert '<input type="hidden" name="next" value="/orders/7?q=a%20b">' in page
    assert (await enter(guest, "alice", next="/orders/7?q=a%20b")).headers["location"] == "/orders/7?q=a%20b"
    assert (await alice.get("/sign-in?next=/orders")).headers["location"] == "/orders", "who is in goes on"
    assert (await alice.get("/sign-in?next=//elsewhere.test")).headers["location"] == "/"


async def test_next_is_kept_by_a_refusal_and_is_never_outside(guest: Browser, known: Cast) -> None:
    refused = (await enter(guest, "alice", "wrong", next="/orders/7")).text
    assert 'name="next" value="/orders/7"' in refused
    assert (await enter(guest, "alice", next="https://elsewhere.test/")).headers["location"] == "/presentations"


async def test_a_guest_within_a_page_is_led_to_the_door(guest: Browser, cast: Cast) -> None:
    answer = await guest.get(
        "/orders", headers={"hx-request": "true", "hx-current-url": "http://kabinet.test/catalogue?page=2"}
    )
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/sign-in?next=/catalogue%3Fpage%3D2"
    posted = await guest.post("/cart/recalculation", headers={"referer": "https://elsewhere.test/"})
    assert posted.headers["location"] == "/sign-in?next=/"


async def test_the_first_page(guest: Browser, alice: Browser, maria: Browser) -> None:
    for reader, page in ((guest, "/catalogue"), (alice, "/presentations"), (maria, "/desk")):
        assert (await reader.get("/")).headers["location"] == page


async def test_an_address_longer_than_any_login(guest: Browser, known: Cast) -> None:
    address = f"{'a' * 60}@example.ru"
    await Person.filter(id=known.alice.id).update(email=address, email_key=address)
    assert (await enter(guest, address)).status_code == 303
