"""POST /language."""

import pytest

from app.accounts.models import Person
from tests.factories import Cast
from tests.site import HOST, Browser


async def language_of(browser: Browser, path: str = "/catalogue") -> str:
    return (await browser.get(path)).text.partition('<html lang="')[2][:2]


async def test_a_guest_keeps_it_in_a_cookie(guest: Browser, cast: Cast) -> None:
    assert await language_of(guest) == "ru", "Russian is the default"
    answer = await guest.post("/language", {"language": "en", "next": "/help"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/help")
    assert await language_of(guest) == "en" and "Sign in" in (await guest.get("/catalogue")).text
    await guest.post("/language", {"language": "ru", "next": "/help"})
    assert "Войти" in (await guest.get("/catalogue")).text


async def test_a_person_keeps_it_everywhere(alice: Browser, guest: Browser, cast: Cast) -> None:
    await alice.post("/language", {"language": "en", "next": "/orders"})
    assert await language_of(alice, "/orders") == "en"
    assert (await Person.get(id=cast.alice.id)).language == "en", "letters are written in it too"
    assert await language_of(guest) == "ru"


@pytest.mark.parametrize("form", [{"language": "de"}, {"language": ""}, {}])
async def test_a_language_that_there_is_not(alice: Browser, cast: Cast, form: dict[str, str]) -> None:
    assert (await alice.post("/language", form)).status_code == 303
    assert await language_of(alice) == "ru" and (await Person.get(id=cast.alice.id)).language == "ru"


async def test_odd_forms_and_cookies(guest: Browser, cast: Cast) -> None:
    outside = await guest.post("/language", {"language": "en", "next": "https://elsewhere.test/"})
    assert outside.headers["location"] == "/"
    assert (await guest.post("/language", {"language": "en", "surprise": "1"})).status_code == 400
    assert (await guest.post("/language", {"language": ["en", "ru"]})).status_code == 400
    guest.http.cookies.set("language", "../../etc", domain=HOST)
    assert await language_of(guest) == "ru"


async def test_the_switch_leads_back(guest: Browser, cast: Cast) -> None:
    page = (await guest.get("/help")).text
    assert 'action="/language"' in page and '<input type="hidden" name="next" value="/help">' in page
