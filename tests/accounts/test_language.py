"""POST /language."""

import pytest

from app.accounts.models import Person
from tests.factories import Cast, make_product
from tests.site import HOST, ORIGIN, Browser


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


@pytest.mark.parametrize(
    "path", ["/help", "/catalogue/search?q=a+%26+b&sort=price", "/sign-in?next=/orders/7%3Fq%3D1", "/no-such-page?a=1"]
)
async def test_the_switch_leads_back(guest: Browser, cast: Cast, path: str) -> None:
    page = (await guest.get(path)).text
    switch = page.partition('action="/language"')[2].partition("</form>")[0]
    assert f'name="next" value="{path.replace("&", "&amp;")}"' in switch


async def test_the_switch_of_a_refused_form_leads_to_its_page(alice: Browser, cast: Cast) -> None:
    product = await make_product()
    form, page = {f"q{product.id}": "x"}, f"{ORIGIN}/catalogue?sort=price"
    refused = await alice.post("/catalogue/recalculation", form, headers={"referer": page})
    assert 'name="next" value="/catalogue?sort=price"' in refused.text
    for elsewhere in ({}, {"referer": "https://elsewhere.test/catalogue"}):
        refused = await alice.post("/catalogue/recalculation", form, headers=elsewhere)
        assert 'name="next" value="/"' in refused.text
