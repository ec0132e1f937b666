"""The front door: sign-in, sign-out, the language."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app.accounts import actions, second_factor
from app.accounts.forms import LanguageForm, SignInForm
from app.accounts.routes.entering import known_device, let_in
from app.accounts.routes.forgotten import routes as forgotten
from app.accounts.routes.halfway import half_way
from app.accounts.routes.halfway import routes as halfway
from app.accounts.routes.registration import routes as registration
from app.accounts.routes.resetting import routes as resetting
from app.accounts.routes.unsubscribing import routes as unsubscribing
from app.accounts.routes.welcome import routes as welcome
from app.catalogue.filters import printable
from app.errors import NotForDeputies
from app.i18n import gettext as _
from app.web import sessions
from app.web.access import ANYONE_SIGNED_IN, allow, public
from app.web.formats import phone
from app.web.forms import Form
from app.web.replies import explain, page, redirected
from app.web.requests import client_ip, inside, reader, signed_in, site


@public("the address that people type")
async def home(request: Request) -> Response:
    """Staff to their desk, partners to their presentations, guests to the catalogue."""
    user = signed_in(request)
    if user is None:
        return RedirectResponse("/catalogue", 303)
    return RedirectResponse("/desk" if user.is_staff else "/presentations", 303)


@public("people sign in here")
async def sign_in_page(request: Request) -> Response:
    """The sign-in form; who is signed in already goes on."""
    going_to = inside(request.query_params.get("next", ""))
    if signed_in(request):
        return RedirectResponse(going_to, 303)
    form = SignInForm()
    form.typed["login"] = printable(request.query_params.get("login", ""))[:254]  # as a letter's link has it
    return await _sign_in_page(request, form, going_to)


@public("people sign in here")
async def sign_in(request: Request) -> Response:
    """Lets a person in: a new session, the old one of this browser is ended. With a second factor: half way in."""
    # long: each of the three ways to be refused has an answer of its own
    form = await SignInForm.read(request)
    going_to = inside(form.next)
    if not form.valid:
        return await _sign_in_page(request, form, going_to, 422)
    ip, known = client_ip(request), known_device(request, form.login)
    try:
        person = await actions.check_sign_in(
            form.login,
            form.password,
            ip=ip,
            request_id=request.scope["request_id"],
            known_device=known,
            settings=site(request),
        )
    except actions.TooManyAttempts as wait:
        reply = await _sign_in_page(request, form, going_to, 429, problem=explain(wait))
        reply.headers["retry-after"] = str(wait.seconds)
        return reply
    except actions.CompanyBlocked:
        told = _("The access of your company is closed. Ring us, please: %(phone)s")
        told %= {"phone": phone(site(request).site_phone)}
        return await _sign_in_page(request, form, going_to, 403, problem=told)
    if person is None:
        refusal = _("Login and password did not fit. Check the keyboard layout and try again.")
        return await _sign_in_page(request, form, going_to, 422, problem=refusal)
    if await second_factor.has(person.id):
        return half_way(request, person, going_to, stay=form.stay)
    return await let_in(request, person, going_to, stay=form.stay)


@allow(ANYONE_SIGNED_IN, newcomers=True, deputies=True)
async def sign_out(request: Request) -> Response:
    """Ends the session and says so on the sign-in page."""
    await Form.read(request)
    await actions.sign_out(reader(request))
    response = redirected(request, "/sign-in", say=_("You have signed out"))
    request.state.cookies.drop(response, request.state.cookies.session)
    return response


@public("guests choose their language too")
async def change_language(request: Request) -> Response:
    """Keeps the language with the person, or for a guest in a cookie."""
    form = await LanguageForm.read(request)
    response = redirected(request, inside(form.next))
    if form.valid:
        user = signed_in(request)
        if user and user.deputy:
            raise NotForDeputies
        if user:
            await actions.change_language(user, form.language)
        request.state.cookies.put(response, sessions.LANGUAGE_COOKIE, form.language, sessions.YEAR)
    return response


async def _sign_in_page(
    request: Request, form: SignInForm, going_to: str, status: int = 200, problem: str = ""
) -> Response:
    return await page(request, "accounts/sign_in.html", status=status, form=form, going_to=going_to, problem=problem)


routes = [
    Route("/", home),
    Route("/sign-in", sign_in_page),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
    Route("/language", change_language, methods=["POST"]),
    *halfway,
    *registration,
    *forgotten,
    *welcome,
    *resetting,
    *unsubscribing,
]
