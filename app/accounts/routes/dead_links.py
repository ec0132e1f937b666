"""What a link that opens nothing is answered with: what happened to it, and what to do next."""

from starlette.requests import Request
from starlette.responses import Response

from app.accounts.links import DeadLink
from app.web.replies import page


async def dead_link(request: Request, dead: DeadLink, purpose: str) -> Response:
    """404 for a link that was never given out in this form, 410 for one that is used or expired."""
    status = 404 if dead.why == "unknown" else 410
    return await page(request, "accounts/dead_link.html", status=status, why=dead.why, purpose=purpose)
