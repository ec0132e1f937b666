"""Whether a ticket has changed since a page showed it: one cheap query."""

from app.accounts.user import User
from app.database import Sql
from app.errors import NotFound
from app.threads import presence
from app.tickets.queries import MINE, reader_values
from app.unread import SINCE
from app.web.news import News, news

_STATE = Sql(
    f"""
    SELECT k.state, k.manager_id, CASE WHEN :staff THEN t.comments ELSE t.by_staff END AS staff_said, t.by_partner,
           {SINCE.format(kind="ticket", number="k.number")}
    FROM ticket k LEFT JOIN thread t ON t.ticket_id = k.id
    WHERE k.number = :number AND {MINE}
    """  # noqa: S608 - constant text
)


async def ticket_news(user: User, number: int) -> News:
    """The News of a ticket's page; raises NotFound for a ticket that is not this reader's."""
    row = await _STATE.one(number=number, **reader_values(user))
    if row is None:
        raise NotFound
    since = row.pop("since")
    writers = await presence.mark("ticket", number, user)
    return news(f"/tickets/{number}/news", *row.values(), writers, since=since)
