"""What a login may be, and when it is too much like another's: only by case, or by letters of one shape."""

import re
import unicodedata

from tortoise.expressions import Q

from app.accounts.models import Person
from app.errors import RuleBroken

MAY_BE = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}", re.ASCII | re.IGNORECASE)
# Cyrillic letters, digits and signs that are drawn as a Latin letter is; one sign stands for all that part words.
_LOOKS = str.maketrans("авеёкмнорстухьіјѕ01i|-_", "abeekmhopctyxbljsolll..")


class LoginTaken(RuleBroken):
    """The login is somebody's, or looks like somebody's."""

    def __init__(self) -> None:
        super().__init__("This login is taken, or looks too much like another one: choose another")


def must_be_login(login: str) -> None:
    """Raises RuleBroken for what cannot be a login."""
    if not MAY_BE.fullmatch(login):
        raise RuleBroken(
            "A login has from 3 to 60 Latin letters, digits, dots, dashes or underscores, "
            "and begins with a letter or a digit"
        )


def login_look(login: str) -> str:
    """What a login looks like: two that a reader could take for each other have one look."""
    return unicodedata.normalize("NFKC", login).casefold().translate(_LOOKS)[:60]


async def free(login: str, *, besides: int | None = None) -> bool:
    """Whether nobody (`besides` that person) has this login or one of its look."""
    alike = Person.filter(Q(login_key=login.casefold()) | Q(login_look=login_look(login)))
    return not await (alike.exclude(id=besides) if besides else alike).exists()


async def must_be_free(login: str, *, besides: int | None = None) -> None:
    """Raises LoginTaken unless it is free. Of two who take it at once the unique indexes let one have it: who writes a
    login catches IntegrityError too, and says the same.
    """
    if not await free(login, besides=besides):
        raise LoginTaken


async def variant(login: str) -> str:
    """The login itself when it is free, or else with the first number that makes it so."""
    if await free(login):
        return login
    number = 2
    while not await free(f"{login[:56]}{number}"):
        number += 1
    return f"{login[:56]}{number}"
