"""The pictures of docs/: pages of the demo at the widths of a phone and of a desk, some of them dark.

Their colours are reduced, and those over `HEAVIEST` bytes are named, so that none grows unseen.
"""

import sys
from dataclasses import dataclass
from itertools import groupby

from playwright.sync_api import Browser, sync_playwright

from app.demo.logins import PASSWORD
from app.settings import ROOT
from tests.browser.palette import reduced
from tests.chromium import launching

DOCS = ROOT / "docs"
HEAVIEST = 120_000  # bytes of one picture
WIDE, PHONE = (1440, 900), (390, 844)
GUEST, PARTNER, MANAGER, ADMINISTRATOR = "", "sokolov", "orlova", "vetrova"


@dataclass(frozen=True)
class Picture:
    """A page, who reads it, and the size of the window. Pages of one reader stand together: they sign in once."""

    name: str
    who: str
    path: str
    size: tuple[int, int] = WIDE
    dark: bool = False


PICTURES = (
    Picture("registration", GUEST, "/registration"),
    Picture("registration-phone", GUEST, "/registration", PHONE),
    Picture("presentation", PARTNER, "/presentations/1184"),
    Picture("presentation-dark", PARTNER, "/presentations/1184", dark=True),
    Picture("phone", PARTNER, "/presentations/1184", PHONE),
    Picture("presentations", PARTNER, "/presentations"),
    Picture("presentations-phone", PARTNER, "/presentations", PHONE),
    Picture("changes", PARTNER, "/presentations/1160/versions/2/changes"),
    Picture("changes-phone", PARTNER, "/presentations/1160/versions/2/changes", PHONE),
    Picture("customer", PARTNER, "/presentations/1184/customer"),
    Picture("customer-phone", PARTNER, "/presentations/1184/customer", PHONE),
    Picture("profile", PARTNER, "/profile"),
    Picture("profile-phone", PARTNER, "/profile", PHONE),
    Picture("people", PARTNER, "/people"),
    Picture("history", PARTNER, "/history"),
    Picture("history-phone", PARTNER, "/history", PHONE),
    Picture("orders", PARTNER, "/orders"),
    Picture("orders-phone", PARTNER, "/orders", PHONE),
    Picture("repeat", PARTNER, "/repeat?order=2067"),
    Picture("repeat-phone", PARTNER, "/repeat?order=2067", PHONE),
    Picture("tickets", PARTNER, "/tickets"),
    Picture("tickets-phone", PARTNER, "/tickets", PHONE),
    Picture("search", PARTNER, "/search?q=%D1%81%D0%BA%D0%BB%D0%B0%D0%B4"),
    Picture("search-phone", PARTNER, "/search?q=%D1%81%D0%BA%D0%BB%D0%B0%D0%B4", PHONE),
    Picture("catalogue", PARTNER, "/catalogue/categories/ip-cameras"),
    Picture("catalogue-phone", PARTNER, "/catalogue/categories/ip-cameras", PHONE),
    Picture("product", PARTNER, "/catalogue/products/1"),
    Picture("product-phone", PARTNER, "/catalogue/products/1", PHONE),
    Picture("quick-order", PARTNER, "/quick-order"),
    Picture("desk", MANAGER, "/desk"),
    Picture("desk-phone", MANAGER, "/desk", PHONE),
    Picture("builder", MANAGER, "/desk/presentations/1190"),
    Picture("builder-phone", MANAGER, "/desk/presentations/1190", PHONE),
    Picture("partner", MANAGER, "/desk/partners/1"),
    Picture("import", ADMINISTRATOR, "/administration/imports/1?kind=dearer"),
    Picture("import-phone", ADMINISTRATOR, "/administration/imports/1?kind=dearer", PHONE),
    Picture("exchange", ADMINISTRATOR, "/administration/exchange"),
    Picture("goods", ADMINISTRATOR, "/administration/products"),
)


def main(origin: str, wanted: list[str]) -> int:
    """Takes the pictures of these names (none: all); 1 when one could not be taken or is too heavy, which is told."""
    chosen = [one for one in PICTURES if not wanted or one.name in wanted]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launching())
        faults = [
            fault
            for who, pictures in groupby(chosen, lambda one: one.who)
            for fault in take(browser, origin, who, [*pictures])
        ]
        browser.close()
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return bool(faults)


def take(browser: Browser, origin: str, who: str, pictures: list[Picture]) -> list[str]:
    """The pictures of one reader, each of the size of the window; what went wrong."""
    page = browser.new_context(locale="ru-RU", timezone_id="Asia/Yekaterinburg").new_page()
    if who:
        page.goto(f"{origin}/sign-in")
        page.fill("#login", who)
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_selector("main h1")
    faults = []
    for one in pictures:
        page.set_viewport_size({"width": one.size[0], "height": one.size[1]})
        page.emulate_media(color_scheme="dark" if one.dark else "light")
        answer = page.goto(origin + one.path)
        if answer is None or not answer.ok:
            faults.append(f"{one.path}: {answer.status if answer else 'no answer'}")
            continue
        if fault := keep(one.name, page.screenshot()):
            faults.append(fault)
    page.context.close()
    return faults


def keep(name: str, picture: bytes) -> str:
    """Writes a picture; what is wrong with its weight, or nothing."""
    small = reduced(picture)
    (DOCS / f"{name}.png").write_bytes(small)
    return f"{name}: {len(small)} bytes, show less" if len(small) > HEAVIEST else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
