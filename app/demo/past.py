"""Two years of orders before the demo's own, made by the database itself: with a scale there are too many for Python.

They are spread over all companies and days, are over, and hold the lines of the orders that the demo tells of. Their
ids and numbers come before those, as lists and the history are read by them: see Rows.
"""

from datetime import datetime, timedelta

from tortoise.models import Model

from app.database import Sql
from app.demo.deals import FIRST_NUMBER, TOLD
from app.demo.deals import orders_of as told_orders
from app.history.models import Event, HistoryEntry
from app.orders.models import Order

PER_COMPANY = 40  # orders in all
DAYS, BEFORE = 670, timedelta(days=730)  # the demo itself begins less than two months ago

# Moment of the n-th: in working hours, later ones later.
_SECONDS = f"""CAST(:begin AS BIGINT) + (n * {DAYS} / CAST(:size AS BIGINT)) * 86400 + 21600
    + (n * {DAYS} % CAST(:size AS BIGINT)) * 32400 / CAST(:size AS BIGINT)"""
_NUMBERS = """
    WITH RECURSIVE n(n) AS (
        SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM n WHERE n < CAST(:size AS BIGINT)
    )
"""
_ORDERS = f"""
    INSERT INTO orders (id, number, company_id, person_id, manager_id, status, key, contact_name, contact_phone,
                        contact_email, payer_name, payer_inn, delivery, carrier, address, comment, total, retail_total,
                        placed_at)
    {_NUMBERS}
    SELECT n, {FIRST_NUMBER - 1} + n, c.id, p.id, COALESCE(s.manager_id, 1 + n % 3),
           CASE WHEN n % 23 = 0 THEN 'cancelled' ELSE 'done' END, 'past-' || n, p.name, p.phone, p.email, c.name, c.inn,
           t.delivery, t.carrier, t.address, '', t.total, t.retail_total, {{moment}}
    FROM n
    JOIN company c ON c.id = 1 + n * 7919 % CAST(:companies AS BIGINT)
    JOIN person p ON p.company_id = c.id AND p.role = 'owner'
    LEFT JOIN assignment s ON s.company_id = c.id
    JOIN orders t ON t.id = CAST(:size AS BIGINT) + 1 + n % {len(TOLD)}
"""  # noqa: S608 - constant text
_LINES = Sql(
    f"""
    INSERT INTO order_line (order_id, position, product_id, article, name, brand, unit, picture, quantity, retail,
                            discount, price, price_source, vat_rate)
    SELECT o.id, l.position, l.product_id, l.article, l.name, l.brand, l.unit, l.picture, l.quantity, l.retail,
           l.discount, l.price, CASE WHEN l.price_source = 'presentation' THEN 'company' ELSE l.price_source END,
           l.vat_rate
    FROM orders o JOIN order_line l ON l.order_id = CAST(:size AS BIGINT) + 1 + o.id % {len(TOLD)}
    WHERE o.id <= CAST(:size AS BIGINT)
    """  # noqa: S608 - constant text
)
_STEPS = f"""
    INSERT INTO order_status_change (order_id, status, author_id, at)
    SELECT o.id, w.status, CASE WHEN w.status = 'new' THEN o.person_id ELSE o.manager_id END, {{moment}}
    FROM orders o
    JOIN (SELECT 'new' AS status, 0 AS minutes {
    " ".join(
        f"UNION ALL SELECT '{status}', {minutes}"
        for status, minutes in (
            *(("in_work", 7), ("invoiced", 55), ("paid", 1320), ("picking", 1500)),
            *(("shipped", 2880), ("done", 5760), ("cancelled", 1320)),
        )
    )
}) w ON w.status IN ('new', 'in_work', 'invoiced') OR w.status = o.status
         OR (o.status = 'done' AND w.status <> 'cancelled')
    WHERE o.id <= CAST(:size AS BIGINT)
    ORDER BY o.id, w.minutes
"""  # noqa: S608 - constant text
_EVENTS = """
    INSERT INTO event (id, name, at, company_id, actor_id, ip, data, handled_at, attempts, request_id, error)
    SELECT o.id, 'order.placed', o.placed_at, o.company_id, o.person_id, '198.51.100.' || (23 + o.company_id % 200),
           CAST('{{"order":' || o.number || ',"order_id":' || o.id || ',"lines":'
                || (SELECT COUNT(*) FROM order_line l WHERE l.order_id = o.id) || ',"total":' || o.total || '}}'
                AS {json}), o.placed_at, 1, '', ''
    FROM orders o WHERE o.id <= CAST(:size AS BIGINT)
"""
_ENTRIES = Sql(
    """
    INSERT INTO history_entry (id, event_id, at, company_id, affair_id, actor_id, action, subject, ip, data)
    SELECT e.id, e.id, e.at, e.company_id, e.company_id, e.actor_id, e.name, 'order:' || o.number, e.ip, e.data
    FROM event e JOIN orders o ON o.id = e.id WHERE e.id <= CAST(:size AS BIGINT)
    """
)
_AT = {"sqlite": "datetime({}, 'unixepoch') || '+00:00'", "postgres": "to_timestamp({})"}
_LATER = {
    "sqlite": "datetime(o.placed_at, w.minutes || ' minutes') || '+00:00'",
    "postgres": "o.placed_at + w.minutes * INTERVAL '1 minute'",
}
_MAKE_ORDERS = Sql(
    _ORDERS.format(moment=_AT["sqlite"].format(_SECONDS)),
    postgres=_ORDERS.format(moment=_AT["postgres"].format(_SECONDS)),
)
_MAKE_STEPS = Sql(_STEPS.format(moment=_LATER["sqlite"]), postgres=_STEPS.format(moment=_LATER["postgres"]))
_MAKE_EVENTS = Sql(_EVENTS.format(json="TEXT"), postgres=_EVENTS.format(json="JSONB"))


def orders_of(scale: int) -> int:
    """How many there are: none in the demo as it is told, and then as many as make PER_COMPANY orders of each."""
    return PER_COMPANY * 6 * scale - told_orders(scale) if scale > 1 else 0


def before(scale: int) -> dict[type[Model], int]:
    """How many ids of each kind they take."""
    return dict.fromkeys((Event, HistoryEntry, Order), orders_of(scale))


async def make_past(scale: int, now: datetime) -> None:
    """Writes them, when everything else is written."""
    size = orders_of(scale)
    if not size:
        return
    midnight = (now - BEFORE).replace(hour=0, minute=0, second=0, microsecond=0)
    await _MAKE_ORDERS.run(size=size, companies=6 * scale, begin=int(midnight.timestamp()))
    await _LINES.run(size=size)
    await _MAKE_STEPS.run(size=size)
    await _MAKE_EVENTS.run(size=size)
    await _ENTRIES.run(size=size)
