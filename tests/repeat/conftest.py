"""An old order with a line of each kind, and the form of its draft."""

import re
from dataclasses import dataclass

import pytest

from app import clock
from app.catalogue.models import Product
from app.orders.models import Order, OrderLine
from tests.factories import Cast, make_order, make_product
from tests.site import Browser

OLD_PRICE = 100_000  # kopecks; the company's usual discount is 15 %


@dataclass
class Old:
    """The order and its products, two of each but `wrong`, of which there were 7."""

    order: Order
    gone: Product
    replaced: Product
    instead: Product
    wrong: Product
    dearer: Product
    cheaper: Product
    same: Product

    @property
    def path(self) -> str:
        """Its draft."""
        return f"/repeat?order={self.order.number}"


@pytest.fixture
async def old(cast: Cast) -> Old:
    """1 000,00 ₽ for each unit then; today dearer by 200,00, cheaper by 150,00 or the same."""
    instead = await make_product(article="NEW-1", retail=200_000, pack=5)
    products = {
        "gone": await make_product(article="GONE-1", discontinued_at=clock.now()),
        "replaced": await make_product(article="OLD-1", discontinued_at=clock.now(), replacement=instead),
        "wrong": await make_product(article="PACK-1", retail=20_000, pack=5),
        "dearer": await make_product(article="UP-1", retail=141_177),  # 1 200,00 with the discount
        "cheaper": await make_product(article="DOWN-1", retail=100_000),  # 850,00
        "same": await make_product(article="SAME-1", retail=117_647),
    }
    order = await make_order(person=cast.alice, manager=cast.maria, products=list(products.values()))
    await OrderLine.filter(order=order).update(price=OLD_PRICE)
    await OrderLine.filter(order=order, product=products["wrong"]).update(quantity=7, price=17_000)
    return Old(order=order, instead=instead, **products)


async def form_of(browser: Browser, path: str, **changes: str) -> dict[str, str]:
    """What the draft's form would send, with what is typed or ticked (None: unticked) otherwise."""
    return fields((await browser.get(path)).text) | changes


def fields(page: str) -> dict[str, str]:
    """The fields of the draft's form as the page has them."""
    form = page[page.index('<form id="repeat"') :]
    found = {}
    for tag in re.findall(r"<input [^>]*>", form[: form.index("</form>")]):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = value[1]
    return found
