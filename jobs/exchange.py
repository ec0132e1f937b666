"""The worker's part of the exchange with 1C: reads what was sent, makes pictures, ends exchanges."""

import asyncio

from app.catalogue.indexing import write_stale_shelves
from app.exchange import finishing, pictures, running
from app.settings import Settings


class Exchanges:
    """Works off what waits. What a worker that died had in hand is begun anew."""

    def __init__(self, settings: Settings, stop: asyncio.Event | None = None) -> None:
        self.settings = settings
        self.stop = stop or asyncio.Event()

    async def work_all(self) -> int:
        """All files that wait, and then the exchanges that have ended; how many. Raises DatabaseUnavailable."""
        try:
            done = await running.work_off(self.settings, self.stop) + await finishing.finish_due(self.stop)
            await write_stale_shelves()  # what a worker that died has left
            return done
        except running.Stopped:
            return 0

    async def make_pictures(self) -> int:
        """All pictures that wait; how many. Raises DatabaseUnavailable."""
        made = 0
        while not self.stop.is_set() and await pictures.make_next(self.settings):
            made += 1
        return made
