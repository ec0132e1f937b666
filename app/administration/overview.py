"""What the administration holds, with what needs attention."""

from dataclasses import dataclass

from app.administration import work
from app.administration.work import Waiting, Worker
from app.database import Sql

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


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts; `orphans` are partners whose manager is blocked."""

    staff: int
    invited: int
    blocked: int
    orphans: int
    waiting: Waiting
    workers: list[Worker]

    @property
    def working(self) -> int:
        """How many workers are at work."""
        return sum(not one.missed for one in self.workers)


async def overview() -> Overview:
    """The counts of the index."""
    people = await _PEOPLE.one() or {}
    return Overview(**people, waiting=await work.waiting(), workers=await work.workers())
