"""GET /desk/partners: own partners and those without a manager, found by what one remembers of them."""

import pytest

from app.catalogue.models import Discount
from tests.desk.conftest import cost
from tests.factories import Cast, make_brand, make_company
from tests.site import Browser


async def found(browser: Browser, query: str = "") -> list[str]:
    """The names in the list."""
    page = await browser.get(f"/desk/partners{query}")
    assert page.status_code == 200
    return [part.split("<")[0] for part in page.text.split('<b class="big">')[1:]]


async def test_whose(maria: Browser, oleg: Browser, anna: Browser, cast: Cast) -> None:
    ours, theirs, lone = cast.company.name, cast.other_company.name, cast.lone_company.name
    assert sorted(await found(maria)) == sorted([ours, lone])
    assert sorted(await found(oleg)) == sorted([theirs, lone])
    assert len(await found(anna)) == 3
    page = (await maria.get("/desk/partners")).text
    assert 'action="/desk/presentations"' in page and f'name="company" value="{cast.company.id}"' in page
    assert "15\u00a0%" in page and cast.maria.name in page and "пока никто" in page


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("монтаж", "ООО «Монтаж-Сервис»"),
        ("МОНТАЖ СЕРВИС", "ООО «Монтаж-Сервис»"),
        ("екатеринбург", "ООО «Монтаж-Сервис»"),
        ("667000", "ООО «Монтаж-Сервис»"),
        ("соколов", "ООО «Монтаж-Сервис»"),
        ("Алиса екат", "ООО «Монтаж-Сервис»"),
        ("BOB@example.ru", "ООО «Монтаж-Сервис»"),
        ("пермь", "ИП Кравцова"),
    ],
)
async def test_search(maria: Browser, cast: Cast, asked: str, name: str) -> None:
    assert await found(maria, f"?q={asked}") == [name]
    fragment = await maria.hx_get(f"/desk/partners?q={asked}")
    assert fragment.text.startswith('<div id="partners">') and name in fragment.text


@pytest.mark.parametrize(
    "asked", ["тверь", "видеолайн", "100%", "_", "\\", "щщ%00юю", "x" * 300, "'; DROP TABLE company"]
)
async def test_what_is_not_there(maria: Browser, cast: Cast, asked: str) -> None:
    assert await found(maria, f"?q={asked.replace('100%', '100%25')}") == []


async def test_special_discounts_are_counted(maria: Browser, cast: Cast) -> None:
    await Discount.create(company=cast.company, brand=await make_brand(), percent=2200)
    assert "и 1 особая" in (await maria.get("/desk/partners?q=монтаж")).text.replace("\u00a0", " ")


async def test_pages(maria: Browser, cast: Cast) -> None:
    names = [(await make_company(name=f"ООО «Партнёр {number:02}»")).name for number in range(35)]
    first = await maria.get("/desk/partners?q=партнёр")
    more = first.text.split('class="pages"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    both = await found(maria, "?q=партнёр") + await found(maria, more.removeprefix("/desk/partners"))
    assert both == names


async def test_partners_may_not_look(alice: Browser, guest: Browser) -> None:
    assert (await alice.get("/desk/partners")).status_code == 403
    assert (await guest.get("/desk/partners")).status_code == 303


async def test_it_costs_the_same_however_many(maria: Browser, cast: Cast) -> None:
    before = await cost(maria, "/desk/partners")
    for _ in range(20):
        await make_company()
    assert await cost(maria, "/desk/partners") == before <= 4
