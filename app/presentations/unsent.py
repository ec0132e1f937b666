"""A draft as a whole, without what is in it: whose it is, who may take it over, and discarding it.

A draft stays with its author when the partner goes to another manager. The manager who has the partner then may take it
over or discard it: nobody else could, and a presentation has one draft at a time.
"""

from dataclasses import dataclass
from typing import Any

from app.accounts.user import User
from app.database import Sql, transaction
from app.errors import NotFound, RuleBroken
from app.outbox import record
from app.presentations import draft_queries
from app.presentations.draft_queries import COMPANIES, LEFT
from app.presentations.models import AlreadySent, Approval, Doubt, Line, Presentation, Version

_UNSENT = Sql(
    f"""
    SELECT n.id, n.number, n.company_id, c.name AS company, c.city, v.id AS version_id, v.number AS version, v.title,
           v.send_at, v.author_id, a.name AS author, CASE WHEN {LEFT} THEN 1 ELSE 0 END AS is_left,
           (SELECT COUNT(*) FROM presentation_line l WHERE l.version_id = v.id) AS lines,
           (SELECT COALESCE(SUM(l.price * l.quantity), 0) FROM presentation_line l WHERE l.version_id = v.id) AS total
    FROM presentation n
    JOIN presentation_version v ON v.presentation_id = n.id AND v.sent_at IS NULL
    JOIN person a ON a.id = v.author_id
    JOIN company c ON c.id = n.company_id
    LEFT JOIN assignment s ON s.company_id = n.company_id
    WHERE n.number = :number AND {COMPANIES}
    """  # noqa: S608 - constant text
)


@dataclass(frozen=True, slots=True)
class Unsent:
    """A draft of a presentation. `mine`: the reader may edit it; `left`: its author looks after the partner no more.

    `total` is of the lines as saved, in kopecks.
    """

    id: int
    number: int
    company_id: int
    company: str
    city: str
    version_id: int
    version: int
    title: str
    author_id: int
    author: str
    lines: int
    total: int
    scheduled: bool
    mine: bool
    left: bool


async def beside(user: User, number: int) -> Unsent | None:
    """The draft of a presentation to a partner whom the reader may write to, whoever drafts it."""
    row = await _UNSENT.one(number=number, person=user.id, everything=user.is_administrator)
    if row is None:
        return None
    row |= {"scheduled": row.pop("send_at") is not None, "left": bool(row.pop("is_left")), "total": int(row["total"])}
    return Unsent(**row, mine=user.is_administrator or row["author_id"] == user.id)


async def disposable(user: User, number: int) -> Unsent:
    """A draft that the reader may discard: their own, or one that was left. Raises AlreadySent, NotFound."""
    found = await beside(user, number)
    if found is None or not (found.mine or found.left):
        raise await draft_queries.none(user, number)
    return found


async def discard(draft: Unsent, *, by: User) -> None:
    """Deletes a draft with all that is in it, of a first version its presentation too; its number is not used again.

    Done twice it is done once. Raises AlreadySent, Scheduled.
    """
    async with transaction():
        version = await _lock(draft)
        if version is None:
            return
        version.must_be_draft()
        for rows in (Line, Doubt, Approval):
            await rows.filter(version_id=draft.version_id).delete()
        await Version.filter(id=draft.version_id).delete()
        if draft.version == 1:
            await Presentation.filter(id=draft.id).delete()
        was = {"was": draft.author, "lines": draft.lines, "total": draft.total}
        await record("presentation.draft_discarded", by=by, company=draft.company_id, **_about(draft), **was)


async def claim(draft: Unsent, *, by: User) -> None:
    """Makes a draft that was left the reader's; its author's sending at a time is called off.

    Done twice it is done once. Raises AlreadySent, NotFound, and RuleBroken when somebody else was quicker.
    """
    async with transaction():
        version = await _lock(draft)
        if version is None:
            raise NotFound
        if version.sent_at is not None:
            raise AlreadySent
        if version.author_id == by.id:
            return
        if version.author_id != draft.author_id:
            raise RuleBroken("Somebody else has taken over this draft")
        await Version.filter(id=version.id).update(author_id=by.id, send_at=None, send_by_id=None)
        if draft.version == 1:
            await Presentation.filter(id=draft.id).update(author_id=by.id)
        names: dict[str, Any] = {"was": draft.author, "author": by.name}
        await record("presentation.draft_claimed", by=by, company=draft.company_id, **_about(draft), **names)


async def _lock(draft: Unsent) -> Version | None:
    """The version, for this transaction alone; None when it was discarded."""
    await Presentation.select_for_update().get_or_none(id=draft.id)
    return await Version.get_or_none(id=draft.version_id)


def _about(draft: Unsent) -> dict[str, Any]:
    return {"presentation": draft.number, "version": draft.version, "title": draft.title}
