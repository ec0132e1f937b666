"""Goods for a quick order, and its form as it stands on the page."""

import html
import re

import pytest

from app import clock
from app.catalogue.models import Product
from tests.factories import Cast, make_brand, make_product
from tests.site import Browser

PASTED = """Камера CAM-100 – 4 шт
CAB-1; 7
OLD-1\t2
GONE-1 1
TWIN-1 3
CAM-10O 1
чепуха непонятная
"""


@pytest.fixture
async def goods(cast: Cast) -> dict[str, Product]:
    """The company's discount is 15 %."""
    new = await make_product(article="NEW-1", retail=20_000)
    return {
        "camera": await make_product(article="CAM-100", retail=100_000),
        "cable": await make_product(article="CAB-1", retail=1_000, unit="м", pack=5, minimum=10),
        "new": new,
        "old": await make_product(article="OLD-1", discontinued_at=clock.now(), replacement=new),
        "gone": await make_product(article="GONE-1", discontinued_at=clock.now()),
        "twin": await make_product(article="TWIN-1", brand=await make_brand(name="Маяк")),
        "other": await make_product(article="TWIN-1", brand=await make_brand(name="Бакен")),
    }


async def form_of(browser: Browser, **fields: str) -> dict[str, str]:
    """The form of the page, as a browser would send it, with some fields changed."""
    page = (await browser.get("/quick-order")).text
    inside = page[page.index('<form id="quick"') :].partition("</form>")[0]
    values: dict[str, str] = {"list": ""}
    for tag in re.findall(r"<input [^>]*>", inside):
        name = re.search(r'name="([^"]*)"', tag)
        if name and 'form="file"' not in tag:
            value = re.search(r'value="([^"]*)"', tag)
            values[name[1]] = html.unescape(value[1]) if value else ""
    return {**values, **fields}


def states(page: str) -> list[str]:
    """What is said of each row: the tag, «ready» or «wrong»."""
    rows = re.findall(r'<tr role="row" id="row-\d+".*?</tr>', page, re.DOTALL)
    found = []
    for row in rows:
        tag = re.search(r'<span class="tag[^>]*>([^<]*)', row)
        found.append(tag[1] if tag else "wrong" if 'aria-invalid="true"' in row else "ready")
    return found


async def paste(browser: Browser, text: str = PASTED) -> str:
    """The page after a list was pasted."""
    answer = await browser.post("/quick-order", await form_of(browser, list=text))
    assert answer.status_code == 303, answer.text
    return (await browser.get("/quick-order")).text
