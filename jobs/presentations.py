"""The worker's part of presentations: those to be sent at a time, and reminders before the last day."""

import asyncio
import logging

from app.database import DatabaseUnavailable
from app.presentations import following, sending
from app.settings import Settings

log = logging.getLogger("kabinet.presentations")


class Timed:
    """Does what is due. Several may be at work at once."""

    def __init__(self, settings: Settings, stop: asyncio.Event | None = None) -> None:
        self.settings = settings
        self.stop = stop or asyncio.Event()

    async def do_due(self) -> int:
        """Sends and reminds until nothing is due. :return: how many. :raises DatabaseUnavailable: call again."""
        done = await self._each(0)
        for days in following.DAYS:
            done += await self._each(days)
        return done

    async def _each(self, days: int) -> int:
        """All of a kind: to be sent (0), or to be reminded of so many `days` before. What fails waits for a round."""
        done = last = 0
        while not self.stop.is_set():
            try:
                last = await self._next(days, last)
            except DatabaseUnavailable:
                raise
            except Exception:
                log.exception("what was due of presentations failed")
                break
            if not last:
                break
            done += 1
        return done

    async def _next(self, days: int, after: int) -> int:
        if days:
            return await following.remind_next_due(self.settings, days, after)
        return await sending.send_next_due(self.settings, after)
