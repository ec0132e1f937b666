"""Letters of registrations and of passwords: to newcomers, to those who let them in, and to whoever is known."""

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from app.accounts import links
from app.accounts.joining import OneTimeLink, Registration
from app.accounts.models import STAFF, Company, Person, Role
from app.history.models import Event
from app.settings import Settings
from jobs import readers
from jobs.matters import Matter
from jobs.readers import Reader


async def asked(event: Event) -> Matter:
    """A registration, and the link that confirms its address."""
    return await _registration(event, "/registration/confirmation/{secret}", secret=_token(event))


async def known(event: Event) -> Matter:
    """A registration with an address that is known: the letter leads to the sign-in page."""
    return await _registration(event, "/sign-in")


async def arrived(event: Event) -> Matter:
    """A company that has registered, among the partners."""
    return await _registration(event, "/desk/partners?q={inn}")


async def put_forward(event: Event) -> Matter:
    """Somebody who waits for the company that they work for, among its people."""
    return await _registration(event, "/people")


async def put_forward_to_staff(event: Event) -> Matter:
    """The same, for a company without an owner."""
    return await _registration(event, "/desk/partners?q={inn}")


async def decided(event: Event) -> Matter:
    """A registration that was accepted or declined."""
    return await _registration(event, "/sign-in" if event.name == "registration.accepted" else "/catalogue")


async def forgotten(event: Event) -> Matter:
    """The link to a new password; `person` is None when there is nobody to write to."""
    link = await OneTimeLink.get(id=event.data["link_id"]).select_related("person__company")
    path = "/forgotten-password/{secret}"
    return Matter(event, f"password.{link.id}", path, _company(link.person), secret=_token(event), person=link.person)


async def password_changed(event: Event) -> Matter:
    """Whose password was changed."""
    person = await Person.get_or_none(id=event.data.get("person_id")).select_related("company")
    return Matter(event, f"password.{event.id}", "/forgotten-password", _company(person), person=person)


async def newcomer(matter: Matter) -> list[Reader]:
    """The address of a registration, when it is nobody's here."""
    registration = _of(matter)
    return [] if await _known(registration) else [_reader(registration)]


async def known_person(matter: Matter) -> list[Reader]:
    """Whose the address of a registration is, when it is somebody's."""
    person = await _known(_of(matter))
    return _people([person] if person else [])


async def owners(matter: Matter) -> list[Reader]:
    """The owners of the company that somebody wants to join."""
    return _people(await Person.filter(company_id=matter.company_id, role=Role.OWNER))


async def staff_for_owners(matter: Matter) -> list[Reader]:
    """The company's manager, or all of them, when there is no owner to be asked."""
    return [] if await owners(matter) else await readers.managers(matter)


async def applicant(matter: Matter) -> list[Reader]:
    """Who was let in, or was not."""
    return [_reader(_of(matter))]


async def person(matter: Matter) -> list[Reader]:
    """The person that the letter is about."""
    return _people([matter.person] if matter.person else [])


async def _registration(event: Event, path: str, *, secret: Callable[[Settings], str] | None = None) -> Matter:
    found = await Registration.get(id=event.data["registration"]).select_related("company", "person")
    path = path.replace("{inn}", found.inn)
    return Matter(event, f"registration.{found.id}", path, found.company, secret=secret, registration=found)


def _token(event: Event) -> Callable[[Settings], str]:
    return lambda settings: links.token(settings, int(event.data["link_id"]))


def _of(matter: Matter) -> Registration:
    if matter.registration is None:
        raise TypeError("this letter is about no registration")
    return matter.registration


async def _known(registration: Registration) -> Person | None:
    return await Person.get_or_none(email_key=registration.email_key)


def _people(found: Iterable[Person]) -> list[Reader]:
    return [
        Reader(one.id, one.email, one.language, ZoneInfo(one.timezone), one.role in STAFF)
        for one in found
        if one.blocked_at is None
    ]


def _reader(registration: Registration) -> Reader:
    zone = ZoneInfo(registration.timezone)
    return Reader(registration.person_id, registration.email, registration.language, zone, staff=False)


def _company(person: Person | None) -> Company | None:
    return person.company if person else None
