"""Doors of looking at a draft as its partner will see it: on the page, and in a frame as narrow as a phone."""

from collections import Counter
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.accounts.models import Role
from app.catalogue.prices import discounts_of_company
from app.desk.presentations.routes.editing import read
from app.presentations.models import AlreadySent
from app.web.access import MANAGER, allow
from app.web.replies import page, redirected
from app.web.requests import reader
from app.web.security import CSP
from app.web.templates import path


@allow(MANAGER)
async def preview(request: Request) -> Response:
    """The saved draft as its partner will see it."""
    return await _preview(request, framed=False)


@allow(MANAGER)
async def framed(request: Request) -> Response:
    """The same for the frame of `phone`: no other door lets itself be framed, and this one by our own pages only."""
    response = await _preview(request, framed=True)
    response.headers["content-security-policy"] = CSP.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    return response


@allow(MANAGER)
async def phone(request: Request) -> Response:
    """The saved draft in a frame of 390 pixels, without JavaScript too."""
    try:
        draft = await read(request)
    except AlreadySent:
        return redirected(request, path("presentations", request.path_params["number"]))
    response = await page(request, "desk/presentations/phone.html", draft=draft)
    response.headers["content-security-policy"] = f"{CSP}; frame-src 'self'"
    return response


async def _preview(request: Request, *, framed: bool) -> Response:
    try:
        draft = await read(request)
    except AlreadySent:
        return redirected(request, path("presentations", request.path_params["number"]))
    sheet = draft.as_sheet(await discounts_of_company(draft.company_id, draft.products))
    values: dict[str, Any] = {"sheet": sheet, "lines": sheet.lines, "brand": "", "order": "", "framed": framed}
    values["brands"] = Counter(line.brand for line in sheet.lines)
    values["kinds"] = sorted({line.picture for line in sheet.lines})
    values["partner"] = replace(reader(request), role=Role.BUYER)
    return await page(request, "desk/presentations/preview.html", **values)


routes = [
    Route("/presentations/{number:id}/preview", preview),
    Route("/presentations/{number:id}/preview/phone", phone),
    Route("/presentations/{number:id}/preview/framed", framed),
]
