"""What the doors of orders share: finding an order for its reader, and its page."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app import unread
from app.orders import queries
from app.orders.news import order_news
from app.orders.rows import Sheet
from app.threads import presence
from app.threads import queries as threads
from app.threads.forms import CommentForm
from app.threads.queries import Remark, Talk
from app.web.access import ANYONE_SIGNED_IN, allow
from app.web.news import nothing_new, open_answers, up_to_date, writes
from app.web.replies import changed, page
from app.web.requests import reader
from app.web.templates import path


def number(request: Request) -> int:
    """The number of the order in the address."""
    asked: int = request.path_params["number"]
    return asked


async def find_sheet(request: Request) -> Sheet:
    """The order in the address; raises NotFound for one that is not this reader's."""
    return await queries.sheet(reader(request), number(request))


async def find_talk(request: Request, sheet: Sheet) -> Talk:
    """The comments on an order, with what the partner wrote when ordering on top."""
    opening = Remark(0, sheet.person, False, sheet.company, sheet.comment, sheet.placed_at) if sheet.comment else None
    return await threads.of_order(sheet.id, base=path("orders", sheet.number), reader=reader(request), opening=opening)


async def order_page(
    request: Request, sheet: Sheet, *, talk: Talk | None = None, form: CommentForm | None = None, problem: str = ""
) -> Response:
    """The whole page; `form` is a comment that was refused, `problem` a broken rule in words."""
    user = reader(request)
    # The state is read before what is shown of it: at worst a page asks once more than it had to.
    news = await order_news(user, sheet.number)
    talk = (talk or await find_talk(request, sheet)).seen_since(news.since)
    if news.since and not user.deputy:
        await unread.seen(user.id, "order", sheet.number)
    kinds = sorted({line.picture for line in sheet.lines})
    values: dict[str, Any] = {"sheet": sheet, "talk": talk, "form": form or CommentForm(), "kinds": kinds}
    return await page(request, "orders/show.html", problem=problem, news=news, **values)


@allow(ANYONE_SIGNED_IN, quietly=True)
async def show_news(request: Request) -> Response:
    """What has changed since the page was shown: its state, its lines and its comments, or nothing."""
    user = reader(request)
    now = await order_news(user, number(request))
    if writes(request):
        await presence.note("order", number(request), by=user)
    if up_to_date(request, now):
        return nothing_new(now)
    if now.since and not user.deputy:
        await unread.seen(user.id, "order", number(request))
    sheet = await find_sheet(request)
    talk = (await find_talk(request, sheet)).opened(*open_answers(request)).seen_since(now.since)
    fragments = ("shared/_news.html", "orders/_state.html", ("orders/_lines.html", "ordered"), "threads/_thread.html")
    values: dict[str, Any] = {"news": now, "sheet": sheet, "talk": talk, "form": CommentForm()}
    return await changed(request, *fragments, back_to=path("orders", sheet.number), **values)
