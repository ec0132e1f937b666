"""POST /administration/brands/{brand}/merging, and of categories: all of it moves, its address leads on."""

import asyncio
import re
from datetime import date
from typing import Any

import pytest

from app import clock
from app.catalogue.models import Brand, Category, Discount, FormerSlug, Product
from app.desk.partners.models import DiscountRequest, RequestState
from app.history.models import Event
from app.orders.models import OrderLine
from app.presentations.models import Line
from app.settings import Settings
from jobs.relay import Relay
from tests.desk.conftest import cost
from tests.factories import Cast, make_brand, make_order, make_presentation, make_product
from tests.goods.forms import HERE, goods
from tests.site import Browser

Group = Brand | Category


def door(gone: Group) -> str:
    kind = "brands" if isinstance(gone, Brand) else "categories"
    return f"/administration/{kind}/{gone.id}/merging"


def page_of(stays: Group) -> str:
    return door(stays).removesuffix("/merging")


async def looked(browser: Browser, gone: Group, stays: Group) -> dict[str, str]:
    """The form of the page that shows what will move."""
    found = re.search(r'name="seen" value="(\w+)"', (await browser.get(f"{door(gone)}?into={stays.id}")).text)
    assert found
    return {"into": str(stays.id), "seen": found[1]}


@pytest.fixture
async def brands(database: str) -> tuple[Brand, Brand]:
    gone = await Brand.create(name="Хиквижн", slug="hikvizhn")
    return gone, await Brand.create(name="Hikvision", slug="hik")


async def group(name: str, slug: str, parent: Category | None = None) -> Category:
    return await Category.create(name=name, slug=slug, parent=parent)


@pytest.mark.parametrize("htmx", [False, True])
async def test_products_move_and_the_address_leads_on(
    anna: Browser, guest: Browser, brands: tuple[Brand, Brand], settings: Settings, htmx: bool
) -> None:
    gone, stays = brands
    moved, there = await make_product(article="DS-1", brand=gone), await make_product(article="DS-2", brand=stays)
    assert f'href="{door(gone)}"' in (await anna.get(page_of(gone))).text
    choice = (await anna.get(door(gone))).text
    assert f'value="{stays.id}"' in choice and f'<option value="{gone.id}"' not in choice
    page = (await anna.get(f"{door(gone)}?into={stays.id}")).text
    assert "Перейдёт 1 товар" in page.replace("\xa0", " ") and "Отменить это нельзя" in page
    form = await looked(anna, gone, stays)

    answer = await (anna.hx_post if htmx else anna.post)(door(gone), form)

    assert answer.headers["hx-redirect" if htmx else "location"] == page_of(stays)
    now = await Product.get(id=moved.id)
    assert now.brand_id == stays.id and now.version == 2 and (await Product.get(id=there.id)).version == 1
    assert "hikvision" in now.search and "хиквижн" not in now.search
    assert not await Brand.filter(id=gone.id).exists()
    assert "DS-1" in (await guest.get("/catalogue/search?q=hikvision")).text
    old = await guest.get("/catalogue/brands/hikvizhn?stock=1&page=2")
    assert (old.status_code, old.headers["location"]) == (301, "/catalogue/brands/hik?stock=1&page=2")
    narrowed = await guest.get("/catalogue?brand=hikvizhn&sort=price")
    assert (narrowed.status_code, narrowed.headers["location"]) == (301, "/catalogue?brand=hik&sort=price")
    assert 'href="/catalogue/brands/hikvizhn"' not in (await guest.get("/catalogue")).text
    event = await Event.get(name="brand.merged")
    assert event.company_id is None and event.data["products"] == [1, 2]
    assert event.data["gone"] == {"id": gone.id, "name": "Хиквижн", "slug": "hikvizhn"}
    await Relay(settings).run()
    assert "Хиквижн → Hikvision" in (await anna.get("/history?what=brand.merged")).text


async def test_the_larger_discount_stays(anna: Browser, cast: Cast, brands: tuple[Brand, Brand]) -> None:
    """Of two on the same days; on other days both stay, and count as overlapping ones always do."""
    gone, stays = brands
    may = {"valid_from": date(2027, 5, 1), "valid_until": date(2027, 5, 31)}
    rows: list[tuple[Any, Brand, int, dict[str, date]]] = [
        (cast.company, gone, 1200, {}),
        (cast.company, stays, 1000, {}),
        (cast.company, gone, 3000, may),
        (cast.other_company, gone, 500, {}),
        (cast.other_company, stays, 700, {}),
        (cast.lone_company, gone, 900, {}),
    ]
    for company, brand, percent, days in rows:
        await Discount.create(company=company, brand=brand, percent=percent, **days)
    smaller = await Discount.get(company=cast.other_company, brand=gone)
    asked = await DiscountRequest.create(
        company=cast.other_company,
        brand=gone,
        percent=4000,
        replaces=smaller.id,
        asked_by=cast.oleg,
        asked_at=clock.now(),
    )
    page = (await anna.get(f"{door(gone)}?into={stays.id}")).text.replace("\xa0", " ")
    assert "Перейдут 4 скидки" in page and "В 2 парах останется большая" in page and "Ждут согласования" in page

    assert (await anna.post(door(gone), await looked(anna, gone, stays))).status_code == 303

    left = await Discount.filter(brand=stays).order_by("company_id", "percent").values_list("company_id", "percent")
    companies = (cast.company.id, cast.company.id, cast.other_company.id, cast.lone_company.id)
    assert left == list(zip(companies, (1200, 3000, 700, 900), strict=True))
    await asked.refresh_from_db()
    kept = await Discount.get(company=cast.other_company)
    assert (asked.brand_id, asked.replaces, asked.state) == (stays.id, kept.id, RequestState.WAITING)
    event = await Event.get(name="brand.merged")
    assert event.data["dropped"] == 2
    assert {"company": cast.other_company.name, "was": 500, "now": 700} in event.data["smaller"]


