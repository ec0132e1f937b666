"""Doors of registration: the form, the page of the letter's link, the button on it."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app import tokens
from app.accounts import queries, registration, throttle
from app.accounts.joining import Registration, RegistrationState
from app.accounts.links import DeadLink
from app.accounts.logins import LoginTaken
from app.accounts.models import Person
from app.accounts.registration_forms import ANY_MANAGER, ConfirmationForm, RegistrationForm
from app.accounts.routes.dead_links import dead_link
from app.accounts.routes.entering import let_in
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.web.access import public
from app.web.replies import explain, page, redirected
from app.web.requests import client_ip, signed_in, site


@public("people who have no access yet ask for it here")
async def registration_page(request: Request) -> Response:
    """The form; who is signed in already needs none."""
    if signed_in(request):
        return RedirectResponse("/", 303)
    form = RegistrationForm([("key", tokens.new_secret()), ("manager", ANY_MANAGER)])
    return await _page(request, form)


@public("people who have no access yet ask for it here")
async def register(request: Request) -> Response:
    """Keeps the registration; the answer is the same whether the address is known or not."""
    form = await RegistrationForm.read(request, {one.id for one in await queries.managers()}, site(request))
    if not form.valid:
        return await _page(request, form, 422)
    ip, request_id = client_ip(request), request.scope["request_id"]
    about = {"promo": form.promo, "key": form.key, "ip": ip, "request_id": request_id, "settings": site(request)}
    try:
        await registration.ask(form.wanted, form.password, **about)
    except LoginTaken as taken:
        form.errors["login"] = explain(taken)
        return await _page(request, form, 422)
    except throttle.TooOften as wait:
        return await _page(request, form, 429, problem=explain(wait), wait=wait.seconds)
    say = _("We have written to %(address)s") % {"address": form.wanted.email}
    return redirected(request, "/registration/sent", say=say)


@public("it tells what comes next, to whoever has registered")
async def sent(request: Request) -> Response:
    """What comes after the form: a letter."""
    return await page(request, "accounts/registration_sent.html")


@public("the link of a letter leads here")
async def confirmation_page(request: Request) -> Response:
    """What the link confirms, and a button: programs that look into letters open links, and must not use them up."""
    try:
        _link, found = await registration.find(request.path_params["token"], settings=site(request))
    except DeadLink as dead:
        return await dead_link(request, dead, "registration")
    return await _confirmation_page(request, found, ConfirmationForm())


@public("the link of a letter leads here")
async def confirm(request: Request) -> Response:
    """Confirms the address. A new company's owner is signed in, others wait for theirs."""
    # long: each way that it can end has an answer of its own
    form = await ConfirmationForm.read(request)
    token, settings = request.path_params["token"], site(request)
    try:
        _link, found = await registration.find(token, settings=settings)
        if not form.valid:
            return await _confirmation_page(request, found, form, 422)
        ip, request_id = client_ip(request), request.scope["request_id"]
        done = await registration.confirm(token, login=form.login, ip=ip, request_id=request_id, settings=settings)
    except DeadLink as dead:
        return await dead_link(request, dead, "registration")
    except LoginTaken as taken:
        form.typed["login"] = form.login or found.login
        form.errors["login"] = explain(taken)
        return await _confirmation_page(request, found, form, 422)
    except RuleBroken as broken:
        return await _confirmation_page(request, found, form, 409, problem=explain(broken))
    if done.state is RegistrationState.WAITING:
        return redirected(request, "/registration/waiting")
    say = _("Welcome, %(name)s! Your access is ready") % {"name": done.name}
    return await let_in(request, await Person.get(id=done.person_id), "/catalogue", say=say)


@public("it tells what comes next, to whoever waits for a company's owner")
async def waiting(request: Request) -> Response:
    """The company is here already: its owner is asked."""
    return await page(request, "accounts/registration_waiting.html")


async def _page(
    request: Request, form: RegistrationForm, status: int = 200, *, problem: str = "", wait: int = 0
) -> Response:
    managers = await queries.managers()
    reply = await page(
        request, "accounts/registration.html", status=status, form=form, managers=managers, problem=problem
    )
    if wait:
        reply.headers["retry-after"] = str(wait)
    return reply


async def _confirmation_page(
    request: Request, found: Registration, form: ConfirmationForm, status: int = 200, *, problem: str = ""
) -> Response:
    template = "accounts/confirmation.html"
    return await page(request, template, status=status, registration=found, form=form, problem=problem)


routes = [
    Route("/registration", registration_page),
    Route("/registration", register, methods=["POST"]),
    Route("/registration/sent", sent),
    Route("/registration/waiting", waiting),
    Route("/registration/confirmation/{token}", confirmation_page),
    Route("/registration/confirmation/{token}", confirm, methods=["POST"]),
]
