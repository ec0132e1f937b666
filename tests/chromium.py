"""The browser of the browser tests: the machine's own Chromium, or the one that Playwright has downloaded."""

import os
import shutil
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def found() -> str | None:
    """The path of the machine's Chromium: KABINET_CHROMIUM or one on the PATH; None means Playwright's own."""
    return os.environ.get("KABINET_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launching() -> dict[str, Any]:
    """What Playwright's `chromium.launch` is told."""
    return {"executable_path": found(), "args": QUIETLY}
