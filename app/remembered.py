"""What is read often and changed seldom: kept in the process, and read again when it is FRESH no more."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar
from weakref import WeakSet

T = TypeVar("T")
FRESH = 5.0  # seconds until another process's change is seen here

_all: "WeakSet[Remembered[object]]" = WeakSet()


class Remembered(Generic[T]):
    """A value that `read` finds in the database; in `latest`, `first` stands for it until it was read.

    `fresh` are its own seconds instead of FRESH.
    """

    def __init__(self, read: Callable[[], Awaitable[T]], first: T, *, fresh: float | None = None) -> None:
        self.read = read
        self.first = first
        self.fresh = fresh
        self.latest = first
        self.known = False
        self.until = 0.0
        _all.add(self)  # type: ignore[arg-type]  # of whatever type

    async def now(self) -> T:
        """The value, at most FRESH seconds old. While it is being read again, others get the one before.

        Nobody gets `first` here: until it was read once, whoever asks reads it.

        :raises DatabaseUnavailable: it could not be read; the one before is still in `latest`.
        """
        moment = asyncio.get_running_loop().time()
        if moment >= self.until or not self.known:
            self.until = moment + (FRESH if self.fresh is None else self.fresh)
            try:
                self.latest = await self.read()
                self.known = True
            except BaseException:
                self.until = 0.0
                raise
        return self.latest

    def forget(self) -> None:
        """Has it read again when it is next asked for; `latest` stays."""
        self.until = 0.0


def forget_all() -> None:
    """Forgets everything: the process has another database now."""
    for one in _all:
        one.latest, one.known = one.first, False
        one.forget()