async def test_a_logo_is_not_lost(anna: Browser, brands: tuple[Brand, Brand]) -> None:
    gone, stays = brands
    await Brand.filter(id=gone.id).update(picture=f"@{'a' * 18}")
    await anna.post(door(gone), await looked(anna, gone, stays))
    assert (await Brand.get(id=stays.id)).picture == f"@{'a' * 18}"


async def test_what_was_sent_and_ordered_stays(anna: Browser, cast: Cast, brands: tuple[Brand, Brand]) -> None:
    gone, stays = brands
    product = await make_product(brand=gone)
    await make_presentation(company=cast.company, author=cast.maria, products=[product])
    await make_order(person=cast.alice)
    before = await Line.all().values(), await OrderLine.all().values()
    await anna.post(door(gone), await looked(anna, gone, stays))
    assert (await Line.all().values(), await OrderLine.all().values()) == before


@pytest.mark.parametrize("htmx", [False, True])
async def test_one_article_in_both(anna: Browser, brands: tuple[Brand, Brand], htmx: bool) -> None:
    """However they are written: ds-2cd/1 and DS2CD-1 are one article."""
    gone, stays = brands
    mine, other = await make_product(article="DS-2CD/1", brand=gone), await make_product(article="ds2cd-1", brand=stays)
    await make_product(article="DS-9", brand=gone)
    page = (await anna.get(f"{door(gone)}?into={stays.id}")).text
    assert "1 артикул есть в обоих" in page.replace("\xa0", " ") and 'name="seen"' not in page
    for product in (mine, other):
        assert f'href="/administration/products/{product.id}"' in page
    for seen in ("", "f" * 20):
        answer = await (anna.hx_post if htmx else anna.post)(door(gone), {"into": str(stays.id), "seen": seen})
        assert answer.status_code == 409
    assert await Product.filter(brand=gone).count() == 2 and not await Event.exists()


async def test_what_changed_after_the_page_was_shown(anna: Browser, brands: tuple[Brand, Brand]) -> None:
    gone, stays = brands
    form = await looked(anna, gone, stays)
    await make_product(brand=gone)
    for post in (anna.post, anna.hx_post):
        answer = await post(door(gone), form)
        assert answer.status_code == 409 and "Ничего не объединено" in answer.text
    assert await Brand.filter(id=gone.id).exists()


async def test_itself_nothing_and_what_is_gone(anna: Browser, brands: tuple[Brand, Brand]) -> None:
    gone, stays = brands
    itself = await anna.post(door(gone), {"into": str(gone.id), "seen": ""})
    assert itself.status_code == 409 and "Сам с собой не объединяется" in itself.text
    assert "Сам с собой" in (await anna.get(f"{door(gone)}?into={gone.id}")).text
    for into in ("", "x", "99999", "99999999999999999999"):
        assert (await anna.post(door(gone), {"into": into, "seen": ""})).status_code == 409
        assert (await anna.get(f"{door(gone)}?into={into}")).status_code == 200
    assert (await anna.post("/administration/brands/99999/merging", {"into": str(stays.id)})).status_code == 404


async def test_sent_twice_it_is_done_once(anna: Browser, brands: tuple[Brand, Brand]) -> None:
    gone, stays = brands
    form = await looked(anna, gone, stays)
    answers = await asyncio.gather(*(anna.post(door(gone), form) for _ in range(5)))
    assert {one.status_code for one in answers} == {303}
    assert {one.headers["location"] for one in answers} == {page_of(stays)}
    assert await Event.filter(name="brand.merged").count() == 1


async def test_into_each_other_at_once(anna: Browser, brands: tuple[Brand, Brand]) -> None:
    """One of the two is done; the other one's other is no more."""
    one, other = brands
    await make_product(brand=one)
    there, back = await looked(anna, one, other), await looked(anna, other, one)
    answers = await asyncio.gather(anna.post(door(one), there), anna.post(door(other), back))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert await Brand.all().count() == 1 and await Product.all().count() == 1


async def test_a_product_that_is_made_meanwhile(anna: Browser, cast: Cast, brands: tuple[Brand, Brand]) -> None:
    """It goes with the others, or is refused: it is nowhere lost, and nothing is left in between."""
    gone, stays = brands
    await group("Кабель", "kabel")
    form, new = await looked(anna, gone, stays), await goods(brand=str(gone.id))
    merged, made = await asyncio.gather(anna.post(door(gone), form), anna.post(HERE, new))
    assert (merged.status_code, made.status_code) in {(303, 409), (303, 422), (409, 303)}
    assert await Product.all().count() == (made.status_code == 303)


