"""Searching the whole cabinet: a few orders, presentations, tickets, products and, for staff, partners.

Each as its reader may see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app import clock
from app.accounts.user import User
from app.catalogue import queries as catalogue
from app.catalogue.filters import SEARCH, Filters
from app.catalogue.lines import ProductLine
from app.catalogue.models import article_key
from app.catalogue.queries import Listing
from app.catalogue.search import find
from app.database import Sql
from app.desk import list_queries as desk
from app.desk.list_queries import Partner
from app.desk.presentations import keys as versions
from app.desk.scopes import SENT, scope
from app.orders import lists as orders
from app.orders.rows import Listed as Order
from app.orders.search import number_in
from app.presentations import lists as presentations
from app.search.layouts import retyped
from app.settings import Settings
from app.tickets import queries as tickets
from app.tickets.queries import Listed as Ticket

SHOWN = 6  # of each kind
NAMED = 50  # versions by their titles and partners; drafts and replaced ones, which are not shown, are among them

_SENT = """
    SELECT n.number, v.number AS version, v.title, c.name AS company
    FROM presentation_version v
    JOIN presentation n ON n.id = v.presentation_id
    JOIN company c ON c.id = n.company_id
    LEFT JOIN assignment s ON s.company_id = c.id
    WHERE v.sent_at IS NOT NULL AND v.replaced_at IS NULL AND {sent}
      AND (n.number = :wanted OR v.id IN :named OR EXISTS (
          SELECT 1 FROM presentation_line l WHERE l.version_id = v.id AND l.product_id IN :found))
    ORDER BY CASE WHEN n.number = :wanted THEN 0 ELSE 1 END, v.sent_at DESC LIMIT :limit
"""
_OF_STAFF = Sql(_SENT.format(sent=SENT))


@dataclass(frozen=True, slots=True)
class Offer:
    """A presentation that was found; `company` is told to staff. `exact`: it has the number that was looked for."""

    number: int
    version: int
    title: str
    company: str
    replaced: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a search finds, at most SHOWN of each kind; `more` names the kinds of which there is more.

    `listing` holds the first products, and how many there are. `q` is what was found in the end: as typed or retyped.
    `nearly`: these are products that are written almost so.
    """

    q: str
    orders: Sequence[Order] = ()
    offers: Sequence[Offer] = ()
    tickets: Sequence[Ticket] = ()
    partners: Sequence[Partner] = ()
    listing: Listing | None = None
    more: frozenset[str] = frozenset()
    nearly: bool = False

    @property
    def products(self) -> Sequence[ProductLine]:
        """The first products."""
        return self.listing.lines if self.listing else ()

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        return not self.groups

    @property
    def groups(self) -> list[str]:
        """The kinds that were found: those with exactly the number or the article that was typed stand first."""
        number, key = number_in(self.q), article_key(self.q)
        exact = {
            "products": any(article_key(one.article) == key for one in self.products),
            "orders": any(one.number == number for one in self.orders),
            "offers": any(one.exact for one in self.offers),
            "tickets": any(one.number == number for one in self.tickets),
            "partners": any(one.inn == self.q for one in self.partners),
        }
        kinds = [kind for kind in exact if getattr(self, kind)]
        return sorted(kinds, key=lambda kind: not exact[kind])


async def search(user: User, q: str, settings: Settings, *, literally: bool = False) -> Found:
    """What is found as it is typed; when that is nothing (and not `literally`), in the other keyboard layout, and then

    with typing mistakes mended, as far as products are concerned.
    """
    if not q:
        return Found(q)
    found = await _search(user, q, settings)
    other = "" if literally or not found.empty else retyped(q)
    again = await _search(user, other, settings) if other else found
    if literally or not again.empty:
        return again
    near = await catalogue.listing(user, SEARCH, Filters(q=q), settings)
    return replace(found, listing=replace(near, lines=near.lines[:SHOWN]), q=near.filters.q, nearly=near.nearly)


async def _search(user: User, q: str, settings: Settings) -> Found:
    more = set[str]()
    offers = await _offers_of_staff(user, q, settings) if user.is_staff else await _offers(user, q, settings)
    partners = (await desk.partners(user, q=q))[0] if user.is_staff else []
    listed, older = await tickets.listed(user, q=q)
    ordered, more_orders = await _orders(user, q)
    products = await catalogue.listing(user, SEARCH, Filters(q=q), settings, literally=True)
    more |= {"orders"} if more_orders else set()
    more |= {"offers"} if len(offers) > SHOWN else set()
    more |= {"partners"} if len(partners) > SHOWN else set()
    more |= {"tickets"} if len(listed) > SHOWN or older else set()
    number = number_in(q)
    return Found(
        q=q,
        orders=ordered[:SHOWN],
        offers=offers[:SHOWN],
        tickets=sorted(listed, key=lambda one: one.number != number)[:SHOWN],
        partners=partners[:SHOWN],
        listing=replace(products, lines=products.lines[:SHOWN]),
        more=frozenset(more),
    )


async def _orders(user: User, q: str) -> tuple[list[Order], bool]:
    if user.is_staff:
        found = await orders.found(user, q, limit=SHOWN + 1)
        return found, len(found) > SHOWN
    listed, older = await orders.listed(user, orders.Wanted(q=q), limit=SHOWN)
    return listed, bool(older)


async def _offers(user: User, q: str, settings: Settings) -> list[Offer]:
    number = number_in(q)
    rows, _ = await presentations.listed(user, settings, presentations.Wanted(q=q))
    found = [
        Offer(one.number, one.version, one.title, "", one.state == "replaced", one.number == number) for one in rows
    ]
    return sorted(found, key=lambda one: not one.exact)


async def _offers_of_staff(user: User, q: str, settings: Settings) -> list[Offer]:
    number = number_in(q)
    ids = (await find(q, literally=True)).ids
    today = clock.today(settings.timezone)
    named = await versions.keys(user, versions.WantedVersions(q=q), before=0, limit=NAMED, today=today)
    rows = await _OF_STAFF.all(found=ids, **scope(user), named=named, wanted=number, limit=SHOWN + 1)
    return [Offer(**row, replaced=False, exact=row["number"] == number) for row in rows]
