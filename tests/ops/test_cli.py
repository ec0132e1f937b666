"""Commands that do something once and end."""

import asyncio

import pytest
from tortoise.context import TortoiseContext

from app import cli
from app.accounts.models import Person
from app.database import tortoise_config
from app.demo.logins import LOGINS
from tests.ops.test_settings import LIVE
from tests.servers import bare_database, drop_database


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, monkeypatch):
    """A database without tables, named by the environment."""
    url = asyncio.run(bare_database(request.param))
    monkeypatch.setenv("KABINET_DATABASE_URL", url)
    yield url
    asyncio.run(drop_database(url))


@pytest.fixture
def live(url, monkeypatch):
    """The same database in production."""
    for name, value in LIVE.items():
        if name != "KABINET_DATABASE_URL":
            monkeypatch.setenv(name, value)


def people(url):
    async def count():
        async with TortoiseContext() as context:
            await context.init(config=tortoise_config(url))
            return await Person.all().count()

    return asyncio.run(count())


def test_migrate_once_and_again(url, capsys):
    assert cli.main(["migrate"]) == 0
    assert "applied: " in capsys.readouterr().out
    assert cli.main(["migrate"]) == 0
    assert "the database is up to date" in capsys.readouterr().out
    assert people(url) == 0


def test_demo_fills_an_empty_database_once(url, capsys):
    assert cli.main(["demo"]) == 0
    filled = people(url)
    assert filled > len(LOGINS)
    assert cli.main(["demo"]) == 1
    assert "The database is not empty" in capsys.readouterr().err
    assert people(url) == filled


def test_demo_is_not_for_production(url, live, capsys):
    assert cli.main(["demo"]) == 1
    assert "not in production" in capsys.readouterr().err


def test_release_prepares_production(url, live, capsys):
    assert cli.main(["release"]) == 0
    assert people(url) == 0


def test_release_refuses_a_database_with_demo_people(url, monkeypatch, capsys):
    assert cli.main(["demo"]) == 0
    for name, value in LIVE.items():
        if name != "KABINET_DATABASE_URL":
            monkeypatch.setenv(name, value)
    assert cli.main(["release"]) == 1
    assert "holds demo people" in capsys.readouterr().err


@pytest.mark.parametrize("scale", ["0", "-3", "1001", "many"])
def test_a_scale_that_makes_no_sense(scale, capsys):
    with pytest.raises(SystemExit, match="2"):
        cli.main(["demo", "--scale", scale])
    assert "--scale" in capsys.readouterr().err


def test_without_a_command_it_says_which_there_are(capsys):
    with pytest.raises(SystemExit, match="2"):
        cli.main([])
    assert "usage: kabinet" in capsys.readouterr().err
