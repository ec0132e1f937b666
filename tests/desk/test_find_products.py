"""GET /desk/presentations/{number}/products: what can be added, found while one types."""

import pytest

from app import clock
from app.catalogue.indexing import reindex
from app.catalogue.models import Discount, Product
from tests.desk.conftest import Draft, cost
from tests.factories import Cast, make_brand, make_product
from tests.site import Browser


async def found(maria: Browser, draft: Draft, text: str) -> list[str]:
    """The articles that a search offers."""
    answer = await maria.hx_get(f"{draft.path}/products", params={"find": text})
    assert answer.status_code == 200 and answer.text.startswith('<div id="products"')
    return [part.split("<")[0] for part in answer.text.split('<td role="cell"><b>')[1:]]


@pytest.mark.parametrize("text", ["ML-16", "ml16hr", "ML 16", "замок", "Электромагнитный ЗАМОК", "hikvision замок"])
async def test_finds_by_article_name_and_brand(maria: Browser, draft: Draft, text: str) -> None:
    assert await found(maria, draft, text) == ["ML-16HR"]


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "\\", "щщ\x00юю", "нет такого", "-", "x" * 500, "'; --"])
async def test_finds_nothing(maria: Browser, draft: Draft, text: str) -> None:
    assert await found(maria, draft, text) == []


async def test_shows_the_partners_price_and_the_least_quantity(maria: Browser, cast: Cast, draft: Draft) -> None:
    await Discount.create(company=cast.company, brand=await make_brand(name="REXANT"), percent=2000)
    reel = await make_product(
        article="01-0044", brand=await make_brand(name="REXANT"), retail=4_000, unit="м", pack=305, minimum=10
    )

    answer = await maria.hx_get(f"{draft.path}/products?find=01-00")

    assert "32,00" in answer.text and "−20\u00a0%" in answer.text
    assert f'name="n{reel.id}" value="305"' in answer.text
    assert f'name="n{draft.cable.product_id}"' not in answer.text, "01-0043 is in the list already"


async def test_an_exact_article_comes_first(maria: Browser, draft: Draft) -> None:
    for article in ("A-1000", "A-100", "A-10"):
        await make_product(article=article)
    assert await found(maria, draft, "a100") == ["A-100", "A-1000"]


async def test_discontinued_products_are_not_offered(maria: Browser, draft: Draft) -> None:
    await Product.filter(id=draft.lock.id).update(discontinued_at=clock.now())
    await reindex([draft.lock.id])
    assert await found(maria, draft, "ML-16") == []


async def test_without_javascript_it_stands_on_the_page(maria: Browser, draft: Draft) -> None:
    answer = await maria.get(f"{draft.path}/products?find=ML-16")
    assert answer.status_code == 303 and answer.headers["location"] == f"{draft.path}?find=ML-16"
    assert "ML-16HR" in (await maria.get(answer.headers["location"])).text


async def test_strangers_find_nothing(oleg: Browser, alice: Browser, draft: Draft) -> None:
    assert (await oleg.hx_get(f"{draft.path}/products?find=ML")).status_code == 404
    assert (await alice.hx_get(f"{draft.path}/products?find=ML")).status_code == 403


async def test_it_costs_the_same_however_many(maria: Browser, draft: Draft) -> None:
    before = await cost(maria, f"{draft.path}?find=ML-16")
    for number in range(20):
        await make_product(article=f"ML-16-{number}")
    assert await cost(maria, f"{draft.path}?find=ML-16") == before
