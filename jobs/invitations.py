"""Letters of invitations: to whoever is new here, or to an address that is somebody's elsewhere."""

from urllib.parse import quote
from zoneinfo import ZoneInfo

from app.accounts.invitations import one_time_password
from app.accounts.joining import Invitation
from app.accounts.models import STAFF, Person
from app.history.models import Event
from jobs.matters import Matter
from jobs.readers import Reader


async def matter(event: Event) -> Matter:
    """The invitation of an event: the letter says the login and the one-time password, and leads to the sign-in."""
    number: int = event.data["invitation_id"]
    invitation = await Invitation.get(id=number).select_related("person__company", "by")
    person, reachable = invitation.person, _is_reachable(invitation.person)
    return Matter(
        event=event,
        root=f"invitation.{person.id}",
        path=f"/sign-in?login={quote(person.login)}" if reachable else "/sign-in",
        company=person.company,
        secret=(lambda settings: one_time_password(settings, number)) if reachable else None,
        invitation=invitation,
    )


async def newcomer(matter: Matter) -> list[Reader]:
    """Who was invited, unless the invitation was withdrawn meanwhile."""
    return [_reader(one) for one in _expected(matter) if _is_reachable(one) and one.role not in STAFF]


async def colleague(matter: Matter) -> list[Reader]:
    """Who was invited to work for the distributor."""
    return [_reader(one) for one in _expected(matter) if one.role in STAFF]


async def known(matter: Matter) -> list[Reader]:
    """The address, when it is somebody's elsewhere. The letter is not kept with that person: it would tell of them."""
    return [_reader(one) for one in _expected(matter) if not _is_reachable(one)]


def _expected(matter: Matter) -> list[Person]:
    invitation = matter.invitation
    gone = invitation is None or invitation.withdrawn_at is not None or invitation.person.blocked_at is not None
    return [] if gone or invitation is None else [invitation.person]


def _reader(person: Person) -> Reader:
    return Reader(person.id, person.email, person.language, ZoneInfo(person.timezone), staff=False)


def _is_reachable(person: Person) -> bool:
    """Whether the address is the person's own here: see app.accounts.invitations.invite."""
    return person.email_key == person.email.casefold()
