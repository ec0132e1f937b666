"""Whether an order has changed since a page showed it: one cheap query."""

from app.accounts.user import User
from app.database import Sql
from app.errors import NotFound
from app.orders.queries import MINE, reader_values
from app.threads import presence
from app.unread import SINCE
from app.web.news import News, news

_STATE = Sql(
    f"""
    SELECT o.status, o.manager_id, CASE WHEN o.called_at IS NULL THEN 0 ELSE 1 END AS called,
           COALESCE(CASE WHEN :staff THEN t.comments ELSE t.by_staff END, 0) AS staff_said,
           COALESCE(t.by_partner, 0) AS partner_said,
           (SELECT MAX(c.id) FROM order_line_change c WHERE c.order_id = o.id) AS changed,
           {SINCE.format(kind="order", number="o.number")}
    FROM orders o LEFT JOIN thread t ON t.order_id = o.id
    WHERE o.number = :number AND {MINE}
    """  # noqa: S608 - constant text
)


async def order_news(user: User, number: int) -> News:
    """The News of an order's page; raises NotFound for an order that is not this reader's."""
    row = await _STATE.one(number=number, **reader_values(user))
    if row is None:
        raise NotFound
    since = row.pop("since")
    writers = await presence.mark("order", number, user)
    return news(f"/orders/{number}/news", *row.values(), writers, since=since)
