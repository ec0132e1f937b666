"""What the doors of orders share: finding an order for its reader, and its page."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.orders import queries
from app.orders.rows import Sheet
from app.threads import queries as threads
from app.threads.forms import CommentForm
from app.threads.queries import Remark, Talk
from app.web.replies import page
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
    talk = talk or await find_talk(request, sheet)
    kinds = sorted({line.picture for line in sheet.lines})
    values: dict[str, Any] = {"sheet": sheet, "talk": talk, "form": form or CommentForm(), "kinds": kinds}
    return await page(request, "orders/show.html", problem=problem, **values)
