"""Each page of the journey, at each width, light and dark: axe finds nothing, and nothing sticks out sideways."""

from collections.abc import AsyncIterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser

from tests.browser.live import LiveSite
from tests.browser.stops import STOPS
from tests.browser.visitors import HEIGHTS, Visitor, open_window

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]  # what another colour scheme may break
NARROWER = {390: 320, 1440: 768}


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


async def faults_of(visitor: Visitor) -> list[str]:
    """What is wrong with the page before the visitor."""
    await visitor.page.evaluate(AXE_SCRIPT)
    await visitor.page.evaluate(PLACE_BARS, "static")
    faults = await told_by_axe(visitor, {"type": "tag", "values": RULES})
    await visitor.page.emulate_media(color_scheme="dark")
    faults += [f"dark: {fault}" for fault in await told_by_axe(visitor, {"type": "rule", "values": OF_COLOUR})]
    await visitor.page.emulate_media(color_scheme="light")
    await visitor.page.evaluate(PLACE_BARS, "")
    height = HEIGHTS[visitor.phone]
    for width in (NARROWER[visitor.width], visitor.width):
        await visitor.page.set_viewport_size({"width": width, "height": height})
        if sticking_out := await visitor.page.evaluate(STICKING_OUT):
            faults.append(f"at {width} px: {sticking_out}")
    return faults


async def told_by_axe(visitor: Visitor, rules: dict[str, object]) -> list[str]:
    """The violations, each with its first places."""
    found: list[str] = await visitor.page.evaluate(RUN_AXE, {"runOnly": rules, "resultTypes": ["violations"]})
    return found


RUN_AXE = """async (options) => (await axe.run(options)).violations.map((one) =>
    `${one.id}: ${one.help}: ` + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join("; "))"""
# What a bar at the foot covers just now comes out from under it as one scrolls; axe would call it too small.
PLACE_BARS = """(position) =>
    document.querySelectorAll(".totals, .thumb").forEach((bar) => { bar.style.position = position })"""
STICKING_OUT = """() => {
    const page = document.scrollingElement
    if (page.scrollWidth <= innerWidth) return ""
    const all = [...document.body.querySelectorAll("*")]
    const guilty = all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(-3)
    return `${page.scrollWidth} > ${innerWidth}: ` + guilty.map((one) => one.outerHTML.slice(0, 120)).join("; ")
}"""
