"""Sending at a time: a checked draft waits, can be taken back, and is sent by the worker with all checks made again."""

from datetime import datetime
from typing import Any

from app import clock
from app.accounts.models import Person, Role
from app.accounts.user import User
from app.database import Sql, transaction
from app.errors import NotFound, RuleBroken
from app.i18n import N_, gettext, speaking
from app.outbox import Knock, record
from app.presentations import draft_queries, drafts
from app.presentations.draft_queries import Draft
from app.presentations.drafts import Changes
from app.presentations.models import AlreadySent, Presentation, Version
from app.settings import Settings

_DUE = Sql(
    "SELECT id, send_at, send_by_id FROM presentation_version "
    "WHERE send_at <= :now AND sent_at IS NULL AND id > :after ORDER BY id LIMIT 1"
)
# Whoever takes it sends it; a recall and another worker find nothing to take.
_TAKE = Sql("UPDATE presentation_version SET send_at = NULL WHERE id = :id AND send_at <= :now AND sent_at IS NULL")
_GONE = N_("The partner is another manager's now, or the draft is gone")


async def schedule(draft: Draft, at: datetime, *, by: User, settings: Settings) -> None:
    """Leaves the saved draft to be sent at a moment (aware), if it could be sent now; it is no draft meanwhile.

    Raises AlreadySent, Scheduled, and RuleBroken with what is missing or for a moment that is past or too late.
    """
    if at <= clock.now():
        raise RuleBroken("This moment is past already: choose another, or send it now")
    if at >= clock.end_of_day(draft.valid_until, settings.timezone):
        raise RuleBroken("By then the offer would have expired: choose an earlier moment or a later last day")
    async with transaction():
        await drafts.lock(draft)
        await drafts.must_be_sendable(draft, by=by, settings=settings)
        await Version.filter(id=draft.version_id).update(send_at=at, send_by_id=by.id, not_sent="")
        about = {"presentation": draft.number, "version": draft.version, "title": draft.title}
        await record("presentation.scheduled", by=by, company=draft.company_id, **about, at=at.isoformat())


async def recall(draft: Draft, *, by: User) -> None:
    """Makes it a draft again, if it was not sent meanwhile. Done twice, it is done once.

    Raises AlreadySent, and NotFound for what was discarded.
    """
    async with transaction():
        await Presentation.select_for_update().get_or_none(id=draft.id)
        waiting = Version.filter(id=draft.version_id, sent_at=None, send_at__isnull=False)
        if await waiting.update(send_at=None, send_by_id=None):
            about = {"presentation": draft.number, "version": draft.version, "title": draft.title}
            await record("presentation.recalled", by=by, company=draft.company_id, **about)
            return
        version = await Version.get_or_none(id=draft.version_id)
        if version is None:  # taken back and discarded in another window
            raise NotFound
        if version.sent_at is not None:
            raise AlreadySent


async def send_next_due(settings: Settings, after: int = 0) -> int:
    """Sends the next draft whose time has come, or says why it cannot be sent; its id, 0 when there is none."""
    row = await _DUE.one(now=clock.now(), after=after)
    if row is None:
        return 0
    person = await Person.get(id=row["send_by_id"])
    with speaking(person.language):
        try:
            await _send(row["id"], person, settings)
        except RuleBroken as problem:
            await _give_up(row["id"], person, gettext(problem.message) % (problem.values or {}))
        except NotFound:
            await _give_up(row["id"], person, gettext(_GONE))
    return int(row["id"])


async def _send(version_id: int, person: Person, settings: Settings) -> None:
    async with transaction():
        if not await _TAKE.run(id=version_id, now=clock.now()):
            return
        by, version = _user(person), await Version.get(id=version_id).select_related("presentation")
        draft = await draft_queries.draft(by, version.presentation.number, settings)
        await drafts.send(draft, _as_saved(draft), by=by, settings=settings)


async def _give_up(version_id: int, person: Person, why: str) -> None:
    async with transaction():
        if not await _TAKE.run(id=version_id, now=clock.now()):
            return
        await Version.filter(id=version_id).update(not_sent=why[:500])
        version = await Version.get(id=version_id).select_related("presentation")
        offer = version.presentation
        about = {"presentation": offer.number, "version": version.number, "title": version.title, "reason": why}
        by = Knock(person.id, None, "", "")
        await record("presentation.sending_failed", by=by, company=offer.company_id, **about)


def _as_saved(draft: Draft) -> Changes:
    return Changes(draft.title, draft.greeting, draft.valid_until, draft.recipient_id, {})


def _user(person: Person) -> User:
    """Somebody of staff in whose name the worker acts; who may not sign in any more has nothing to send."""
    if person.blocked_at is not None:
        raise NotFound
    same: dict[str, Any] = {
        name: getattr(person, name) for name in ("id", "name", "login", "email", "phone", "timezone", "language")
    }
    nobodys: dict[str, Any] = {"company_id": None, "company_name": "", "company_city": "", "company_inn": ""}
    return User(**same, **nobodys, role=Role(person.role), default_discount=0, manager=None)
