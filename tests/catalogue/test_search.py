"""GET /catalogue/search?q=…"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.catalogue.models import article_key
from app.catalogue.spelling import tokens
from tests.catalogue.conftest import Shop
from tests.catalogue.test_lists import articles
from tests.factories import make_brand, make_product
from tests.site import Browser

SEARCH = "/catalogue/search"


@pytest.fixture
async def shelf(shop: Shop) -> Shop:
    """The shop, and articles that have something in common."""
    await make_product(article="DS-2CD2043", name="Я корпус", brand=shop.rexant, category=shop.cable)
    await make_product(article="KIT-DS2CD2043", name="А набор", brand=shop.rexant, category=shop.cable)
    await make_product(article="SKAT-1200А", name="Блок питания", brand=await make_brand(name="БАСТИОН"))  # Cyrillic А
    await make_product(article="A_B", name="Одно\u00a0название: 5,5×2,1 мм", brand=shop.rexant, category=shop.cable)
    return shop


EXACT_THEN_PREFIX_THEN_REST = ["DS-2CD2043", "DS-2CD2043G2-I", "KIT-DS2CD2043"]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("DS-2CD2043G2-I", ["DS-2CD2043G2-I"]),
        ("ds2cd2043g2i", ["DS-2CD2043G2-I"]),
        (" ds 2cd2043 g2/i ", ["DS-2CD2043G2-I"]),
        ("HIKVISION 2cd2043g2i", ["DS-2CD2043G2-I"]),
        ("ds-2cd2043", EXACT_THEN_PREFIX_THEN_REST),
        ("DS2CD2043", EXACT_THEN_PREFIX_THEN_REST),
        ("2143", ["DS-2CD2143G2-IS"]),
        ("камера УЛИЧНАЯ", ["DS-2CD2043G2-I"]),
        ("уличная hikvision камера", ["DS-2CD2043G2-I"]),
        ("4\u00a0мп", ["DS-2CD2043G2-I"]),
        ("камер", ["DS-2CD2143G2-IS", "DS-2CD2043G2-I", "DS-2CD2142"]),
        ("уличная rexant", []),
        ("бастион", ["SKAT-1200А"]),
        ("SKAT-1200A", ["SKAT-1200А"]),
        ("skat 1200а", ["SKAT-1200А"]),
        ("5,5×2,1", ["A_B"]),
        ("одно название", ["A_B"]),
        ("100 %", ["01-0043"]),
        ("%", []),
        ("_", []),
        ("a_b", ["A_B"]),
        ("axb", []),
        ("\\", []),
        ("'; DROP TABLE product; --", []),
        ("---", []),
    ],
)
async def test_what_is_found(guest: Browser, shelf: Shop, q: str, found: list[str]) -> None:
    page = await guest.get(SEARCH, params={"q": q})
    assert page.status_code == 200 and articles(page.text) == found


async def test_filters_and_orders_of_a_search(guest: Browser, shelf: Shop) -> None:
    page = (await guest.get(SEARCH, params={"q": "2043", "brand": "rexant", "sort": "article"})).text
    assert articles(page) == ["DS-2CD2043", "KIT-DS2CD2043"]
    assert '<option value="hikvision">HIKVISION, 1</option>' in page and "БАСТИОН, " not in page
    assert f'href="{SEARCH}?q=2043&amp;sort=article"' in page, "the filter can be taken off"
    assert articles((await guest.get(SEARCH, params={"q": "2043", "stock": "1", "sort": "price"})).text)


async def test_the_text_stays_in_the_field(guest: Browser, shelf: Shop) -> None:
    page = (await guest.get(SEARCH, params={"q": '<b>"камера & Co'})).text
    assert 'value="&lt;b&gt;&#34;камера &amp; Co"' in page and "<b>&#34;" not in page


async def test_an_empty_result_says_what_to_try(guest: Browser, shelf: Shop) -> None:
    page = (await guest.get(SEARCH, params={"q": "абракадабра"})).text
    assert "ds2cd2043" in page and "<table" not in page
    for nothing in ("", "?q=", "?q=%20%C2%A0"):
        page = (await guest.get(SEARCH + nothing)).text
        assert "ds2cd2043" in page and "<table" not in page


async def test_pages_of_a_search_keep_it(guest: Browser, shelf: Shop) -> None:
    for number in range(49):
        await make_product(article=f"LOT-{number:02}", brand=shelf.rexant)
    page = (await guest.get(SEARCH, params={"q": "lot rexant"})).text
    assert len(articles(page)) == 48 and f'href="{SEARCH}?q=lot+rexant&amp;page=2"' in page
    assert articles((await guest.get(f"{SEARCH}?q=lot+rexant&page=2")).text) == ["LOT-48"]


@pytest.mark.parametrize("q", ["%00", "%FF%FE", "%ED%A0%80", "%0D%0A", "a" * 5000, "&q=b", "%E2%80%AE", "%D9%A3"])
async def test_odd_bytes(guest: Browser, shelf: Shop, q: str) -> None:
    assert (await guest.get(f"{SEARCH}?q={q}")).status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(st.characters(exclude_categories=["Cs"]), max_size=120))
async def test_any_text_is_answered(guest: Browser, shelf: Shop, q: str) -> None:
    page = await guest.get(SEARCH, params={"q": q})
    assert page.status_code == 200
    assert 'id="q" name="q"' in page.text


@given(st.text(max_size=60))
def test_a_key_is_letters_and_digits_of_one_case(text: str) -> None:
    key = article_key(text)
    assert not set(key) & set("%_\\' -") and article_key(key) == key == article_key(f" {text}-")


@pytest.mark.parametrize("odd", ["", "%", "\\", "'", " ", "—"])
def test_a_text_without_letters_is_found_by_nothing(odd: str) -> None:
    assert tokens(odd, odd, odd) == set()
