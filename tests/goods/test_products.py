"""/administration/products: putting on sale, changing, finding, taking off sale and back."""

import asyncio

import pytest

from app import clock
from app.cart import queries as cart
from app.catalogue.models import Brand, Category, Product
from app.database import counting_queries
from app.history.models import Event
from app.presentations.models import Line
from tests.factories import Cast, make_brand, make_cart_line, make_presentation, make_product
from tests.goods.forms import HERE, goods
from tests.site import Browser
from tests.users import make_user


@pytest.fixture
async def shelf(database: str) -> Product:
    """A product, with its brand and category."""
    return await make_product(article="DS-2CD2043G2-I", retail=1_499_000)


def edit(product: Product) -> str:
    return f"{HERE}/{product.id}"


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_new_product_is_found_and_on_sale(anna: Browser, alice: Browser, shelf: Product, htmx: bool) -> None:
    post = anna.hx_post if htmx else anna.post
    answer = await post(HERE, await goods(properties="Сечение: 2,5 мм²\r\n\r\nЦвет: чёрный: матовый"))
    product = await Product.get(article="МК-12/3")
    assert answer.headers["hx-redirect" if htmx else "location"] == edit(product)
    assert (product.retail, product.pack, product.minimum, product.stock) == (123_450, 10, 20, 1000)
    assert product.properties == {"Сечение": "2,5 мм²", "Цвет": "чёрный: матовый"}
    assert product.picture == "dome"  # as the others of its category
    for asked in ("мк-12/3", "MK123", "муфта каб"):
        assert "Муфта кабельная" in (await alice.get(f"/catalogue/search?q={asked}")).text, asked
        assert "МК-12/3" in (await anna.get(f"{HERE}?q={asked}")).text, asked
    event = await Event.get(name="product.created")
    assert event.company_id is None and event.data["retail"] == 123_450


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("article", "", "Напишите артикул"),
        ("article", "—/—", "буквы или цифры"),
        ("name", "x" * 251, "Слишком длинно"),
        ("brand", "999", "Выберите бренд"),
        ("category", "x", "Выберите категорию"),
        ("unit", "", "Напишите единицу"),
        ("pack", "0", "Целое число"),
        ("minimum", "15", "10 или 20"),
        ("minimum", "5", "кратен упаковке по 10: 10<"),
        ("vat", "21", "Выберите НДС"),
        ("retail", "0", "Напишите цену"),
        ("retail", "-5", "Напишите цену"),
        ("retail", "1,234", "Напишите цену"),
        ("stock", "много", "Целое число"),
        ("restock_on", "32.01.2027", "не дата"),
        ("properties", "Цвет чёрный", "Не подходит «Цвет чёрный»"),
    ],
)
async def test_wrong_fields(anna: Browser, shelf: Product, field: str, value: str, words: str) -> None:
    form = await goods(**{"description": "Не потеряйте", field: value})
    answer = await anna.post(HERE, form)
    assert answer.status_code == 422 and f'id="{field}-e"' in answer.text and words in answer.text
    assert "Не потеряйте" in answer.text and await Product.all().count() == 1


@pytest.mark.parametrize("htmx", [False, True])
async def test_an_article_that_the_brand_has_in_another_writing(anna: Browser, shelf: Product, htmx: bool) -> None:
    post = anna.hx_post if htmx else anna.post
    answer = await post(HERE, await goods(article="ds 2cd2043g2i"))
    assert answer.status_code == 422 and f'href="{edit(shelf)}">DS-2CD2043G2-I, ' in answer.text
    other = await make_brand(name="Рубин")
    assert (await post(HERE, await goods(article="ds 2cd2043g2i", brand=str(other.id)))).status_code in (200, 303)


async def test_sent_twice_it_is_one(anna: Browser, shelf: Product) -> None:
    form = await goods()
    statuses = {one.status_code for one in await asyncio.gather(*(anna.post(HERE, form) for _ in range(4)))}
    assert statuses == {303, 422} and await Product.all().count() == 2


