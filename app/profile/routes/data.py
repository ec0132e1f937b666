"""Doors of what is known of a person and of a company, and of the letters that a person gets."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.accounts.models import Company, Role
from app.errors import RuleBroken, Stale
from app.i18n import LANGUAGES, use_language
from app.i18n import gettext as _
from app.profile import actions, companies, queries, zones
from app.profile.forms import CompanyForm, LettersForm, PersonForm
from app.profile.routes.cards import PROFILE, refuse_form, show_card, show_form
from app.web.access import ANYONE_SIGNED_IN, PARTNER, allow
from app.web.forms import Form
from app.web.replies import explain, redirected
from app.web.requests import reader

OWNER = frozenset({Role.OWNER})
IN_THE_FRAME = frozenset({"name", "language", "city"})  # the page around the card shows these too


@allow(ANYONE_SIGNED_IN, deputies=False)
async def edit_person(request: Request) -> Response:
    """The form of one's own data."""
    form = PersonForm.of(await queries.person(reader(request)))
    return await show_form(request, "person_form", form, **_choices(form))


@allow(ANYONE_SIGNED_IN)
async def change_person(request: Request) -> Response:
    """Keeps one's own data."""
    user = reader(request)
    form = await PersonForm.read(request, user.is_staff)
    if not form.valid:
        return await refuse_form(request, "person_form", form, **_choices(form))
    fields = await actions.change_person(form.values, by=user)
    use_language(form.values["language"])
    return await _saved(request, "person", fields)


@allow(OWNER, deputies=False)
async def edit_company(request: Request) -> Response:
    """The form of the company's data."""
    company = await _company(request)
    return await show_form(request, "company_form", CompanyForm.of(company), company=company)


@allow(OWNER)
async def change_company(request: Request) -> Response:
    """Keeps the company's data, unless somebody was quicker: then both are shown."""
    # long: a tax number that is taken and a page that is old are told in ways of their own
    company = await _company(request)
    form = await CompanyForm.read(request, company)
    problem: Form | RuleBroken = form
    if form.valid:
        try:
            fields = await companies.change(company.id, form.values, form.version, by=reader(request))
            return await _saved(request, "company", fields)
        except Stale as stale:
            problem, company = stale, await _company(request)
            form.compare(CompanyForm.of(company))
        except RuleBroken as broken:
            form.errors["inn"] = explain(broken)
    return await refuse_form(request, "company_form", form, problem, company=company)


@allow(PARTNER, deputies=False)
async def edit_letters(request: Request) -> Response:
    """The form of which letters to get."""
    user = reader(request)
    person, promo = await queries.person(user), await queries.promo(user)
    wanted = {name: getattr(person, f"wants_{name}") for name in actions.PREFERENCES} | {"promo": promo is not None}
    return await show_form(request, "letters_form", LettersForm((name, "1") for name in wanted if wanted[name]))


@allow(PARTNER)
async def choose_letters(request: Request) -> Response:
    """Keeps which letters to get."""
    form = await LettersForm.read(request)
    await actions.choose_letters(form.wanted, by=reader(request))
    return await show_card(request, "letters", _("Saved"))


async def _saved(request: Request, card: str, fields: list[str]) -> Response:
    """The card, or the whole page again when the frame around it shows what was changed."""
    if IN_THE_FRAME & {*fields}:
        return redirected(request, PROFILE, say=_("Saved"))
    return await show_card(request, card, _("Saved"))


async def _company(request: Request) -> Company:
    return await Company.get(id=reader(request).company)


def _choices(form: PersonForm) -> dict[str, Any]:
    return {"zones": zones.choices(form.typed["timezone"]), "languages": LANGUAGES}
