"""POST /quick-order: a list is pasted, settled row by row, put into the cart or saved."""

import asyncio
import random
import re
import string
from datetime import timedelta

from app import clock
from app.analogues import actions as analogue_actions
from app.cart.models import CartLine, Refill
from app.catalogue.models import Product
from app.database import counting_queries
from app.history.models import Event
from app.orders.templates import OrderTemplate, OrderTemplateLine
from app.quick_order.models import QuickOrder
from app.web.formats import day
from tests.factories import Cast, make_product
from tests.quick_order.conftest import PASTED, form_of, paste, states
from tests.site import Browser
from tests.users import make_user

DOOR = "/quick-order"
Goods = dict[str, Product]


async def test_each_row_is_answered(alice: Browser, goods: Goods) -> None:
    page = await paste(alice)
    assert states(page) == [
        *("ready", "wrong", "снято с продажи", "снято с продажи", "который?", "возможно", "не найден"),
    ]
    assert "3\xa0400,00\xa0₽" in page and ">NEW-1</button>" in page and "Замены нет" in page


async def test_settled_and_put_into_the_cart(alice: Browser, cast: Cast, goods: Goods) -> None:
    await paste(alice)
    for pressed in (
        {"choose": f"3:{goods['new'].id}"},
        {"set": "10:2"},
        {"choose": f"5:{goods['twin'].id}", "q5": "2"},
        {"removed": "6"},
    ):
        assert (await alice.hx_post(DOOR, await form_of(alice, **pressed))).status_code == 200
    page = (await alice.get(DOOR)).text
    assert states(page) == ["ready", "ready", "ready", "снято с продажи", "ready", "не найден"]
    form = await form_of(alice, do="cart")
    answers = await asyncio.gather(*(alice.post(DOOR, form) for _ in range(3)))
    assert {answer.headers["location"] for answer in answers} == {"/cart"}
    cart = {line.product_id: line.quantity for line in await CartLine.filter(person_id=cast.alice.id)}
    assert cart == {goods["camera"].id: 4, goods["cable"].id: 10, goods["new"].id: 2, goods["twin"].id: 2}
    assert await Refill.all().count() == 1
    assert states((await alice.get(DOOR)).text) == ["снято с продажи", "не найден"], "what is not settled stays"
    event = await Event.get(name="cart.list_put")
    assert event.data == {"lines": 4}


async def test_analogues_of_what_is_discontinued(alice: Browser, cast: Cast, goods: Goods) -> None:
    """What administrators keep, behind the replacement: what is in stock first, and nothing that is gone itself."""
    by = await make_user(cast.anna)
    empty = await make_product(article="ANA-0", stock=0, retail=30_000)
    many = [await make_product(article=f"ANA-{number}", name=f"Камера {number}") for number in range(1, 7)]
    over = await make_product(article="ANA-9", discontinued_at=clock.now())
    for product, analogues in (("gone", [empty, over, many[0]]), ("old", [*many, goods["new"]])):
        for one in analogues:
            await analogue_actions.add(goods[product].id, one.id, by=by)
    page = await paste(alice, "GONE-1 3\nOLD-1 2")
    gone, old = re.findall(r'<tr role="row" id="row-.*?</tr>', page, re.DOTALL)
    assert re.findall(r'name="choose" value="1:\d+">([^<]*)<', gone) == ["ANA-1", "ANA-0"]
    assert "Аналоги:" in gone and "Замены нет" not in gone and "Вместо неё" not in gone
    assert re.findall(r"stock [^>]*>([^<]*)<", gone) == ["В наличии", "Нет в наличии"] and "255,00" in gone
    found = re.findall(r'name="choose" value="2:\d+">([^<]*)<', old)
    assert found[0] == "NEW-1" and len(found) == 5 and found.count("NEW-1") == 1 and "Вместо неё" in old
    assert (await alice.hx_post(DOOR, await form_of(alice, choose=f"1:{many[0].id}"))).status_code == 200
    await alice.post(DOOR, await form_of(alice, choose=f"2:{goods['new'].id}"))
    assert states((await alice.get(DOOR)).text) == ["ready", "ready"]
    await alice.post(DOOR, await form_of(alice, do="cart"))
    cart = {line.product_id: line.quantity for line in await CartLine.filter(person_id=cast.alice.id)}
    assert cart == {many[0].id: 3, goods["new"].id: 2}