async def test_a_change_tells_before_and_after(anna: Browser, shelf: Product) -> None:
    brand = await make_brand(name="Рубин")
    form = await goods(article="DS-1", brand=str(brand.id), version="1", vat="none")
    assert (await anna.post(edit(shelf), form)).headers["location"] == edit(shelf)
    changed = await Product.get(id=shelf.id)
    assert (changed.article_key, changed.search, changed.version) == ("ds1", "ds-1 муфта кабельная рубин", 2)
    changes = {
        one["field"]: (one["was"], one["now"]) for one in (await Event.get(name="product.changed")).data["changes"]
    }
    assert changes["retail"] == (1_499_000, 123_450) and changes["brand_id"] == ("HIKVISION", "Рубин")
    assert changes["article"] == ("DS-2CD2043G2-I", "DS-1") and "restock_on" not in changes
    assert (await anna.post(edit(shelf), {**form, "version": "2"})).status_code == 303
    assert await Event.filter(name="product.changed").count() == 1  # nothing was other than before


@pytest.mark.parametrize("htmx", [False, True])
async def test_two_at_once_are_shown_both(anna: Browser, shelf: Product, htmx: bool) -> None:
    first = await goods(article="DS-1", version="1", name="Так решила первая")
    assert (await anna.post(edit(shelf), first)).status_code == 303
    post = anna.hx_post if htmx else anna.post
    second = {**first, "name": "Так решила вторая", "description": "Подробно"}
    answer = await post(edit(shelf), second)
    assert answer.status_code == 409 and "Кто-то опередил вас" in answer.text
    assert 'value="Так решила вторая"' in answer.text and "Сейчас записано: Так решила первая" in answer.text
    assert "Подробно</textarea>" in answer.text and 'name="version" value="2"' in answer.text
    assert (await Product.get(id=shelf.id)).name == "Так решила первая"
    assert (await post(edit(shelf), {**second, "version": "2"})).status_code in (200, 303)
    assert (await Product.get(id=shelf.id)).name == "Так решила вторая"


async def test_many_at_once_lose_nothing(anna: Browser, shelf: Product) -> None:
    forms = [await goods(article="DS-1", version="1", name=f"Имя {number}") for number in range(6)]
    answers = await asyncio.gather(*(anna.post(edit(shelf), form) for form in forms))
    assert sorted(one.status_code for one in answers) == [303, *[409] * 5]


async def test_a_price_changes_carts_and_not_what_was_sent(
    anna: Browser, alice: Browser, cast: Cast, shelf: Product
) -> None:
    offer = await make_presentation(company=cast.company, author=cast.maria, products=[shelf], discount=2000)
    await make_cart_line(person=cast.bob, product=shelf, price=1_274_150)  # at 15 % off
    before = await Line.get(version__presentation_id=offer.id)
    page = (await alice.get(f"/presentations/{offer.number}")).text
    await anna.post(
        edit(shelf), await goods(article="DS-9", version="1", retail="20 000,00", vat="ten", pack="1", minimum="1")
    )
    after = await Line.get(id=before.id)
    assert dict(after) == dict(before) and (after.retail, after.price, after.vat_rate) == (1_499_000, 1_199_200, 22)
    shown = (await alice.get(f"/presentations/{offer.number}")).text
    for text in ("11\u00a0992,00", "14\u00a0990,00", "DS-2CD2043G2-I"):
        assert text in page and text in shown
    settings, bob = anna.site.state.settings, await make_user(cast.bob)
    [dearer] = (await cart.checked(bob, settings)).lines
    assert (dearer.price, dearer.today, dearer.problem) == (1_274_150, 1_700_000, "dearer")
    await anna.post(edit(shelf), await goods(article="DS-9", version="2", retail="10000", pack="1", minimum="1"))
    [cheaper] = (await cart.checked(bob, settings)).lines
    assert (cheaper.price, cheaper.problem, cheaper.cheaper) == (850_000, "", True)


