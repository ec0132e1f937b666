"""GET /catalogue/products/12."""

import pytest

from app import clock
from app.catalogue.models import Discount, Product
from app.database import counting_queries
from app.money import Vat
from app.orders.models import Status
from tests.catalogue.conftest import Shop, price
from tests.factories import Cast, make_order, make_product
from tests.site import Browser


async def test_what_is_known_of_a_product(guest: Browser, shop: Shop) -> None:
    await Product.filter(id=shop.utp.id).update(
        description="В бухтах.\n<Медь>", properties={"Пары": "4", "Оболочка": "ПВХ & <гель>"}
    )
    page = (await guest.get(f"/catalogue/products/{shop.utp.id}")).text
    assert "<h1>Кабель UTP, 100 % медь</h1>" in page and '<use href="#p-dome"/>' in page and 'id="p-dome"' in page
    assert '<a href="/catalogue/brands/rexant">REXANT</a>' in page and 'href="/catalogue/categories/cable"' in page
    assert "В бухтах.<br>&lt;Медь&gt;" in page
    assert "<dt>Пары</dt><dd>4</dd>" in page and "ПВХ &amp; &lt;гель&gt;" in page
    assert price("31,50 ₽") in page and "22&nbsp;%" in page and "<dd>305&nbsp;м</dd>" in page


async def test_the_price_of_each_reader(
    guest: Browser, alice: Browser, charlie: Browser, maria: Browser, cast: Cast, shop: Shop
) -> None:
    path = f"/catalogue/products/{shop.camera.id}"
    for reader in (guest, charlie, maria):
        page = (await reader.get(path)).text
        assert price("14 990,00 ₽") in page and "<s>" not in page
    assert price("12 741,50 ₽") in (await alice.get(path)).text
    await Discount.create(company=cast.company, category=shop.cameras, percent=2200)
    page = (await alice.get(path)).text
    assert price("11 692,20 ₽") in page and price("<s>14 990,00 ₽</s>") in page and "−22\u00a0%" in page


@pytest.mark.parametrize(("vat", "said"), [(Vat.TEN, "10&nbsp;%"), (Vat.NONE, "")])
async def test_the_vat_is_said(guest: Browser, shop: Shop, vat: Vat, said: str) -> None:
    product = await make_product(vat=vat)
    page = (await guest.get(f"/catalogue/products/{product.id}")).text
    offer = page.partition('id="offer"')[2]
    assert said in offer and ("&nbsp;%" in offer) is bool(said) and "22&nbsp;%" not in offer


async def test_who_can_put_it_into_the_cart(
    guest: Browser, alice: Browser, vera: Browser, maria: Browser, shop: Shop
) -> None:
    path = f"/catalogue/products/{shop.camera.id}"
    assert f'hx-post="{path}/cart"' in (await alice.get(path)).text
    for reader in (guest, vera, maria):
        assert "hx-post" not in (await reader.get(path)).text
    assert f'href="/sign-in?next={path.replace("/", "%2F")}"' in (await guest.get(path)).text


async def test_a_discontinued_one_and_its_replacement(alice: Browser, shop: Shop) -> None:
    gone = (await alice.get(f"/catalogue/products/{shop.gone.id}")).text
    assert f'href="/catalogue/products/{shop.dome.id}"' in gone and "hx-post" not in gone
    dome = (await alice.get(f"/catalogue/products/{shop.dome.id}")).text
    assert f'<a href="/catalogue/products/{shop.gone.id}">HIKVISION DS-2CD2142</a>' in dome
    await Product.filter(id=shop.dome.id).update(discontinued_at=clock.now())
    gone = (await alice.get(f"/catalogue/products/{shop.gone.id}")).text.partition('id="seen"')[0]
    assert f"/catalogue/products/{shop.dome.id}" not in gone, "what is gone itself replaces nothing"


async def test_a_product_without_a_picture_is_drawn_as_a_box(guest: Browser, shop: Shop) -> None:
    for picture in ("", "unheard-of"):
        product = await make_product(picture=picture)
        page = await guest.get(f"/catalogue/products/{product.id}")
        assert page.status_code == 200 and f'<symbol id="p-{picture}" viewBox="0 0 48 48"><' in page.text


@pytest.mark.parametrize("product", ["0", "999999", "-1", "9999999999", "1e3", "%00", "x"])
async def test_there_is_no_such_product(guest: Browser, shop: Shop, product: str) -> None:
    assert (await guest.get(f"/catalogue/products/{product}")).status_code == 404


async def test_few_queries(alice: Browser, shop: Shop) -> None:
    await alice.get("/catalogue")
    with counting_queries() as count:
        await alice.get(f"/catalogue/products/{shop.dome.id}")
    assert count.count <= 13


async def test_ordered_before(
    alice: Browser, bob: Browser, charlie: Browser, guest: Browser, cast: Cast, shop: Shop
) -> None:
    path = f"/catalogue/products/{shop.camera.id}"
    assert "Вы заказывали" not in (await alice.get(path)).text
    orders = [await make_order(person=person, products=[shop.camera], quantity=8) for person in (cast.alice, cast.bob)]
    cancelled = await make_order(person=cast.bob, products=[shop.camera], status=Status.CANCELLED)
    for reader in (alice, bob):
        page = (await reader.get(path)).text
        told = page.partition("Вы заказывали")[2].partition("</p>")[0]
        assert "8&nbsp;шт" in told and all(f'href="/orders/{order.number}"' in told for order in orders)
        assert f"/orders/{cancelled.number}" not in told
    for reader in (charlie, guest):
        assert "Вы заказывали" not in (await reader.get(path)).text


async def test_only_administrators_are_led_to_change_it(
    anna: Browser, maria: Browser, guest: Browser, shop: Shop
) -> None:
    link = f'href="/administration/products/{shop.camera.id}"'
    assert link in (await anna.get(f"/catalogue/products/{shop.camera.id}")).text
    for reader in (maria, guest):
        assert link not in (await reader.get(f"/catalogue/products/{shop.camera.id}")).text
