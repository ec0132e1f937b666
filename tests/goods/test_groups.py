"""/administration/brands and /administration/categories."""

import asyncio

import pytest

from app import clock
from app.catalogue.models import Brand, Category, Discount, Product
from app.desk.partners.models import DiscountRequest
from app.goods import slugs
from app.history.models import Event
from tests.factories import Cast, make_brand, make_product
from tests.goods import samples
from tests.goods.forms import file
from tests.site import Browser

BRANDS, CATEGORIES = "/administration/brands", "/administration/categories"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Блоки питания", "bloki-pitaniya"),
        ("ЩИТ & Ёж-2", "shchit-ezh-2"),
        ("HiWatch", "hiwatch"),
        ("—", "x"),
        ("Объёмные", "obemnye"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slugs.slug(name) == slug


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_brand_from_its_beginning_to_its_end(anna: Browser, guest: Browser, htmx: bool) -> None:
    post, to = (anna.hx_post if htmx else anna.post), "hx-redirect" if htmx else "location"
    await make_brand(name="rubin")
    answer = await post(BRANDS, {"name": "Рубин", "position": "0"})
    brand = await Brand.get(name="Рубин")
    assert answer.headers[to] == f"{BRANDS}/{brand.id}" and brand.slug == "rubin-2"
    await make_product(article="R-1", brand=brand, name="Муфта")
    assert "Рубин" in (await guest.get("/catalogue")).text  # the frame has renewed its list
    answer = await post(answer.headers[to], {"name": "Сапфир", "position": "2", "hidden": "1", "version": "1"})
    assert answer.status_code in (200, 303)
    assert (await Product.get(article="R-1")).search == "r-1 муфта сапфир"
    assert "Муфта" in (await guest.get("/catalogue/search?q=сапфир")).text
    catalogue = (await guest.get("/catalogue")).text
    assert 'href="/catalogue/brands/rubin-2"' not in catalogue and "Муфта" in catalogue
    assert "Сапфир" in (await guest.get("/catalogue/brands/rubin-2")).text  # the old address holds
    removal = f"{BRANDS}/{brand.id}/removal"
    assert f"{'/administration/products'}?brand={brand.id}" in (await anna.get(removal)).text
    assert (await post(removal)).status_code == 409
    await Product.all().delete()
    assert (await post(removal)).headers[to] == BRANDS
    assert not await Brand.filter(id=brand.id).exists()
    changes = (await Event.get(name="brand.changed")).data["changes"]
    assert {"field": "name", "was": "Рубин", "now": "Сапфир"} in changes
    assert {"field": "hidden", "was": False, "now": True} in changes


async def test_names_are_taken_in_any_case(anna: Browser) -> None:
    await make_brand(name="Рубин")
    for post in (anna.post, anna.hx_post):
        answer = await post(BRANDS, {"name": "РУБИН", "position": "0"})
        assert answer.status_code == 422 and "Такое название уже есть" in answer.text and 'value="РУБИН"' in answer.text
    answers = await asyncio.gather(*(anna.post(BRANDS, {"name": "Опал", "position": "0"}) for _ in range(4)))
    assert sorted(one.status_code for one in answers) == [303, 422, 422, 422]


async def test_two_at_once_are_shown_both(anna: Browser) -> None:
    brand = await make_brand(name="Рубин")
    form = {"name": "Опал", "position": "1", "version": "1"}
    assert (await anna.post(f"{BRANDS}/{brand.id}", form)).status_code == 303
    for post in (anna.post, anna.hx_post):
        answer = await post(f"{BRANDS}/{brand.id}", {**form, "name": "Агат"})
        assert answer.status_code == 409 and "Сейчас записано: Опал" in answer.text and 'value="Агат"' in answer.text
    category = await Category.create(name="Кабель", slug="kabel", version=2)
    answer = await anna.post(f"{CATEGORIES}/{category.id}", {**form, "name": "Провод"})
    assert answer.status_code == 409 and "Сейчас записано: Кабель" in answer.text


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_logo(anna: Browser, guest: Browser, htmx: bool) -> None:
    brand, post = await make_brand(), anna.hx_post if htmx else anna.post
    door = f"{BRANDS}/{brand.id}/logo"
    assert (await post(door, files=file(samples.SCRIPTED, "знак.svg"))).status_code == 422
    assert (await post(door, files=file(samples.photo("PNG"), "знак.png"))).status_code in (200, 303)
    code = (await Brand.get(id=brand.id)).picture
    assert f"/media/{code[1:]}-s.webp" in (await guest.get("/catalogue/brands/hikvision")).text
    assert (await anna.get(f"{door}/removal")).status_code == 200
    assert (await post(f"{door}/removal")).status_code in (200, 303)
    assert (await Brand.get(id=brand.id)).picture == ""


@pytest.mark.parametrize("htmx", [False, True])
async def test_categories_stand_in_each_other(anna: Browser, guest: Browser, cast: Cast, htmx: bool) -> None:
    post = anna.hx_post if htmx else anna.post
    await post(CATEGORIES, {"name": "Кабель", "position": "1"})
    upper = await Category.get(slug="kabel")
    await post(CATEGORIES, {"name": "Витая пара", "position": "1", "parent": str(upper.id)})
    inner = await Category.get(slug="vitaya-para")
    assert inner.parent_id == upper.id
    taken = await post(CATEGORIES, {"name": "витая пара", "position": "1", "parent": str(upper.id)})
    assert taken.status_code == 422 and "Такое название уже есть" in taken.text
    for parent in (inner.id, 999, "x"):
        answer = await post(CATEGORIES, {"name": "Муфты", "position": "1", "parent": str(parent)})
        assert answer.status_code == 422 and 'id="parent-e"' in answer.text
    form = {"name": "Кабель", "position": "1", "version": "1"}
    assert (await post(f"{CATEGORIES}/{upper.id}", {**form, "parent": str(upper.id)})).status_code == 422  # a circle
    other = await Category.create(name="Прочее", slug="prochee")
    answer = await post(f"{CATEGORIES}/{upper.id}", {**form, "parent": str(other.id)})
    assert answer.status_code == 409 and "остаётся на верхнем уровне" in answer.text
    await make_product(category=inner, article="UTP")
    assert "Витая пара" in (await guest.get("/catalogue")).text
    hidden = {"name": "Витая пара", "position": "1", "parent": str(upper.id), "hidden": "1", "version": "1"}
    assert (await post(f"{CATEGORIES}/{inner.id}", hidden)).status_code in (200, 303)
    shown = (await guest.get("/catalogue")).text
    assert "UTP" in shown and "/catalogue/categories/vitaya-para" not in shown
    assert (await guest.get("/catalogue/categories/vitaya-para")).status_code == 200
    for category, words in ((upper, "1 категория внутри"), (inner, "1 товар")):
        assert words in (await anna.get(f"{CATEGORIES}/{category.id}/removal")).text.replace("\u00a0", " ")
        assert (await post(f"{CATEGORIES}/{category.id}/removal")).status_code == 409
    await Discount.create(company=cast.company, category=other, percent=100)
    assert (await post(f"{CATEGORIES}/{other.id}/removal")).status_code == 409
    await Discount.all().delete()
    assert (await post(f"{CATEGORIES}/{other.id}/removal")).status_code in (200, 303)
    assert not await Category.filter(id=other.id).exists()


@pytest.mark.parametrize("htmx", [False, True])
async def test_what_was_asked_for_holds_it(anna: Browser, cast: Cast, htmx: bool) -> None:
    brand, kind = await make_brand(name="Рубин"), await Category.create(name="Кабель", slug="kabel")
    about = {"company": cast.company, "percent": 4000, "asked_by": cast.maria, "asked_at": clock.now()}
    await DiscountRequest.create(brand=brand, **about)
    await DiscountRequest.create(category=kind, **about)
    for door in (f"{BRANDS}/{brand.id}/removal", f"{CATEGORIES}/{kind.id}/removal"):
        assert "1 скидка партнёра" in (await anna.get(door)).text.replace("\xa0", " ")
        assert (await (anna.hx_post if htmx else anna.post)(door)).status_code == 409


async def test_others_do_not_come_near(maria: Browser, alice: Browser, guest: Browser) -> None:
    brand = await make_brand()
    form = {"name": "Опал", "position": "1", "version": "1"}
    for browser, status in ((maria, 403), (alice, 403), (guest, 303)):
        for door in (BRANDS, CATEGORIES, f"{BRANDS}/{brand.id}", f"{BRANDS}/{brand.id}/removal"):
            assert (await browser.post(door, form)).status_code == status
    assert await Brand.all().count() == 1 and not await Category.exists()
