"""What a reader has looked at lately: in a signed cookie of the browser, so that no page writes to the database.

Pages of products are kept in no shared cache, whoever reads them; and who signs in after somebody else sees nothing of
theirs: the cookie says whose it is.
"""

from starlette.requests import Request
from starlette.responses import Response

from app import tokens
from app.web.requests import signed_in, site

COOKIE = "seen"
KEPT, SHOWN = 9, 6  # products
LASTS = 60 * 86400  # seconds


def looked_at(request: Request) -> list[int]:
    """The ids of the products, the last one first."""
    text = tokens.unsign(site(request), COOKIE, request.cookies.get(COOKIE, ""), LASTS) or ""
    owner, _, ids = text.partition(":")
    if owner != _owner(request):
        return []
    return [int(one) for one in ids.split(",") if one.isascii() and one.isdigit()][:KEPT]


def remember(request: Request, response: Response, product_id: int) -> None:
    """Puts a product before the others, unless it stands there already."""
    before = looked_at(request)
    if before[:1] == [product_id]:
        return
    ids = [product_id, *(one for one in before if one != product_id)][:KEPT]
    text = f"{_owner(request)}:{','.join(map(str, ids))}"
    request.state.cookies.put(response, COOKIE, tokens.sign(site(request), COOKIE, text), LASTS)


def _owner(request: Request) -> str:
    user = signed_in(request)
    return str(user.id) if user else "-"
