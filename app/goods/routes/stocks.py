"""The door of what lies in which warehouse of a product."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.goods import queries
from app.goods.forms import product_form
from app.goods.routes.products import form_page
from app.i18n import gettext as _
from app.warehouses import actions
from app.warehouses import queries as warehouses
from app.warehouses.forms import StockForm
from app.web.access import ADMINISTRATOR, allow
from app.web.replies import changed, refused
from app.web.requests import reader
from app.web.templates import path


@allow(ADMINISTRATOR)
async def put(request: Request) -> Response:
    """Writes what was changed."""
    product, shown = await queries.product(request.path_params["product"]), await warehouses.shown()
    form = await StockForm.read(request, shown)
    if form.valid:
        await actions.put(product.id, form.quantities, by=reader(request))
        return await changed(request, back_to=path("administration", "products", product.id), say=_("Saved"))
    held = await warehouses.of_product(product.id)
    whole = lambda: form_page(request, product_form(product), product, stock=form)  # noqa: E731 - as every refusal
    values = {"product": product, "warehouses": shown, "held": held, "stock": form}
    return await refused(request, form, "goods/_stocks.html", whole=whole, **values)


routes = [
    Route("/products/{product:id}/stocks", put, methods=["POST"]),
]
