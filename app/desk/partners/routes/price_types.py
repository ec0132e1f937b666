"""The door of a partner's type of prices."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.desk.partners import price_types, queries
from app.desk.partners.price_types import PriceTypeOfCompanyForm
from app.desk.partners.queries import Head
from app.i18n import gettext as _
from app.web.access import ADMINISTRATOR, allow
from app.web.replies import changed, page, refused
from app.web.requests import reader
from app.web.templates import path

TYPE = "desk/partners/_price_type.html"


@allow(ADMINISTRATOR)
async def give(request: Request) -> Response:
    """Gives the partner another type of prices."""
    head = await queries.head(reader(request), request.path_params["company"])
    form = await PriceTypeOfCompanyForm.read(request, await price_types.choices(head.company))
    if not form.valid:
        values = await type_values(head, form)
        return await refused(
            request, form, TYPE, whole=lambda: page(request, "desk/partners/price_type.html", **values), **values
        )
    await price_types.give(head.id, form.chosen, by=reader(request))
    head = await queries.head(reader(request), head.id)
    back_to = path("desk", "partners", head.id)
    return await changed(request, TYPE, back_to=back_to, say=_("The type of prices is kept"), **await type_values(head))


async def type_values(head: Head, form: PriceTypeOfCompanyForm | None = None) -> dict[str, Any]:
    """What the partner's type of prices needs on a page."""
    types = await price_types.choices(head.company)
    return {"head": head, "types": types, "type_form": form or PriceTypeOfCompanyForm()}


routes = [Route("/partners/{company:id}/price-type", give, methods=["POST"])]
