"""A product without a price: asked for, shown so everywhere, and never ordered at nothing."""

from app.cart.models import CartLine
from app.catalogue.models import Product
from app.orders.models import Order
from app.orders.templates import OrderTemplateLine
from tests.factories import Cast, make_cart_line, make_order, make_product
from tests.orders.forms import open_checkout
from tests.site import Browser


async def test_in_the_catalogue(alice: Browser, guest: Browser, cast: Cast) -> None:
    product = await make_product(article="DS-0", retail=0)
    for reader in (alice, guest):
        for page in ("/catalogue", f"/catalogue/products/{product.id}"):
            text = (await reader.get(page)).text
            assert "по запросу" in text and ">0,00" not in text
    assert f"/tickets/new?product={product.id}" in (await alice.get("/catalogue")).text
    assert "Войдите, чтобы узнать цену" in (await guest.get(f"/catalogue/products/{product.id}")).text
    asked = (await alice.get(f"/tickets/new?product={product.id}")).text
    assert "Цена: DS-0" in asked and "цену и срок поставки: DS-0" in asked
    assert (await alice.get("/tickets/new?product=99999")).status_code == 200


async def test_it_is_not_put_into_the_cart(alice: Browser, cast: Cast) -> None:
    product = await make_product(article="DS-0", retail=0)
    to = f"/catalogue/products/{product.id}/cart"
    for post in (alice.post, alice.hx_post):
        answer = await post(to, {"from": "/catalogue", f"q{product.id}": "2"})
        assert answer.status_code == 409 and "цена по запросу" in answer.text
    assert not await CartLine.all().exists()


async def test_what_lost_its_price_is_not_ordered(alice: Browser, cast: Cast) -> None:
    lost, other = await make_product(article="DS-0", retail=1_000), await make_product(article="DS-1", retail=2_000)
    for product in (lost, other):
        await make_cart_line(person=cast.alice, product=product, quantity=1, price=product.retail * 85 // 100)
    form = await open_checkout(alice)
    await Product.filter(id=lost.id).update(retail=0)
    await alice.post("/orders", form)
    assert not await Order.all().exists()
    cart = (await alice.get("/cart")).text
    assert "Цена теперь по запросу." in cart and "17,00" in cart and ">0,00" not in cart
    assert (await CartLine.get(product_id=lost.id)).price == 850, "no lower price is applied"


async def test_in_a_repeat_and_in_a_template(alice: Browser, cast: Cast) -> None:
    product, other = await make_product(article="DS-0"), await make_product(article="DS-1")
    order = await make_order(person=cast.alice, products=[product, other])
    await Product.filter(id=product.id).update(retail=0)
    page = (await alice.get(f"/repeat?order={order.number}")).text
    assert "цена по запросу" in page and f'name="take{product.id}"' not in page and f'name="take{other.id}"' in page
    assert not await OrderTemplateLine.all().exists()
