"""What became of a sent offer: opened, put into the cart, ordered, as partners did it; programs do not count."""

import pytest

from app.orders.models import Order, Status
from app.presentations.models import Line, Opening, Presentation
from tests.factories import Cast, make_cart_line, make_order, make_presentation, make_product
from tests.site import Browser

PROGRAMS: tuple[dict[str, str], ...] = (
    {"sec-purpose": "prefetch;prerender"},
    {"purpose": "prefetch"},
    {"x-moz": "prefetch"},
    {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
    {"user-agent": "TelegramBot (like TwitterBot)"},
    {"user-agent": "Barracuda Sentinel (EE)"},
    {"user-agent": "curl/8.5.0"},
    {"user-agent": ""},
)


@pytest.fixture
async def sent(cast: Cast) -> Presentation:
    """An offer of two products to Alice's company."""
    products = [await make_product(retail=100_000), await make_product(retail=50_000)]
    return await make_presentation(company=cast.company, author=cast.maria, products=products)


async def test_programs_do_not_count(alice: Browser, guest: Browser, sent: Presentation) -> None:
    path = f"/presentations/{sent.number}"
    for headers in PROGRAMS:
        assert (await alice.get(path, headers=headers)).status_code == 200
    await alice.http.head(path)
    await guest.get(path)
    assert not await Opening.all().exists()


async def test_once_a_person_and_day(alice: Browser, bob: Browser, sent: Presentation) -> None:
    for browser in (alice, alice, bob):
        await browser.get(f"/presentations/{sent.number}")
    assert await Opening.all().count() == 2


async def test_figures_by_line_person_and_in_total(
    maria: Browser, alice: Browser, vera: Browser, cast: Cast, sent: Presentation
) -> None:
    first, second = await Line.filter(version__presentation=sent).order_by("position")
    for browser in (alice, vera):
        await browser.get(f"/presentations/{sent.number}")
    await make_cart_line(person=cast.alice, line=second, quantity=3)
    for status in (Status.NEW, Status.CANCELLED):
        placed: Order = await make_order(person=cast.bob, status=status, quantity=4)
        await placed.lines.all().update(presentation_line_id=first.id, price=80_000)  # type: ignore[attr-defined]

    page = (await maria.get(f"/desk/presentations/{sent.number}")).text.replace("\u00a0", " ").replace("&nbsp;", " ")

    funnel = page[page.index('id="came-h"') : page.index('id="people-h"')]
    figures = [part.partition("</dd>")[0] for part in funnel.split("<dd>")[1:]]
    assert figures == ["2", "2", "2", "1", "3 200,00 ₽"], "a cancelled order does not count"
    people = page[page.index('id="people-h"') : page.index('id="lines-h"')]
    assert people.index(cast.bob.name) < people.index(cast.alice.name) < people.index(cast.vera.name)
    lines = page[page.index('id="lines-h"') :]
    assert ">4 шт<" in lines and 'data-label="В корзинах">3 шт<' in lines
    listed = (await maria.get("/desk/presentations")).text
    assert "заказана: 1 из 2" in listed
