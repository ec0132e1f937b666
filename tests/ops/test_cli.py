"""Commands that do something once and end."""

import asyncio
import io

import pytest
from tortoise.context import TortoiseContext

from app import cli, clock
from app.accounts import passwords
from app.accounts.models import Person, Role, Session
from app.database import tortoise_config
from app.demo.logins import LOGINS
from app.history.models import Event
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


def sessions(url):
    async def open_ones():
        async with TortoiseContext() as context:
            await context.init(config=tortoise_config(url))
            person = await Person.get()
            await Session.create(digest="d", person=person, seen_at=clock.now())
            kept = person.password_hash
            return person, await passwords.matches("первый-пароль-7", kept)

    return asyncio.run(open_ones())


def state(url):
    async def read():
        async with TortoiseContext() as context:
            await context.init(config=tortoise_config(url))
            person = await Person.get()
            ended = await Session.filter(ended_at__isnull=False).count()
            return await passwords.matches("второй-пароль-7", person.password_hash), ended, await Event.all().count()

    return asyncio.run(read())


def typing(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n"))


def test_the_first_administrator_and_a_new_password(url, live, monkeypatch, capsys):
    cli.main(["migrate"])
    typing(monkeypatch, "первый-пароль-7")
    assert cli.main(["administrator", "Vetrova", "Анна Ветрова", "vetrova@example.ru"]) == 0
    person, fits = sessions(url)
    assert fits and (person.role, person.login_key) == (Role.ADMINISTRATOR, "vetrova")
    typing(monkeypatch, "второй-пароль-7")
    assert cli.main(["password", "VETROVA@example.ru"]) == 0
    assert state(url) == (True, 1, 2), "the new password fits, the open session is ended, both are in the history"


@pytest.mark.parametrize("weak", ["", "короткий"[:7], "x" * 129, "my-vetrova-password"])
def test_a_weak_password_adds_nobody(url, live, monkeypatch, capsys, weak):
    cli.main(["migrate"])
    typing(monkeypatch, weak)
    assert cli.main(["administrator", "vetrova", "Анна Ветрова", "vetrova@example.ru"]) == 1
    assert "password" in capsys.readouterr().err
    assert people(url) == 0


def test_nobody_twice_and_nobody_unknown(url, live, monkeypatch, capsys):
    cli.main(["migrate"])
    typing(monkeypatch, "первый-пароль-7")
    cli.main(["administrator", "vetrova", "Анна Ветрова", "vetrova@example.ru"])
    for login, email in (("VETROVA", "other@example.ru"), ("other", "VETROVA@example.ru")):
        typing(monkeypatch, "первый-пароль-7")
        assert cli.main(["administrator", login, "Другая", email]) == 1
    assert cli.main(["password", "stranger"]) == 1
    assert "nobody signs in as stranger" in capsys.readouterr().err
    assert people(url) == 1
