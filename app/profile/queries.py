"""What stands on the page «Информация»: the person with their company, devices, own sign-ins."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from app import clock
from app.accounts.joining import Consent, ConsentKind, OneTimeLink, Purpose
from app.accounts.models import Person, Session
from app.accounts.user import User
from app.database import Sql, as_datetime
from app.errors import NotFound
from app.profile import agents
from app.settings import Settings

SIGN_INS = 20
DEVICES = 50

# Two short walks along an index: whoever has a million other entries waits no longer.
_LATEST = """
    SELECT id, at, ip, action FROM (
        SELECT id, at, ip, action FROM history_entry
        WHERE {of} AND actor_id = :person AND action = '{action}' ORDER BY id DESC LIMIT :limit
    ) AS {name}
"""


def _sign_ins(of: str) -> Sql:
    let_in = _LATEST.format(of=of, action="person.signed_in", name="let_in")
    refused = _LATEST.format(of=of, action="person.sign_in_failed", name="refused")
    return Sql(f"{let_in} UNION ALL {refused} ORDER BY id DESC LIMIT :limit")


_OF_PARTNER, _OF_STAFF = _sign_ins("company_id = :company"), _sign_ins("company_id IS NULL")


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that is signed in. `seen_at` is when it was last used, to the minute; `here` is the one in use."""

    id: int
    words: str
    ip: str
    seen_at: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in of one's own, or an attempt that failed."""

    at: datetime
    ip: str
    failed: bool


async def person(user: User) -> Person:
    """The person as they are in the database now, with their company."""
    return await Person.get(id=user.id).select_related("company")


async def new_address(user: User) -> str:
    """The address that waits to be confirmed, or the empty text."""
    waiting = OneTimeLink.filter(
        purpose=Purpose.EMAIL, person_id=user.id, used_at__isnull=True, expires_at__gt=clock.now()
    )
    link = await waiting.order_by("-id").first()
    return link.email if link else ""


async def promo(user: User) -> Consent | None:
    """The consent to promotional letters, unless it is withdrawn or was never given."""
    given = Consent.filter(person_id=user.id, kind=ConsentKind.PROMO, withdrawn_at__isnull=True)
    return await given.order_by("-id").first()


async def devices(user: User, settings: Settings) -> list[Device]:
    """Where the person is signed in, this one first, then as they were used last; at most DEVICES."""
    rows = await open_sessions(user, settings).order_by("-seen_at", "-id").limit(DEVICES)
    found = [
        Device(row.id, agents.in_words(row.user_agent), row.ip, row.seen_at, row.id == user.session_id) for row in rows
    ]
    return sorted(found, key=lambda device: not device.here)


async def device(user: User, session_id: int, settings: Settings) -> Session:
    """An open session of the reader's own, other than the one in use. Raises NotFound."""
    found = await open_sessions(user, settings).filter(id=session_id).exclude(id=user.session_id).first()
    if found is None:
        raise NotFound
    return found


def open_sessions(user: User, settings: Settings) -> QuerySet[Session]:
    """The person's sessions that still let somebody in: see app.web.sessions."""
    now = clock.now()
    staying = Q(stay=True, created_at__gt=now - timedelta(seconds=settings.session_stay))
    others = Q(
        stay=False,
        created_at__gt=now - timedelta(seconds=settings.session_absolute),
        seen_at__gt=now - timedelta(seconds=settings.session_idle),
    )
    return Session.filter(staying | others, person_id=user.id, ended_at__isnull=True)


async def sign_ins(user: User) -> list[SignIn]:
    """The person's own latest sign-ins and failures, newest first, from the history; at most SIGN_INS."""
    if user.company_id is None:
        rows = await _OF_STAFF.all(person=user.id, limit=SIGN_INS)
    else:
        rows = await _OF_PARTNER.all(person=user.id, company=user.company_id, limit=SIGN_INS)
    return [SignIn(as_datetime(row["at"]), row["ip"], row["action"] == "person.sign_in_failed") for row in rows]
