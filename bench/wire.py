"""What goes over the wire, as Chromium receives it: a presentation of 50 lines opened cold, one change of quantity,
and the question of an open page whether there is something new.

The yardstick of the page is the same page without compression.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx2
from playwright.async_api import Browser, Response, async_playwright

from app.settings import ROOT
from bench.offer import site_with_offers
from bench.report import Report
from tests.chromium import launching
from tests.ports import free_port

kB = 1000
PAGE, CSS, SCRIPTS, CHANGE, REQUESTS, NO_NEWS = 14 * kB, 8 * kB, 14 * kB, 1 * kB, 6, 300


async def main() -> int:
    """One site on SQLite, one browser. :return: the exit code."""
    report = Report()
    async with (
        site_with_offers("sqlite", (50,)) as site,
        served(site.app.state.settings.database_url) as origin,
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(**launching())
        cookie = {"name": "session", "value": site.cookie.partition("=")[2], "url": origin}
        await measure(browser, f"{origin}/presentations/{site.presentations[50]}", cookie, report)
        await browser.close()
    return report.exit_code()


async def measure(browser: Browser, page_url: str, cookie: dict[str, str], report: Report) -> None:
    """The cold first view, then one change of quantity."""
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    await context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of theirs
    page = await context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    await page.goto(page_url)
    await page.wait_for_load_state("networkidle")
    sizes = {answer.url: await wire_size(answer) for answer in answers}
    html = sizes[page_url]
    plain = len(
        httpx2.get(page_url, headers={"cookie": f"session={cookie['value']}", "accept-encoding": "identity"}).content
    )
    foreign = [url for url in sizes if urlsplit(url).netloc != urlsplit(page_url).netloc]
    report.figure("presentation of 50 lines, HTML", html, "≤", PAGE, unit=" B", beside=f"{plain:,} B uncompressed")
    report.figure("stylesheet", ending(sizes, ".css"), "≤", CSS, unit=" B")
    report.figure("scripts", ending(sizes, ".js"), "≤", SCRIPTS, unit=" B")
    report.figure("requests of a cold first view", len(sizes), "≤", REQUESTS)
    report.figure("requests to another host", len(foreign), "=", 0)
    answers.clear()
    await page.locator("#lines .step button[value^='1:']").first.click()
    await page.wait_for_load_state("networkidle")
    await page.locator("#lines .sum.fresh").first.wait_for()
    changed = [await wire_size(answer) for answer in answers]
    report.figure("one change of quantity, requests", len(changed), "=", 1)
    report.figure("one change of quantity, answer", sum(changed), "≤", CHANGE, unit=" B", beside=f"{html:,} B the page")
    async with page.expect_response(lambda answer: answer.url.endswith("/news")) as asked:
        await page.evaluate("dispatchEvent(new Event('visibilitychange'))")
    sizes_of_news = await (await asked.value).request.sizes()
    no_news = sizes_of_news["responseHeadersSize"] + sizes_of_news["responseBodySize"]
    report.figure("no news, headers and body", no_news, "≤", NO_NEWS, unit=" B", beside=f"{html:,} B the page")


async def wire_size(answer: Response) -> int:
    """The bytes of an answer's body as they came, compressed."""
    return int((await answer.request.sizes())["responseBodySize"])


def ending(sizes: dict[str, int], suffix: str) -> int:
    """The bytes of all answers of one kind."""
    return sum(size for url, size in sizes.items() if urlsplit(url).path.endswith(suffix))


@asynccontextmanager
async def served(database_url: str) -> AsyncIterator[str]:
    """The site in a process of its own on a free port of loopback; yields its origin."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "KABINET_ENV": "test",
        "KABINET_SECRET": "a long and varied secret for the bench only",
        "KABINET_ORIGIN": origin,
        "KABINET_DATABASE_URL": database_url,
        "KABINET_QUEUE_URL": "unix:///nowhere/queue.sock",
        "KABINET_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "app.cli", "web", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: ASYNC220 - it returns at once
    try:
        await until_ready(origin)
        yield origin
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


async def until_ready(origin: str) -> None:
    """Waits for the first answer, half a minute at most."""
    async with httpx2.AsyncClient(base_url=origin) as client:
        for _ in range(300):
            try:
                if (await client.get("/readyz")).status_code == 200:
                    return
            except httpx2.TransportError:
                await asyncio.sleep(0.1)
    raise RuntimeError("the site did not come up")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
