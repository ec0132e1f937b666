"""Letters about who takes care of a partner, and about discounts past a manager's limit."""

from dataclasses import replace

from app.accounts.models import PARTNERS, Company, Person, Role
from app.history.models import Event
from jobs import readers
from jobs.matters import Matter
from jobs.readers import Reader


async def for_partner(event: Event) -> Matter:
    """A partner's new manager, with their phone and address."""
    company = await Company.get(id=event.company_id)
    manager = await Person.get(id=event.data["manager_id"])
    return Matter(event, f"company.{company.id}", "/profile", company, person=manager)


async def for_staff(event: Event) -> Matter:
    """The partner's card."""
    company = await Company.get(id=event.company_id)
    return Matter(event, f"company.{company.id}", f"/desk/partners/{company.id}", company)


async def to_approve(event: Event) -> Matter:
    """The discounts that wait for an administrator."""
    return replace(await for_staff(event), path="/desk/discounts/approvals")


async def people(matter: Matter) -> list[Reader]:
    """Everybody of the company who has come in."""
    found = Person.filter(company_id=matter.company_id, role__in=list(PARTNERS), must_choose_password=False)
    return readers.of(await found.order_by("id"))


async def new_manager(matter: Matter) -> list[Reader]:
    """Who takes care of the partner now, unless they did it themselves."""
    return readers.of(await Person.filter(id=matter.event.data["manager_id"]).exclude(id=matter.event.actor_id))


async def administrators(matter: Matter) -> list[Reader]:
    """Who decides."""
    return readers.of(await Person.filter(role=Role.ADMINISTRATOR).order_by("id"))


async def who_asked(matter: Matter) -> list[Reader]:
    """The manager who asked for the discount."""
    return readers.of(await Person.filter(id=matter.event.data["asked_by"]))
