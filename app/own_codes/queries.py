"""Reading a company's own codes, and which products a pasted list of them means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.user import User
from app.catalogue.matches import keys_of
from app.catalogue.models import article_key
from app.database import Sql
from app.errors import NotFound
from app.i18n import gettext as _
from app.own_codes.models import OwnCode

PAGE = 100
MOST_ROWS = 1000  # of a pasted list
LONGEST = 80

_LIST = Sql(
    """
    SELECT o.id, o.code, p.id AS product_id, p.article, b.name AS brand, p.name, a.name AS author,
           p.discontinued_at IS NOT NULL AS discontinued
    FROM own_code o JOIN product p ON p.id = o.product_id JOIN brand b ON b.id = p.brand_id
    JOIN person a ON a.id = o.author_id
    WHERE o.company_id = :company AND o.key >= :from_key AND (:start = '' OR o.key < :start_top) AND o.key > :after
    ORDER BY o.key LIMIT :limit
    """
)
_COUNT = Sql("SELECT COUNT(*) AS count FROM own_code WHERE company_id = :company")
_PRODUCTS = Sql(
    """
    SELECT p.id, p.article_key, p.article, b.name AS brand FROM product p JOIN brand b ON b.id = p.brand_id
    WHERE p.article_key IN :keys ORDER BY p.discontinued_at IS NOT NULL, p.id
    """
)
_APART = re.compile(r"\t+|;|\s*=\s*|\s+[—–-]+\s+|\s*→\s*|,\s+|\s{2,}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A code with its product."""

    id: int
    code: str
    key: str
    product_id: int
    article: str
    brand: str
    name: str
    author: str
    discontinued: bool


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row of a list that means no product, and why."""

    row: str
    reason: str


async def listed(user: User, q: str = "", after: str = "") -> tuple[list[Listed], str]:
    """A page of the company's codes that begin with `q`, by code, and the key of the next page (empty: none)."""
    start = article_key(q)
    values = {"from_key": start, "start": start, "start_top": start + "\U0010ffff", "after": after}
    rows = await _LIST.all(company=user.company, limit=PAGE + 1, **values)
    shown = [
        Listed(**{**row, "discontinued": bool(row["discontinued"]), "key": article_key(row["code"])})
        for row in rows[:PAGE]
    ]
    return shown, shown[-1].key if len(rows) > PAGE else ""


async def count(user: User) -> int:
    """How many codes the company has."""
    return int(await _COUNT.value(company=user.company))


async def code(user: User, number: int) -> OwnCode:
    """A code of the reader's company; raises NotFound."""
    found = await OwnCode.get_or_none(id=number, company_id=user.company)
    if found is None:
        raise NotFound
    return found


async def meant(text: str) -> tuple[dict[str, int], list[Unclear]]:
    """The products of a list with a code and an article in each row, and the rows that mean none.

    An article that several brands have is told apart by the brand's name behind it.
    """
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    pairs = {row: _pair(row) for row in rows}
    keys = {key for pair in pairs.values() if pair for text in (pair[1], _first(pair[1])) for key in keys_of(text)}
    products = await _PRODUCTS.all(keys=sorted(keys)) if keys else []
    codes: dict[str, int] = {}
    unclear: list[Unclear] = []
    for row, pair in pairs.items():
        found = _found(pair[1], products) if pair else []
        if pair and len(found) == 1:
            codes[pair[0]] = found[0]
        else:
            unclear.append(Unclear(row, _why(pair, len(found))))
    return codes, unclear


def _pair(row: str) -> tuple[str, str] | None:
    parts = [part.strip() for part in _APART.split(row, maxsplit=1)]
    if len(parts) < 2:
        parts = row.split(maxsplit=1)
    if len(parts) < 2 or not article_key(parts[0]) or len(parts[0]) > LONGEST or not article_key(parts[1]):
        return None
    return parts[0], parts[1]


def _found(text: str, products: Sequence[dict[str, object]]) -> list[int]:
    """The products of just this article; of several the ones whose brand is named too."""
    for wanted in (text, _first(text)):
        alike = [one for one in products if one["article_key"] in keys_of(wanted)]
        named = [one for one in alike if str(one["brand"]).casefold() in text.casefold()]
        if alike:
            return [int(str(one["id"])) for one in (named if len(alike) > 1 and named else alike)]
    return []


def _first(text: str) -> str:
    return _APART.split(text, maxsplit=1)[0].split()[0] if text.split() else ""


def _why(pair: tuple[str, str] | None, products: int) -> str:
    if pair is None:
        return _("Write your code and the article of the product, divided by a tab, a semicolon or =")
    if products > 1:
        return _("Several brands have this article: write the brand behind it")
    return _("There is no product with this article")
