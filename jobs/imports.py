"""The worker's part of imports: makes previews, applies and undoes what was asked for, one after the other."""

import asyncio
import logging

from tortoise.exceptions import IntegrityError

from app.database import DatabaseUnavailable
from app.imports import actions, applying, indexing, obstacles, preview, undoing
from app.imports.models import ImportRun, State
from app.settings import Settings

log = logging.getLogger("kabinet.imports")


class Imports:
    """Does what waits. Several may be at work at once, in one process or in many."""

    def __init__(self, settings: Settings, stop: asyncio.Event | None = None) -> None:
        self.settings = settings
        self.stop = stop or asyncio.Event()

    async def do_all(self) -> int:
        """Works until nothing waits or `stop` is set. :return: at how many runs it worked.

        :raises DatabaseUnavailable: nothing is lost, call again.
        """
        done = 0
        while not self.stop.is_set() and (run := await actions.claim()):
            done += 1
            if not await self._do(run):
                break  # the next round tries again: not at once
        return done

    async def _do(self, run: ImportRun) -> bool:
        """Whether it came to an end, be it a refusal."""
        try:
            await self._work(run)
        except (DatabaseUnavailable, asyncio.CancelledError):
            await asyncio.shield(actions.give_back(run, failed=False))
            raise
        except Exception:
            log.exception("import %d: %s failed", run.id, run.state.value)
            await actions.give_back(run, failed=True)
            return False
        return True

    async def _work(self, run: ImportRun) -> None:
        if run.state is State.READING:
            await preview.make(run, self.settings)
        elif run.state is State.APPLYING:
            await self._apply(run)
        elif run.state is State.UNDOING:
            try:
                await undoing.undo(run)
            except obstacles.Hindered as no:
                await actions.hinder(run, list(no.articles), no.count)
        if run.state in (State.APPLYING, State.INDEXING):
            await indexing.go_on(run)

    async def _apply(self, run: ImportRun) -> None:
        try:
            await applying.apply(run)
        except applying.Stopped:
            log.info("import %d was stopped", run.id)
        except (applying.Stale, IntegrityError):
            await actions.renew(run)
