"""What is read often and changed seldom: kept in the process, and read again when it is FRESH no more."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar
from weakref import WeakSet

T = TypeVar("T")
FRESH = 5.0  # seconds until another process's change is seen here

_all: "WeakSet[Remembered[object]]" = WeakSet()


class Remembered(Generic[T]):
    """A value that `read` finds in the database; `first` stands for it until it was read."""

    def __init__(self, read: Callable[[], Awaitable[T]], first: T) -> None:
        self.read = read
        self.first = first
        self.latest = first
        self.until = 0.0
        _all.add(self)  # type: ignore[arg-type]  # of whatever type

    async def now(self) -> T:
        """The value, at most FRESH seconds old. While it is being read again, others get the one before.

        :raises DatabaseUnavailable: it could not be read; the one before is still in `latest`.
        """
        moment = asyncio.get_running_loop().time()
        if moment >= self.until:
            self.until = moment + FRESH
            try:
                self.latest = await self.read()
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
        one.latest = one.first
        one.forget()
