"""People with passwords, and a clock that can be moved."""

from datetime import timedelta

import pytest

from app import clock
from app.accounts.models import Person
from app.accounts.passwords import hash_password
from app.settings import Settings
from jobs.relay import Relay
from tests.factories import Cast

PASSWORD = "correct horse battery staple"
_HASH = hash_password(PASSWORD)


@pytest.fixture
async def known(cast: Cast) -> Cast:
    """The cast, with one password for all."""
    await Person.all().update(password_hash=_HASH)
    return cast


@pytest.fixture
def relay(settings: Settings) -> Relay:
    """The relay of the site under test: it writes the letters, and nobody sends them."""
    return Relay(settings)


class Clock:
    """The clock of the site under test: `pass_` moves it on."""

    def __init__(self) -> None:
        self.moved = timedelta()
        self.real = clock.now

    def now(self):
        return self.real() + self.moved

    def pass_(self, **time: float) -> None:
        self.moved += timedelta(**time)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """`later.pass_(hours=13)`."""
    moved = Clock()
    monkeypatch.setattr(clock, "now", moved.now)
    return moved
