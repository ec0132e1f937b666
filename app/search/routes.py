"""The door of the search across the cabinet."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.catalogue.filters import LONGEST, printable
from app.search import queries
from app.web.access import public
from app.web.replies import page, redirected
from app.web.requests import signed_in, site
from app.web.templates import path


@public("guests are led on to the search of the catalogue, which is everybody's")
async def index(request: Request) -> Response:
    """Orders, presentations, tickets and products that a number, an article or words find."""
    user, asked = signed_in(request), request.query_params
    q = printable(asked.get("q", "")).strip()[:LONGEST]
    if user is None or user.must_choose_password:
        return redirected(request, path("catalogue", "search", q=q))
    found = await queries.search(user, q, site(request), literally=asked.get("literally") == "1")
    kinds = sorted({line.picture for line in found.products})
    return await page(request, "search/index.html", q=q, found=found, kinds=kinds)


routes = [Route("/", index)]
