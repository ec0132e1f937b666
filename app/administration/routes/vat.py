"""Doors of the VAT rates."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock
from app.administration import rates
from app.administration.forms import RateForm
from app.administration.rates import CHANGEABLE, DayTaken
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, redirected, refused
from app.web.requests import reader, site

HERE = "/administration/vat"
RATES, ADD = "administration/_rates.html", "administration/_rate_form.html"


@allow(ADMINISTRATOR)
async def vat(request: Request) -> Response:
    """The rates by kind and date, and the form of a later one."""
    return await _page(request, RateForm())


@allow(ADMINISTRATOR)
async def add(request: Request) -> Response:
    """Adds a rate from a later day on."""
    form, today = await RateForm.read(request), clock.today(site(request).timezone)
    if form.valid:
        try:
            await rates.add(form.vat, form.rate, form.since, today=today, by=reader(request))
            values = await _values(request, RateForm())
            return await changed(request, ADD, RATES, back_to=HERE, say=_("The rate is added"), **values)
        except DayTaken as problem:
            form.errors["since"] = explain(problem)
    whole = lambda: _page(request, form)  # noqa: E731 - as every refusal
    return await refused(request, form, ADD, whole=whole, **await _values(request, form))


@allow(ADMINISTRATOR)
async def ask_removal(request: Request) -> Response:
    """Asks whether to delete a rate that does not hold yet."""
    one = await rates.rate(request.path_params["rate"])
    return await page(request, "administration/rate_removal.html", rate=one)


@allow(ADMINISTRATOR)
async def remove(request: Request) -> Response:
    """Deletes it."""
    await Form.read(request)
    one, today = await rates.rate(request.path_params["rate"]), clock.today(site(request).timezone)
    try:
        await rates.delete(one, today=today, by=reader(request))
    except RuleBroken as problem:
        told = explain(problem)
        whole = lambda: _page(request, RateForm(), told)  # noqa: E731 - as every refusal
        return await refused(request, problem, RATES, whole=whole, **await _values(request, RateForm()))
    return redirected(request, HERE, say=_("The rate is deleted"))


async def _page(request: Request, form: RateForm, problem: str = "") -> Response:
    return await page(request, "administration/vat.html", problem=problem, **await _values(request, form))


async def _values(request: Request, form: RateForm) -> dict[str, Any]:
    found = await rates.rates(clock.today(site(request).timezone))
    return {"rates": found, "form": form, "changeable": CHANGEABLE}


routes = [
    Route("/vat", vat),
    Route("/vat", add, methods=["POST"]),
    Route("/vat/{rate:id}/removal", ask_removal),
    Route("/vat/{rate:id}/removal", remove, methods=["POST"]),
]
