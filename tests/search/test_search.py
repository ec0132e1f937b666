"""GET /search?q=…: orders, presentations, tickets and products, each as its reader may see it."""

import pytest

from tests.factories import Cast, make_comment, make_company, make_order, make_presentation, make_product, make_ticket
from tests.orders.test_show import cost
from tests.site import Browser


async def found(browser: Browser, q: str) -> str:
    page = await browser.get("/search", params={"q": q})
    assert page.status_code == 200
    return page.text.split('<main id="content"')[1].split("</main>")[0]


async def test_everything_is_found_by_an_article(alice: Browser, maria: Browser, charlie: Browser, cast: Cast) -> None:
    product = await make_product(article="DS-2CD2043G2-I")
    order = await make_order(person=cast.alice, manager=cast.maria, products=[product])
    offer = await make_presentation(company=cast.company, author=cast.maria, products=[product])

    for browser in (alice, maria):
        text = await found(browser, "ds 2cd2043g2i")
        assert f'href="/orders/{order.number}"' in text
        assert f'href="/presentations/{offer.number}"' in text
        assert text.index("products-h") < text.index("orders-h")
    strange = await found(charlie, "2CD2043")
    assert f'href="/catalogue/products/{product.id}"' in strange
    assert "/orders/" not in strange
    assert "/presentations/" not in strange


async def test_comments_are_found_but_not_internal_notes(
    alice: Browser, maria: Browser, charlie: Browser, cast: Cast
) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, comment="Пломбировочный ящик")
    await make_comment(on=order, author=cast.maria, text="Ещё раз про накладную")
    await make_comment(on=order, author=cast.maria, text="Секретная наценка", internal=True)

    for q in ("ПЛОМБ", "еще накладн", "раз ещё"):
        assert f'href="/orders/{order.number}"' in await found(alice, q)
        assert f'href="/orders/{order.number}"' in await found(maria, q)
        assert "/orders/" not in await found(charlie, q)
    for q in ("секретная", "наценка", "накладную ящур"):
        assert "/orders/" not in await found(alice, q)


async def test_a_ticket_is_found_by_its_text(alice: Browser, charlie: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, text="Просим паспорт изделия")

    assert f'href="/tickets/{ticket.number}"' in await found(alice, "паспорт")
    assert "/tickets/" not in await found(charlie, "паспорт")


async def test_the_wrong_layout(alice: Browser, guest: Browser, cast: Cast) -> None:
    product = await make_product(article="XX-7")

    text = await found(alice, "РШЛМШЫШЩТ")
    literally = (await alice.get("/search?q=РШЛМШЫШЩТ&literally=1")).text
    catalogue = (await guest.get("/catalogue/search?q=РШЛМШЫШЩТ")).text

    assert "HIKVISION" in text
    assert "literally=1" in text
    for page in (text, catalogue):
        assert f'href="/catalogue/products/{product.id}"' in page
    assert "/catalogue/products/" not in literally


async def test_a_guest_goes_to_the_catalogue(guest: Browser) -> None:
    assert (await guest.get("/search?q=DS")).headers["location"] == "/catalogue/search?q=DS"


@pytest.mark.parametrize("q", ["", "'", '"', "%", "_", "\\", "x" * 10_000, "🙂", "' OR 1=1 --", "\x00", "№", "9" * 30])
async def test_odd_texts_find_nothing(alice: Browser, maria: Browser, cast: Cast, q: str) -> None:
    await make_order(person=cast.alice, comment="Обычный")

    for browser in (alice, maria):
        assert "/orders/" not in await found(browser, q)


async def test_it_costs_the_same_however_much_is_found(alice: Browser, maria: Browser, cast: Cast) -> None:
    product = await make_product(article="DS-777")
    await make_order(person=cast.alice, products=[product])
    few = [await cost(browser, "/search?q=DS-777") for browser in (alice, maria)]
    for _ in range(9):
        await make_order(person=cast.alice, products=[product])

    assert few == [await cost(browser, "/search?q=DS-777") for browser in (alice, maria)]


async def test_staff_find_partners_and_their_offers(maria: Browser, oleg: Browser, alice: Browser, cast: Cast) -> None:
    ours = await make_company(name="ООО «Ёлкин и дети»", manager=cast.maria)
    offer = await make_presentation(company=ours, author=cast.maria, title="ДОМОФОНЫ для подъездов")
    card, sent = f'href="/desk/partners/{ours.id}"', f'href="/presentations/{offer.number}"'

    assert card in await found(maria, "ёлкин") and sent in await found(maria, "ёлкин")
    assert sent in await found(maria, "домофоны подъезд")
    for browser in (oleg, alice):
        for q in ("ёлкин", "домофоны"):
            text = await found(browser, q)
            assert card not in text and sent not in text


async def test_more_partners_are_found_on_the_desk(maria: Browser, cast: Cast) -> None:
    for number in range(8):
        await make_company(name=f"ООО «Сигнал-{number}»", manager=cast.maria)
    text = await found(maria, "сигнал")
    assert text.count('href="/desk/partners/') == 6
    assert 'href="/desk/partners?q=%D1%81%D0%B8%D0%B3%D0%BD%D0%B0%D0%BB"' in text
