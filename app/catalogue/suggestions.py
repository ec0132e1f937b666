"""What a search finds while it is being typed: few products, by few statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.user import User
from app.catalogue.search import find
from app.database import Sql

SHOWN = 6  # products

_SUGGESTED = Sql(
    """
    SELECT p.id, p.article, p.name, b.name AS brand, p.discontinued_at IS NOT NULL AS discontinued
    FROM product p JOIN brand b ON b.id = p.brand_id WHERE p.id IN :ids
    """
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product that a search which is being typed may mean."""

    id: int
    article: str
    name: str
    brand: str
    discontinued: bool


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a search finds while it is being typed, best first. `q` is as typed, `text` as it was understood."""

    q: str
    text: str = ""
    products: Sequence[Suggestion] = ()
    nearly: bool = False


async def suggested(user: User | None, q: str) -> Suggested:
    """The first products that a search finds, by few statements: it is asked at each letter."""
    found = await find(q, company=(user.company_id or 0) if user else 0, limit=SHOWN)
    rows = {row["id"]: row for row in await _SUGGESTED.all(ids=found.ids)} if found.ids else {}
    ordered = [rows[one] for one in found.ids if one in rows]
    products = [Suggestion(**{**row, "discontinued": bool(row["discontinued"])}) for row in ordered]
    return Suggested(q, found.text, products, found.nearly)
