"""What an import did, and what keeps it from being undone: what somebody changed since, or has in use already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.catalogue.models import Product
from app.database import Sql
from app.imports.applying import holds
from app.imports.models import CHANGING, ImportChange, ImportRun, Kind
from app.imports.standing import Standing, standing
from app.imports.terms import Terms

SHOWN = 20  # obstacles
OURS = {"product_price", "warehouse_stock", "supplier_code", "import_change"}  # what goes with a new product

_LATER_PRICES = Sql(
    """
    SELECT DISTINCT w.product_id FROM product_price w
    WHERE w.price_type_id = :type AND w.valid_from > :day AND w.set_at > :since AND w.product_id IN :ids
    """
)


class Hindered(Exception):
    """Something of the import was changed since: `articles` are some of the products, `count` is of how many."""

    def __init__(self, articles: Sequence[str], count: int) -> None:
        super().__init__(count)
        self.articles = articles
        self.count = count


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A product that keeps an import from being undone: its state is `changed` since, or `used` already."""

    product_id: int
    article: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Done:
    """What an import did: `rows` are those that changed something, `absent` says of products whose code was there and

    not in the supplier's last list whether they were hidden for that.
    """

    run: ImportRun
    terms: Terms
    day: date
    rows: Sequence[ImportChange]
    absent: Mapping[int, bool]

    @property
    def ids(self) -> list[int]:
        """All products of it."""
        return [one.product_id for one in self.rows if one.product_id]

    @property
    def made(self) -> list[int]:
        """The products that it made."""
        return [one.product_id for one in self.rows if one.product_id and one.kind is Kind.NEW]

    def of(self, name: str) -> dict[int, ImportChange]:
        """The known products of which it changed something, by their ids."""
        told = (one for one in self.rows if one.kind is not Kind.NEW)
        return {one.product_id: one for one in told if one.product_id and name in one.after}


async def obstacles(run: ImportRun) -> list[Obstacle]:
    """What keeps it from being undone."""
    return await standing_in_the_way(await done_by(run))


async def done_by(run: ImportRun) -> Done:
    """What a run did."""
    every = await ImportChange.filter(run_id=run.id, product_id__not_isnull=True).order_by("place")
    linked = [one for one in every if one.kind is not Kind.GONE and "absent" in one.before.get("kept", {})]
    absent = {one.product_id: one.before["kept"]["absent"] for one in linked if one.product_id}
    rows = [one for one in every if one.kind in CHANGING]
    return Done(run, Terms.of(run.terms), run.day or date.min, rows, absent)


async def standing_in_the_way(done: Done) -> list[Obstacle]:
    """The products of it that are not as it left them, or are in use."""
    now = await standing(done.ids, done.terms, done.day)
    dearer = {"type": done.terms.price_type, "day": done.day, "since": done.run.applied_at, "ids": done.ids}
    later = {row["product_id"] for row in await _LATER_PRICES.all(**dearer)}
    used = await _used(done.made)
    found = []
    for one in done.rows:
        product = now.get(one.product_id or 0)
        if product is None:
            continue
        changed = product.id in later or not (
            _as_made(one, product) if one.kind is Kind.NEW else holds(one.after, product)
        )
        if changed or product.id in used:
            state = "changed" if changed else "used"
            found.append(Obstacle(product.id, product.article, product.name, state))
    return found


def _as_made(one: ImportChange, product: Standing) -> bool:
    """Whether a new product is still as it was made."""
    names = ("article", "name", "brand_id", "unit", "pack", "minimum", "stock", "price")
    said = {name: one.after[name] for name in names if name in one.after}
    return not product.gone and holds(said, product)


async def _used(ids: Sequence[int]) -> set[int]:
    """Those of the new products that something refers to: a cart, an offer, an order."""
    used: set[int] = set()
    for statement in _references() if ids else ():
        used |= {row["product"] for row in await statement.all(ids=ids)}
    return used


def _references() -> list[Sql]:
    """A statement for each column of another table that refers to products."""
    found = []
    for name in sorted(Product._meta.backward_fk_fields | Product._meta.backward_o2o_fields):
        relation: Any = Product._meta.fields_map[name]
        table, column = relation.related_model._meta.db_table, relation.relation_source_field
        if table not in OURS:
            text = f"SELECT DISTINCT {column} AS product FROM {table} WHERE {column} IN :ids"  # noqa: S608 - of our models
            found.append(Sql(text))
    return found
