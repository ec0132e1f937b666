"""Door of the help: the manual of the site."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.i18n import current_language
from app.web.access import public
from app.web.replies import page


@public("whoever cannot get in needs help too")
async def show(request: Request) -> Response:
    """The manual in the reader's language: a text of its own in each, templates/help/ru.html and en.html."""
    return await page(request, f"help/{current_language()}.html")


routes = [
    Route("/", show),
]
