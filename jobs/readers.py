"""Who reads a letter, in which language and time zone. Nobody writes to people who are blocked.

What people do not want to be written about (app/profile) they are not; the confirmation of an own order always comes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from app.accounts.absence import is_absent
from app.accounts.joining import Consent, ConsentKind
from app.accounts.models import BUYERS, PARTNERS, STAFF, Assignment, Person, Role
from app.orders.models import Order
from app.presentations.following import who_ordered
from app.threads.models import Comment
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
    """Whom a presentation is for and who wants letters of presentations; a promo: who has consented to such letters."""
    people = [person for person in await _addressed(matter) if person.wants_presentations]
    if matter.presentation and matter.presentation.promo:
        given = Consent.filter(kind=ConsentKind.PROMO, withdrawn_at__isnull=True)
        consented = {one.person_id for one in await given.filter(person_id__in=[one.id for one in people])}
        people = [person for person in people if person.id in consented]
    return _readers(people)


async def _addressed(matter: Matter) -> list[Person]:
    """The person that a presentation is addressed to, else the owners and buyers of the company."""
    recipient = matter.presentation.recipient if matter.presentation else None
    if recipient and recipient.blocked_at is None:
        return [recipient]
    return await Person.filter(company_id=matter.company_id, role__in=list(BUYERS))


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


async def buyers_of_merged(matter: Matter) -> list[Reader]:
    """Who ordered the two orders that became one, and their contacts."""
    other = await Order.get(number=matter.event.data["other"]).select_related("person")
    return await buyer_and_contact(matter) + await buyer_and_contact(replace(matter, order=other))


async def status_readers(matter: Matter) -> list[Reader]:
    """The same two, unless they do not want letters of statuses; the contact may be somebody known here as well."""
    found = []
    for reader in await buyer_and_contact(matter):
        wanted = await Person.filter(email_key=reader.email.casefold()).values_list("wants_statuses", flat=True)
        found += [reader] if all(wanted) else []
    return found


async def managers(matter: Matter) -> list[Reader]:
    """The order's or ticket's manager, else the company's, else the author of the presentation, else all managers."""
    assigned = await Assignment.filter(company_id=matter.company_id).select_related("manager").first()
    candidates = [
        matter.order.manager if matter.order else None,
        matter.ticket.manager if matter.ticket else None,
        assigned.manager if assigned else None,
        matter.presentation.author if matter.presentation else None,
    ]
    for candidate in candidates:
        if candidate and candidate.blocked_at is None and candidate.role in STAFF:
            return _readers(await with_substitute(candidate))
    return _readers(await Person.filter(role=Role.MANAGER))


async def with_substitute(person: Person) -> list[Person]:
    """Somebody of the staff, and while they are away who stands in for them."""
    if not is_absent(person) or person.substitute_id is None:
        return [person]
    return [person, await Person.get(id=person.substitute_id)]


async def other_managers(matter: Matter) -> list[Reader]:
    """All managers but the one who did it."""
    return _readers(await Person.filter(role=Role.MANAGER).exclude(id=matter.event.actor_id or 0))


async def colleague(matter: Matter) -> list[Reader]:
    """The other one of the two between whom an order passes; both when a third one did it. And who stands in."""
    passing = matter.handover
    people = [passing.giver, passing.taker] if passing else []
    concerned = [substitute for person in people for substitute in await with_substitute(person)]
    return _readers(person for person in concerned if person.id != matter.event.actor_id)


async def presentation_sender(matter: Matter) -> list[Reader]:
    """In whose name a draft was to be sent; managers when they have left; nobody when the draft was discarded."""
    if matter.version is None:
        return []
    sender = matter.version.send_by
    return _readers([sender] if sender else []) or await managers(matter)


async def presentation_not_ordered(matter: Matter) -> list[Reader]:
    """Whom a presentation is for, but those who have ordered from this version of it."""
    ordered = await who_ordered(matter.version.id) if matter.version else set()
    return [reader for reader in await presentation_readers(matter) if reader.person_id not in ordered]


async def other_side(matter: Matter) -> list[Reader]:
    """Whom a comment is said to: staff when a partner wrote it, else whose order, presentation or ticket it is."""
    if matter.comment and matter.comment.author.role in PARTNERS:
        return await managers(matter)
    if matter.ticket:
        return await ticket_writers(matter)
    people = [matter.order.person] if matter.order else await _addressed(matter)
    return _readers(person for person in people if person.wants_comments)


async def new_ticket_manager(matter: Matter) -> list[Reader]:
    """Who has the ticket now, unless they gave it to themselves."""
    manager = matter.ticket.manager if matter.ticket else None
    return _readers([manager] if manager and manager.id != matter.event.actor_id else [])


async def ticket_writers(matter: Matter) -> list[Reader]:
    """Those of the company who have written in the ticket, its opener among them, and want letters of comments."""
    written = Comment.filter(thread__ticket_id=matter.ticket.id if matter.ticket else 0)
    authors = await written.distinct().values_list("author_id", flat=True)
    wanting = Person.filter(id__in=authors, role__in=list(PARTNERS), wants_comments=True)
    return _readers(await wanting.order_by("id"))


async def ticket_writers_of_staff(matter: Matter) -> list[Reader]:
    """The same, of what staff did to the ticket; nobody when a partner did it."""
    actor = await Person.get(id=matter.event.actor_id)
    return await ticket_writers(matter) if actor.role in STAFF else []


def of(people: Iterable[Person]) -> list[Reader]:
    """Those of the people who are not blocked."""
    return _readers(people)


def _readers(people: Iterable[Person]) -> list[Reader]:
    return [_reader(person) for person in people if person.blocked_at is None]


def _reader(person: Person) -> Reader:
    zone = ZoneInfo(person.timezone)
    return Reader(person.id, person.email, person.language, zone, person.role in STAFF)
