"""People at a browser: a window of some width, and a watch on everything that must not happen in it."""

import asyncio
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Request, WebError, expect

from app.accounts.models import Person
from tests.browser.live import PASSWORD, LiveSite

WIDTHS = (390, 1440)
PHONE = 760  # narrower ones are phones, with a finger for a pointer
HEIGHTS = {True: 844, False: 900}
PATIENCE = 30_000  # milliseconds that anything may take; nothing waits so long unless it is broken
expect.set_options(timeout=PATIENCE)


@dataclass
class Watch:
    """Notes what must not happen: errors in scripts and in the console (a broken CSP is told there), requests that
    failed or went to another host. `provoked` are patterns of faults that a test brings about itself.
    """

    origin: str
    faults: list[str] = field(default_factory=list)
    provoked: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")

    def script(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # broken off by the browser itself, which went on to another page
            self.faults.append(f"failed: {request.method} {request.url} {request.failure}")

    def request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.faults.append(f"another host: {request.url}")

    def refused(self, *statuses: int) -> None:
        """The test has its requests refused: Chromium says so in the console."""
        self.provoked += [f"console: Failed to load resource: .* status of {status} " for status in statuses]

    def lost_connection(self) -> None:
        """The test cuts the connection: Chromium says so, and so does htmx."""
        told = ("Failed to load resource: net::ERR_", "htmx: htmx:error: Failed to fetch")
        self.provoked += ["failed: .* net::ERR_", *(f"console: {words}" for words in told)]

    def unexpected(self) -> list[str]:
        """The faults that the test did not provoke."""
        return [fault for fault in self.faults if not any(re.match(one, fault) for one in self.provoked)]


@dataclass(eq=False)
class Visitor:
    """Somebody at a browser, with JavaScript or without."""

    site: LiveSite
    page: Page
    watch: Watch
    width: int
    js: bool

    password = PASSWORD

    @property
    def phone(self) -> bool:
        """Whether it is a phone."""
        return self.width < PHONE

    async def goto(self, path: str) -> None:
        """Types an address."""
        await self.page.goto(self.site.origin + path if path.startswith("/") else path)

    async def sign_in(self, person: Person) -> None:
        """Fills in the sign-in page, on which the browser is, or goes there first."""
        await self.sign_in_as(person.login)

    async def sign_in_as(self, login: str) -> None:
        """The same, for somebody known by a login."""
        if "/sign-in" not in self.page.url:
            await self.goto("/sign-in")
        await self.page.get_by_label("Логин или эл. почта").fill(login)
        await self.page.get_by_label("Пароль").fill(PASSWORD)
        await self.button("Войти").click()
        await expect(self.page).not_to_have_url(re.compile("/sign-in"))

    async def reload_until(self, shown: Locator) -> None:
        """Opens the page again until it shows something that is made in the background."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE / 1000
        while not await shown.is_visible() and loop.time() < until:
            await self.page.reload()
        await expect(shown, await self.page.locator("main").inner_text()).to_be_visible(timeout=1)

    async def sees(self, shown: Locator) -> None:
        """Waits until nothing covers the middle of it: no bar at the foot, no edge of the window."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE / 1000
        while not await shown.evaluate(UNCOVERED):
            assert loop.time() < until, f"{shown} is out of sight"

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """A button that can be seen."""
        return self.page.get_by_role("button", name=name, exact=True).locator("visible=true")

    def link(self, name: str | re.Pattern[str]) -> Locator:
        """A link that can be seen."""
        return self.page.get_by_role("link", name=name, exact=True).locator("visible=true")

    def field(self, label: str | re.Pattern[str]) -> Locator:
        """A field that can be seen."""
        return self.page.get_by_label(label, exact=True).locator("visible=true")

    @property
    def total(self) -> Locator:
        """The bar with the totals at the foot of the page."""
        return self.page.get_by_role("region", name="Итого")

    def said(self, text: str | re.Pattern[str]) -> Locator:
        """What the page told after an action."""
        return self.page.get_by_role("status").filter(has_text=text)


UNCOVERED = """(one) => {
    const { x, y, width, height } = one.getBoundingClientRect()
    return one.contains(document.elementFromPoint(x + width / 2, y + height / 2))
}"""


async def open_window(
    chromium: Browser, site: LiveSite, *, width: int = 1440, js: bool = True, dark: bool = False
) -> Visitor:
    """A new window, with no cookies, of somebody in Russia."""
    phone = width < PHONE
    context = await chromium.new_context(
        viewport={"width": width, "height": HEIGHTS[phone]},
        is_mobile=phone,
        has_touch=phone,
        java_script_enabled=js,
        color_scheme="dark" if dark else "light",
        locale="ru-RU",
        timezone_id="Asia/Yekaterinburg",
        service_workers="block",
    )
    context.set_default_timeout(PATIENCE)
    watch = Watch(site.origin)
    context.on("console", watch.console)
    context.on("weberror", watch.script)
    context.on("request", watch.request)
    context.on("requestfailed", watch.failed)
    return Visitor(site, await context.new_page(), watch, width, js)