async def test_the_stock_of_each_row(alice: Browser, cast: Cast, goods: Goods) -> None:
    later = clock.distributor_today() + timedelta(days=9)
    await make_product(article="OUT-1", stock=0)
    await make_product(article="LATE-1", stock=0, restock_on=later)
    await make_product(article="FEW-1", stock=3)
    page = await paste(alice, "CAM-100 2\nOUT-1 1\nLATE-1 1\nFEW-1 1\nTWIN-1 1")
    marks = re.findall(r'class="stock ([^"]*)">([^<]*)<', page)
    assert marks[:3] == [
        ("good", "В наличии"),
        ("bad none", "Нет в наличии"),
        ("warn none", f"Нет, ждём {day(later)}"),
    ]
    assert marks[3][0] == "warn few" and len(marks) == 6


async def test_with_htmx(alice: Browser, goods: Goods) -> None:
    answer = await alice.hx_post(DOOR, await form_of(alice, list="CAM-100 2"))
    assert answer.status_code == 200 and answer.text.startswith('<form id="quick"') and states(answer.text) == ["ready"]
    again = await alice.hx_post(DOOR, await form_of(alice, t1="CAB-1", q1="", do="fix"))
    assert states(again.text) == ["ready"] and 'value="10"' in again.text, "without a quantity it is the least"


async def test_a_quantity_that_nobody_knows_is_asked_for(alice: Browser, goods: Goods) -> None:
    page = await paste(alice, "CAM-100\tкамера\t2\t5990\nCAM-100 3 шт по 5990")
    assert states(page) == ["wrong", "ready"] and "Какое число в строке - количество?" in page
    assert 'value="2:1"' in page and 'value="5990:1"' in page
    await alice.post(DOOR, await form_of(alice, do="fix"))
    assert states((await alice.get(DOOR)).text) == ["wrong", "ready"], "nobody decides it for the partner"
    page = (await alice.hx_post(DOOR, await form_of(alice, set="2:1"))).text
    assert states(page) == ["ready", "ready"]


async def test_all_quantities_are_raised(alice: Browser, goods: Goods) -> None:
    await paste(alice, "CAB-1 7\nCAB-1 11\nCAM-100 2\nCAM-100 1,5")
    await alice.post(DOOR, await form_of(alice, do="fix"))
    form = await form_of(alice)
    assert [form[f"q{place}"] for place in range(1, 5)] == ["10", "15", "2", "2"]


async def test_pasted_twice_is_pasted_once(alice: Browser, goods: Goods) -> None:
    form = await form_of(alice, list=PASTED)
    await asyncio.gather(*(alice.post(DOOR, form) for _ in range(3)))
    assert len(states((await alice.get(DOOR)).text)) == 7


async def test_a_choice_is_for_what_was_sought(alice: Browser, goods: Goods) -> None:
    await paste(alice, "TWIN-1 3")
    await alice.post(DOOR, await form_of(alice, choose=f"1:{goods['twin'].id}"))
    assert states((await alice.get(DOOR)).text) == ["ready"]
    await alice.post(DOOR, await form_of(alice, t1="CAM-100"))
    page = (await alice.get(DOOR)).text
    assert states(page) == ["ready"] and "<b>CAM-100</b>" in page


async def test_saved_as_a_template(alice: Browser, cast: Cast, goods: Goods) -> None:
    await paste(alice)
    for post in (alice.post, alice.hx_post):
        refused = await post(DOOR, await form_of(alice, do="save", name="", q1="5"))
        assert refused.status_code == 422 and "Напишите название" in refused.text and 'value="5"' in refused.text
    answer = await alice.post(DOOR, await form_of(alice, do="save", name="Склад"))
    template = await OrderTemplate.get()
    assert answer.headers["location"] == f"/repeat?template={template.id}"
    [line] = await OrderTemplateLine.all()
    assert (line.product_id, line.quantity) == (goods["camera"].id, 5)


async def test_another_price_meanwhile(alice: Browser, goods: Goods) -> None:
    await paste(alice, "CAM-100 2")
    form = await form_of(alice, do="cart", q1="3")
    for post in (alice.post, alice.hx_post):
        answer = await post(DOOR, form)
        assert answer.status_code == 409 and "Сумма изменилась" in answer.text and 'value="3"' in answer.text
    assert not await CartLine.exists()
    assert (await alice.post(DOOR, await form_of(alice, do="cart"))).status_code == 303


