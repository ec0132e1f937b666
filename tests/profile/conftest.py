"""People with a password, which the changes of what lets them in ask for."""

import pytest

from app.accounts.models import Person
from app.accounts.passwords import hash_password
from tests.accounts.conftest import Clock
from tests.factories import Cast

PASSWORD = "correct horse battery staple"
_HASH = hash_password(PASSWORD)


@pytest.fixture
async def known(cast: Cast) -> Cast:
    """The cast, with one password for all."""
    await Person.all().update(password_hash=_HASH)
    return cast


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """`later.pass_(hours=13)`."""
    moved = Clock()
    monkeypatch.setattr("app.clock.now", moved.now)
    return moved
