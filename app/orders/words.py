"""What orders are found by: an inverted index of the words of their comments and of the products in them.

A text can be searched by an index only if what is looked for leads it. So each word stands there by all its beginnings
(3 to 10 letters), and a search for the beginning of a word is one equal key, in any collation of either database: an
order of ten words takes some fifty rows, and finding it costs the same among a thousand and a million. A product stands
there as #id: names and articles are searched in the catalogue, which does not grow with orders.
The words are written in the transaction of what they come from. Internal notes never come in: partners search here.
"""

import re

from app.database import Sql

SHORTEST, LONGEST = 3, 10
_WORD = re.compile(r"[^\W_]+")
_ADD = Sql(
    """
    INSERT INTO order_word (company_id, word, number)
    SELECT o.company_id, w.value, o.number FROM orders o CROSS JOIN json_each(:words) w WHERE o.id = :order
    ON CONFLICT DO NOTHING
    """,
    postgres="""
    INSERT INTO order_word (company_id, word, number)
    SELECT o.company_id, w.value, o.number FROM orders o CROSS JOIN unnest(CAST(:words AS text[])) AS w (value)
    WHERE o.id = :order
    ON CONFLICT DO NOTHING
    """,
)
_ADD_PRODUCTS = """
    INSERT INTO order_word (company_id, word, number)
    SELECT DISTINCT o.company_id, '#' || l.product_id, o.number
    FROM order_line l JOIN orders o ON o.id = l.order_id WHERE {which}
    ON CONFLICT DO NOTHING
"""
_ADD_ALL_PRODUCTS = Sql(_ADD_PRODUCTS.format(which="1 = 1"))
_ADD_PRODUCTS_OF_ONE = Sql(_ADD_PRODUCTS.format(which="o.id = :order"))
_TEXTS = Sql(
    """
    SELECT o.id, o.comment AS text FROM orders o WHERE o.comment <> ''
    UNION ALL
    SELECT t.order_id, c.text FROM comment c JOIN thread t ON t.id = c.thread_id
    WHERE t.order_id IS NOT NULL AND NOT c.internal
    """
)


def words(text: str) -> list[str]:
    """The words of a text as they are compared, in their order: casefolded, ё as е, no longer than is kept."""
    return [word[:LONGEST] for word in _WORD.findall(text.casefold().replace("ё", "е"))]


async def index_text(order_id: int, text: str) -> None:
    """Makes an order found by the words of a text, in the current transaction."""
    kept = {word[:end] for word in words(text) for end in range(min(SHORTEST, len(word)), len(word) + 1)}
    if kept:
        await _ADD.run(order=order_id, words=sorted(kept))


async def index_products(order_id: int) -> None:
    """Makes an order found by the products in its lines, in the current transaction."""
    await _ADD_PRODUCTS_OF_ONE.run(order=order_id)


async def index_all() -> None:
    """Makes all orders found that there are: for data that was written in another way."""
    await _ADD_ALL_PRODUCTS.run()
    for row in await _TEXTS.all():
        await index_text(row["id"], row["text"])
