"""Who of staff is writing an answer just now: a row for each person and thing, over by the clock and no history."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise import fields
from tortoise.models import Model

from app import clock
from app.accounts.models import Person
from app.accounts.user import User
from app.database import DatabaseUnavailable, Sql, as_datetime

WRITES_FOR = timedelta(minutes=1)  # after the last sign of life


class Writing(Model):
    """`kind` and `number` name the thing (app.history.subjects); `since` is when the answer was begun."""

    id = fields.IntField(primary_key=True)
    kind = fields.CharField(max_length=20)
    number = fields.IntField()
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="writings", on_delete=fields.RESTRICT
    )
    since = fields.DatetimeField()
    at = fields.DatetimeField()  # the last sign of life

    person_id: int

    class Meta:
        table = "writing"
        unique_together = (("kind", "number", "person"),)


@dataclass(frozen=True, slots=True)
class Writer:
    """A colleague at work on an answer."""

    id: int
    name: str
    since: datetime


# One that was silent for longer begins anew.
_NOTE = Sql(
    """
    INSERT INTO writing (kind, number, person_id, since, at) VALUES (:kind, :number, :person, :now, :now)
    ON CONFLICT (kind, number, person_id) DO UPDATE
       SET since = CASE WHEN writing.at < :past THEN excluded.since ELSE writing.since END, at = excluded.at
    """
)
_OTHERS = Sql(
    """
    SELECT w.person_id AS id, p.name, w.since FROM writing w JOIN person p ON p.id = w.person_id
    WHERE w.kind = :kind AND w.number = :number AND w.person_id <> :person AND w.at >= :past
    ORDER BY w.since, w.id LIMIT 5
    """
)
_END = Sql("DELETE FROM writing WHERE kind = :kind AND number = :number AND person_id = :person")


async def note(kind: str, number: int, *, by: User) -> None:
    """One of staff writes in the talk about a thing; of a partner nothing is noted."""
    if by.is_staff:
        now = clock.now()
        with suppress(DatabaseUnavailable):  # locked for writing: who only reads is not held up by it
            await _NOTE.run(kind=kind, number=number, person=by.id, now=now, past=now - WRITES_FOR)


async def others(kind: str, number: int, reader: User) -> Sequence[Writer]:
    """The colleagues who write there now, the first one first; none for a partner."""
    if not reader.is_staff:
        return ()
    rows = await _OTHERS.all(kind=kind, number=number, person=reader.id, past=clock.now() - WRITES_FOR)
    return tuple(Writer(row["id"], row["name"], as_datetime(row["since"])) for row in rows)


async def end(kind: str, number: int, *, by: User) -> None:
    """The answer is sent."""
    if by.is_staff:
        await _END.run(kind=kind, number=number, person=by.id)


async def mark(kind: str, number: int, reader: User) -> str:
    """What the state of a page says of the colleagues who write there: another one when they begin or end."""
    return "-".join(f"{one.id}w{one.since:%H%M}" for one in await others(kind, number, reader))
