"""The outbox: an event is a row, written in the transaction of the change that it tells of (PRODUCT rule 11).

After the commit the relay is nudged. A nudge may be lost, the row is not: the worker sweeps for what was missed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from app import clock, unread
from app.accounts.user import User
from app.database import on_commit
from app.history.models import Event

nudge: Callable[[], None] = lambda: None  # noqa: E731 - set by the web process to wake the relay


def set_nudge(wake: Callable[[], None]) -> None:
    """Says how this process wakes the relay: a call that returns at once and never raises."""
    global nudge
    nudge = wake


class Actor(Protocol):
    """Who did it, from which address, in which request: a User, or a Knock before there is one."""

    @property
    def id(self) -> int | None: ...
    @property
    def company_id(self) -> int | None: ...
    @property
    def ip(self) -> str: ...
    @property
    def request_id(self) -> str: ...
    @property
    def is_staff(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody at the door who is not let in yet; `id` is None for one who is not known."""

    id: int | None
    company_id: int | None
    ip: str
    request_id: str

    @property
    def is_staff(self) -> bool:
        """Whether they work for the distributor."""
        return self.company_id is None


async def record(name: str, /, *, by: Actor | None, company: int | None = None, **data: Any) -> Event:
    """Writes event `name` by somebody (None: the site itself) about a company's affairs; call it last in an action.

    `company` is needed when staff work for one. A manager who acts for a partner is the actor, and the partner stands
    in the data as `for`. `data` is JSON: ids, numbers and words for the history, kopecks for sums.
    Who hears of it: jobs/subscriptions.py; who has something new to look at: app/unread.py.
    """
    whose = company if company is not None else (by.company_id if by else None)
    deputy = by.deputy if isinstance(by, User) else None
    if isinstance(by, User) and deputy:
        data["for"] = {"id": by.id, "name": by.name}
    event = await Event.create(
        name=name,
        at=clock.now(),
        company_id=whose,
        actor_id=deputy.id if deputy else by.id if by else None,
        ip=by.ip if by else "",
        request_id=by.request_id if by else "",
        data=data,
    )
    if by and by.id is not None:
        await unread.mark(name, data, company=whose, by=deputy.id if deputy else by.id, by_staff=by.is_staff)
    if deputy:  # for the partner too it is news
        await unread.mark(name, data, company=whose, by=deputy.id, by_staff=True)
    on_commit(lambda: nudge())
    return event
