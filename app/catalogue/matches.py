"""Which products the rows of a list mean: exactly one in any spelling, or some that are like it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from app.catalogue.counts import explained
from app.catalogue.lists import Row
from app.catalogue.models import article_key
from app.database import Sql, as_date
from app.search.layouts import retyped

NEAR = 4  # candidates for a row
_POOL = 40  # products that are compared with a row
_ALIKE = 0.72  # of a typing mistake in an article, as SequenceMatcher counts

_COLUMNS = """
    p.id, p.article, p.article_key, p.name, b.name AS brand, p.brand_id, p.category_id, p.unit, p.pack, p.minimum,
    p.retail, p.vat, p.stock, p.restock_on, p.discontinued_at, r.id AS replacement_id, r.article AS replacement
    FROM product p JOIN brand b ON b.id = p.brand_id
    LEFT JOIN product r ON r.id = p.replacement_id AND r.discontinued_at IS NULL
"""
_EXACT = Sql(f"SELECT {_COLUMNS} WHERE p.article_key IN :keys ORDER BY p.id")
_OWN = Sql(
    f"""
    SELECT o.key AS own_key, {_COLUMNS} JOIN own_code o ON o.product_id = p.id
    WHERE o.company_id = :company AND o.key IN :keys
    """
)
_BY_ID = Sql(f"SELECT {_COLUMNS} WHERE p.id IN :ids")

# A product is like a text when one key holds the other, when both begin or end alike, or when it has both words.
# `{find}` and `{last}` are named otherwise in each database.
_NEAR = """
    SELECT * FROM (
        SELECT w.n, ROW_NUMBER() OVER (PARTITION BY w.n ORDER BY
               CASE WHEN {find}(p.article_key, w.key) = 1 THEN 0 WHEN {find}(p.article_key, w.key) > 1 THEN 1
                    WHEN p.article_key LIKE substr(w.key, 1, 5) || '%' THEN 2 ELSE 3 END,
               abs(length(p.article_key) - length(w.key)), p.id) AS place, {columns}
        JOIN {texts} ON (length(w.key) >= 3 AND ({find}(p.article_key, w.key) > 0
                OR (length(p.article_key) >= 4 AND {find}(w.key, p.article_key) > 0)
                OR (length(w.key) >= 5 AND (substr(p.article_key, 1, 4) = substr(w.key, 1, 4) OR {last}))))
             OR (w.first <> '' AND {find}(p.search, w.first) > 0 AND {find}(p.search, w.second) > 0)
        WHERE p.discontinued_at IS NULL
    ) x WHERE x.place <= :pool
"""
_TEXTS = """
    (SELECT n.value AS n, k.value AS key, f.value AS first, s.value AS second FROM json_each(:numbers) n
     JOIN json_each(:keys) k ON k.key = n.key JOIN json_each(:firsts) f ON f.key = n.key
     JOIN json_each(:seconds) s ON s.key = n.key) w"""
_LIKE = Sql(
    _NEAR.format(find="instr", columns=_COLUMNS, texts=_TEXTS, last="substr(p.article_key, -4) = substr(w.key, -4)"),
    postgres=_NEAR.format(
        find="strpos",
        columns=_COLUMNS,
        texts="unnest(:numbers::int[], :keys::text[], :firsts::text[], :seconds::text[]) AS w (n, key, first, second)",
        last="right(p.article_key, 4) = right(w.key, 4)",
    ),
)


@dataclass(frozen=True, slots=True)
class Goods:
    """A product that a row may mean; `replacement` is the article of what is sold instead, empty for nothing."""

    id: int
    article: str
    article_key: str
    name: str
    brand: str
    brand_id: int
    category_id: int
    unit: str
    pack: int
    minimum: int
    retail: int
    vat: str
    stock: int
    restock_on: date | None
    discontinued: bool
    replacement_id: int | None
    replacement: str


@dataclass(frozen=True, slots=True)
class Meant:
    """A row with the products of just this article (none, one, or one of each of several brands) and its quantity."""

    row: Row
    goods: tuple[Goods, ...]
    sought: str
    quantity: str


def keys_of(text: str) -> tuple[str, ...]:
    """The keys that a text may stand for: as it is, and as the keyboard's other layout would have it."""
    other = retyped(text)
    keys = (article_key(text), article_key(other) if other else "")
    return tuple(dict.fromkeys(key for key in keys if len(key) > 1))


