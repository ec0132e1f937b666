"""The page of a presentation, as its doors show it: fresh, with wrong quantities, or with a form of the talk open."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app import unread
from app.presentations import queries
from app.presentations.news import presentation_news
from app.presentations.sheet import Sheet, SheetLine, only
from app.threads import queries as threads
from app.threads.forms import CommentForm
from app.threads.queries import Talk
from app.web.replies import page
from app.web.requests import reader, site


async def find_sheet(request: Request) -> Sheet:
    """The presentation in the path, for its reader; raises NotFound."""
    number, version = request.path_params["number"], request.path_params.get("version", 0)
    return await queries.sheet(reader(request), number, site(request), version=version)


async def find_talk(request: Request, sheet: Sheet) -> Talk:
    """The talk about a presentation."""
    return await threads.of_presentation(sheet.id, base=f"/presentations/{sheet.number}", reader=reader(request))


async def sheet_page(
    request: Request,
    sheet: Sheet,
    *,
    brand: str = "",
    order: str = "",
    talk: Talk | None = None,
    form: CommentForm | None = None,
    noting: int = 0,
) -> Response:
    """The whole page. `form` is a comment that was refused, `noting` the line whose note is being written."""
    # long: a line for each thing that the page shows
    user = reader(request)
    # The state is read before what is shown of it: at worst a page asks once more than it had to.
    news = await presentation_news(user, sheet.number, sheet.version, site(request))
    if news.since and not user.deputy:
        await unread.seen(user.id, "presentation", sheet.number)
    lines = only(sheet.lines, brand, order)
    values: dict[str, Any] = {
        "lines": lines,
        "brands": _brands(sheet),
        "brand": brand,
        "order": order,
        "kinds": kinds(lines),
        "vat": sheet.vat_word,
        "talk": (talk or await find_talk(request, sheet)).seen_since(news.since),
        "news": news,
        "form": form or CommentForm(),
        "noting": noting,
    }
    return await page(request, "presentations/show.html", sheet=sheet, **values)


def kinds(lines: Sequence[SheetLine]) -> list[str]:
    """The pictures that lines show."""
    return sorted({line.picture for line in lines})


def _brands(sheet: Sheet) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in sheet.lines:
        counts[line.brand] = counts.get(line.brand, 0) + 1
    return counts
