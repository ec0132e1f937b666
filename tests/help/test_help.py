"""GET /help: the manual."""

import re

import pytest

from app.i18n import speaking
from app.orders.models import Status
from app.web.labels import label
from tests.site import HOST, Browser

CHAPTERS = {"sign-in", "presentations", "cart", "checkout", "orders", "comments", "history", "search", "mail"}


@pytest.fixture(params=["ru", "en"])
async def manual(request: pytest.FixtureRequest, guest: Browser) -> str:
    """The manual in each language, as a guest reads it."""
    guest.http.cookies.set("language", request.param, domain=HOST)
    page = await guest.get("/help")
    assert page.status_code == 200 and f'<html lang="{request.param}">' in page.text
    return page.text


async def test_the_contents_lead_to_the_chapters(manual: str) -> None:
    contents = re.findall(r'<li><a href="#([\w-]+)">([^<]+)</a>', manual)
    chapters = re.findall(r'<h2 id="([\w-]+)">([^<]+)</h2>', manual)
    assert contents == chapters and {name for name, _ in chapters} > CHAPTERS


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_staff_read_of_their_pages(language: str, alice: Browser, maria: Browser, anna: Browser) -> None:
    for reader, chapters in ((alice, set[str]()), (maria, {"desk"}), (anna, {"desk", "administration"})):
        await reader.post("/language", {"language": language})
        page = (await reader.get("/help")).text
        assert f'<html lang="{language}">' in page
        page = page.partition("<main")[2].partition("</main>")[0]
        contents = re.findall(r'<li><a href="#([\w-]+)">([^<]+)</a>', page)
        assert contents == re.findall(r'<h2 id="([\w-]+)">([^<]+)</h2>', page)
        assert {name for name, _ in contents} & {"desk", "administration"} == chapters


async def test_the_pictogram_is_drawn_in_both_states(manual: str) -> None:
    assert '<span class="buy"><svg' in manual and '<span class="buy in"><svg' in manual
    for icon in set(re.findall(r'href="#(i-[\w-]+)"', manual)):
        assert f'<symbol id="{icon}"' in manual, icon


async def test_every_status_is_explained(manual: str) -> None:
    language = "ru" if 'lang="ru">\n<head>' in manual else "en"
    with speaking(language):
        for status in Status:
            assert f"<dt>{label('status', status)}</dt>" in manual


async def test_whom_to_ask(manual: str, alice: Browser, nina: Browser, maria: Browser) -> None:
    assert "mailto:" not in manual.partition('id="questions"')[2], "a guest has no manager"
    for reader, manager in ((alice, True), (nina, False), (maria, False)):
        page = (await reader.get("/help")).text.partition('id="questions"')[2].partition("</section>")[0]
        assert ("maria@example.ru" in page) is manager and "tel:+74950001200" in page
