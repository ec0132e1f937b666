"""What may be a login, and which two are too much alike."""

import pytest

from app.accounts import logins
from app.accounts.models import Person
from app.errors import RuleBroken
from tests.factories import Cast

LOOKS = [
    ("Alice", "alice"),
    ("a1ice", "alice"),
    ("аlісе", "alice"),  # Cyrillic а, і, с, е
    ("a|ice", "aIice"),
    ("b0b", "bob"),
    ("ivan.petrov", "ivan-petrov"),
    ("ivan_petrov", "ivan-petrov"),
    ("ａｌｉｃｅ", "alice"),
]


@pytest.mark.parametrize("login", ["abc", "ivan.petrov", "7days", "A-1", "x" * 60])
def test_logins(login: str) -> None:
    logins.must_be_login(login)


@pytest.mark.parametrize("login", ["", "ab", "x" * 61, "иван", "ivan@example.ru", ".ivan", "-van", "iv an", "ivan\n"])
def test_no_logins(login: str) -> None:
    with pytest.raises(RuleBroken):
        logins.must_be_login(login)


@pytest.mark.parametrize(("one", "other"), LOOKS)
def test_look(one: str, other: str) -> None:
    assert logins.login_look(one) == logins.login_look(other)


def test_looks_that_differ() -> None:
    assert logins.login_look("alice") != logins.login_look("alicia")
    assert len(logins.login_look("ﷺ" * 60)) == 60, "it fits its column"


async def test_free(cast: Cast) -> None:
    await Person.filter(id=cast.alice.id).update(login_look=logins.login_look("alice"))
    assert not await logins.free("ALICE")
    assert not await logins.free("a1ice")
    assert not await logins.free("bob"), "who has no look yet has the login all the same"
    assert await logins.free("alicia")
    assert await logins.free("a1ice", besides=cast.alice.id)
    with pytest.raises(logins.LoginTaken):
        await logins.must_be_free("AIice")
