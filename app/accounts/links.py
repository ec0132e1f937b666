"""One-time links: a row each, and a signed id of it in the letter. To read the page of a link does not use it up."""

from datetime import timedelta

from app import clock, tokens
from app.accounts.joining import OneTimeLink, Purpose
from app.settings import Settings

LASTS = {
    Purpose.REGISTRATION: timedelta(days=3),
    Purpose.PASSWORD: timedelta(hours=2),
    Purpose.EMAIL: timedelta(days=1),
}
_FOREVER = 10 * 365 * 86400  # the row says when it expires, not the signature


class DeadLink(Exception):
    """A link that opens nothing: cut off or foreign (`why` is "unknown"), "used" or "expired"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def new(
    purpose: Purpose, *, person: int | None = None, registration: int | None = None, email: str = ""
) -> OneTimeLink:
    """A new link; call it within the transaction that records its event."""
    now = clock.now()
    return await OneTimeLink.create(
        purpose=purpose,
        person_id=person,
        registration_id=registration,
        email=email,
        created_at=now,
        expires_at=now + LASTS[purpose],
    )


def token(settings: Settings, link_id: int) -> str:
    """What stands in the address of a link: made when the letter is written, kept nowhere."""
    return tokens.sign(settings, "link", str(link_id))


async def find(settings: Settings, purpose: Purpose, token: str) -> OneTimeLink:
    """The live link with this token. Raises DeadLink."""
    number = tokens.unsign(settings, "link", token, _FOREVER)
    link = await OneTimeLink.get_or_none(id=int(number), purpose=purpose) if number else None
    if link is None:
        raise DeadLink("unknown")
    if link.used_at is not None:
        raise DeadLink("used")
    if link.expires_at <= clock.now():
        raise DeadLink("expired")
    return link


async def use(link: OneTimeLink) -> None:
    """Uses the link up, in the transaction of what it does; of ten who do so at once one goes on.

    :raises DeadLink: somebody was quicker.
    """
    now = clock.now()
    fresh = OneTimeLink.filter(id=link.id, used_at__isnull=True, expires_at__gt=now)
    if not await fresh.update(used_at=now):
        raise DeadLink("used")


async def revoke(purpose: Purpose, *, person: int) -> None:
    """Uses up all links of a kind that a person still has: the newest one alone is to work."""
    await OneTimeLink.filter(purpose=purpose, person_id=person, used_at__isnull=True).update(used_at=clock.now())
