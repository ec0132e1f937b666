"""What the jobs have to do, what failed, and which workers are there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app import clock
from app.accounts.user import User
from app.database import Sql, as_datetime, transaction
from app.errors import NotFound
from app.outbox import record

SHOWN = 50
MISSED = timedelta(minutes=2)  # a worker that was not seen for so long is not at work

_WAITING = Sql(
    """
    SELECT (SELECT COUNT(*) FROM event WHERE handled_at IS NULL) AS events,
           (SELECT at FROM event WHERE handled_at IS NULL ORDER BY id LIMIT 1) AS oldest_event,
           (SELECT COUNT(*) FROM event WHERE handled_at IS NULL AND error <> '') AS failed_events,
           (SELECT COUNT(*) FROM email WHERE state = 'queued') AS queued,
           (SELECT COUNT(*) FROM email WHERE state = 'sending') AS sending,
           (SELECT COUNT(*) FROM email WHERE state = 'deferred') AS deferred,
           (SELECT COUNT(*) FROM email WHERE state = 'failed') AS failed_letters,
           (SELECT created_at FROM email WHERE state IN ('queued', 'sending', 'deferred') ORDER BY id LIMIT 1)
               AS oldest_letter
    """
)
_EVENT = """
    SELECT e.id, e.name, e.at, e.data, e.attempts, e.error, p.name AS person, c.name AS company
    FROM event e LEFT JOIN person p ON p.id = e.actor_id LEFT JOIN company c ON c.id = e.company_id
    WHERE e.handled_at IS NULL AND {which}
"""
_FAILED = Sql(_EVENT.format(which="e.error <> '' AND e.id > :after ORDER BY e.id LIMIT :limit"))
_ONE = Sql(_EVENT.format(which="e.id = :event"))
_WORKERS = Sql("SELECT name, began_at, seen_at FROM worker_seen ORDER BY seen_at DESC")
# The relay lets an event rest after each failure; one that nobody has tried yet it tries at once.
_AGAIN = Sql("UPDATE event SET attempts = 0 WHERE id = :event AND handled_at IS NULL AND attempts > 0")
_ALL_AGAIN = Sql("UPDATE event SET attempts = 0 WHERE handled_at IS NULL AND attempts > 0")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits, and since when the oldest of it."""

    events: int
    failed_events: int
    oldest_event: datetime | None
    queued: int
    sending: int
    deferred: int
    failed_letters: int
    oldest_letter: datetime | None


@dataclass(frozen=True, slots=True)
class Failed:
    """An event that could not be handled, with its data by name."""

    id: int
    name: str
    at: datetime
    data: tuple[tuple[str, str], ...]
    attempts: int  # since somebody last had it tried again
    error: str
    person: str
    company: str


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker process of the last day."""

    name: str
    began_at: datetime
    seen_at: datetime
    missed: bool


async def waiting() -> Waiting:
    """What waits."""
    row = await _WAITING.one() or {}
    moments = {name: as_datetime(row[name]) for name in ("oldest_event", "oldest_letter")}
    return Waiting(**{**row, **moments})


async def failed(*, after: int = 0) -> tuple[list[Failed], int]:
    """At most SHOWN events that failed, the oldest first, and the key of the next page, or 0."""
    rows = await _FAILED.all(after=after, limit=SHOWN + 1)
    found = [_failed(row) for row in rows[:SHOWN]]
    return found, found[-1].id if len(rows) > SHOWN else 0


async def event(number: int) -> Failed:
    """An event that is not handled yet; raises NotFound."""
    row = await _ONE.one(event=number)
    if row is None:
        raise NotFound
    return _failed(row)


async def workers() -> list[Worker]:
    """The workers of the last day, whoever was seen last first."""
    now = clock.now()
    found = []
    for row in await _WORKERS.all():
        seen = as_datetime(row["seen_at"])
        found.append(Worker(row["name"], as_datetime(row["began_at"]), seen, now - seen > MISSED))
    return found


async def run_again(one: Failed, *, by: User) -> None:
    """Has an event tried at once that rests after a failure; twice is as once."""
    async with transaction():
        if await _AGAIN.run(event=one.id):
            await record("event.run_again", by=by, event=one.id, event_name=one.name, error=one.error[:300])


async def run_all_again(*, by: User) -> int:
    """The same for all. :return: how many there were."""
    async with transaction():
        count = await _ALL_AGAIN.run()
        if count:
            await record("event.all_run_again", by=by, count=count)
    return count


def _failed(row: Mapping[str, Any]) -> Failed:
    data: Mapping[str, Any] = json.loads(row["data"])
    return Failed(
        **{name: row[name] for name in ("id", "name", "attempts", "error")},
        at=as_datetime(row["at"]),
        data=tuple((name, _readable(value)) for name, value in data.items()),
        person=row["person"] or "",
        company=row["company"] or "",
    )


def _readable(value: Any) -> str:
    """A value of an event: texts as they are, the rest as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
