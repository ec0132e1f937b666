"""Finding orders by number, product and words: the statements that give the numbers of what was found."""

from functools import cache

from app.accounts.user import User
from app.catalogue.models import article_key
from app.catalogue.search import find
from app.database import Sql
from app.orders.queries import MINE, reader_values
from app.orders.words import words

WORDS, PRODUCTS = 5, 200  # that a search looks at
NEWEST = 500  # finds of each word among which staff's orders are looked for

_EXACT = Sql(f"SELECT o.number FROM orders o WHERE o.number = :number AND {MINE}")  # noqa: S608 - constant text
# A number may be an order's: of articles only those are meant then that begin with it.
_ORDERED = Sql(
    """
    SELECT e.product_id AS id FROM product_entry e
    WHERE e.product_id IN :found AND (:digits = '' OR e.article_key LIKE :digits || '%')
      AND (:company = 0 OR EXISTS (
          SELECT 1 FROM order_word y WHERE y.company_id = :company AND y.word = '#' || e.product_id))
    """
)
# How often each word occurs, as far as a few pages: the rarest one leads a search.
_COUNT = (
    "(SELECT COUNT(*) FROM (SELECT 1 FROM order_word y WHERE y.company_id = :company AND y.word = w.value LIMIT 200) z)"
)
_RAREST = Sql(
    f"SELECT w.value AS word FROM json_each(:words) w ORDER BY {_COUNT} LIMIT 1",  # noqa: S608 - constant text
    postgres=f"SELECT w.value AS word FROM unnest(CAST(:words AS text[])) AS w (value) ORDER BY {_COUNT} LIMIT 1",  # noqa: S608
)
# As in app.history.keys: a stream for each product that fits and one for the words; no stream is read further back than
# a page can reach, so that many streams cost what one does.
_MATCH = """
    y.company_id = :company AND y.word = s.word AND y.number < :before AND y.number > :least {filters}
    AND (s.word <> :leading OR NOT EXISTS (
        SELECT 1 FROM {others} WHERE NOT EXISTS (
            SELECT 1 FROM order_word z WHERE z.company_id = :company AND z.word = w.value AND z.number = y.number)))
"""
_KEYS = """
    WITH stream AS MATERIALIZED (SELECT w.value AS word FROM {streams}),
    newest AS (
        SELECT (SELECT y.number FROM order_word y WHERE {match} ORDER BY y.number DESC LIMIT 1) AS number FROM stream s
    ),
    reach AS (
        SELECT COALESCE((SELECT n.number FROM newest n WHERE n.number IS NOT NULL
                         ORDER BY n.number DESC LIMIT 1 OFFSET :limit), 0) AS number
    )
"""
_OF_EACH = """
    SELECT y.number FROM order_word y WHERE {match} AND y.number >= (SELECT r.number FROM reach r)
    ORDER BY y.number DESC LIMIT :limit
"""
_SQLITE_KEYS = f"""{_KEYS}
    SELECT DISTINCT o.number FROM stream s CROSS JOIN orders o WHERE o.number IN ({_OF_EACH})
    ORDER BY o.number DESC LIMIT :limit
"""  # noqa: S608 - constant text
_POSTGRES_KEYS = f"""{_KEYS}
    SELECT DISTINCT x.number FROM stream s CROSS JOIN LATERAL ({_OF_EACH}) x ORDER BY x.number DESC LIMIT :limit
"""  # noqa: S608 - constant text
_OF_WORD = "SELECT y.number FROM order_word y WHERE y.word = w.value ORDER BY y.number DESC LIMIT :newest"
_OF_ALL_WORDS = f"""
    {MINE} AND (w.value LIKE '#%' OR NOT EXISTS (SELECT 1 FROM {{others}} WHERE NOT EXISTS (
        SELECT 1 FROM order_word z WHERE z.company_id = o.company_id AND z.word = v.value AND z.number = o.number)))
    ORDER BY o.number DESC LIMIT :limit
"""  # noqa: S608 - constant text
_EACH = {"sqlite": "json_each(:{}) {}", "postgres": "unnest(CAST(:{} AS text[])) AS {} (value)"}
OF_STAFF = Sql(
    f"SELECT DISTINCT o.number FROM json_each(:streams) w CROSS JOIN orders o WHERE o.number IN ({_OF_WORD}) AND "  # noqa: S608
    + _OF_ALL_WORDS.format(others=_EACH["sqlite"].format("others", "v")),
    postgres="SELECT DISTINCT o.number FROM unnest(CAST(:streams AS text[])) AS w (value) "  # noqa: S608
    f"CROSS JOIN LATERAL ({_OF_WORD}) y JOIN orders o ON o.number = y.number WHERE "
    + _OF_ALL_WORDS.format(others=_EACH["postgres"].format("others", "v")),
)


def number_in(q: str) -> int:
    """The number that a search is («65», «№ 65»), or 0."""
    digits = q.lstrip("№# ").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


async def exact(user: User, q: str) -> int:
    """The number that a search is, when the reader has an order with it; else 0."""
    return await _EXACT.value(number=number_in(q), **reader_values(user)) or 0


async def streams(q: str, *, company: int) -> tuple[list[str], list[str]]:
    """What to look up: the leading word, if any, and the products that fit; and the words that go with the first."""
    typed, key = words(q)[:WORDS], article_key(q)
    digits = key if key.isascii() and key.isdigit() else ""
    found = (await find(q, company=company, literally=True)).ids
    rows = await _ORDERED.all(found=found, digits=digits, company=company) if found else []
    fitting = {row["id"] for row in rows}
    products = [one for one in found if one in fitting][:PRODUCTS]
    leading = [await _RAREST.value(words=typed, company=company)] if typed else []
    return [*leading, *(f"#{one}" for one in products)], [word for word in typed if word not in leading]


@cache
def keys(asked: str) -> Sql:
    """The statement of a company's search; `asked` is further conditions on an order `o`, each with its AND."""
    filters = f"AND EXISTS (SELECT 1 FROM orders o WHERE o.number = y.number {asked})" if asked else ""  # noqa: S608
    texts = {}
    for dialect, text in (("sqlite", _SQLITE_KEYS), ("postgres", _POSTGRES_KEYS)):
        match = _MATCH.format(filters=filters, others=_EACH[dialect].format("others", "w"))
        texts[dialect] = text.format(match=match, streams=_EACH[dialect].format("streams", "w"))
    return Sql(texts["sqlite"], postgres=texts["postgres"])
