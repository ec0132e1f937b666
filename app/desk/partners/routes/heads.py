"""The partner that a door is about, as far as the reader has to do with it."""

from starlette.requests import Request

from app.desk.partners import queries
from app.desk.partners.queries import Head
from app.errors import RuleBroken
from app.web.requests import reader


async def head_of(request: Request) -> Head:
    """A partner that the reader may look at. Raises NotFound."""
    return await queries.head(reader(request), request.path_params["company"])


async def ours(request: Request) -> Head:
    """A partner that the reader decides about: its manager and administrators do. Raises NotFound, RuleBroken."""
    head = await head_of(request)
    if not (head.mine or reader(request).is_administrator):
        raise RuleBroken("The partner is not yours: take it first")
    return head
