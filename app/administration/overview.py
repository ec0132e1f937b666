"""What the administration holds, with what needs attention."""

from dataclasses import dataclass
from datetime import timedelta

from app import clock
from app.administration import work
from app.administration.work import Waiting, Worker
from app.database import Sql
from app.rates import actions as rates
from app.settings import Settings

LATELY = timedelta(days=1)

_PEOPLE = Sql(
    """
    SELECT (SELECT COUNT(*) FROM person WHERE company_id IS NULL AND blocked_at IS NULL
              AND NOT must_choose_password) AS staff,
           (SELECT COUNT(*) FROM person WHERE company_id IS NULL AND blocked_at IS NULL
              AND must_choose_password) AS invited,
           (SELECT COUNT(*) FROM person WHERE company_id IS NULL AND blocked_at IS NOT NULL
              AND NOT must_choose_password) AS blocked,
           (SELECT COUNT(*) FROM assignment a JOIN person p ON p.id = a.manager_id
             WHERE p.blocked_at IS NOT NULL) AS orphans
    """
)
# What waits for a person's word, and what of the exchange with 1C could not be read lately.
_ASKING = Sql(
    """
    SELECT (SELECT COUNT(*) FROM exchange WHERE state = 'held') AS held_exchanges,
           (SELECT COUNT(DISTINCT f.exchange_id) FROM exchange_file f
             WHERE f.state = 'failed' AND f.done_at > :since) AS failed_exchanges,
           (SELECT COUNT(*) FROM currency_rate WHERE currency = 'USD' AND state = 'held') AS held_rates
    """
)


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts; `orphans` are partners whose manager is blocked, `failed_exchanges` have files that were not read lately.

    `stale_rate`: the bank's rate has not been read for a day.
    """

    staff: int
    invited: int
    blocked: int
    orphans: int
    held_exchanges: int
    failed_exchanges: int
    held_rates: int
    stale_rate: bool
    waiting: Waiting
    workers: list[Worker]

    @property
    def working(self) -> int:
        """How many workers are at work."""
        return sum(not one.missed for one in self.workers)


async def overview(settings: Settings) -> Overview:
    """The counts of the index."""
    people = await _PEOPLE.one() or {}
    asking = await _ASKING.one(since=clock.now() - LATELY) or {}
    stale = rates.is_stale(await rates.reading(), settings)
    return Overview(**people, **asking, stale_rate=stale, waiting=await work.waiting(), workers=await work.workers())
