"""Reading imports: their list, one of them with what it changes, what is remembered of suppliers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalogue.models import Brand, Category
from app.database import Sql, as_datetime
from app.errors import NotFound
from app.imports.models import ImportRun, Kind, State, Supplier
from app.money import Currency
from app.prices import queries as prices
from app.prices.models import PriceType
from app.warehouses.models import Warehouse

PAGE = 50
SHOWN = 100  # of each kind

_RUNS = Sql(
    """
    SELECT r.id, r.file_name, r.state, r.counts, r.created_at, r.applied_at, r.undone_at, s.name AS supplier,
           p.name AS author
    FROM import_run r JOIN supplier s ON s.id = r.supplier_id
    JOIN person p ON p.id = COALESCE(r.applied_by_id, r.author_id)
    WHERE :before = 0 OR r.id < :before
    ORDER BY r.id DESC LIMIT :limit
    """
)
_ROWS = Sql(
    """
    SELECT c.place, c.kind, c.sheet, c.row, c.product_id, c.article, c.name, c.before, c.after, c.reason, c.doubt
    FROM import_change c WHERE c.run_id = :run AND c.kind = :kind ORDER BY c.place LIMIT :limit
    """
)
_OF_PRODUCT = Sql(
    """
    SELECT r.id, r.applied_at, r.undone_at, s.name AS supplier, p.name AS author, c.place, c.kind, c.sheet, c.row,
           c.product_id, c.article, c.name, c.before, c.after, c.reason, c.doubt
    FROM import_change c JOIN import_run r ON r.id = c.run_id JOIN supplier s ON s.id = r.supplier_id
    JOIN person p ON p.id = r.applied_by_id
    WHERE c.product_id = :product AND c.kind <> 'unchanged' AND r.applied_at IS NOT NULL
    ORDER BY r.applied_at DESC, r.id DESC LIMIT :limit
    """
)


@dataclass(frozen=True, slots=True)
class Listed:
    """An import in the list; `counts` by kinds."""

    id: int
    supplier: str
    file_name: str
    author: str
    state: State
    counts: Mapping[str, int]
    created_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that becomes other: what it was and is, in the words of people. `was` None: there was none before."""

    field: str
    was: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a preview."""

    kind: Kind
    sheet: str
    row: int
    product_id: int | None
    article: str
    name: str
    reason: str
    doubt: str
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class Happened:
    """What an import did to a product."""

    run: int
    supplier: str
    author: str
    applied_at: datetime
    undone_at: datetime | None
    row: Row


@dataclass(frozen=True, slots=True)
class Choices:
    """What a price list can be of."""

    types: Sequence[PriceType]
    warehouses: Sequence[Warehouse]
    brands: Sequence[Brand]
    categories: Sequence[Category]


async def listed(before: int = 0) -> tuple[list[Listed], int]:
    """A page of imports, the newest first, and the key of the next page (0: there is none)."""
    rows = await _RUNS.all(before=before, limit=PAGE + 1)
    shown = [
        Listed(
            **{name: row[name] for name in ("id", "supplier", "file_name", "author")},
            state=State(row["state"]),
            counts=json.loads(row["counts"]),
            created_at=as_datetime(row["created_at"]),
            applied_at=as_datetime(row["applied_at"]),
            undone_at=as_datetime(row["undone_at"]),
        )
        for row in rows[:PAGE]
    ]
    return shown, shown[-1].id if len(rows) > PAGE else 0


async def run(run_id: int) -> ImportRun:
    """An import with its supplier and people; raises NotFound."""
    found = await ImportRun.get_or_none(id=run_id).select_related("supplier", "author", "applied_by", "undone_by")
    if found is None:
        raise NotFound
    return found


async def rows(run_id: int, kind: Kind) -> list[Row]:
    """The first SHOWN rows of a kind."""
    return [_row(one) for one in await _ROWS.all(run=run_id, kind=kind, limit=SHOWN)]


async def happened(product_id: int) -> list[Happened]:
    """What imports did to a product, the last first."""
    return [
        Happened(
            one["id"],
            one["supplier"],
            one["author"],
            as_datetime(one["applied_at"]),
            as_datetime(one["undone_at"]),
            _row(one),
        )
        for one in await _OF_PRODUCT.all(product=product_id, limit=SHOWN)
    ]


async def suppliers() -> list[Supplier]:
    """All of them by name."""
    return await Supplier.all().order_by("key")


async def choices() -> Choices:
    """Types of prices, warehouses, brands and categories that there are."""
    await prices.retail_type()
    return Choices(
        await PriceType.all().order_by("-base", "position", "name", "id"),
        await Warehouse.all().order_by("position", "name", "id"),
        await Brand.all().order_by("name", "id"),
        await Category.all().order_by("name", "id"),
    )


def _row(row: Mapping[str, Any]) -> Row:
    before, after = json.loads(row["before"]), json.loads(row["after"])
    told = {name: row[name] for name in ("sheet", "row", "product_id", "article", "name", "reason", "doubt")}
    return Row(**told, kind=Kind(row["kind"]), differences=_differences(before, after))


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    fields = _OF_NEW if "article" in after else _OF_KNOWN
    return [Difference(field, _shown(before.get(field)), _shown(after[field])) for field in fields if field in after]


def _shown(value: Any) -> Any:
    """A price as an amount and its currency; anything else as it is."""
    return (value[0], Currency(value[1])) if isinstance(value, list) else value


_OF_KNOWN = ("price", "stock", "name", "unit", "pack", "minimum", "gone")
_OF_NEW = ("price", "stock", "brand", "category", "unit", "pack", "minimum")  # its article and name stand beside
