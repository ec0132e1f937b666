"""Who reads a letter, in which language and time zone. Nobody writes to people who are blocked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from app.accounts.models import BUYERS, PARTNERS, STAFF, Assignment, Person, Role
from jobs.matters import Matter


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of a letter; `person_id` is None for an address that belongs to nobody here."""

    person_id: int | None
    email: str
    language: str
    zone: ZoneInfo
    staff: bool


async def presentation_readers(matter: Matter) -> list[Reader]:
    """The person that a presentation is addressed to, else the owners and buyers of the company."""
    presentation = matter.presentation
    recipient = presentation.recipient if presentation else None
    if recipient and recipient.blocked_at is None:
        return _readers([recipient])
    return _readers(await Person.filter(company_id=matter.company_id, role__in=list(BUYERS)))


async def buyer(matter: Matter) -> list[Reader]:
    """The person who ordered."""
    return _readers([matter.order.person] if matter.order else [])


async def buyer_and_contact(matter: Matter) -> list[Reader]:
    """The person who ordered, and the order's contact address when it is another one."""
    found = await buyer(matter)
    order = matter.order
    if order and order.contact_email.casefold() != order.person.email.casefold():
        like = found[0] if found else _reader(order.person)
        found.append(replace(like, person_id=None, email=order.contact_email))
    return found


async def managers(matter: Matter) -> list[Reader]:
    """The order's manager, else the company's, else the author of the presentation, else all managers."""
    assigned = await Assignment.filter(company_id=matter.company_id).select_related("manager").first()
    candidates = [
        matter.order.manager if matter.order else None,
        assigned.manager if assigned else None,
        matter.presentation.author if matter.presentation else None,
    ]
    for candidate in candidates:
        if candidate and candidate.blocked_at is None and candidate.role in STAFF:
            return _readers([candidate])
    return _readers(await Person.filter(role=Role.MANAGER))


async def presentation_author(matter: Matter) -> list[Reader]:
    """Who made the presentation; managers when they have left."""
    return _readers([matter.presentation.author] if matter.presentation else []) or await managers(matter)


async def other_side(matter: Matter) -> list[Reader]:
    """Whom a comment is said to: staff when a partner wrote it, else the person whose order or presentation it is."""
    if matter.comment and matter.comment.author.role in PARTNERS:
        return await managers(matter)
    return await (buyer(matter) if matter.order else presentation_readers(matter))


def _readers(people: Iterable[Person]) -> list[Reader]:
    return [_reader(person) for person in people if person.blocked_at is None]


def _reader(person: Person) -> Reader:
    zone = ZoneInfo(person.timezone)
    return Reader(person.id, person.email, person.language, zone, person.role in STAFF)
