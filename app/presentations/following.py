"""What is done with a sent version: it is withdrawn, and its readers are reminded of it, by hand or by itself."""

from datetime import timedelta

from app import clock
from app.accounts.models import Person
from app.accounts.user import User
from app.database import Sql, transaction
from app.errors import RuleBroken
from app.outbox import Actor, record
from app.presentations.models import Presentation, Version
from app.presentations.ordered import COUNTED, ORDERED
from app.settings import Settings

DAYS = (1, 2, 3, 5, 7)  # before the last one, that a reminder by itself can be chosen for
FROM_HOUR = 9  # of the distributor: nobody is reminded at night

_WHO_ORDERED = Sql(
    f"""
    SELECT DISTINCT o.person_id FROM presentation_line l
    JOIN order_line g ON g.presentation_line_id = l.id {COUNTED} WHERE l.version_id = :version
    """  # noqa: S608 - constant text
)
_REMIND = Sql(
    """
    INSERT INTO presentation_reminder (version_id, by_id, day, at) VALUES (:version, :person, :day, :at)
    ON CONFLICT (version_id, day) DO NOTHING
    """
)
# Nobody of the company has ordered, and it was not reminded by itself before; a reminder by hand today is enough, too.
_DUE = Sql(
    f"""
    SELECT v.id, v.remind_days, v.valid_until, n.number, n.company_id, v.number AS version, v.title
    FROM presentation_version v JOIN presentation n ON n.id = v.presentation_id
    WHERE v.remind_days IS NOT NULL AND v.remind_days = :days AND v.valid_until >= :today AND v.valid_until <= :last
      AND v.sent_at IS NOT NULL AND v.replaced_at IS NULL AND v.withdrawn_at IS NULL AND v.id > :after
      AND NOT EXISTS (SELECT 1 FROM presentation_reminder r
                      WHERE r.version_id = v.id AND (r.by_id IS NULL OR r.day = :today))
      AND NOT {ORDERED}
    ORDER BY v.id LIMIT 1
    """  # noqa: S608 - constant text
)


async def withdraw(version_id: int, reason: str, *, by: User) -> None:
    """Takes an offer back, with a reason that its readers see; orders stay. Done twice it is done once.

    Raises RuleBroken for a version that was replaced.
    """
    async with transaction():
        version, offer = await _lock(version_id)
        if version.replaced_at is not None:
            raise RuleBroken("This version was replaced by a newer one: withdraw that one")
        if version.withdrawn_at is None:
            await Version.filter(id=version_id).update(withdrawn_at=clock.now(), withdrawal=reason)
            about = {"presentation": offer.number, "version": version.number, "title": version.title}
            await record("presentation.withdrawn", by=by, company=offer.company_id, **about, reason=reason)


async def remind(version_id: int, *, by: User, settings: Settings) -> None:
    """Writes once more to those who have not ordered: once a day. Raises RuleBroken when that cannot be."""
    async with transaction():
        version, offer = await _lock(version_id)
        today = clock.today(settings.timezone)
        if version.replaced_at or version.withdrawn_at or version.valid_until < today:
            raise RuleBroken("The offer does not hold any more: there is nothing to remind of")
        if not await _not_ordered(offer, version_id):
            raise RuleBroken("Everybody whom it was sent to has ordered")
        if not await _remind(version_id, offer, version, by, settings):
            raise RuleBroken("They were reminded today already: once a day is enough")


async def choose_reminder(version_id: int, days: int | None, *, by: User) -> None:
    """A reminder goes out by itself so many days before the last one; None: none does."""
    async with transaction():
        version, offer = await _lock(version_id)
        if version.remind_days != days:
            await Version.filter(id=version_id).update(remind_days=days)
            about = {"presentation": offer.number, "version": version.number, "was": version.remind_days, "days": days}
            await record("presentation.reminder_chosen", by=by, company=offer.company_id, **about)


async def remind_next_due(settings: Settings, days: int, after: int = 0) -> int:
    """Reminds of the next version whose choice was `days`, if it is time; its id, 0 when there is none."""
    now = clock.now().astimezone(settings.timezone)
    if now.hour < FROM_HOUR:
        return 0
    today = now.date()
    row = await _DUE.one(days=days, today=today, last=today + timedelta(days=days), after=after)
    if row is None:
        return 0
    async with transaction():
        version, offer = await _lock(row["id"])
        if version.withdrawn_at is None and version.replaced_at is None:
            await _remind(version.id, offer, version, None, settings)
    return int(row["id"])


async def who_ordered(version_id: int) -> set[int]:
    """The ids of people who ordered something of a version; a cancelled order is none."""
    return {row["person_id"] for row in await _WHO_ORDERED.all(version=version_id)}


async def _lock(version_id: int) -> tuple[Version, Presentation]:
    version = await Version.get(id=version_id)
    offer = await Presentation.select_for_update().get(id=version.presentation_id)
    return await Version.get(id=version_id), offer


async def _not_ordered(offer: Presentation, version_id: int) -> bool:
    """Whether somebody is left to write to."""
    people = Person.filter(company_id=offer.company_id, blocked_at=None, role__in=["owner", "buyer"])
    if offer.recipient_id is not None:
        people = Person.filter(id=offer.recipient_id, blocked_at=None)
    return bool({one.id for one in await people} - await who_ordered(version_id))


async def _remind(version_id: int, offer: Presentation, version: Version, by: Actor | None, settings: Settings) -> bool:
    """Records a reminder; False when there was one today."""
    person = by.id if by else None
    values = {"version": version_id, "person": person, "day": clock.today(settings.timezone), "at": clock.now()}
    if not await _REMIND.run(**values):
        return False
    about = {"presentation": offer.number, "version": version.number, "title": version.title}
    await record("presentation.reminded", by=by, company=offer.company_id, **about)
    return True
