"""Doors of a product's documents: one comes, and goes. Where they are read: app/documents/routes.py."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.catalogue.models import Product
from app.documents import actions
from app.documents import queries as documents
from app.documents.forms import DocumentForm
from app.errors import RuleBroken
from app.goods import queries
from app.goods.forms import product_form
from app.goods.routes.products import form_page
from app.i18n import gettext as _
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, refused
from app.web.requests import reader, site
from app.web.templates import path

DOCUMENTS = "goods/_documents.html"


@allow(ADMINISTRATOR, files=True)
async def add(request: Request) -> Response:
    """Takes a document."""
    product, form = await _product(request), await DocumentForm.read(request)
    new = False
    try:
        if form.valid:
            new = await actions.add(product.id, form.title, form.files[0], by=reader(request), settings=site(request))
    except RuleBroken as problem:
        form.errors["files"] = explain(problem)
    if form.valid:
        return await _changed(request, product, _("The document is kept") if new else _("It is there already"))
    whole = lambda: form_page(request, product_form(product), product, paper=form)  # noqa: E731 - as every refusal
    return await refused(request, form, DOCUMENTS, whole=whole, **await _values(product, form))


@allow(ADMINISTRATOR)
async def ask_removal(request: Request) -> Response:
    """Asks whether to take a document away."""
    product = await _product(request)
    document = await documents.document(product.id, request.path_params["document"])
    return await page(request, "goods/document_removal.html", product=product, document=document)


@allow(ADMINISTRATOR)
async def remove(request: Request) -> Response:
    """Takes it away."""
    product = await _product(request)
    await Form.read(request)
    await actions.remove(product.id, request.path_params["document"], by=reader(request))
    return await changed(request, back_to=_path(product), say=_("The document is removed"))


async def _product(request: Request) -> Product:
    return await queries.product(request.path_params["product"])


def _path(product: Product) -> str:
    return f"{path('administration', 'products', product.id)}#documents"


async def _values(product: Product, form: DocumentForm) -> dict[str, Any]:
    return {"product": product, "documents": await documents.of_product(product.id), "paper": form}


async def _changed(request: Request, product: Product, said: str) -> Response:
    values = await _values(product, DocumentForm())
    return await changed(request, DOCUMENTS, back_to=_path(product), say=said, **values)


routes = [
    Route("/products/{product:id}/documents", add, methods=["POST"]),
    Route("/products/{product:id}/documents/{document:id}/removal", ask_removal),
    Route("/products/{product:id}/documents/{document:id}/removal", remove, methods=["POST"]),
]
