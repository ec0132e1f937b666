"""Letters about terms beyond a manager's limit: the request to administrators, the decision to the manager."""

from zoneinfo import ZoneInfo

from app.accounts.models import Person, Role
from app.history.models import Event
from app.presentations.models import Approval
from jobs.matters import Matter
from jobs.readers import Reader


async def matter(event: Event) -> Matter:
    """The draft that a request is about; the link leads administrators to the request, the manager to the draft."""
    number, approval_id = int(event.data["presentation"]), int(event.data["approval"])
    approval = await Approval.get_or_none(id=approval_id).select_related("version__presentation__company", "author")
    asked = event.name == "presentation.approval_asked"
    if approval is None:  # asked anew meanwhile: the new request has a letter of its own
        return Matter(event, f"approval.{number}", "/desk/presentations/approvals", None)
    return Matter(
        event=event,
        root=f"approval.{number}",
        path=f"/desk/presentations/approvals/{approval.id}" if asked else f"/desk/presentations/{number}",
        company=approval.version.presentation.company,
        presentation=approval.version.presentation,
        version=approval.version,
        person=approval.author,
    )


async def administrators(matter: Matter) -> list[Reader]:
    """All who may decide; nobody when the request is gone."""
    if matter.version is None:
        return []
    return [_reader(one) for one in await Person.filter(role=Role.ADMINISTRATOR, blocked_at=None).order_by("id")]


async def author(matter: Matter) -> list[Reader]:
    """Who asked."""
    return [_reader(matter.person)] if matter.person and matter.person.blocked_at is None else []


def _reader(person: Person) -> Reader:
    return Reader(person.id, person.email, person.language, ZoneInfo(person.timezone), staff=True)
