"""Doors of what lets a person in: login, password, e-mail address."""

from starlette.requests import Request
from starlette.responses import Response

from app.accounts.links import DeadLink
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.profile import access
from app.profile.forms import EmailForm, GuardedForm, LoginForm, PasswordForm
from app.profile.routes.cards import PROFILE, refuse_form, show_card, show_form
from app.web.access import ANYONE_SIGNED_IN, allow
from app.web.forms import Form
from app.web.replies import explain, page, redirected
from app.web.requests import reader, site


@allow(ANYONE_SIGNED_IN, deputies=False)
async def edit_login(request: Request) -> Response:
    """The form of another login."""
    return await show_form(request, "login_form", LoginForm([("login", reader(request).login)]))


@allow(ANYONE_SIGNED_IN)
async def change_login(request: Request) -> Response:
    """Another login, at once."""
    form = await LoginForm.read(request)
    if await knows_password(request, form):
        try:
            await access.change_login(form.login, by=reader(request), password=form.current)
            return await show_card(request, "access", _("Login changed"))
        except RuleBroken as problem:
            form.errors["login"] = explain(problem)
    return await refuse_form(request, "login_form", form)


@allow(ANYONE_SIGNED_IN, deputies=False)
async def edit_password(request: Request) -> Response:
    """The form of another password."""
    return await show_form(request, "password_form", PasswordForm())


@allow(ANYONE_SIGNED_IN)
async def change_password(request: Request) -> Response:
    """Another password; other devices are signed out."""
    form = await PasswordForm.read(request)
    if await knows_password(request, form):
        try:
            await access.change_password(form.password, by=reader(request))
            return redirected(request, PROFILE, say=_("Password changed, your other devices are signed out"))
        except RuleBroken as problem:
            form.errors["password"] = explain(problem)
    return await refuse_form(request, "password_form", form)


@allow(ANYONE_SIGNED_IN, deputies=False)
async def edit_email(request: Request) -> Response:
    """The form of another e-mail address."""
    return await show_form(request, "email_form", EmailForm())


@allow(ANYONE_SIGNED_IN)
async def ask_for_email(request: Request) -> Response:
    """Asks for another e-mail address: it changes when the link in the letter is followed."""
    form = await EmailForm.read(request)
    if await knows_password(request, form):
        try:
            await access.ask_for_email(form.address, by=reader(request))
            say = _("A letter with a link is on its way to %(address)s") % {"address": form.address}
            return await show_card(request, "access", say)
        except RuleBroken as problem:
            form.errors["email"] = explain(problem)
    return await refuse_form(request, "email_form", form)


@allow(ANYONE_SIGNED_IN, deputies=False)
async def confirmation(request: Request) -> Response:
    """The page of a link: to look at it uses nothing up, programs that check mail do so too."""
    try:
        link = await access.link_of(request.path_params["token"], by=reader(request), settings=site(request))
    except DeadLink as dead:
        return await _dead(request, dead.why)
    return await page(request, "profile/confirmation.html", email=link.email)


@allow(ANYONE_SIGNED_IN)
async def confirm_email(request: Request) -> Response:
    """The new address is confirmed."""
    user = reader(request)
    await Form.read(request)
    try:
        link = await access.link_of(request.path_params["token"], by=user, settings=site(request))
        await access.confirm_email(link, by=user)
    except DeadLink as dead:
        return await _dead(request, dead.why)
    except access.AddressTaken:
        return await _dead(request, "taken")
    return redirected(request, PROFILE, say=_("Your e-mail address is now %(address)s") % {"address": link.email})


async def knows_password(request: Request, form: GuardedForm) -> bool:
    """Whether the form is valid and the current password right; a wrong one is said at its field."""
    if form.valid:
        try:
            await access.must_know_password(form.current, by=reader(request), settings=site(request))
        except RuleBroken as problem:
            form.errors["current"] = explain(problem)
    return form.valid


async def _dead(request: Request, why: str) -> Response:
    """What became of a link that does nothing any more, and what to do: 404 for one that never was, else 410."""
    return await page(request, "profile/dead_link.html", status=404 if why == "unknown" else 410, why=why)
