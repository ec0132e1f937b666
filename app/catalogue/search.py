"""The one search for products: what a text finds, best first, the same on both databases.

The order: a product of exactly this article (or this own code of the reader's company), an article that begins so, an
article with such a part, then products with all the words. Among equals those on sale stand before discontinued ones,
what the reader's company has ordered lately before the rest, what is in stock before what is not, then by name.

What finds nothing is read as the keyboard's other layout would have it, and then with typing mistakes mended, see
app.catalogue.mistakes. What tokens are: app.catalogue.spelling; app.catalogue.indexing keeps them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.catalogue import mistakes
from app.catalogue.spelling import Asked, asked
from app.database import Sql
from app.search.layouts import retyped

LONGEST = 200  # characters that are read
ALL = 1_000_000
_TOP = "\U0010ffff"  # behind all that begins with a text
_OWN_CODES = 50  # that begin with what was typed

# Each beginning is a range of its own, whose bounds the planner sees: joined to a list of them, PostgreSQL reads all.
_BEGINNING = "SELECT t.product_id FROM product_token t WHERE t.token >= :g{n}_{m} AND t.token < :g{n}_{m}_top"
_PART = " UNION SELECT t.product_id FROM product_token t WHERE t.token >= :whole AND t.token < :whole_top"
_OF_OWN = {
    "sqlite": " UNION SELECT o.value FROM json_each(:own) o",
    "postgres": " UNION SELECT o.value FROM unnest(CAST(:own AS int[])) AS o (value)",
}
_LATELY = 200  # orders of a company that are looked at: a search costs the same for those who have thousands
_ORDERED = f"""
    CASE WHEN e.product_id IN (
        SELECT l.product_id FROM (SELECT o.id FROM orders o WHERE o.company_id = :company
                                  ORDER BY o.number DESC LIMIT {_LATELY}) r
        JOIN order_line l ON l.order_id = r.id) THEN 0 ELSE 1 END,
"""  # noqa: S608 - constant text
# A key has letters and digits only, so that LIKE finds nothing else in it.
_RANKED = """
    SELECT e.product_id AS id FROM product_entry e WHERE e.product_id IN (
        WITH found AS MATERIALIZED ({candidates}) SELECT product_id FROM found) {sold}
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
    sizes = tuple(len(group) for group in what.groups)
    rows = await _statement(sizes, bool(what.whole), bool(own), bool(orderer), sold).all(
        **_bounds(what),
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


def _bounds(what: Asked) -> dict[str, str]:
    """The bounds of each beginning of each group."""
    bounds: dict[str, str] = {}
    for n, group in enumerate(what.groups):
        for m, beginning in enumerate(group):
            bounds |= {f"g{n}_{m}": beginning, f"g{n}_{m}_top": beginning + _TOP}
    return bounds


@lru_cache(500)
def _statement(sizes: tuple[int, ...], whole: bool, own: bool, ordered: bool, sold: bool) -> Sql:
    """The statement for groups of these sizes; both databases join INTERSECT and UNION from the left here."""
    groups = []
    for n, size in enumerate(sizes):
        beginnings = " UNION ALL ".join(_BEGINNING.format(n=n, m=m) for m in range(size))
        groups.append(f"SELECT product_id FROM ({beginnings}) g{n}")  # noqa: S608 - constant texts
    texts = {}
    for dialect, of_own in _OF_OWN.items():
        candidates = (
            (" INTERSECT ".join(groups) or "SELECT 0 AS product_id")
            + (_PART if whole else "")
            + (of_own if own else "")
        )
        texts[dialect] = _RANKED.format(
            candidates=candidates, ordered=_ORDERED if ordered else "", sold="AND e.gone = 0" if sold else ""
        )
    return Sql(texts["sqlite"], postgres=texts["postgres"])
