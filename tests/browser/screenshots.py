"""The pictures of docs/: what a partner sees of a presentation, on a wide screen and on a phone."""

import sys

from playwright.sync_api import Browser, sync_playwright

from app.demo.logins import PASSWORD
from app.settings import ROOT
from tests.chromium import launching

PARTNER = "sokolov"
PRESENTATION = "/presentations/1184"
PICTURES = {"presentation": (1440, 900), "phone": (390, 844)}


def main(origin: str) -> None:
    """Signs in once for each picture, so that nothing of one is seen in the other."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launching())
        for name, size in PICTURES.items():
            take(browser, origin, name, size)
        browser.close()


def take(browser: Browser, origin: str, name: str, size: tuple[int, int]) -> None:
    """One picture of the presentation, of the size of the window."""
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="ru-RU").new_page()
    page.goto(f"{origin}/sign-in?next={PRESENTATION}")
    page.fill("#login", PARTNER)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(f"**{PRESENTATION}")
    page.screenshot(path=ROOT / "docs" / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1])
