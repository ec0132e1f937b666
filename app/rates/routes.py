"""Doors of the currency rates, below /administration."""

from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import RuleBroken
from app.i18n import gettext as _
from app.money import Currency
from app.rates import actions
from app.rates.forms import DecisionForm, TermsForm, WriteForm, terms_form
from app.rates.models import CurrencyRate, RateState
from app.settings import Settings
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.labels import label
from app.web.replies import changed, explain, page, redirected, refused
from app.web.requests import reader

HERE = "/administration/rates"
WRITE, TERMS, STATE = "rates/_write.html", "rates/_terms.html", "rates/_state.html"
SHOWN = 40  # rates of the history


@allow(ADMINISTRATOR)
async def index(request: Request) -> Response:
    """The rate that holds, how it is read, what waits for a decision, and those before."""
    return await _page(request)


@allow(ADMINISTRATOR)
async def write(request: Request) -> Response:
    """A rate by hand from today on."""
    form = await WriteForm.read(request)
    if form.valid:
        try:
            await actions.write(form.value, sure=form.sure, by=reader(request))
            return redirected(request, HERE, say=_("The rate is kept: prices follow it already"))
        except actions.Jumped as jumped:
            form.errors["value"] = explain(jumped)
            form.typed["jumped"] = "1"
    whole = lambda: _page(request, write_form=form)  # noqa: E731 - as every refusal
    return await refused(request, form, WRITE, whole=whole, **await _values(request, write_form=form))


@allow(ADMINISTRATOR)
async def read_now(request: Request) -> Response:
    """Reads the bank's rate at once."""
    await Form.read(request)
    state = await actions.reading()
    if not actions.address(state, _environment(request)):
        raise RuleBroken("There is no address to read rates from: write it first")
    failure = await actions.read_now(_environment(request))
    said = label("rate-failure", failure) if failure else _("The bank's rate is read")
    return await changed(request, STATE, back_to=HERE, say=said, **await _values(request))


@allow(ADMINISTRATOR)
async def change_terms(request: Request) -> Response:
    """Where rates are read, and the percentage on top."""
    form = await TermsForm.read(request)
    if not form.valid:
        whole = lambda: _page(request, terms=form)  # noqa: E731 - as every refusal
        return await refused(request, form, TERMS, whole=whole, **await _values(request, terms=form))
    await actions.change_terms(form.address, form.percent, _environment(request), by=reader(request))
    return redirected(request, HERE, say=_("Saved"))


@allow(ADMINISTRATOR)
async def decide(request: Request) -> Response:
    """Agrees to a rate that jumped, or refuses it."""
    form = await DecisionForm.read(request)
    if form.valid:
        await actions.decide(request.path_params["rate"], agreed=form.agreed, by=reader(request))
        return redirected(request, HERE, say=_("The rate holds") if form.agreed else _("The rate is refused"))
    return await refused(request, form, STATE, whole=lambda: _page(request), **await _values(request))


async def _page(request: Request, **forms: Any) -> Response:
    return await page(request, "rates/index.html", **await _values(request, **forms))


async def _values(request: Request, **forms: Any) -> dict[str, Any]:
    state = await actions.reading()
    address = actions.address(state, _environment(request))
    of_currency = CurrencyRate.filter(currency=Currency.USD)
    return {
        "state": state,
        "address": address,
        "current": await actions.current(),
        "held": await of_currency.filter(state=RateState.HELD).order_by("-id"),
        "past": await of_currency.order_by("-day", "-id").limit(SHOWN).select_related("person"),
        "write_form": forms.get("write_form") or WriteForm(),
        "terms": forms.get("terms") or terms_form(state, address),
    }


def _environment(request: Request) -> Settings:
    return cast(Settings, request.app.state.settings)


routes = [
    Route("/rates", index),
    Route("/rates", write, methods=["POST"]),
    Route("/rates/reading", read_now, methods=["POST"]),
    Route("/rates/terms", change_terms, methods=["POST"]),
    Route("/rates/{rate:id}/decision", decide, methods=["POST"]),
]
