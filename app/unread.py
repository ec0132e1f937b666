"""What people have not seen yet of orders, presentations and tickets: a row for each person and thing.

Marked with the event that they should notice, in its transaction; gone when they look at the thing.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from tortoise import fields
from tortoise.models import Model

from app import clock
from app.accounts.models import Person
from app.database import DatabaseUnavailable, Sql
from app.history.subjects import subject


class Unread(Model):
    """`kind` and `number` name the thing (app.history.subjects), `since` is when the first unseen change was made."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="unread", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=20)
    number = fields.IntField()
    since = fields.DatetimeField()

    person_id: int

    class Meta:
        table = "unread"
        unique_together = (("person", "kind", "number"),)


# What the other side is to notice. What happens to a cart, or to people, is no news of a thing.
NEWS = frozenset(
    {"presentation.sent", "presentation.withdrawn"}
    | {"order.placed", "order.claimed", "order.status_changed", "comment.added"}
    | {"order.lines_changed", "order.merged", "order.step_undone", "order.released", "order.handed_over"}
    | {"ticket.opened", "ticket.closed"}
)

_MARK = """
    INSERT INTO unread (person_id, kind, number, since)
    SELECT p.id, :kind, :number, :now FROM person p
    WHERE p.blocked_at IS NULL AND p.id <> :by AND {whom}
    ON CONFLICT (person_id, kind, number) DO NOTHING
"""
_FOR_PARTNERS = Sql(_MARK.format(whom="p.company_id = :company"))
_FOR_MANAGERS = Sql(
    _MARK.format(
        whom="""p.id IN (
            SELECT manager_id FROM assignment WHERE company_id = :company
            UNION SELECT manager_id FROM orders WHERE number = :order
            UNION SELECT manager_id FROM ticket WHERE number = :ticket)"""
    )
)
# In a query about a thing with its number in {number}, for the person :person: since when it has something new.
SINCE = (
    "(SELECT u.since FROM unread u WHERE u.person_id = :person AND u.kind = '{kind}' AND u.number = {number}) AS since"
)
_SEEN = Sql("DELETE FROM unread WHERE person_id = :person AND kind = :kind AND number = :number")


_A_MOMENT = timedelta(seconds=5)  # an event is written last: what it tells of was made a little before


async def mark(event: str, data: Mapping[str, Any], *, company: int | None, by: int, by_staff: bool) -> None:
    """Marks the thing of an event for everybody on the other side, in the event's transaction."""
    if event not in NEWS or data.get("internal") or company is None:
        return
    kind, _, number = subject(data).partition(":")
    whom = _FOR_PARTNERS if by_staff else _FOR_MANAGERS
    things = {"order": data.get("order", 0), "ticket": data.get("ticket", 0)}
    await whom.run(kind=kind, number=int(number), now=clock.now() - _A_MOMENT, company=company, by=by, **things)


async def seen(person: int, kind: str, number: int) -> None:
    """The person has looked at a thing: nothing of it is new to them."""
    with suppress(DatabaseUnavailable):  # locked for writing: who only reads is not held up by it
        await _SEEN.run(person=person, kind=kind, number=number)