async def test_a_discount_that_is_given_meanwhile(
    anna: Browser, maria: Browser, cast: Cast, brands: tuple[Brand, Brand]
) -> None:
    gone, stays = brands
    form = await looked(anna, gone, stays)
    given = {"what": f"brand:{gone.id}", "percent": "7"}
    merged, gave = await asyncio.gather(
        anna.post(door(gone), form), maria.post(f"/desk/partners/{cast.company.id}/discounts", given)
    )
    assert (merged.status_code, gave.status_code) in {(303, 409), (303, 422), (303, 303), (409, 303)}
    assert await Discount.all().count() == (gave.status_code == 303)
    assert not await Discount.filter(brand=gone).exists() or merged.status_code == 409


async def test_merged_again_and_again(anna: Browser, guest: Browser, brands: tuple[Brand, Brand]) -> None:
    """Every former address leads to what there is now, and no new brand gets one of them."""
    gone, stays = brands
    last = await make_brand(name="Rubin")
    await anna.post(door(gone), await looked(anna, gone, stays))
    await anna.post(door(stays), await looked(anna, stays, last))
    for slug in ("hikvizhn", "hik"):
        assert (await guest.get(f"/catalogue/brands/{slug}")).headers["location"] == f"/catalogue/brands/{last.slug}"
    await anna.post("/administration/brands", {"name": "Hik", "position": "0"})
    assert (await Brand.get(name="Hik")).slug == "hik-2"
    assert (await anna.post(f"{page_of(last)}/removal")).status_code == 303
    assert (await guest.get("/catalogue/brands/hik")).status_code == 404 and not await FormerSlug.exists()


@pytest.mark.parametrize("htmx", [False, True])
async def test_categories_with_those_in_them(anna: Browser, guest: Browser, cast: Cast, htmx: bool) -> None:
    gone, stays = await group("Провода", "provoda"), await group("Кабель", "kabel")
    inner, inside = await group("Витая пара", "vitaya-para", gone), await group("Муфты", "mufty", stays)
    product = await make_product(category=gone)
    await Discount.create(company=cast.company, category=gone, percent=800)
    page = (await anna.get(f"{door(gone)}?into={stays.id}")).text
    assert "Витая пара" in page.partition("Категории внутри")[2].partition("</dd>")[0]
    answer = await (anna.hx_post if htmx else anna.post)(door(gone), await looked(anna, gone, stays))
    assert answer.headers["hx-redirect" if htmx else "location"] == page_of(stays)
    assert (await Product.get(id=product.id)).category_id == stays.id
    assert {one.parent_id for one in await Category.filter(id__in=[inner.id, inside.id])} == {stays.id}
    assert (await Discount.get()).category_id == stays.id
    assert (await guest.get("/catalogue/categories/provoda")).headers["location"] == "/catalogue/categories/kabel"
    assert (await Event.get(name="category.merged")).data["children"] == ["Витая пара"]


async def test_categories_that_do_not_fit(anna: Browser) -> None:
    gone, stays = await group("Провода", "provoda"), await group("Кабель", "kabel")
    child, alike, like = [
        await group(*one) for one in (("Муфты", "a", gone), ("Жилы", "b", gone), ("жилы", "c", stays))
    ]
    for into, says in ((child, "сначала переместите их"), (stays, "В обеих есть категория жилы")):
        for post in (anna.post, anna.hx_post):
            answer = await post(door(gone), {"into": str(into.id), "seen": "x"})
            assert answer.status_code == 409 and says in answer.text
        assert says in (await anna.get(f"{door(gone)}?into={into.id}")).text
    assert (await anna.post(door(alike), await looked(anna, alike, like))).status_code == 303
    assert (await anna.post(door(child), await looked(anna, child, gone))).status_code == 303, "a child into its own"
    assert (await anna.post(door(gone), await looked(anna, gone, like))).status_code == 303, "it has no child any more"


async def test_it_costs_the_same_however_much(anna: Browser, cast: Cast, brands: tuple[Brand, Brand]) -> None:
    gone, stays = brands

    async def fill(count: int) -> None:
        for _ in range(count):
            await make_product(brand=gone)
            await Discount.create(company=cast.company, brand=gone, percent=100)

    async def look() -> int:
        return await cost(anna, f"{door(gone)}?into={stays.id}")

    await fill(2)
    few = await look()
    await fill(20)
    assert await look() == few


async def test_others_do_not_come_near(
    maria: Browser, alice: Browser, guest: Browser, brands: tuple[Brand, Brand]
) -> None:
    gone, stays = brands
    for browser, status in ((maria, 403), (alice, 403), (guest, 303)):
        for one in (gone, await group(f"Кабель {status}", f"kabel-{browser.__hash__()}")):
            assert (await browser.post(door(one), {"into": str(stays.id), "seen": "x"})).status_code == status
    assert await Brand.all().count() == 2
