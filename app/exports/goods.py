"""What stands in a price list: all that is sold, in the catalogue's order, at a company's own prices of today.

The products are read piece by piece, and each piece goes into a digest: two lists of one digest say the same of every
product, whoever changed what meanwhile.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from time import thread_time
from typing import Any

from app import clock, money
from app.catalogue.prices import Discounts, Price, discounts_of_company
from app.catalogue.stock import PLENTY, stock_mark
from app.database import Sql, as_date
from app.i18n import gettext as _
from app.settings import Settings
from app.tokens import digest
from app.vat import vat_rates

PIECE = 250  # products that are in memory at once

_IDS = Sql(
    """
    SELECT p.id FROM product p
    JOIN brand b ON b.id = p.brand_id
    JOIN category k ON k.id = p.category_id
    LEFT JOIN category g ON g.id = k.parent_id
    WHERE p.discontinued_at IS NULL
      AND (:every_brand OR p.brand_id IN :brands) AND (:every_category OR p.category_id IN :categories)
    ORDER BY COALESCE(g.position, k.position), COALESCE(g.id, k.id), k.position, k.id, b.name, p.article, p.id
    """
)
_PIECE = Sql(
    """
    SELECT p.id, p.article, p.name, b.name AS brand, p.brand_id, k.name AS category, p.category_id, p.unit, p.pack,
           p.minimum, p.vat, p.retail, p.stock, p.restock_on
    FROM product p JOIN brand b ON b.id = p.brand_id JOIN category k ON k.id = p.category_id
    WHERE p.id IN :ids AND p.discontinued_at IS NULL
    """
)
_CATEGORIES = Sql("SELECT id, COALESCE(parent_id, 0) AS above, name FROM category ORDER BY position, id")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which products: ids of brands and of categories; none of a kind means all."""

    brands: Sequence[int] = ()
    categories: Sequence[int] = ()


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a company pays, and the VAT that holds today (None: without) by kind."""

    discounts: Discounts
    vat: Mapping[str, int | None]

    @property
    def digest(self) -> str:
        """The same for the same terms."""
        of = self.discounts
        parts = (of.by_brand, of.by_category, of.of_type, of.in_currency, self.vat)
        return digest(repr((of.default, *(sorted(part.items()) for part in parts))))

    def price(self, row: Mapping[str, Any]) -> Price:
        """What a product of a list costs the company."""
        return self.discounts.price(
            row["retail"], product_id=row["id"], brand_id=row["brand_id"], category_id=row["category_id"]
        )


@dataclass(slots=True)
class Goods:
    """The products of a list; `digest` stands for all of them once they were read to the end.

    `rest` is for a process that also answers pages: so long, times of its own work, it leaves the processor to them.
    """

    wanted: Wanted = ALL
    rest: float = 0.0
    _hash: Any = field(default_factory=hashlib.sha256)

    @property
    def digest(self) -> str:
        """The same for the same products in the same order."""
        return str(self._hash.hexdigest())

    async def pieces(self) -> AsyncIterator[list[dict[str, Any]]]:
        """The products in their order, with gaps for others to work in."""
        today, began = clock.distributor_today(), thread_time()
        ids = [row["id"] for row in await _IDS.all(**_asked(self.wanted))]
        for start in range(0, len(ids), PIECE):
            asked = ids[start : start + PIECE]
            found = {row["id"]: row for row in await _PIECE.all(ids=asked)}
            rows = [found[number] for number in asked if number in found]
            for row in rows:
                expected = as_date(row["restock_on"])
                row["restock_on"] = expected if expected and expected >= today else None
                row["stock"] = min(row["stock"], PLENTY + 1)  # more than that is nowhere told
            self._hash.update(repr([tuple(row.values()) for row in rows]).encode())
            yield rows
            await asyncio.sleep(self.rest * (thread_time() - began))
            began = thread_time()
        self._hash.update(repr(await categories()).encode())


def _asked(wanted: Wanted) -> dict[str, Any]:
    return {
        "every_brand": not wanted.brands,
        "every_category": not wanted.categories,
        "brands": list(wanted.brands),
        "categories": list(wanted.categories),
    }


async def terms(company_id: int, settings: Settings) -> Terms:
    """The terms of a company today."""
    today, rates = clock.today(settings.timezone), await vat_rates()
    return Terms(
        await discounts_of_company(company_id, None),
        {vat.value: money.vat_rate(vat, today, rates) for vat in money.Vat},
    )


async def categories() -> list[tuple[int, int, str]]:
    """All categories: id, the one above (0: none), name."""
    return [(row["id"], row["above"], row["name"]) for row in await _CATEGORIES.all()]


def table(rows: Sequence[Mapping[str, Any]], terms: Terms) -> list[list[Any]]:
    """Products in a table: see app.exports.making for the columns."""
    return [_cells(row, terms) for row in rows]


def offers(rows: Sequence[Mapping[str, Any]], terms: Terms) -> list[dict[str, Any]]:
    """Products in a feed: see app.exports.files.Market. Whose price is on request is not offered there."""
    return [_offer(row, terms) for row in rows if not terms.price(row).on_request]


def _cells(row: Mapping[str, Any], terms: Terms) -> list[Any]:
    price = terms.price(row)
    mark = stock_mark(row["stock"], row["restock_on"], False, row["unit"])[1].replace(money.NBSP, " ")
    return [
        *(row["article"], row["name"], row["brand"], row["category"], row["unit"], row["pack"], row["minimum"], mark),
        *(row["retail"] or _("on request"), price.discount, price.price or _("on request"), terms.vat[row["vat"]]),
    ]


def _offer(row: Mapping[str, Any], terms: Terms) -> dict[str, Any]:
    price = terms.price(row)
    rate = terms.vat[row["vat"]]
    return {
        "id": row["id"],
        "available": row["stock"] > 0,
        "retail": row["retail"],
        "price": price.price,
        "category": row["category_id"],
        "name": row["name"],
        "vendor": row["brand"],
        "article": row["article"],
        "minimum": row["minimum"],
        "pack": row["pack"],
        "unit": row["unit"],
        "vat": _("Without VAT") if rate is None else f"{rate} %",
    }
