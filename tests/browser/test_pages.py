"""Each page of the journey, at each width, light and dark: axe finds nothing, and nothing sticks out sideways."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from tests.browser.live import LiveSite
from tests.browser.looks import NARROWER, faults_of
from tests.browser.stops import STOPS
from tests.browser.visitors import open_window


@pytest.fixture(scope="module")
async def demo() -> AsyncIterator[LiveSite]:
    """A site with all of the demo."""
    async with LiveSite("sqlite", demo=True) as site:
        yield site
        assert not site.troubles()


@pytest.mark.parametrize("width", NARROWER)
@pytest.mark.parametrize("who", sorted({stop.who for stop in STOPS}), ids=lambda who: who or "guest")
async def test_every_page_is_sound(chromium: Browser, demo: LiveSite, who: str, width: int) -> None:
    visitor = await open_window(chromium, demo, width=width)
    visitor.watch.refused(404, 409, 422)
    await visitor.page.emulate_media(reduced_motion="reduce")
    if who:
        await visitor.sign_in_as(who)
    faults = []
    for stop in STOPS:
        if stop.who == who:
            await stop.reach(visitor)
            faults += [f"{stop}: {fault}" for fault in await faults_of(visitor)]
    await visitor.page.context.close()
    assert not faults, "\n" + "\n".join(faults)
    assert not visitor.watch.unexpected()
