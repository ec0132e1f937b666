"""Forms of the checkout, as a browser fills them."""

import re
from typing import Any

from app.accounts.models import Person
from app.orders.models import Order
from tests.factories import make_cart_line, make_presentation, make_product
from tests.site import Browser


async def fill_cart(person: Person, *, author: Person, lines: int = 2) -> None:
    """A cart with lines of a presentation that `author` sent to the person's company."""
    products = [await make_product() for _ in range(lines)]
    company = await person.company
    assert company
    presentation = await make_presentation(company=company, author=author, products=products)
    for line in await (await presentation.versions.all().first()).lines.all():
        await make_cart_line(person=person, line=line)


async def open_checkout(browser: Browser, **changes: Any) -> dict[str, str]:
    """What the form of the checkout page holds, with some fields filled otherwise."""
    page = await browser.get("/orders/checkout")
    assert page.status_code == 200
    return {**fields(page.text), **changes}


def fields(html: str) -> dict[str, str]:
    """The fields of the checkout's form in a page or fragment."""
    form = html[html.index('id="checkout"') :]
    found = dict(re.findall(r'<input[^>]*? name="(\w+)"[^>]*? value="([^"]*)"', form[: form.index("</form>")]))
    chosen = re.search(r'value="(\w+)" checked', form)
    comment = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", form, re.DOTALL)
    return {**found, "delivery": chosen[1] if chosen else "", "comment": comment[1] if comment else ""}


async def orders_of(person: Person) -> list[Order]:
    """The person's orders, oldest first."""
    return await Order.filter(person_id=person.id).order_by("id")
