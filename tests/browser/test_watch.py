"""The watch of the browser tests sees what it is there for: without this they would pass blindly."""

import re

import pytest
from playwright.async_api import Browser, Route

from tests.browser.live import LiveSite
from tests.browser.visitors import open_window

BAD = """
<p style="color: red">Styled in place.</p>
<img src="/missing.png" alt="">
<img src="http://127.0.0.2:9/foreign.png" alt="">
<script src="/wrong.js"></script>
"""
SEEN = (
    "console: .*inline style violates .*Content Security Policy",
    "console: .*status of 404 .*missing.png",
    "another host: http://127.0.0.2:9/foreign.png",
    "failed: GET http://127.0.0.2:9/foreign.png csp",
)
SEEN_IN_SCRIPTS = ("script: .*wrong is not defined", "console: told by a script")


@pytest.mark.parametrize("js", [True, False])
async def test_faults_of_a_page_are_noticed(chromium: Browser, live: LiveSite, js: bool) -> None:
    visitor = await open_window(chromium, live, js=js)

    async def worse(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, body=(await answer.text()).replace("</main>", f"{BAD}</main>"))

    await visitor.page.route("**/sign-in", worse)
    script = 'console.error("told by a script"); wrong()'
    await visitor.page.route("**/wrong.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    async with visitor.page.expect_request_finished(lambda request: "missing" in request.url):
        await visitor.goto("/sign-in")
    await visitor.page.context.close()
    noticed = visitor.watch.unexpected()
    for wanted in SEEN + (SEEN_IN_SCRIPTS if js else ()):
        assert any(re.match(wanted, fault) for fault in noticed), f"{wanted}: {noticed}"


async def test_a_sound_page_has_no_faults(chromium: Browser, live: LiveSite) -> None:
    visitor = await open_window(chromium, live)
    await visitor.goto("/sign-in")
    await visitor.page.context.close()
    assert not visitor.watch.unexpected()
