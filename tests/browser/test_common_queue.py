"""A partner without a manager: the order waits in the common queue, and one of two managers gets it."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser import steps
from tests.browser.visitors import Visitor

CLAIM = "Взять в работу: заказ № 1"
LATE = re.compile(r"Заказ уже в работе: (.+), сегодня, \d\d:\d\d\. Если он нужен вам, попросите его передать")


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
async def test_one_manager_gets_the_order(visit, live, js):
    partner = await visit(width=390, js=js)
    await order_from_catalogue(partner)
    maria, oleg = await visit(js=js), await visit(width=390, js=js)
    for manager, person in ((maria, live.cast.maria), (oleg, live.cast.oleg)):
        letter = await live.letters.find(person.email, subject="заказ № 1 .* - новый заказ$")
        assert "У компании нет менеджера: заказ достанется тому, кто возьмёт его первым." in letter.text
        await manager.sign_in(person)
        await manager.goto("/desk")
        await expect(manager.button(CLAIM)).to_be_visible()
    winner, loser = await race(maria, oleg)
    name = {maria: "Мария Орлова", oleg: "Олег Синицын"}[winner]
    await expect(loser.page.locator("main")).to_contain_text(f"Заказ уже в работе: {name}, сегодня")
    for manager in (winner, loser):
        await manager.goto("/desk")
        await expect(manager.button(CLAIM)).to_have_count(0)
    await expect(winner.page.get_by_role("table", name=re.compile("^Мои заказы"))).to_contain_text("ИП Кравцова")
    taken = await live.letters.find(live.cast.nina.email, subject="заказ № 1 .* - взят в работу$")
    assert f"Ваш заказ ведёт {name}." in taken.text
    await partner.goto(taken.link)
    await expect(partner.page.get_by_role("heading", level=1)).to_contain_text("в работе")
    await expect(partner.page.locator("main")).to_contain_text(name)


async def order_from_catalogue(partner: Visitor) -> None:
    """Finds a product by its article, puts it into the cart and orders it."""
    await partner.sign_in(partner.site.cast.nina)
    await partner.field("Поиск по номеру, артикулу или словам").fill(steps.CAMERA)
    await partner.field("Поиск по номеру, артикулу или словам").press("Enter")
    await partner.button(f"В корзину: {steps.CAMERA}").click()
    await expect(partner.link(f"В корзине: 1 шт, {steps.CAMERA}. Открыть корзину")).to_be_visible()
    await partner.link(re.compile("^Корзина: ")).click()
    await partner.button("Оформить заказ").click()
    await expect(partner.page.get_by_role("radio", name=re.compile("^Самовывоз"))).to_be_checked()
    await partner.button("Заказать").click()
    await expect(partner.page.get_by_role("heading", name="Заказ № 1 оформлен")).to_be_visible()
    await expect(partner.page.locator("main")).to_contain_text("Он в общей очереди")


async def race(maria: Visitor, oleg: Visitor) -> tuple[Visitor, Visitor]:
    """Both press at once; the winner and the loser."""
    for manager in (maria, oleg):
        manager.watch.refused(409)
    await asyncio.gather(*(manager.button(CLAIM).click() for manager in (maria, oleg)))
    won = []
    for manager in (maria, oleg):
        yours = manager.said("Заказ теперь ваш")
        await expect(yours.or_(manager.page.get_by_text(LATE))).to_be_visible()
        won.append(await yours.count() > 0)
    assert sorted(won) == [False, True]
    return (maria, oleg) if won[0] else (oleg, maria)
