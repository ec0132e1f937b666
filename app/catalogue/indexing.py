"""What searches and lists read is written here, after any change of products and of the brands that they have.

Whoever writes products, one by hand or all of an import, calls `reindex` with their ids in the same transaction, after
all else that writes products in it. The tokens of a product are written anew only when a text that they are made of
became another, and the shelf of a category when something that it holds did: a new stock costs one row.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from app.catalogue import properties, shelves, spelling
from app.catalogue.entries import digest_of, entry, texts, texts_of, tokens, was
from app.database import Sql, transaction
from app.database.rows import as_rows, over_rows

BATCH = 5000  # products; their tokens are written in order, so that each page of an index is touched once
PIECE, FEW = 12_000, 1000  # tokens, and products, that are written in one go while others wait
INDEXING = 5_270_134  # any number that is ours: one at a time, so that nobody writes a product's tokens twice

ALONE = Sql("SELECT 1 AS one", postgres=f"SELECT 1 AS one FROM pg_advisory_xact_lock({INDEXING})")  # noqa: S608
_COLUMNS = """
    SELECT p.id, p.article, p.article_key, p.name, p.brand_id, p.category_id, p.stock, p.discontinued_at, p.retail,
           p.properties, b.name AS brand, b.synonyms, e.digest, e.category_id AS was_in, e.brand_id AS was_of,
           e.gone AS was_gone, e.stocked AS was_stocked, e.price AS was_price, e.title AS was_title,
           c.codes AS was_coded
    FROM product p JOIN brand b ON b.id = p.brand_id
    LEFT JOIN product_entry e ON e.product_id = p.id LEFT JOIN product_codes c ON c.product_id = p.id
