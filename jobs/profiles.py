"""Letters about people's own data: what lets them in, and what their company is known by."""

from collections.abc import Callable
from dataclasses import replace

from app.accounts import links
from app.accounts.models import Assignment, Company, Person
from app.history.models import Event
from app.settings import Settings
from jobs import readers, registrations
from jobs.matters import Matter
from jobs.readers import Reader


async def person(event: Event) -> Matter:
    """Whoever changed what lets them in."""
    found = await Person.get(id=event.actor_id).select_related("company")
    return Matter(event, f"person.{found.id}", "/profile", found.company, person=found)


async def colleague(event: Event) -> Matter:
    """Whose access an administrator, or whoever runs the site, has changed."""
    found = await Person.get(id=event.data["person_id"]).select_related("company")
    return Matter(event, f"person.{found.id}", "/profile", found.company, person=found)


async def new_address(event: Event) -> Matter:
    """The same, with the link that confirms a new address."""
    return replace(await person(event), path="/profile/email/{secret}", secret=_token(event))


async def company(event: Event) -> Matter:
    """A company whose data were changed, among the partners."""
    found = await Company.get(id=event.company_id)
    return Matter(event, f"company.{found.id}", f"/desk/partners?q={found.inn}", found)


async def at_new_address(matter: Matter) -> list[Reader]:
    """The person at the address that they asked for; nobody when it is somebody's here, who asked for nothing."""
    address = matter.event.data["email"]
    if await Person.filter(email_key=address.casefold()).exists():
        return []
    return [replace(reader, email=address) for reader in await registrations.person(matter)]


async def at_both_addresses(matter: Matter) -> list[Reader]:
    """The person at the address that they had, and at the one that they have now."""
    data, found = matter.event.data, await registrations.person(matter)
    return [replace(reader, email=address) for reader in found for address in (data["was"], data["email"])]


async def own_manager(matter: Matter) -> list[Reader]:
    """The company's manager, if it has one who did not do it."""
    assigned = await Assignment.filter(company_id=matter.company_id).exists()
    found = await readers.managers(matter) if assigned else []
    return [reader for reader in found if reader.person_id != matter.event.actor_id]


def _token(event: Event) -> Callable[[Settings], str]:
    return lambda settings: links.token(settings, int(event.data["link_id"]))