@pytest.mark.parametrize("htmx", [False, True])
async def test_off_sale_with_a_replacement_and_back(anna: Browser, alice: Browser, shelf: Product, htmx: bool) -> None:
    post = anna.hx_post if htmx else anna.post
    new = await make_product(article="DS-2CD3043")
    door = f"{edit(shelf)}/discontinuation"
    found = (await anna.get(f"{door}?q=ds2cd")).text
    assert f'value="{new.id}"' in found and f'value="{shelf.id}"' not in found
    answer = await post(door, {"replacement": str(new.id), "q": "ds2cd"})
    assert answer.headers["hx-redirect" if htmx else "location"] == edit(shelf)
    page = (await alice.get(f"/catalogue/products/{shelf.id}")).text
    assert "Снята с производства" in page and "DS-2CD3043" in page and "в корзину" not in page
    assert (await anna.get(f"{HERE}?state=discontinued")).text.count('data-row href="/administration/products/') == 1
    assert (await post(door, {"replacement": str(new.id)})).status_code in (200, 303)
    assert await Event.filter(name="product.discontinued").count() == 1
    assert (await post(f"{edit(shelf)}/return")).status_code in (200, 303)
    back = await Product.get(id=shelf.id)
    assert back.discontinued_at is None and back.replacement_id is None
    assert [one.name for one in await Event.all().order_by("id")] == ["product.discontinued", "product.restored"]


async def test_replacements_that_are_none(anna: Browser, shelf: Product) -> None:
    gone = await make_product(article="DS-OLD", discontinued_at=clock.now())
    circle = await make_product(article="DS-RING", replacement=shelf)
    for number, words in (
        (shelf.id, "не заменяет сам себя"),
        (gone.id, "сам снят с продажи"),
        (circle.id, "сам заменён этим"),
        (999_999, "Такой замены нет"),
    ):
        for post in (anna.post, anna.hx_post):
            answer = await post(f"{edit(shelf)}/discontinuation", {"replacement": str(number)})
            assert answer.status_code == 409 and words in answer.text
    assert (await anna.post(f"{edit(shelf)}/discontinuation", {"replacement": "x"})).status_code == 422
    assert (await Product.get(id=shelf.id)).discontinued_at is None


async def test_two_that_replace_each_other_at_once(anna: Browser, shelf: Product) -> None:
    other = await make_product(article="DS-X")
    pairs = ((shelf, other), (other, shelf))
    answers = await asyncio.gather(
        *(anna.post(f"{edit(one)}/discontinuation", {"replacement": str(two.id)}) for one, two in pairs)
    )
    assert sorted(one.status_code for one in answers) == [303, 409]


async def test_filters_and_pages(anna: Browser, shelf: Product) -> None:
    brand = await make_brand(name="Рубин")
    inner = await Category.create(name="Муфты", slug="mufty", parent=await Category.get(slug="ip-cameras"))
    for number in range(51):
        await make_product(article=f"R-{number:03}", brand=brand, category=inner, picture="@" + "a" * 18)
    await make_product(article="FREE", retail=0)
    for query, count in (
        ("state=unpriced", 1),
        ("state=unpictured", 2),
        ("state=sale&q=r-0", 50),
        (f"brand={brand.id}", 50),
        (f"category={inner.parent_id}", 50),
        (f"category={inner.id}&q=r-007", 1),
        ("q=%25", 0),
    ):
        assert (await anna.get(f"{HERE}?{query}")).text.count("data-row") == count, query
    last = await Product.get(article="R-049")
    page = (await anna.get(f"{HERE}?brand={brand.id}")).text
    assert f"/administration/products?brand={brand.id}&amp;after={last.id}" in page
    rest = (await anna.get(f"{HERE}?brand={brand.id}&after={last.id}")).text
    assert rest.count("data-row") == 1 and "R-050" in rest


async def test_the_list_costs_the_same_for_two_and_for_fifty(anna: Browser, shelf: Product) -> None:
    await anna.get(HERE)
    with counting_queries() as few:
        await anna.get(HERE)
    for _ in range(50):
        await make_product()
    with counting_queries() as many:
        await anna.get(HERE)
    assert few.count == many.count


async def test_others_do_not_come_near(maria: Browser, alice: Browser, guest: Browser, shelf: Product) -> None:
    form = await goods()
    for browser, status in ((maria, 403), (alice, 403), (guest, 303)):
        for door in (HERE, edit(shelf), f"{edit(shelf)}/discontinuation", f"{edit(shelf)}/return"):
            assert (await browser.post(door, form)).status_code == status
    assert await Product.all().count() == 1 and await Brand.all().count() == 1 and not await Event.exists()
