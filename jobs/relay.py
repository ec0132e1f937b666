"""The relay: takes the events that nobody has handled and tells all who hear of them, each event exactly once.

What an event causes is written in the one transaction that marks it as handled: history entry and letters are there
together or not at all. Several relays may run at once.
"""

import asyncio
import logging

from app import clock
from app.database import DatabaseUnavailable, Sql, transaction
from app.history.models import Event
from app.settings import Settings
from jobs import history
from jobs.letters import Letters
from jobs.subscriptions import Shown, subscription

log = logging.getLogger("kabinet.relay")

BATCH = 200
REST = (5, 15, 60, 300)  # seconds before an event that failed once, twice… is tried again

_WAITING = Sql(
    "SELECT id, attempts FROM event WHERE handled_at IS NULL AND id > :after ORDER BY id LIMIT :batch",
)
_FAILED = Sql("UPDATE event SET attempts = attempts + 1, error = :error WHERE id = :id AND handled_at IS NULL")


class Relay:
    """Handles events; remembers which ones failed a moment ago, so that they do not hold up the others."""

    def __init__(self, settings: Settings, stop: asyncio.Event | None = None) -> None:
        self.letters = Letters(settings)
        self.stop = stop or asyncio.Event()
        self.resting: dict[int, float] = {}  # event id → when it may be tried again, by the loop's clock

    async def run(self) -> int:
        """Handles all waiting events in their order, until there are none or `stop` is set.

        :return: how many this call handled.
        :raises DatabaseUnavailable: nothing is lost, call again.
        """
        handled = after = 0
        while batch := await _WAITING.all(after=after, batch=BATCH):
            for row in batch:
                after = row["id"]
                if self.stop.is_set():
                    return handled
                # An administrator who has it run again takes its failures from it (app/administration/work.py).
                if not row["attempts"] or self.resting.get(after, 0.0) <= _now():
                    handled += await self._try(after, row["attempts"])
        return handled

    async def _try(self, event_id: int, attempts: int) -> bool:
        try:
            handled = await self._handle(event_id)
        except DatabaseUnavailable:
            raise
        except Exception as error:
            log.exception("event %d failed", event_id)
            self.resting[event_id] = _now() + REST[min(attempts, len(REST) - 1)]
            await _FAILED.run(id=event_id, error=f"{type(error).__name__}: {error}")
            return False
        self.resting.pop(event_id, None)
        return handled

    async def _handle(self, event_id: int) -> bool:
        """Tells all who hear of an event; False when another relay has it or had it."""
        async with transaction():
            waiting = Event.filter(id=event_id, handled_at__isnull=True)
            event = await waiting.select_for_update(skip_locked=True).first()
            if event is None:
                return False
            hears = subscription(event)
            await history.write(event, partner_sees=hears.history is Shown.PARTNER)
            for letter in hears.letters:
                matter = await letter.about(event)
                await self.letters.write(letter.template, matter, await letter.to(matter))
            await Event.filter(id=event_id).update(handled_at=clock.now(), error="")
        return True


def _now() -> float:
    return asyncio.get_running_loop().time()
