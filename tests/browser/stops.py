"""The pages of the site in the states that a journey meets them in, on the demo's data: where to look, and how to come
there. None of them changes anything.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import expect

from tests.browser.visitors import Visitor

PARTNER, MANAGER, GUEST = "sokolov", "orlova", ""
OFFER, SHORT, EXPIRED, DRAFT = 1184, 1166, 1155, 1190  # presentations of the demo
ORDER, FREE = 2067, 2070  # its orders: Orlova's with a talk, and one in the common queue


@dataclass(frozen=True)
class Stop:
    """A page, who reads it, and what is done on it first."""

    who: str
    path: str
    prepare: Callable[[Visitor], Awaitable[None]] | None = None

    def __str__(self) -> str:
        return f"{self.who or 'guest'} {self.path} {self.prepare.__name__ if self.prepare else ''}".strip()

    async def reach(self, visitor: Visitor) -> None:
        """Goes there and does it."""
        await visitor.goto(self.path)
        if self.prepare:
            await self.prepare(visitor)


async def wrong_quantity(visitor: Visitor) -> None:
    """A refusal with its suggestions stands under a line."""
    field = visitor.field(re.compile("^Количество: ")).first
    await field.fill("0")
    await field.press("Tab")
    await expect(visitor.page.get_by_role("main").get_by_role("alert")).to_be_visible()


async def note(visitor: Visitor) -> None:
    """The pencil of a line has opened its form."""
    await visitor.link(re.compile("^Заметка к позиции 2")).click()
    await expect(visitor.page.get_by_role("textbox", name=re.compile("^Заметка к позиции 2"))).to_be_focused()


async def cart_window(visitor: Visitor) -> None:
    """The cart stands over the page."""
    await visitor.link(re.compile("^Корзина: ")).click()
    await expect(visitor.page.get_by_role("dialog", name="Корзина")).to_be_visible()


async def refused_checkout(visitor: Visitor) -> None:
    """Fields of the checkout say what is wrong with them."""
    await visitor.field("ИНН плательщика").fill("123")
    await visitor.page.get_by_role("radio", name=re.compile("^Транспортной")).check()
    await visitor.button("Заказать").click()
    await expect(visitor.field("ИНН плательщика")).to_have_attribute("aria-invalid", "true")


async def answer(visitor: Visitor) -> None:
    """The pencil of a comment has opened its form."""
    await visitor.link(re.compile("^Ответить: ")).first.click()
    await expect(visitor.page.get_by_role("textbox", name=re.compile("^Ваш ответ: "))).to_be_focused()


async def found_products(visitor: Visitor) -> None:
    """Products to add stand in a draft."""
    await visitor.field("Артикул, название или бренд").fill("hikvision")
    await expect(visitor.button(re.compile("^Добавить: ")).first).to_be_visible()


async def refused_draft(visitor: Visitor) -> None:
    """Fields of a draft say what is wrong with them."""
    await visitor.field(re.compile("^Скидка: ")).first.fill("много")
    await visitor.field(re.compile("^Количество: ")).first.fill("0")
    await visitor.button("Пересчитать").click()
    await expect(visitor.field(re.compile("^Скидка: ")).first).to_have_attribute("aria-invalid", "true")


async def stale_step(visitor: Visitor) -> None:
    """The order has moved meanwhile: a note at the top says that the step is not possible."""
    await visitor.page.locator("input[name=status]").evaluate("hidden => { hidden.value = 'done' }")
    await visitor.button(re.compile("^Отметить: ")).click()
    await expect(visitor.page.get_by_role("alert").filter(has_text="Статус уже изменился")).to_be_visible()


STOPS = (
    *(Stop(GUEST, path) for path in ("/sign-in", "/catalogue", "/catalogue/search?q=2043", "/help", "/no-such-page")),
    *(Stop(PARTNER, path) for path in ("/presentations", "/orders", "/history", "/cart", "/orders/checkout")),
    *(Stop(PARTNER, f"/presentations/{path}") for path in (OFFER, f"{OFFER}/versions/1", EXPIRED, f"{SHORT}/customer")),
    *(Stop(PARTNER, path) for path in ("/presentations?state=expired", f"/presentations/{OFFER}/versions/2/changes")),
    *(Stop(PARTNER, f"/catalogue/{path}") for path in ("brands/hikvision", "search?q=camera", "products/3")),
    *(Stop(PARTNER, f"/orders/{path}") for path in (ORDER, f"{ORDER}/confirmation")),
    *(Stop(PARTNER, f"/presentations/{SHORT}", how) for how in (wrong_quantity, note, cart_window)),
    Stop(PARTNER, "/orders/checkout", refused_checkout),
    Stop(PARTNER, f"/orders/{ORDER}", answer),
    *(Stop(MANAGER, path) for path in ("/desk", "/desk/orders", "/desk/answers", "/desk/letters", "/desk/partners")),
    *(Stop(MANAGER, f"/desk/presentations{path}") for path in ("", "/new", f"/{DRAFT}/preview", f"/{OFFER}")),
    *(Stop(MANAGER, path) for path in ("/desk/extensions", "/desk/handovers", "/desk/asked", "/search?q=склад")),
    *(Stop(MANAGER, f"/desk/presentations{path}") for path in ("?q=склад&sort=until", f"/{OFFER}/versions/1")),
    Stop(MANAGER, f"/desk/presentations/{DRAFT}/removal"),
    *(Stop(MANAGER, f"/desk/presentations/{DRAFT}", how) for how in (None, found_products, refused_draft)),
    *(Stop(MANAGER, path) for path in (f"/orders/{ORDER}", f"/orders/{ORDER}/cancellation", "/history")),
    Stop(MANAGER, f"/orders/{FREE}"),
    Stop(MANAGER, f"/orders/{ORDER}", stale_step),
)
