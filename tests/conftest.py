"""What every test stands on: both databases, the site in this process, and a fixed cast of people.

Alice owns «Монтаж-Сервис», Bob is her colleague (buyer), Vera views only; Charlie is a stranger from «Видеолайн»;
Nina's company has no manager. Maria is Alice's manager, Oleg another one, Anna the administrator.
"""

import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from tortoise import Tortoise
from tortoise.connection import get_connection

from app import chosen, remembered
from app.accounts.models import Person
from app.database import tortoise_config
from app.main import create_app
from app.settings import Settings, load_settings
from app.vat import vat_rates
from tests.factories import Cast, make_cast
from tests.orm import keep_what_is_worked_out
from tests.servers import drop_database, empty_database, fresh_database
from tests.site import Browser

_kept: dict[str, tuple[str, Any]] = {}
remembered.FRESH = 3600.0
keep_what_is_worked_out()

TEST_SECRET = "for tests only: a long enough and varied secret"


def pytest_collection_finish() -> None:
    """Ten thousand tests and the modules that they need are no garbage: a fifth of the time went into looking."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """A migrated, empty database, and the ORM connected to it. Yields its URL.

    On PostgreSQL it is one database for the run, emptied after each test: ten times quicker than a new one. Its
    connections stay too, since each must learn the tables anew.
    """
    url, pool = _kept.pop(request.param, ("", None))
    url = url or await fresh_database(request.param)
    await Tortoise.init(config=tortoise_config(url), _enable_global_fallback=True)
    client: Any = get_connection("default")
    if pool:
        client._pool = pool
    await _remember()
    yield url
    if request.param == "sqlite":
        await Tortoise.close_connections()
        await drop_database(url)
        return
    pool = client._pool
    if pool and not pool.is_closing() and pool.get_idle_size() == pool.get_size():
        client._pool = None
    else:
        pool = None
    await Tortoise.close_connections()
    await empty_database(url)
    _kept[request.param] = url, pool


async def _remember() -> None:
    """What a process remembers it knows already, and for the whole of the test: no count of queries depends on it."""
    remembered.forget_all()
    await chosen.refresh()
    await vat_rates()


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """Settings of the site under test. Nothing listens at its queue: no test needs it unless it starts one."""
    return load_settings(
        {
            "KABINET_ENV": "test",
            "KABINET_SECRET": TEST_SECRET,
            "KABINET_ORIGIN": "http://kabinet.test",
            "KABINET_DATABASE_URL": database,
            "KABINET_QUEUE_URL": f"unix://{tmp_path}/no-queue.sock",
            "KABINET_FILES": str(tmp_path / "files"),
        }
    )


@pytest.fixture
def site(settings: Settings) -> Starlette:
    """The site, without its lifespan: the ORM is connected by `database`."""
    return create_app(settings)


@pytest.fixture
async def cast(database: str) -> Cast:
    """The people and their companies."""
    return await make_cast()


SignIn = Callable[[Person], Awaitable[Browser]]


@pytest.fixture
async def sign_in(site: Starlette) -> AsyncIterator[SignIn]:
    """`await sign_in(cast.alice)` gives a signed-in Browser."""
    opened: list[Browser] = []

    async def enter(person: Person) -> Browser:
        browser = Browser(site)
        opened.append(browser)
        await browser.enter(person)
        return browser

    yield enter
    for browser in opened:
        await browser.aclose()


@pytest.fixture
async def guest(site: Starlette) -> AsyncIterator[Browser]:
    """A browser that nobody has signed in with."""
    async with Browser(site) as browser:
        yield browser


@pytest.fixture
async def alice(sign_in: SignIn, cast: Cast) -> Browser:
    """The owner of a partner company."""
    return await sign_in(cast.alice)


@pytest.fixture
async def bob(sign_in: SignIn, cast: Cast) -> Browser:
    """Alice's colleague, a buyer."""
    return await sign_in(cast.bob)


@pytest.fixture
async def vera(sign_in: SignIn, cast: Cast) -> Browser:
    """Alice's colleague who may only look."""
    return await sign_in(cast.vera)


@pytest.fixture
async def charlie(sign_in: SignIn, cast: Cast) -> Browser:
    """A stranger: the owner of another company, with another manager."""
    return await sign_in(cast.charlie)


@pytest.fixture
async def nina(sign_in: SignIn, cast: Cast) -> Browser:
    """The owner of a company without a manager."""
    return await sign_in(cast.nina)


@pytest.fixture
async def maria(sign_in: SignIn, cast: Cast) -> Browser:
    """Alice's manager."""
    return await sign_in(cast.maria)


@pytest.fixture
async def oleg(sign_in: SignIn, cast: Cast) -> Browser:
    """Another manager: Charlie's."""
    return await sign_in(cast.oleg)


@pytest.fixture
async def anna(sign_in: SignIn, cast: Cast) -> Browser:
    """The administrator."""
    return await sign_in(cast.anna)
