"""Waiting for the one write lock of SQLite.

SQLite keeps no queue of those who wait: each looks whether the lock is free, by itself ten times a second, and whoever
writes one transaction after the other has taken it again by then. So here those who wait look more often (`Patient`),
and those who write much leave it free for long enough to be seen (`Turns`).
"""

import asyncio
import sqlite3
from time import monotonic
from typing import Any

TURN = 0.1  # seconds that a process may hold the write lock, in one go or by and by, before it lets others in
PAUSE = 0.01  # seconds that it leaves it free for: longer than between two looks


class Patient(sqlite3.Connection):
    """Waits until the lock is free, for `patience` seconds. What was refused the lock has done nothing yet."""

    patience = 0.0

    def execute(self, *statement: Any) -> sqlite3.Cursor:
        until = monotonic() + self.patience
        while True:
            try:
                return super().execute(*statement)
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or self.in_transaction or monotonic() >= until:
                    raise


class Turns:
    """How long this process has held the write lock, and when it leaves it to others for a moment."""

    def __init__(self) -> None:
        self.held = self.taken = self.released = 0.0

    async def wait(self) -> None:
        """Before the lock is taken."""
        free = monotonic() - self.released
        if free < PAUSE and self.held < TURN:
            return
        self.held = 0.0
        if free < PAUSE:
            await asyncio.sleep(PAUSE - free)

    def take(self) -> None:
        self.taken = monotonic()

    def release(self) -> None:
        """After a transaction, also after one that did not get the lock."""
        if self.taken:
            self.released = monotonic()
            self.held += self.released - self.taken
            self.taken = 0.0
