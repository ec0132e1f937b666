"""What an exchange takes off sale: hidden and never deleted, and held back when it is more than a fifth."""

import pytest

from app.catalogue.models import Product
from app.errors import RuleBroken
from app.exchange import entering, finishing, running
from app.exchange.models import Exchange, ExchangeFile, State
from app.history.models import Event
from tests.exchange.one_c import OneC, last, work
from tests.exchange.shop import Shop, but, wares
from tests.factories import Cast
from tests.users import make_user


async def on_sale() -> int:
    return await Product.filter(discontinued_at=None).count()


@pytest.mark.parametrize("new", [False, True], ids=["2.07", "3.1"])
async def test_what_a_complete_catalogue_does_not_have_is_hidden(one_c: OneC, new: bool) -> None:
    await one_c.exchange(Shop(wares(10), new=new))
    answers = await one_c.exchange(Shop(wares(8), new=new))
    assert answers[-1].startswith("success") and await on_sale() == 8 and await Product.all().count() == 10
    assert (await last()).hidden == 2
    await one_c.exchange(Shop(wares(10), new=new))
    assert await on_sale() == 10


async def test_what_is_marked_as_deleted_is_hidden(one_c: OneC) -> None:
    goods = wares(10)
    await one_c.exchange(Shop(goods))
    await one_c.exchange(Shop([but(goods[0], deleted=True)], complete=False))
    assert await on_sale() == 9
    await one_c.exchange(Shop([goods[0]], complete=False))
    assert await on_sale() == 10


@pytest.mark.parametrize("marked", [False, True])
async def test_more_than_a_fifth_is_held_until_somebody_agrees(one_c: OneC, cast: Cast, marked: bool) -> None:
    goods = wares(10)
    await one_c.exchange(Shop(goods))
    fewer = [but(one, deleted=True) if marked else one for one in goods[:3]]
    answers = await one_c.exchange(Shop([*fewer, *goods[3:]] if marked else goods[:7]))
    held = await last()
    assert (held.state, held.hiding, held.on_sale, await on_sale()) == (State.HELD, 3, 10, 10)
    assert answers[-1].startswith("success") and "3 из 10" in answers[-1]
    assert (await Event.get(name="exchange.held")).data["hiding"] == 3
    by = await make_user(cast.anna)
    await finishing.decide(held.id, agreed=True, by=by)
    await finishing.decide(held.id, agreed=True, by=by)
    await work(one_c.site)
    assert (await last()).state is State.DONE and await on_sale() == 7
    assert await Event.filter(name="exchange.agreed").count() == 1


async def test_refused_everything_stays(one_c: OneC, cast: Cast) -> None:
    await one_c.exchange(Shop(wares(10)))
    await one_c.exchange(Shop(wares(2)))
    held = await last()
    await finishing.decide(held.id, agreed=False, by=await make_user(cast.anna))
    await work(one_c.site)
    assert await on_sale() == 10 and (await last()).state is State.REFUSED
    with pytest.raises(RuleBroken):
        await finishing.decide(held.id, agreed=True, by=await make_user(cast.anna))


async def test_another_exchange_makes_the_held_one_out_of_date(one_c: OneC) -> None:
    await one_c.exchange(Shop(wares(10)))
    await one_c.exchange(Shop(wares(2)))
    held = await last()
    await one_c.exchange(Shop(wares(10)))
    assert (await Exchange.get(id=held.id)).state is State.STOPPED and await on_sale() == 10


async def test_a_file_that_failed_hides_nothing(one_c: OneC) -> None:
    await one_c.exchange(Shop(wares(10)))
    await one_c.enter()
    files = Shop(wares(9)).files()
    await one_c.send("import.xml", files["import.xml"])
    await one_c.send("offers.xml", files["offers.xml"][:-200])
    assert (await one_c.read("import.xml")).startswith("success")
    assert (await one_c.read("offers.xml")).startswith("failure")
    await one_c.end()
    assert await on_sale() == 10


async def test_taken_off_by_hand_it_stays_so(one_c: OneC) -> None:
    goods = wares(10)
    await one_c.exchange(Shop(goods))
    product = await Product.get(article=goods[0].article)
    await Product.filter(id=product.id).update(discontinued_at=product.discontinued_at or (await last()).begun_at)
    await one_c.exchange(Shop(goods))
    assert await on_sale() == 9


async def test_older_versions_do_not_say_that_they_end(one_c: OneC, monkeypatch: pytest.MonkeyPatch) -> None:
    await one_c.exchange(Shop(wares(10)), ends=False)
    await one_c.exchange(Shop(wares(9)), ends=False)
    assert await on_sale() == 10
    monkeypatch.setattr(finishing, "QUIET", -finishing.QUIET)
    await work(one_c.site)
    assert await on_sale() == 9 and (await last()).state is State.DONE


async def test_the_next_exchange_ends_the_one_before(one_c: OneC) -> None:
    await one_c.exchange(Shop(wares(10)), ends=False)
    await one_c.exchange(Shop(wares(9)), ends=False)
    await one_c.enter("sale")
    await work(one_c.site)
    assert await on_sale() == 9


def test_an_exchange_is_not_busy_for_ever() -> None:
    assert entering.BUSY < entering.ALIVE and finishing.QUIET > entering.BUSY


async def test_what_is_in_the_file_is_not_hidden_whatever_is_wrong_with_it(one_c: OneC) -> None:
    goods = wares(12)
    await one_c.exchange(Shop(goods))
    odd = [
        goods[0],
        but(goods[1], article=goods[0].article),
        but(goods[2], name=""),
        but(goods[3], article="NEW-1"),
        but(goods[4], article="NEW 1"),
        but(goods[5], article="", code=""),
        but(goods[6], number=99),
        *goods[6:],
    ]
    for _ in range(2):
        await one_c.exchange(Shop(odd))
        assert await on_sale() == 12 and (await last()).hidden == 0
    products = {one.name: one.article for one in await Product.all()}
    assert products == {one.name: one.article for one in goods} | {goods[3].name: "NEW-1"}
    file = await ExchangeFile.filter(name="import.xml").order_by("-id").first()
    assert file and sorted(message.rpartition(": ")[2] for _line, message, _values in file.troubles) == [
        "it is passed over",
        *["the old one stays"] * 3,
    ]


@pytest.mark.parametrize("first", [0, 1])
async def test_a_known_product_keeps_its_article_in_whatever_batch_the_clash_is(
    one_c: OneC, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    goods = wares(12)
    await one_c.exchange(Shop(goods))
    monkeypatch.setattr(running, "STEP", 4)
    clash = but(goods[first], article=goods[9].article)
    await one_c.exchange(Shop([clash if one is goods[first] else one for one in goods]))
    assert await on_sale() == 12 and (await Product.filter(article=goods[first].article).count()) == 1
