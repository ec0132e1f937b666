"""The one search for products: what a text finds, best first, the same on both databases.

The order: a product of exactly this article (or this own code of the reader's company), an article that begins so, an
article with such a part, then products with all the words. Among equals those on sale stand before discontinued ones,
what the reader's company has ordered before the rest, what is in stock before what is not, then by name.

What finds nothing is read as the keyboard's other layout would have it, and then with typing mistakes mended, see
app.catalogue.mistakes. What tokens are: app.catalogue.spelling; app.catalogue.indexing keeps them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.catalogue import mistakes
from app.catalogue.spelling import Asked, asked
from app.database import Sql
from app.search.layouts import retyped

LONGEST = 200  # characters that are read
ALL = 1_000_000
_TOP = "\U0010ffff"  # behind all that begins with a text
_OWN_CODES = 50  # that begin with what was typed

_GROUP = {
    "sqlite": "SELECT t.product_id FROM json_each(:group{n}) r CROSS JOIN product_token t"
    " WHERE t.token >= r.value AND t.token < r.value || :top",
    "postgres": "SELECT t.product_id FROM unnest(CAST(:group{n} AS text[])) AS r (value) CROSS JOIN product_token t"
    " WHERE t.token >= r.value AND t.token < r.value || CAST(:top AS text)",
}
_PART = " UNION SELECT t.product_id FROM product_token t WHERE t.token >= :whole AND t.token < :whole_top"
_OF_OWN = {
    "sqlite": " UNION SELECT o.value FROM json_each(:own) o",
    "postgres": " UNION SELECT o.value FROM unnest(CAST(:own AS int[])) AS o (value)",
}
_ORDERED = """
    CASE WHEN EXISTS (SELECT 1 FROM order_word w WHERE w.company_id = :company AND w.word = '#' || e.product_id)
         THEN 0 ELSE 1 END,
"""
# A key has letters and digits only, so that LIKE finds nothing else in it.
_RANKED = """
    SELECT e.product_id AS id FROM product_entry e WHERE e.product_id IN ({candidates}) {sold}
    ORDER BY CASE WHEN e.article_key IN :keys OR e.product_id IN :exact THEN 0
                  WHEN :key <> '' AND e.article_key LIKE :key || '%' THEN 1
                  WHEN :part <> '' AND e.article_key LIKE '%' || :part || '%' THEN 2 ELSE 3 END,
             e.gone, {ordered} e.stocked DESC, e.title, e.product_id
    LIMIT :limit
"""
_OWN = Sql(
    """
    SELECT product_id AS id, key = :key AS exact FROM own_code
    WHERE company_id = :company AND key >= :key AND key < :top ORDER BY key LIMIT :limit
    """
)


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of products that a search finds, best first.

    `text` is what was looked for in the end: as typed, or retyped. `nearly`: mistakes were mended.
    """

    text: str
    ids: Sequence[int] = ()
    nearly: bool = False


async def find(text: str, *, company: int = 0, literally: bool = False, sold: bool = False, limit: int = ALL) -> Found:
    """Products that a text finds for a reader of a company (0: of none).

    :param literally: neither in the other layout nor with mistakes. :param sold: no discontinued ones.
    """
    text = text[:LONGEST]
    readings = [text] if literally else [one for one in (text, retyped(text)) if one]
    for reading in readings:
        ids = await _ranked(asked(reading), company=company, sold=sold, limit=limit)
        if ids:
            return Found(reading, ids)
    for reading in [] if literally else readings:
        mended = await mistakes.mended(reading)
        ids = await _ranked(mended, company=0, sold=sold, limit=limit, ordered_by=company) if mended else []
        if ids:
            return Found(reading, ids, nearly=True)
    return Found(text)


async def _ranked(what: Asked, *, company: int, sold: bool, limit: int, ordered_by: int = 0) -> list[int]:
    own = await _own_codes(what.key, company) if company and len(what.key) > 1 else {}
    if what.empty and not own:
        return []
    orderer = company or ordered_by
    statement = _statement(len(what.groups), bool(what.whole), bool(own), bool(orderer), sold)
    rows = await statement.all(
        **{f"group{number}": list(group) for number, group in enumerate(what.groups)},
        top=_TOP,
        whole=f"_{what.whole}",
        whole_top=f"_{what.whole}{_TOP}",
        own=list(own),
        exact=[one for one, exact in own.items() if exact],
        keys=list(what.keys),
        key=what.key,
        part=what.whole,
        company=orderer,
        limit=limit,
    )
    return [row["id"] for row in rows]


async def _own_codes(key: str, company: int) -> dict[int, bool]:
    """The products whose own code begins with a key, and whether it is the whole code."""
    rows = await _OWN.all(key=key, top=key + _TOP, company=company, limit=_OWN_CODES)
    return {row["id"]: bool(row["exact"]) for row in rows}


@cache  # of as many as a search may have words
def _statement(groups: int, whole: bool, own: bool, ordered: bool, sold: bool) -> Sql:
    """The statement for so many words; both databases join INTERSECT and UNION from the left here."""
    texts = {}
    for dialect, group in _GROUP.items():
        parts = " INTERSECT ".join(group.format(n=number) for number in range(groups))
        if not parts:
            parts = "SELECT 0"
        candidates = parts + (_PART if whole else "") + (_OF_OWN[dialect] if own else "")
        texts[dialect] = _RANKED.format(
            candidates=candidates, ordered=_ORDERED if ordered else "", sold="AND e.gone = 0" if sold else ""
        )
    return Sql(texts["sqlite"], postgres=texts["postgres"])