async def meant(rows: Sequence[Row], company: int | None = None) -> list[Meant]:
    """What the rows of a list mean, by two statements however long it is.

    A code of the company's own goes before an article.
    """
    keys = sorted({key for row in rows for text, _ in row.guesses for key in keys_of(text)})
    found: dict[str, list[Goods]] = {}
    for one in await _EXACT.all(keys=keys) if keys else []:
        found.setdefault(one["article_key"], []).append(_goods(one))
    for one in await _OWN.all(keys=keys, company=company) if keys and company else []:
        found[one["own_key"]] = [_goods(one)]
    return [_meant(row, found) for row in rows]


async def like(texts: Sequence[str]) -> list[list[Goods]]:
    """Products that are like each text, the likeliest first: for a page of doubtful rows."""
    asked = [(number, key) for number, text in enumerate(texts) for key in (keys_of(text) or ("",))]
    if not asked:
        return []
    words = [_words(text) for text in texts]
    rows = await _LIKE.all(
        numbers=[number for number, _ in asked],
        keys=[key for _, key in asked],
        firsts=[words[number][0] for number, _ in asked],
        seconds=[words[number][1] for number, _ in asked],
        pool=_POOL,
    )
    pools: dict[int, dict[int, Goods]] = {}
    for row in rows:
        pools.setdefault(row["n"], {})[row["id"]] = _goods(row)
    return [_likeliest(text, pools.get(number, {}).values()) for number, text in enumerate(texts)]


def meaning(
    goods: Sequence[Goods], alike: Sequence[Goods], instead: Mapping[int, Goods]
) -> tuple[str, Goods | None, list[Goods]]:
    """What a row is (found, choose, discontinued, like, unknown), the discontinued product that it means, and what to

    choose from. `goods` are those of just its article, `alike` those like it, `instead` replacements by their ids.
    """
    sold = [one for one in goods if not one.discontinued]
    if len(sold) == 1:
        return "found", None, sold
    if sold:
        return "choose", None, sold
    if goods:
        heirs = {one.replacement_id or 0 for one in goods}
        return "discontinued", goods[0], [one for one in instead.values() if one.id in heirs]
    return ("like", None, list(alike)) if alike else ("unknown", None, [])


async def by_id(ids: Iterable[int]) -> dict[int, Goods]:
    """Products by their ids."""
    rows = await _BY_ID.all(ids=sorted(set(ids)))
    return {row["id"]: _goods(row) for row in rows}


def _meant(row: Row, found: Mapping[str, list[Goods]]) -> Meant:
    for text, quantity in row.guesses:
        for key in keys_of(text):
            if key in found:
                goods = found[key]
                if row.line:
                    others = (one for one, _ in row.guesses if one not in text and text not in one)
                    alone = all(found.get(other, goods) == goods for one in others for other in keys_of(one))
                    quantity = explained(row.line, text, quantity, unit=goods[0].unit, alone=alone)
                return Meant(row, tuple(goods), text, quantity)
    return Meant(row, (), row.sought, row.quantity)


def _likeliest(text: str, pool: Iterable[Goods]) -> list[Goods]:
    keys, words = keys_of(text), _words(text)
    ranked = sorted(((_likeness(keys, words, one), one) for one in pool), key=lambda pair: (-pair[0], pair[1].article))
    return [one for likeness, one in ranked if likeness >= _ALIKE][:NEAR]


def _likeness(keys: tuple[str, ...], words: tuple[str, str], one: Goods) -> float:
    """From 0 to 2: one key at the beginning of the other, within it, both words of a name, or spelt nearly so."""
    near = max((SequenceMatcher(None, key, one.article_key).ratio() for key in keys), default=0.0)
    if any(one.article_key.startswith(key) or key.startswith(one.article_key) for key in keys):
        return 1 + near
    if any(key in one.article_key or one.article_key in key for key in keys):
        return 0.9 + near / 2
    named = words[0] and all(word in f"{one.article} {one.name} {one.brand}".casefold() for word in words)
    return max(near, 0.75 if named else 0.0)


def _words(text: str) -> tuple[str, str]:
    """The two longest words of a text that may be a name, casefolded; empty for what is one word without letters."""
    words = [word.strip(".,;:()«»\"'") for word in text.casefold().split()]
    longest = sorted({word for word in words if len(word) > 2}, key=lambda word: (-len(word), word))
    return (longest[0], longest[1] if len(longest) > 1 else "") if longest else ("", "")


def _goods(row: Mapping[str, Any]) -> Goods:
    fields = {name: row[name] for name in _AS_THEY_ARE}
    told = {"restock_on": as_date(row["restock_on"]), "replacement": row["replacement"] or ""}
    return Goods(**fields, **told, discontinued=row["discontinued_at"] is not None)


_AS_THEY_ARE = (
    *("id", "article", "article_key", "name", "brand", "brand_id", "category_id", "unit", "pack", "minimum"),
    *("retail", "vat", "stock", "replacement_id"),
)
