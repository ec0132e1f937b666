"""Looks at the page before a visitor: axe finds nothing, light and dark, and nothing sticks out sideways."""

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.visitors import HEIGHTS, Visitor

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]  # what another colour scheme may break
NARROWER = {390: 320, 1440: 768}


async def looked_at(visitor: Visitor) -> None:
    """Nothing that a blind reader would miss, and nothing beyond the edge."""
    faults = await faults_of(visitor)
    assert not faults, "\n".join(faults)


async def faults_of(visitor: Visitor) -> list[str]:
    """What is wrong with the page before the visitor. Axe is a script itself: without scripts only widths are seen."""
    page, height = visitor.page, HEIGHTS[visitor.phone]
    await page.wait_for_load_state()  # a click waits until the next page begins, and no longer
    faults = await told_in_colours(visitor) if visitor.js else []
    for width in (NARROWER.get(visitor.width, visitor.width), visitor.width):
        await page.set_viewport_size({"width": width, "height": height})
        if sticking_out := await page.evaluate(STICKING_OUT):
            faults.append(f"at {width} px: {sticking_out}")
    return faults


async def told_in_colours(visitor: Visitor) -> list[str]:
    """What axe tells of the light page, and of the dark one's colours."""
    page = visitor.page
    await page.evaluate(AXE_SCRIPT)
    await page.evaluate(PLACE_BARS, "static")
    faults = await told_by_axe(visitor, {"type": "tag", "values": RULES})
    await page.emulate_media(color_scheme="dark")
    faults += [f"dark: {fault}" for fault in await told_by_axe(visitor, {"type": "rule", "values": OF_COLOUR})]
    await page.emulate_media(color_scheme="light")
    await page.evaluate(PLACE_BARS, "")
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
