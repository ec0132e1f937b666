"""What the doors of the profile share: a card of the page, its form in the card's place or as a page of its own."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.administration.staff_forms import AbsenceForm
from app.administration.staff_queries import colleagues
from app.errors import RuleBroken
from app.profile import queries, zones
from app.web.forms import Form
from app.web.replies import changed, explain, fragment, page, refused
from app.web.requests import is_htmx, reader, site

PROFILE = "/profile"


async def profile_page(request: Request, absence: AbsenceForm | None = None) -> Response:
    """The whole page; `absence` is a form of staff that was refused."""
    user = reader(request)
    values = await card_values(request, "access", "letters", "devices")
    if user.is_staff:
        form = absence or AbsenceForm.of(values["own"])
        values |= {"absence": form, "colleagues": await colleagues(user.id)}
    return await page(request, "profile/index.html", sign_ins=await queries.sign_ins(user), **values)


async def show_form(request: Request, name: str, form: Form, **values: Any) -> Response:
    """The form of templates/profile/_NAME.html: in the card's place, or as a page."""
    if is_htmx(request):
        return fragment(request, _template(name), form=form, **values)
    return await _form_page(request, name, form, **values)


async def refuse_form(
    request: Request, name: str, form: Form, problem: Form | RuleBroken | None = None, **values: Any
) -> Response:
    """The form with what is wrong at its fields, or with the rule that was broken."""
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: _form_page(request, name, form, problem=notice, **values)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem or form, _template(name), whole=whole, form=form, **values)


async def show_card(request: Request, card: str, say: str) -> Response:
    """The card as it is now, after a change."""
    values = await card_values(request, card)
    return await changed(request, f"profile/_{card}.html", back_to=PROFILE, say=say, **values)


async def card_values(request: Request, *cards: str) -> dict[str, Any]:
    """What the cards show: the person (`own`), their time zone in words, and what each card has of its own."""
    user = reader(request)
    own = await queries.person(user)
    values: dict[str, Any] = {"own": own, "zone": zones.words(own.timezone)}
    if "access" in cards:
        values["new_address"] = await queries.new_address(user)
    if "letters" in cards:
        values["promo"] = await queries.promo(user)
    if "devices" in cards:
        values["devices"] = await queries.devices(user, site(request))
    return values


async def _form_page(request: Request, name: str, form: Form, **values: Any) -> Response:
    return await page(request, "profile/edit.html", name=name, form=form, **values)


def _template(name: str) -> str:
    return f"profile/_{name}.html"
