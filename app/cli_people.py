"""Commands about people, for those who run the site: the first administrator, a new password for anybody."""

import argparse
import asyncio
import getpass
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.errors import Refused, RuleBroken
from app.settings import Settings, load_settings

T = TypeVar("T")


def password(options: argparse.Namespace) -> int:
    """A new password for somebody, read from the terminal or from standard input. It ends all their sessions."""
    asyncio.run(connected(load_settings(), lambda: _set_password(options.login)))
    print("the password is set, and all sessions of this person are ended")
    return 0


def administrator(options: argparse.Namespace) -> int:
    """Adds an administrator; the password is read from the terminal or from standard input."""

    async def add() -> None:
        from app.accounts.actions import add_administrator
        from app.database import transaction

        async with transaction():
            await add_administrator(options.login, options.name, options.email)
            await _set_password(options.login)

    asyncio.run(connected(load_settings(), add))
    print(f"{options.name} may sign in as {options.login}")
    return 0


def second_factor(options: argparse.Namespace) -> int:
    """Takes away somebody's second factor, for the last administrator who has lost it. It ends all their sessions."""
    asyncio.run(connected(load_settings(), lambda: _reset_second_factor(options.login)))
    print("the second factor is taken away: the password alone lets this person in, and a letter tells them")
    return 0


async def _reset_second_factor(login: str) -> None:
    from app.accounts import second_factor
    from app.accounts.queries import person_by_login

    person = await person_by_login(login)
    if person is None:
        raise Refused(f"nobody signs in as {login}")
    await second_factor.reset(person, by=None)


async def _set_password(login: str) -> None:
    from app.accounts.actions import set_password
    from app.accounts.queries import person_by_login

    person = await person_by_login(login)
    if person is None:
        raise Refused(f"nobody signs in as {login}")
    typed = getpass.getpass("New password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    await set_password(person, typed, by=None)


async def connected(settings: Settings, work: Callable[[], Awaitable[T]]) -> T:
    """Does the work with the database at hand; a broken rule is told in plain words."""
    from tortoise.context import TortoiseContext

    from app.database import tortoise_config

    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(settings.database_url))
        try:
            return await work()
        except RuleBroken as broken:
            raise Refused(str(broken)) from broken
