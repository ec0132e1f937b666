"""Pictures that come with an exchange become photographs of products, one by one, and broken ones are told of."""

from dataclasses import replace

import pytest

from app.catalogue.models import Product, ProductPicture
from app.exchange import store
from app.exchange.models import ExchangeFile, ExchangePicture
from app.settings import Settings
from jobs.exchange import Exchanges
from tests.exchange.one_c import OneC, last, packed
from tests.exchange.shop import Shop, wares
from tests.goods.samples import bomb, photo
from tests.site import Browser

AT = "import_files/aa/{}.jpg"


async def sent(one_c: OneC, pictures: dict[str, bytes], *, named: dict[int, list[str]]) -> None:
    """A catalogue of three products with pictures, in one archive as 1C packs it."""
    goods = [replace(one, pictures=tuple(named.get(one.number, ()))) for one in wares(3)]
    await one_c.enter()
    await one_c.send("v8_1.zip", packed({**Shop(goods).files(), **pictures}), part=3000)
    for name in ("import.xml", "offers.xml"):
        assert (await one_c.read(name)).startswith("success")
    assert (await one_c.end()).startswith("success")


async def photographs(article: str) -> list[str]:
    """The codes of a product's photographs in their order."""
    found = ProductPicture.filter(product__article=article).order_by("position")
    return [str(one) for one in await found.values_list("code", flat=True)]


async def test_they_become_photographs(one_c: OneC, guest: Browser, settings: Settings) -> None:
    first, second = AT.format("front"), AT.format("side")
    pictures = {first: photo(size=(400, 300)), second: photo(size=(300, 400))}
    await sent(one_c, pictures, named={1: [first, second], 2: [second]})
    worker = Exchanges(settings)
    assert await worker.make_pictures() == 3 and await worker.make_pictures() == 0
    one, two = await photographs("TR-D2101"), await photographs("TR-D2102")
    assert len(one) == 2 and two == one[1:] and not await photographs("TR-D2103")
    product = await Product.get(article="TR-D2101")
    page = (await guest.get(f"/catalogue/products/{product.id}")).text
    assert one[0][1:] in page and one[1][1:] in page, "the code without its sign"
    assert (await ExchangeFile.get(name="import.xml")).counts["pictures"] == 3


async def test_the_same_ones_are_not_made_again(one_c: OneC, settings: Settings) -> None:
    name = AT.format("front")
    for _ in range(2):
        await sent(one_c, {name: photo(size=(400, 300))}, named={1: [name]})
        await Exchanges(settings).make_pictures()
    assert len(await photographs("TR-D2101")) == 1
    made = await ExchangePicture.all().order_by("id")
    assert [one.done for one in made] == [True, True] and made[0].digest == made[1].digest != ""
    assert "pictures" not in (await ExchangeFile.get(exchange_id=(await last()).id, name="import.xml")).counts


@pytest.mark.parametrize("content", [b"", b"not a picture", photo(size=(400, 300))[:2000], bomb()], ids=range(4))
async def test_a_broken_one_is_told_of(one_c: OneC, anna: Browser, settings: Settings, content: bytes) -> None:
    bad, good = AT.format("bad"), AT.format("good")
    await sent(one_c, {bad: content, good: photo(size=(400, 300))}, named={1: [bad, good]})
    assert await Exchanges(settings).make_pictures() == 2
    assert len(await photographs("TR-D2101")) == 1
    file = await ExchangeFile.get(name="import.xml")
    assert file.counts["troubles"] == 1 and file.counts["pictures"] == 1
    page = (await anna.get(f"/administration/exchange/{file.exchange_id}")).text
    assert "картинка пропущена" in page and f"Строка {file.troubles[0][0]}" in page


@pytest.mark.parametrize("name", ["../../secret.jpg", "C:\\secret.jpg", "/etc/passwd", "import_files/none.jpg"])
async def test_a_path_that_leads_elsewhere(one_c: OneC, settings: Settings, name: str) -> None:
    await sent(one_c, {}, named={1: [name]})
    assert await Exchanges(settings).make_pictures() == 0 and not await photographs("TR-D2101")


async def test_files_that_were_swept_up_meanwhile(one_c: OneC, settings: Settings) -> None:
    name = AT.format("front")
    await sent(one_c, {name: photo(size=(400, 300))}, named={1: [name]})
    store.path_of(settings, (await last()).id, name).unlink()
    assert await Exchanges(settings).make_pictures() == 1
    assert not await photographs("TR-D2101") and (await ExchangePicture.get()).done
