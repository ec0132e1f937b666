"""Passwords: Argon2id, checked in a thread so that other requests go on."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import RuleBroken

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's minimum for Argon2id
_NOBODY = _hasher.hash("nobody has this password")


SHORTEST, LONGEST = 8, 128  # characters


def must_be_good(password: str, login: str) -> None:
    """Raises RuleBroken for a password that is too short, too long, or has the login in it."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise RuleBroken("A password has from %(least)s to %(most)s characters", least=SHORTEST, most=LONGEST)
    if login.casefold() in password.casefold():
        raise RuleBroken("A password must not have the login in it")


def hash_password(password: str) -> str:
    """What is kept of a password."""
    return _hasher.hash(password)


async def matches(password: str, kept: str) -> bool:
    """Whether the password is the kept one. An empty `kept` costs the same time and never matches."""
    return await asyncio.to_thread(_matches, password, kept)


def _matches(password: str, kept: str) -> bool:
    try:
        return _hasher.verify(kept or _NOBODY, password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False
