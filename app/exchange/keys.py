"""The keys of a connection: found, kept and marked by the hundred."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.database import Sql
from app.database.rows import as_rows, over_rows
from app.exchange.models import Kind
from app.money import Vat

# (PostgreSQL is made to look each key up by itself: without statistics of new tables it reads all of them.)
_PRODUCTS = Sql(
    """
    SELECT k.id, k.guid, k.object_id, k.seen, k.leaving, k.hidden, k.parted, p.vat FROM external_key k
    JOIN product p ON p.id = k.object_id
    WHERE k.connection_id = :connection AND k.kind = 'product' AND k.guid IN :guids
    """,
    postgres="""
    SELECT k.id, k.guid, k.object_id, k.seen, k.leaving, k.hidden, k.parted, p.vat
    FROM unnest(CAST(:guids AS text[])) AS g (guid)
    CROSS JOIN LATERAL (SELECT x.* FROM external_key x WHERE x.connection_id = :connection AND x.kind = 'product'
                        AND x.guid = g.guid LIMIT 1) k
    CROSS JOIN LATERAL (SELECT y.vat FROM product y WHERE y.id = k.object_id LIMIT 1) p
    """,
)
# (All keys are gone through: few products with variants are marked as deleted, or come back.)
_VARIANTS = """
    SELECT k.id, k.guid, k.object_id, k.seen, k.leaving, k.hidden, k.parted, p.vat FROM external_key k
    JOIN product p ON p.id = k.object_id
    WHERE k.connection_id = :connection AND k.kind = 'product' AND k.guid LIKE '%#%' AND {base} IN :guids
"""
_OF_BASES = Sql(
    _VARIANTS.format(base="substr(k.guid, 1, instr(k.guid, '#') - 1)"),
    postgres=_VARIANTS.format(base="split_part(k.guid, '#', 1)"),
)
_OF_PRODUCTS = Sql(
    """
    SELECT k.object_id, k.guid FROM external_key k
    WHERE k.connection_id = :connection AND k.kind = 'product' AND k.object_id IN :ids
    """
)
_OF_KIND = Sql(
    "SELECT guid, object_id, text FROM external_key WHERE connection_id = :connection AND kind = :kind ORDER BY id"
)
_KEEP = over_rows(
    """
    INSERT INTO external_key (connection_id, kind, guid, object_id, text, seen, leaving, hidden, parted)
    SELECT r.connection, r.kind, r.guid, r.object, r.text, r.seen, r.leaving, false, false FROM {rows} AS r WHERE true
    ON CONFLICT (connection_id, kind, guid) DO UPDATE
    SET object_id = excluded.object_id, text = excluded.text, seen = excluded.seen, leaving = excluded.leaving
    """,
    "connection:int kind:text guid:text object:int text:text seen:int leaving:int",
)
_SEE = Sql("UPDATE external_key SET seen = :exchange, leaving = 0, hidden = false WHERE id IN :ids")
_LEAVE = Sql("UPDATE external_key SET seen = :exchange, leaving = :exchange WHERE id IN :ids")
_STAY = Sql("UPDATE external_key SET leaving = 0, hidden = false WHERE id IN :ids")
_PART = Sql("UPDATE external_key SET parted = true WHERE id IN :ids")
_UNPART = Sql("UPDATE external_key SET parted = false, hidden = false WHERE id IN :ids")


@dataclass(frozen=True, slots=True)
class Known:
    """A product that a key is of."""

    id: int  # of the key
    product_id: int
    seen: int
    leaving: int
    hidden: bool
    parted: bool
    vat: Vat


@dataclass(frozen=True, slots=True)
class Named:
    """The thing that a key is of (None: of none), and how 1C called it last."""

    object_id: int | None
    text: str


async def products(connection_id: int, guids: Collection[str]) -> dict[str, Known]:
    """The products of keys, of those that there are."""
    return _known(await _PRODUCTS.all(connection=connection_id, guids=sorted(set(guids))) if guids else [])


async def variants(connection_id: int, bases: Collection[str]) -> dict[str, Known]:
    """The variants of products, by their own keys."""
    return _known(await _OF_BASES.all(connection=connection_id, guids=sorted(set(bases))) if bases else [])


def _known(rows: Sequence[Mapping[str, Any]]) -> dict[str, Known]:
    return {
        row["guid"]: Known(
            row["id"],
            row["object_id"],
            row["seen"],
            row["leaving"],
            bool(row["hidden"]),
            bool(row["parted"]),
            Vat(row["vat"]),
        )
        for row in rows
    }


async def guids(connection_id: int, product_ids: Collection[int]) -> dict[int, str]:
    """The keys of products, of those that have one."""
    rows = await _OF_PRODUCTS.all(connection=connection_id, ids=sorted(set(product_ids))) if product_ids else []
    return {row["object_id"]: row["guid"] for row in rows}


async def of_kind(connection_id: int, kind: Kind) -> dict[str, Named]:
    """All keys of a kind, by themselves; not for products, which are many."""
    rows = await _OF_KIND.all(connection=connection_id, kind=kind)
    return {row["guid"]: Named(row["object_id"], row["text"]) for row in rows}


async def keep(
    connection_id: int, kind: Kind, of: Mapping[str, Named], *, exchange_id: int = 0, leaving: Collection[str] = ()
) -> None:
    """Writes keys down, new ones and those that are of another thing or called otherwise."""
    rows = (
        (connection_id, kind.value, guid, one.object_id, one.text[:250], exchange_id, exchange_id * (guid in leaving))
        for guid, one in of.items()
    )
    if of:
        await _KEEP.run(rows=as_rows(rows))


async def see(key_ids: Sequence[int], exchange_id: int) -> None:
    """Notes that an exchange had these products on sale."""
    if key_ids:
        await _SEE.run(ids=list(key_ids), exchange=exchange_id)


async def leave(key_ids: Sequence[int], exchange_id: int) -> None:
    """Notes that an exchange would take these products off sale."""
    if key_ids:
        await _LEAVE.run(ids=list(key_ids), exchange=exchange_id)


async def part(key_ids: Sequence[int]) -> None:
    """Notes that these products are sold by their variants."""
    if key_ids:
        await _PART.run(ids=list(key_ids))


async def stay(key_ids: Sequence[int]) -> None:
    """Notes that nothing takes these products off sale any more."""
    if key_ids:
        await _STAY.run(ids=list(key_ids))


async def unpart(key_ids: Sequence[int]) -> None:
    """Notes that these products are sold themselves again."""
    if key_ids:
        await _UNPART.run(ids=list(key_ids))