"""
_CHOSEN = Sql(_COLUMNS + "WHERE p.id IN :ids")
_NEXT = Sql(_COLUMNS + "WHERE p.id > :after ORDER BY p.id LIMIT :limit")
_UNINDEXED = Sql(_COLUMNS + "WHERE e.product_id IS NULL ORDER BY p.id LIMIT :limit")
_OF_BRANDS = Sql("SELECT id FROM product WHERE brand_id IN :brands ORDER BY id")
_FORGET = Sql("DELETE FROM product_entry WHERE product_id IN :ids")
_FORGET_CODES = Sql("DELETE FROM product_codes WHERE product_id IN :ids")
_FORGET_TOKENS = Sql("DELETE FROM product_token WHERE product_id IN :ids")
_WRITTEN = ("product_token", "product_entry", "search_word", "product_codes", "property_value", "category_shelf")
_FORGET_ALL = [Sql(f"DELETE FROM {table}") for table in _WRITTEN]  # noqa: S608
SHELVES_OF = Sql("SELECT DISTINCT category_id FROM product_entry WHERE product_id IN :ids")


_ADD_ENTRIES = over_rows(
    "INSERT INTO product_entry (product_id, brand_id, category_id, gone, stocked, price, article_key, title, digest) "
    "SELECT * FROM {rows} AS r",
    "product:int brand:int category:int gone:int stocked:int price:big key:text title:text digest:text",
)
_PRICE_ENTRIES = over_rows(
    "UPDATE product_entry SET stocked = r.stocked, price = r.price FROM {rows} AS r "
    "WHERE product_entry.product_id = r.id AND (product_entry.stocked, product_entry.price) <> (r.stocked, r.price)",
    "id:int stocked:int price:big",
)
_ADD_TOKENS = over_rows(
    "INSERT INTO product_token (token, product_id) SELECT * FROM {rows} AS r", "token:text product:int"
)
_ADD_CODES = over_rows(
    "INSERT INTO product_codes (product_id, codes) SELECT * FROM {rows} AS r", "product:int codes:text"
)
_ADD_VALUES = over_rows(
    "INSERT INTO property_value (code, name, value) SELECT * FROM {rows} AS r WHERE true ON CONFLICT DO NOTHING",
    "code:text name:text value:text",
)
_ADD_WORDS = over_rows(
    "INSERT INTO search_word (word, length) SELECT * FROM {rows} AS r WHERE true ON CONFLICT DO NOTHING",
    "word:text length:int",
)


async def reindex(product_ids: Collection[int] | None = None, *, shelves_later: bool = False) -> int:
    """Writes what products are found and listed by; of all of them, from nothing, when no ids are given.

    :param shelves_later: shelves are only marked, for `write_stale_shelves`: many such calls follow one another.
    :return: how many products there were to write.
    """
    async with transaction():
        await ALONE.all()
        touched, count = await (_everything() if product_ids is None else _some(sorted(set(product_ids))))
        if shelves_later:
            await shelves.mark(touched)
        else:
            await write_shelves(touched)
            await shelves.count()
    return count


async def write_stale_shelves() -> None:
    """Writes the shelves anew that are marked, each in a short transaction, and counts what stands on them."""
    marked = await shelves.stale()
    for category_id in marked:
        async with transaction():
            await ALONE.all()
            await shelves.write(category_id)
    if marked:
        async with transaction():
            await ALONE.all()
            await shelves.count()


async def index_new(limit: int = BATCH) -> int:
    """Writes it for products that were added and of which nothing is written yet; at most `limit`, how many.

    For thousands of new products: the tokens of all of them go in by their order, in short transactions. Each page of
    an index is written once, and others may write in between. A product is found once it is through, and listed after
    `write_stale_shelves`; what breaks off is begun anew by the next call.
    """
    rows = await _UNINDEXED.all(limit=limit)
    ids = [row["id"] for row in rows]
    if not rows:
        return 0
    async with transaction():
        await _FORGET_TOKENS.run(ids=ids)
        await _add_words(rows)
    pairs = sorted((token, row["id"]) for row in rows for token in tokens(row))
    for at in range(0, len(pairs), PIECE):
        async with transaction():
            await _ADD_TOKENS.run(rows=as_rows(pairs[at : at + PIECE]))
    for at in range(0, len(ids), FEW):
        async with transaction():
            await _list_new(ids[at : at + FEW], {row["id"]: row for row in rows})
    return len(ids)


async def _list_new(ids: Sequence[int], indexed: Mapping[int, Mapping[str, Any]]) -> None:
    """Lists products whose tokens are written; one that was changed meanwhile is written anew."""
    await ALONE.all()
    now = await _CHOSEN.all(ids=ids)
    same = [row for row in now if row["digest"] is None and texts_of(row) == texts_of(indexed[row["id"]])]
    await _ADD_ENTRIES.run(rows=as_rows(entry(row, digest_of(row)) for row in same))
    await _write_codes(same)
    kept = {row["id"] for row in same}
    if other := [one for one in ids if one not in kept]:
        await _FORGET_TOKENS.run(ids=other)
        await _FORGET.run(ids=other)
        await _write([{**row, "digest": None} for row in now if row["id"] not in kept])
    await shelves.mark({one for row in now for one in (row["category_id"], row["was_in"]) if one})


async def reindex_brands(brand_ids: Collection[int]) -> int:
    """Writes it for all products of brands, whose name or synonyms became others."""
    return await reindex([row["id"] for row in await _OF_BRANDS.all(brands=sorted(brand_ids))])


async def _everything() -> tuple[set[int], int]:
    for statement in _FORGET_ALL:
        await statement.run()
    last = count = 0
    touched: set[int] = set()
    while rows := await _NEXT.all(after=last, limit=BATCH):
        touched |= await _write(rows)
        last, count = rows[-1]["id"], count + len(rows)
    return touched, count


async def _some(ids: Sequence[int]) -> tuple[set[int], int]:
    touched: set[int] = set()
    for at in range(0, len(ids), BATCH):
        part = ids[at : at + BATCH]
        rows = await _CHOSEN.all(ids=part)
        present = {row["id"] for row in rows}
        lost = [one for one in part if one not in present]
        if lost:
            touched |= {row["category_id"] for row in await SHELVES_OF.all(ids=lost)}
            await _FORGET_TOKENS.run(ids=lost)
            await _FORGET_CODES.run(ids=lost)
            await _FORGET.run(ids=lost)
        touched |= await _write(rows)
    return touched, len(ids)


async def _write(rows: Sequence[Mapping[str, Any]]) -> set[int]:
    """Writes all of some products; the categories whose shelves became others."""
    digests = {row["id"]: digest_of(row) for row in rows}
    entries = [entry(row, digests[row["id"]]) for row in rows]
    await _write_entries(rows, entries)
    if other := [row for row in rows if row["digest"] != digests[row["id"]]]:
        await _write_tokens(other)
    described = await _write_codes(rows)
    moved = [
        row for row, now in zip(rows, entries, strict=True) if row["id"] in described or was(row) != (*now[1:6], now[7])
    ]
    return {one for row in moved for one in (row["category_id"], row["was_in"]) if one}


async def _write_entries(rows: Sequence[Mapping[str, Any]], entries: Sequence[Sequence[Any]]) -> None:
    """The rows of lists. Where only price or stock are others, these alone: most indexes need not be written then."""
    new, priced = [], []
    for row, now in zip(rows, entries, strict=True):
        brand, category, gone, stocked, price, _key, title, digest = now[1:]
        there = (digest, brand, category, gone, row["was_stocked"], row["was_price"], title)
        if (row["digest"], *was(row)) == there:
            priced.append((row["id"], stocked, price))
        else:
            new.append(now)
    await _FORGET.run(ids=[now[0] for now in new])
    await _ADD_ENTRIES.run(rows=as_rows(new))
    await _PRICE_ENTRIES.run(rows=as_rows(priced))


async def _write_codes(rows: Sequence[Mapping[str, Any]]) -> set[int]:
    """Writes the codes of properties where they became others; of which products (by id)."""
    valued = {row["id"]: list(properties.valued(json.loads(row["properties"]))) for row in rows}
    codes = {number: "".join(f" {code}" for code, _, _ in pairs) for number, pairs in valued.items()}
    other = {row["id"] for row in rows if row["was_coded"] != codes[row["id"]]}
    if other:
        await _FORGET_CODES.run(ids=sorted(other))
        await _ADD_CODES.run(rows=as_rows((number, codes[number]) for number in sorted(other)))
        pairs = sorted({pair for number in other for pair in valued[number]})
        await _ADD_VALUES.run(rows=as_rows(pairs))
    return other


async def _write_tokens(other: Sequence[Mapping[str, Any]]) -> None:
    """The tokens of products whose texts became others."""
    if any(row["digest"] for row in other):
        await _FORGET_TOKENS.run(ids=[row["id"] for row in other])
    pairs = sorted((token, row["id"]) for row in other for token in tokens(row))
    await _ADD_TOKENS.run(rows=as_rows(pairs))
    await _add_words(other)


async def _add_words(rows: Sequence[Mapping[str, Any]]) -> None:
    words = {word for row in rows for text in texts(row) for word in spelling.words(text)}
    await _ADD_WORDS.run(rows=as_rows((word, len(word)) for word in sorted(words)))


async def write_shelves(category_ids: Iterable[int]) -> None:
    for category_id in sorted(category_ids):
        await shelves.write(category_id)
