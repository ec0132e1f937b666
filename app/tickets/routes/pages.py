"""What the doors of a ticket share: finding it for its reader, its page, and the news of that."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app import unread
from app.threads import presence
from app.threads import queries as threads
from app.threads.forms import CommentForm
from app.threads.queries import Talk
from app.tickets import queries
from app.tickets.news import ticket_news
from app.tickets.queries import Sheet
from app.web.access import ANYONE_SIGNED_IN, allow
from app.web.news import nothing_new, open_answers, up_to_date, writes
from app.web.replies import changed, page
from app.web.requests import reader
from app.web.templates import path


def number(request: Request) -> int:
    """The number of the ticket in the address."""
    asked: int = request.path_params["number"]
    return asked


async def find_sheet(request: Request) -> Sheet:
    """The ticket in the address; raises NotFound for one that is not this reader's."""
    return await queries.sheet(reader(request), number(request))


async def find_talk(request: Request, sheet: Sheet) -> Talk:
    """The messages in a ticket."""
    return await threads.of_ticket(sheet.id, base=path("tickets", sheet.number), reader=reader(request))


async def ticket_page(
    request: Request, sheet: Sheet, *, talk: Talk | None = None, form: CommentForm | None = None
) -> Response:
    """The whole page; `form` is a message that was refused."""
    user = reader(request)
    # The state is read before what is shown of it: at worst a page asks once more than it had to.
    news = await ticket_news(user, sheet.number)
    talk = (talk or await find_talk(request, sheet)).seen_since(news.since)
    if news.since and not user.deputy:
        await unread.seen(user.id, "ticket", sheet.number)
    values: dict[str, Any] = {"sheet": sheet, "talk": talk, "form": form or CommentForm()}
    return await page(request, "tickets/show.html", news=news, **values)


@allow(ANYONE_SIGNED_IN, quietly=True)
async def show_news(request: Request) -> Response:
    """What has changed since the page was shown: its state and its messages, or nothing."""
    user = reader(request)
    now = await ticket_news(user, number(request))
    if writes(request):
        await presence.note("ticket", number(request), by=user)
    if up_to_date(request, now):
        return nothing_new(now)
    if now.since and not user.deputy:
        await unread.seen(user.id, "ticket", number(request))
    sheet = await find_sheet(request)
    talk = (await find_talk(request, sheet)).opened(*open_answers(request)).seen_since(now.since)
    values: dict[str, Any] = {"news": now, "sheet": sheet, "talk": talk, "form": CommentForm()}
    fragments = ("shared/_news.html", "tickets/_state.html", "threads/_thread.html")
    return await changed(request, *fragments, back_to=path("tickets", sheet.number), **values)
