"""A form that was sent when its session had ended, for its sender to look at and send again."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock
from app.accounts.models import KeptForm
from app.errors import NotFound
from app.web.access import ANYONE_SIGNED_IN, allow
from app.web.kept import LASTS
from app.web.replies import page
from app.web.requests import reader

SHOWN = 20  # characters: shorter values are keys, numbers and choices rather than somebody's words


@allow(ANYONE_SIGNED_IN, deputies=False)
async def show(request: Request) -> Response:
    """What was typed, and the button that sends it as it was."""
    since = clock.now() - LASTS
    kept = await KeptForm.get_or_none(id=request.path_params["number"], person_id=reader(request).id, at__gt=since)
    if kept is None:
        raise NotFound
    words = [text for name, text in kept.texts.items() if (len(text) > SHOWN and name != "key") or " " in text]
    return await page(request, "kept/show.html", kept=kept, words=words)


routes = [Route("/{number:id}", show)]
