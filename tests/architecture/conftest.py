"""The site with something behind each of its doors."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette

from app.main import create_app
from app.settings import Settings
from tests.architecture.things import Things, make_things
from tests.factories import Cast
from tests.site import Browser


@pytest.fixture
def site(settings: Settings, tmp_path: Path) -> Starlette:
    """The site with all its doors: the development mailbox is among them."""
    return create_app(replace(settings, mailbox=tmp_path / "mailbox", max_body=20_000))


@pytest.fixture
async def things(site: Starlette, cast: Cast) -> Things:
    """What stands behind the doors."""
    return await make_things(cast, site.state.settings)


@pytest.fixture
async def people(site: Starlette, cast: Cast) -> AsyncIterator[dict[str, Browser]]:
    """A browser of each person in the table."""
    browsers = {"guest": Browser(site)}
    for name in ("charlie", "bob", "vera", "alice", "oleg", "maria", "anna"):
        browsers[name] = Browser(site)
        await browsers[name].enter(getattr(cast, name))
    yield browsers
    for browser in browsers.values():
        await browser.aclose()
