"""The development mailbox: the letters that the development mail server received. A live site has no such doors."""

import re
from pathlib import Path
from typing import cast

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from app import devmail
from app.errors import NotFound
from app.web.access import public
from app.web.replies import page
from app.web.requests import signed_in, site

# A letter may style itself and do nothing else: it stands in a sandbox, apart from the site's cookies and pages.
LETTER_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-top-navigation"
_ADDRESS = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)])")


@public("exists on a developer's own machine only")
async def mailbox(request: Request) -> Response:
    """The latest letters."""
    return await page(request, "mailbox/index.html", letters=devmail.letters(_kept_in(request)), zone=_zone(request))


@public("exists on a developer's own machine only")
async def letter(request: Request) -> Response:
    """One letter as text, with its headers; its addresses are links."""
    found = _letter(request)
    pieces = _ADDRESS.split(found.text)  # every second one is an address
    return await page(request, "mailbox/show.html", letter=found, pieces=pieces, zone=_zone(request))


@public("exists on a developer's own machine only")
async def letter_html(request: Request) -> Response:
    """One letter as a mail program shows it."""
    found = _letter(request)
    if not found.html:
        raise NotFound
    return HTMLResponse(found.html, headers={"content-security-policy": LETTER_CSP})


def _letter(request: Request) -> devmail.Letter:
    found = devmail.letter(_kept_in(request), request.path_params["number"])
    if found is None:
        raise NotFound
    return found


def _kept_in(request: Request) -> Path:
    return cast(Path, site(request).mailbox)  # without it these doors do not exist, see app.routes


def _zone(request: Request) -> object:
    user = signed_in(request)
    return user.zone if user else site(request).timezone


routes = [
    Route("/", mailbox),
    Route("/{number:id}", letter),
    Route("/{number:id}/html", letter_html),
]
