"""The worker's part of promos: makes the presentations that wait, and leaves the machine to others in between."""

import asyncio
import logging
import time

from app.promos import making
from app.settings import Settings

log = logging.getLogger("kabinet.promos")

LEAST, SHARE = 0.02, 2.0  # a rest after each company: seconds at the least, and so many times what it took


class Promos:
    """Makes what waits. Several may be at work at once, in one process or in many."""

    def __init__(self, settings: Settings, stop: asyncio.Event | None = None) -> None:
        self.settings = settings
        self.stop = stop or asyncio.Event()

    async def make_all(self) -> int:
        """Makes the presentations of all companies that wait, until there are none or `stop` is set.

        :return: how many. :raises DatabaseUnavailable: nothing is lost, call again.
        """
        made = 0
        while not self.stop.is_set():
            began = time.perf_counter()
            try:
                if not await making.make_next(self.settings):
                    break
                made += 1
            except making.MakingFailed as failure:
                log.exception("%s", failure)
                await making.failed(failure.row)
            await asyncio.sleep(max(LEAST, SHARE * (time.perf_counter() - began)))
        await making.finish(self.settings)
        return made
