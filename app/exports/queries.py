"""Reading price lists: those of a company, what can be chosen, and whose a token is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.accounts.user import User
from app.database import Sql, as_datetime
from app.errors import NotFound
from app.exports.models import KEPT, PriceList, PriceListToken

SHOWN = 20
MOST_TOKENS = 20  # of a company

_BRANDS = Sql(
    """
    SELECT b.id, b.name, COUNT(*) AS count FROM brand b JOIN product p ON p.brand_id = b.id
    WHERE NOT b.hidden AND p.discontinued_at IS NULL GROUP BY b.id, b.name ORDER BY b.name
    """
)
_CATEGORIES = Sql(
    """
    SELECT k.id, k.name, COALESCE(g.name, k.name) AS above, COUNT(*) AS count
    FROM category k JOIN product p ON p.category_id = k.id LEFT JOIN category g ON g.id = k.parent_id
    WHERE NOT k.hidden AND p.discontinued_at IS NULL
    GROUP BY k.id, k.name, k.position, g.id, g.name, g.position
    ORDER BY COALESCE(g.position, k.position), COALESCE(g.id, k.id), k.position, k.name
    """
)
_TOKENS = Sql(
    """
    SELECT t.id, t.name, t.created_at, t.last_used_at, p.name AS person, p.blocked_at
    FROM price_list_token t JOIN person p ON p.id = t.person_id
    WHERE t.company_id = :company AND t.revoked_at IS NULL ORDER BY t.id DESC
    """
)


@dataclass(frozen=True, slots=True)
class Named:
    """A brand or a category to choose, with the number of its products; `above` is the group of a category."""

    id: int
    name: str
    count: int
    above: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a price list can be narrowed to."""

    brands: Sequence[Named]
    categories: Sequence[Named]


@dataclass(frozen=True, slots=True)
class Token:
    """An address that holds; `last_used_at` is None for one that nobody has used yet, `dead`: its maker has left."""

    id: int
    name: str
    person: str
    created_at: datetime
    last_used_at: datetime | None
    dead: bool


async def listed(user: User) -> list[PriceList]:
    """The price lists that the reader's company asked for and that are still there, the last first."""
    kept = PriceList.filter(company_id=user.company, asked_at__gte=clock.now() - KEPT)
    return await kept.order_by("-id").limit(SHOWN).select_related("person")


async def price_list(user: User, number: int) -> PriceList:
    """One of them; raises NotFound."""
    kept = PriceList.filter(company_id=user.company, id=number, asked_at__gte=clock.now() - KEPT)
    found = await kept.select_related("person").first()
    if found is None:
        raise NotFound
    return found


async def offered() -> Offered:
    """All brands and categories with products that are sold."""
    brands = [Named(row["id"], row["name"], row["count"]) for row in await _BRANDS.all()]
    categories = [Named(row["id"], row["name"], row["count"], row["above"]) for row in await _CATEGORIES.all()]
    return Offered(brands, categories)


async def live_tokens(user: User) -> list[Token]:
    """The addresses of the reader's company that were not revoked, the newest first."""
    return [
        Token(
            row["id"],
            row["name"],
            row["person"],
            as_datetime(row["created_at"]),
            as_datetime(row["last_used_at"]),
            row["blocked_at"] is not None,
        )
        for row in await _TOKENS.all(company=user.company)
    ]


async def token(user: User, number: int) -> PriceListToken:
    """An address that holds, of the reader's company; raises NotFound."""
    found = await PriceListToken.get_or_none(id=number, company_id=user.company, revoked_at=None)
    if found is None:
        raise NotFound
    return found
