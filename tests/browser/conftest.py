"""What the browser tests stand on: Chromium, and for each test a live site of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.live import LiveSite
from tests.browser.visitors import Visitor, open_window
from tests.chromium import launching


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The browser itself; each visitor has a window and cookies of their own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**launching())
        yield browser
        await browser.close()


@pytest.fixture
async def live(request: pytest.FixtureRequest) -> AsyncIterator[LiveSite]:
    """A new site; on SQLite unless the test is parametrised with the other database (indirect)."""
    async with LiveSite(getattr(request, "param", "sqlite")) as site:
        yield site
        troubles = site.troubles()
    assert not troubles, "\n".join(troubles)


OpenWindow = Callable[..., Awaitable[Visitor]]


@pytest.fixture
async def visit(chromium: Browser, live: LiveSite) -> AsyncIterator[OpenWindow]:
    """`await visit(width=390, js=False)` opens a window. Nothing bad may have happened in any of them at the end."""
    visitors: list[Visitor] = []

    async def open_one(**wishes: Any) -> Visitor:
        visitors.append(await open_window(chromium, live, **wishes))
        return visitors[-1]

    yield open_one
    for visitor in visitors:
        await visitor.page.context.close()
    unexpected = [fault for visitor in visitors for fault in visitor.watch.unexpected()]
    assert not unexpected, "\n".join(unexpected)
