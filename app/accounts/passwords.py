"""Passwords: Argon2id, checked in a thread so that other requests go on."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from app.errors import RuleBroken

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's minimum for Argon2id
_NOBODY = _hasher.hash("nobody has this password")


SHORTEST, LONGEST = 8, 128  # characters
FEWEST_GUESSES = 1_000_000  # below it a password is among the first that anybody tries
_JUDGED = 72  # characters: the time to judge grows with the square of the length
_KEYS = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбюё",  # «пароль» is typed as gfhjkm, and lists of passwords know it so
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`",
)


def must_be_good(password: str, login: str) -> None:
    """Raises RuleBroken for a password that is too short, too long, easily guessed, or has the login in it."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise RuleBroken("A password has from %(least)s to %(most)s characters", least=SHORTEST, most=LONGEST)
    if login and login.casefold() in password.casefold():
        raise RuleBroken("A password must not have the login in it")
    if _guesses(password, login) < FEWEST_GUESSES:
        raise RuleBroken("This password is easily guessed: take a longer one, say of four unrelated words")


def _guesses(password: str, login: str) -> int:
    """How many attempts find the password, in the order in which they are made: known ones, words, patterns."""
    typed = password[:_JUDGED]
    return min(int(zxcvbn(text, [login])["guesses"]) for text in {typed, typed.lower().translate(_KEYS)})


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