async def test_nothing_is_ready(alice: Browser, goods: Goods) -> None:
    await paste(alice, "чепуха")
    answer = await alice.post(DOOR, await form_of(alice, do="cart"))
    assert answer.status_code == 409 and "сначала разберите строки" in answer.text


async def test_too_long_a_list_stays_in_its_field(alice: Browser, goods: Goods) -> None:
    rubbish = "\n".join(f"чепуха {number}" for number in range(2000))
    for post in (alice.post, alice.hx_post):
        answer = await post(DOOR, await form_of(alice, list=rubbish))
        assert answer.status_code == 422 and "получилось бы 2000" in answer.text and "чепуха 1999" in answer.text
    nothing = await alice.post(DOOR, await form_of(alice, list=" \n - \n"))
    assert nothing.status_code == 422 and "Вставьте список" in nothing.text


async def test_rows_of_rubbish(alice: Browser, goods: Goods) -> None:
    await paste(alice, "\n".join(f"=cmd|' /C calc'!A{number} <b> 1" for number in range(400)))
    page = await alice.get(DOOR)
    assert len(states(page.text)) == 400 and "<b> 1" not in page.text
    answer = await alice.hx_post(DOOR, await form_of(alice, near="399"))
    assert answer.status_code == 200 and len(states(answer.text)) == 400


async def test_200_rows_are_small(alice: Browser, cast: Cast) -> None:
    letters = random.Random(4)
    rows, made, by = [], [], await make_user(cast.anna)
    for number in range(200):
        word = "".join(letters.choices(string.ascii_uppercase, k=9))
        name = f"Видеокамера уличная цилиндрическая {word.title()} {number % 7} Мп, {number % 5 + 2} мм"
        article = f"DS-{word}-{number}G{number % 4}"
        stock = letters.randint(0, 90)
        made.append(
            (await make_product(article=article, name=name, retail=letters.randint(10_000, 5_000_000), stock=stock)).id
        )
        if number % 10 == 5:  # a row with its analogues
            gone = await make_product(article=f"OLD-{word}", name=name, discontinued_at=clock.now())
            for one in made[-4:]:
                await analogue_actions.add(gone.id, one, by=by)
            article = gone.article
        wanted = article[:-3] + "X" if number % 20 == 0 else article
        rows.append(f"{wanted} – {letters.randint(1, 40)} шт")
    page = await paste(alice, "\n".join(rows))
    assert len(states(page)) == 200
    packed = await alice.http.get(DOOR, headers={"accept-encoding": "br"})
    assert packed.headers["content-encoding"] == "br"
    assert packed.num_bytes_downloaded < 40_000


async def test_as_many_queries_with_more_rows(alice: Browser, cast: Cast, goods: Goods) -> None:
    async def cost() -> int:
        await alice.get(DOOR)
        with counting_queries() as count:
            await alice.get(DOOR)
        return count.count

    by = await make_user(cast.anna)
    for other in ("camera", "cable", "twin"):
        await analogue_actions.add(goods["gone"].id, goods[other].id, by=by)
    await paste(alice, "CAM-100 2\nOLD-1 2\nGONE-1 1\nчепуха")
    few = await cost()
    await paste(alice, "CAM-100 2\nOLD-1 2\nGONE-1 1\nчепуха\n" * 20)
    assert await cost() == few


async def test_strangers_viewers_and_staff(
    alice: Browser, bob: Browser, vera: Browser, charlie: Browser, maria: Browser, goods: Goods
) -> None:
    await paste(alice, "CAM-100 2")
    form = await form_of(alice, do="cart")
    assert "CAM-100" not in (await bob.get(DOOR)).text and "CAM-100" not in (await charlie.get(DOOR)).text
    for browser in (vera, maria):
        assert (await browser.get(DOOR)).status_code == 403
        assert (await browser.post(DOOR, form)).status_code == 403
    assert not await CartLine.exists() and await QuickOrder.all().count() == 1


async def test_odd_rows(alice: Browser, goods: Goods) -> None:
    form = {"key": "a-key-that-a-form-was-given", "t1": "CAM-100", "q1": "9" * 50, "p1": "999:CAM-100", "t999": "x"}
    for odd in ({"choose": "77:1"}, {"set": "x:y"}, {"removed": "0"}, {"near": "-1"}, {"seen": "9" * 30}):
        assert (await alice.post(DOOR, {**form, **odd})).status_code == 303
    assert states((await alice.get(DOOR)).text) == ["wrong", "не найден"]
    assert (await alice.post(DOOR, {**form, "t0": "x"})).status_code == 400
