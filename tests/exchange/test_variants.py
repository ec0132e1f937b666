"""Variants come, go with their product, come back with it, and leave it to be sold by itself again."""

import pytest

from app.catalogue.models import Product
from app.exchange import finishing
from app.exchange.models import ExchangeFile, State
from tests.contents import contents
from tests.exchange.one_c import OneC, last, work
from tests.exchange.shop import Shop, Ware, but, wares
from tests.factories import Cast
from tests.users import make_user

WHITE, BLACK = ("v-white", "белый"), ("v-black", "чёрный")
PARTED = Ware(variants=(WHITE, BLACK))
WHOLE = but(PARTED, variants=())
BY_VARIANTS = ["TR-D2121 (белый)", "TR-D2121 (чёрный)"]


def others(count: int = 20) -> list[Ware]:
    """Products beside it, so that two that go are less than a fifth."""
    return [but(one, number=one.number + 10, article=f"Z-{one.number}") for one in wares(count)]


async def on_sale() -> list[str]:
    found = Product.filter(discontinued_at=None, article__startswith="TR").order_by("article")
    return [str(one) for one in await found.values_list("article", flat=True)]


@pytest.mark.parametrize("new", [False, True], ids=["2.07", "3.1"])
async def test_a_product_without_variants_any_more_is_sold_itself(one_c: OneC, new: bool) -> None:
    await one_c.exchange(Shop([PARTED, *others()], new=new))
    assert await on_sale() == BY_VARIANTS
    await one_c.exchange(Shop([WHOLE, *others()], new=new))
    assert await on_sale() == ["TR-D2121"]
    product = await Product.get(article="TR-D2121")
    assert (product.retail, product.stock) == (1499_90, 7)
    before = await contents()
    await one_c.exchange(Shop([WHOLE, *others()], new=new))
    assert (await contents())["product"] == before["product"], "the same again changes nothing"
    await one_c.exchange(Shop([PARTED, *others()], new=new))
    assert await on_sale() == BY_VARIANTS


async def test_while_the_exchange_is_held_it_stays_away(one_c: OneC, cast: Cast) -> None:
    await one_c.exchange(Shop([PARTED, *others(5)]))
    await one_c.exchange(Shop([WHOLE, *others(5)]))
    held = await last()
    assert held.state is State.HELD and await on_sale() == BY_VARIANTS
    await finishing.decide(held.id, agreed=True, by=await make_user(cast.anna))
    await work(one_c.site)
    assert await on_sale() == ["TR-D2121"]


async def test_changes_that_delete_all_variants_and_offer_the_product(one_c: OneC) -> None:
    await one_c.exchange(Shop([PARTED, *others()]))
    offers = Shop([PARTED, WHOLE], complete=False).files()["offers.xml"].decode()
    deleted = offers.replace(
        "<Наименование>Камера «Купол» 2 Мп (", "<ПометкаУдаления>true</ПометкаУдаления><Наименование>Камера ("
    )
    await one_c.enter()
    await one_c.send("offers.xml", deleted.encode())
    assert (await one_c.read("offers.xml")).startswith("success")
    await one_c.end()
    assert await on_sale() == ["TR-D2121"]


async def test_changes_of_other_products_bring_nothing_back(one_c: OneC) -> None:
    await one_c.exchange(Shop([PARTED, *others()]))
    await one_c.exchange(Shop(others()))
    assert await on_sale() == []
    await one_c.exchange(Shop(others(3), complete=False))
    assert await on_sale() == []
    await one_c.exchange(Shop([PARTED, *others()]))
    assert await on_sale() == BY_VARIANTS


@pytest.mark.parametrize("with_offers", [False, True])
async def test_what_is_marked_as_deleted_takes_its_variants_along(one_c: OneC, with_offers: bool) -> None:
    await one_c.exchange(Shop([PARTED, *others()]))
    await _send(one_c, but(PARTED, deleted=True), with_offers=with_offers)
    assert await on_sale() == []
    await _send(one_c, PARTED, with_offers=with_offers)
    assert await on_sale() == BY_VARIANTS


async def test_a_variant_that_went_before_does_not_come_back_with_the_product(one_c: OneC) -> None:
    await one_c.exchange(Shop([PARTED, *others()]))
    await one_c.exchange(Shop([but(PARTED, variants=(WHITE,)), *others()]))
    assert await on_sale() == BY_VARIANTS[:1]
    for _ in range(2):
        await _send(one_c, but(PARTED, deleted=True))
    await _send(one_c, PARTED)
    assert await on_sale() == BY_VARIANTS[:1]


async def test_a_variant_keeps_its_article_when_the_new_one_is_taken(one_c: OneC) -> None:
    await one_c.exchange(Shop([PARTED, *others()]))
    red = but(PARTED, variants=(WHITE, (BLACK[0], "белый")))
    for _ in range(2):
        await one_c.exchange(Shop([red, *others()]))
        assert await on_sale() == BY_VARIANTS and (await last()).hidden == 0
        file = await ExchangeFile.filter(name="offers.xml").order_by("-id").first()
        assert file and [one[1] for one in file.troubles] == [
            "the article %(article)s is that of another product of the brand: the old one stays"
        ]


async def _send(one_c: OneC, ware: Ware, *, with_offers: bool = False) -> None:
    """Changes of one product, with what they offer or without."""
    await one_c.enter()
    for name, content in Shop([ware], complete=False).files().items():
        if name == "import.xml" or with_offers:
            await one_c.send(name, content)
            assert (await one_c.read(name)).startswith("success")
    await one_c.end()
