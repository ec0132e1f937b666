"""Doors of what is dealt with: «Разобрано»."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import tokens
from app.desk.settling import actions, queries
from app.desk.settling.forms import WishForm
from app.desk.settling.queries import ExtensionWish
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.web.access import MANAGER, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, redirected
from app.web.requests import back_to_desk, reader


@allow(MANAGER)
async def settle_letter(request: Request) -> Response:
    """A letter that did not arrive waits no more."""
    user = reader(request)
    letter = await queries.letter(user, request.path_params["letter"])
    await Form.read(request)
    await actions.settle_letter(letter, by=user)
    say = _("Dealt with: %(what)s") % {"what": letter.recipient}
    return await changed(request, back_to=back_to_desk(request, "/desk/letters"), say=say)


@allow(MANAGER)
async def ask_about_request(request: Request) -> Response:
    """Asks once more before a request to prolong goes, and what to say to the partner."""
    wish = await queries.wish(reader(request), request.path_params["request"])
    return await _page(request, wish, WishForm())


@allow(MANAGER)
async def settle_request(request: Request) -> Response:
    """A request to prolong waits no more; the partner reads a comment if one was written."""
    user = reader(request)
    wish = await queries.wish(user, request.path_params["request"])
    form = await WishForm.read(request)
    if not form.valid:
        return await _page(request, wish, form, status=422)
    try:
        await actions.settle_request(wish, form.comment, key=form.key, by=user)
    except RuleBroken as problem:
        return await _page(request, wish, form, status=409, problem=explain(problem))
    say = _("Dealt with: %(what)s") % {"what": wish.title}
    return redirected(request, "/desk/extensions", say=say)


async def _page(
    request: Request, wish: ExtensionWish, form: WishForm, *, status: int = 200, problem: str = ""
) -> Response:
    key = form.typed["key"] or tokens.new_secret()
    values = {"wish": wish, "form": form, "key": key, "problem": problem}
    return await page(request, "desk/settling/request.html", status=status, **values)


routes = [
    Route("/letters/{letter:id}/settlement", settle_letter, methods=["POST"]),
    Route("/extensions/{request:id}/settlement", ask_about_request),
    Route("/extensions/{request:id}/settlement", settle_request, methods=["POST"]),
]
