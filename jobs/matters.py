"""What a letter is about: the rows behind an event, read when the letter is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app import money
from app.accounts.joining import Invitation, Registration
from app.accounts.models import Company, Person
from app.history.models import Event
from app.orders.handovers import Handover
from app.orders.models import Order, OrderLine
from app.presentations.models import Line, Presentation, Version
from app.settings import Settings
from app.threads.models import Comment
from app.tickets.models import Ticket

SHOWN_LINES = 3


@dataclass(frozen=True, slots=True)
class Offered:
    """The first lines of an order or of a presentation, and the sums of all of them in kopecks."""

    lines: list[Line] | list[OrderLine]
    count: int
    total: int
    saving: int
    vat: str  # see app.money.vat_word


@dataclass(frozen=True, slots=True)
class Matter:
    """What a letter tells of. `root` names the talk that it belongs to, `path` is where its one link leads.

    `company` is None for a letter to somebody who has none yet, or to staff about themselves. `secret` makes what
    nobody but the reader may see (a part of the link, or a one-time password: `secret` in the templates); it is
    derived from the site's secret, so that neither the event nor a sent letter keeps it.
    """

    event: Event
    root: str
    path: str
    company: Company | None
    secret: Callable[[Settings], str] | None = None
    order: Order | None = None
    presentation: Presentation | None = None
    ticket: Ticket | None = None
    version: Version | None = None
    comment: Comment | None = None
    offered: Offered | None = None
    handover: Handover | None = None
    invitation: Invitation | None = None
    registration: Registration | None = None
    person: Person | None = None

    @property
    def company_id(self) -> int:
        """The id of the company whose affair it is; raises TypeError when it is no company's."""
        if self.company is None:
            raise TypeError("this letter is about no company")
        return self.company.id


async def order(event: Event) -> Matter:
    """The order of an event, with the person who ordered, their company and its manager."""
    return await _order(event, int(event.data["order"]))


async def placed_order(event: Event) -> Matter:
    """An order with its lines."""
    number = int(event.data["order"])
    lines = await OrderLine.filter(order__number=number).order_by("position")
    return await _order(event, number, offered=_offered(lines))


async def handover(event: Event) -> Matter:
    """The order of a hand-over. Who does not get it does not see the order, and is led to the list."""
    about = await _order(event, int(event.data["order"]))
    passing = await Handover.get(id=event.data["handover_id"]).select_related("giver", "taker")
    refused = event.name == ("order.handover_declined" if passing.asked else "order.handover_withdrawn")
    return replace(about, handover=passing, path="/desk/orders" if refused else about.path)


async def presentation(event: Event) -> Matter:
    """The version of a presentation that an event tells of."""
    return await _presentation(event, int(event.data["presentation"]), version=int(event.data["version"]))


async def draft(event: Event) -> Matter:
    """A presentation whose draft an event tells of: the letter leads to where it is drafted."""
    number = int(event.data["presentation"])
    found = await Presentation.get_or_none(number=number).select_related("author", "recipient", "company")
    of_it = Version.filter(presentation__number=number, number=int(event.data["version"]))
    version = await of_it.select_related("send_by").first()
    if found is None or version is None:  # discarded meanwhile
        return Matter(event, f"presentation.{number}", "/desk/presentations", None)
    return Matter(
        event=event,
        root=f"presentation.{number}",
        path=f"/desk/presentations/{number}",
        company=found.company,
        presentation=found,
        version=version,
    )


async def sent_presentation(event: Event) -> Matter:
    """A sent version with its lines."""
    number, version = int(event.data["presentation"]), int(event.data["version"])
    lines = await Line.filter(version__presentation__number=number, version__number=version).order_by("position")
    return await _presentation(event, number, version=version, offered=_offered(lines))


async def comment(event: Event) -> Matter:
    """A comment with its author and line, and the order, presentation or ticket that it stands under."""
    said = await Comment.get(id=event.data["comment_id"]).select_related("author", "line")
    if event.data["on"] == "order":
        return await _order(event, int(event.data["order"]), comment=said)
    if event.data["on"] == "ticket":
        return await _ticket(event, comment=said)
    return await _presentation(event, int(event.data["presentation"]), comment=said)


async def ticket(event: Event) -> Matter:
    """The ticket of an event."""
    return await _ticket(event)


async def _ticket(event: Event, *, comment: Comment | None = None) -> Matter:
    number = int(event.data["ticket"])
    found = await Ticket.get(number=number).select_related("person", "manager", "company")
    path = f"/tickets/{number}{_place(comment)}"
    return Matter(event, f"ticket.{number}", path, found.company, ticket=found, comment=comment)


async def _order(
    event: Event, number: int, *, offered: Offered | None = None, comment: Comment | None = None
) -> Matter:
    order = await Order.get(number=number).select_related("person", "manager", "company")
    path = f"/orders/{number}{_place(comment)}"
    return Matter(event, f"order.{number}", path, order.company, order=order, offered=offered, comment=comment)


async def _presentation(
    event: Event,
    number: int,
    *,
    version: int | None = None,
    offered: Offered | None = None,
    comment: Comment | None = None,
) -> Matter:
    found = await Presentation.get(number=number).select_related("author", "recipient", "company")
    versions = Version.filter(presentation_id=found.id, sent_at__isnull=False)
    if version is not None:
        versions = versions.filter(number=version)
    return Matter(
        event=event,
        root=f"presentation.{number}",
        path=f"/presentations/{number}{_place(comment)}",
        company=found.company,
        presentation=found,
        version=await versions.order_by("-number").first(),
        offered=offered,
        comment=comment,
    )


def _place(comment: Comment | None) -> str:
    """The door of a comment, which leads to its place on the page: a bare #comment-4 is lost on the sign-in page."""
    return f"/comments/{comment.number}" if comment else ""


def _offered(lines: list[Line] | list[OrderLine]) -> Offered:
    every: Iterable[Line | OrderLine] = lines
    return Offered(
        lines=lines[:SHOWN_LINES],
        count=len(lines),
        total=sum(line.price * line.quantity for line in every),
        saving=sum(max(line.retail - line.price, 0) * line.quantity for line in every),
        vat=money.vat_word(line.vat_rate for line in every),
    )
