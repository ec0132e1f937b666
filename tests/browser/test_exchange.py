"""1C is connected by clicks and sends its goods; an order goes there and back, and the partner is told of it."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from app.catalogue.models import Product
from app.exchange.replay import Play, play
from app.orders.models import Status
from tests.browser.live import LiveSite
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor
from tests.exchange.papers import document
from tests.exchange.shop import Shop, wares
from tests.factories import make_order

MANY, FEW = 300, 20  # products: without the others more than a fifth of the site would be gone


@pytest.mark.parametrize(
    ("js", "width", "new"), [(True, 1440, True), (False, 390, False)], ids=["js-3.1", "no-js-2.07"]
)
async def test_1c_is_connected(visit: Any, live: LiveSite, tmp_path: Path, js: bool, width: int, new: bool) -> None:
    # long: the whole way of the goods and of an order
    anna: Visitor = await visit(width=width, js=js)
    await anna.sign_in(live.cast.anna)
    await anna.goto("/administration/exchange")
    await anna.link("Новое подключение").click()
    await anna.field("Название").fill("УТ 11")
    await anna.field("Логин").fill("ut-11")
    await looked_at(anna)
    await anna.button("Сохранить").click()
    secret = await anna.field("Пароль").input_value()
    await looked_at(anna)

    async def sent(folder: Path, **options: Any) -> str:
        said: list[str] = []
        what = Play(folder, f"{live.origin}/1c_exchange", "ut-11", secret, **options)
        await asyncio.to_thread(play, what, said.append)
        return "\n".join(said)

    Shop([*wares(MANY)], new=new).write(tmp_path / "all")
    assert "complete : 200 success" in await sent(tmp_path / "all", zipped=True)
    async with live.rows():
        bought = [await Product.get(article="TR-D2101")]
        order = await make_order(
            person=live.cast.alice, manager=live.cast.maria, products=bought, status=Status.IN_WORK
        )
    (tmp_path / "orders").mkdir()
    said = {"Номер_оплаты_по_1С": "П-7", "Статус_заказа": "Оплачен"}
    (tmp_path / "orders" / "orders.xml").write_bytes(document(order, **said))
    assert "1 orders" in await sent(tmp_path / "orders", take=tmp_path / "taken.xml")
    await live.letters.find(live.cast.alice.email, subject=f"заказ № {order.number} .*статус")
    alice: Visitor = await visit(width=width, js=js)
    await alice.sign_in(live.cast.alice)
    await alice.goto(f"/orders/{order.number}")
    await expect(alice.page.get_by_text("Оплата № П-7")).to_be_visible()
    await alice.goto("/history")
    await expect(alice.page.get_by_text("оплата № П-7")).to_be_visible()
    await alice.goto("/catalogue/search?q=trd2101")
    await expect(alice.page.get_by_text("TR-D2101").first).to_be_visible()

    Shop(wares(FEW), new=new).write(tmp_path / "few")
    assert "ждут решения администратора" in await sent(tmp_path / "few")
    await anna.goto("/administration/exchange")
    await expect(anna.page.get_by_text("Пока вы не решите, ничего не скрывается.")).to_be_visible()
    await looked_at(anna)
    await anna.link("Посмотреть и решить").click()
    await anna.page.get_by_text("Какие товары").click()
    await looked_at(anna)
    await anna.button("Скрыть их").click()
    await anna.reload_until(anna.page.get_by_text(re.compile(rf"снято с продажи: {MANY - FEW} ")))
    async with live.rows():
        assert await Product.filter(article__startswith="TR-D2", discontinued_at=None).count() == FEW
