"""Doors of the administration; its parts have modules of their own."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.administration.overview import overview
from app.administration.routes.letters import routes as letters
from app.administration.routes.settings import routes as settings
from app.administration.routes.sign_ins import routes as sign_ins
from app.administration.routes.staff import routes as staff
from app.administration.routes.vat import routes as vat
from app.administration.routes.work import routes as work
from app.web.access import ADMINISTRATOR, allow
from app.web.replies import page
from app.web.requests import site


@allow(ADMINISTRATOR)
async def index(request: Request) -> Response:
    """What there is, and what needs attention."""
    return await page(request, "administration/index.html", over=await overview(site(request)))


routes = [Route("/", index), *staff, *letters, *work, *sign_ins, *settings, *vat]
