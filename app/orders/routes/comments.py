"""Doors of the talk about an order."""

from starlette.requests import Request
from starlette.responses import Response

from app.i18n import gettext as _
from app.orders import queries
from app.orders.routes.pages import find_sheet, find_talk, order_page
from app.threads import actions
from app.threads.forms import CommentForm
from app.threads.queries import Talk
from app.web.access import ANYONE_SIGNED_IN, BUYER, MANAGER, allow
from app.web.replies import changed, fragment, redirected, refused
from app.web.requests import is_htmx, reader


@allow(BUYER, MANAGER)
async def comment(request: Request) -> Response:
    """Adds a comment, or an answer to one."""
    user, sheet = reader(request), await find_sheet(request)
    form = await CommentForm.read(request)
    if not form.valid:
        talk = (await find_talk(request, sheet)).opened(form.answers)
        whole = lambda: order_page(request, sheet, talk=talk, form=form)  # noqa: E731 - as `refused` takes it
        return await refused(request, form, "threads/_thread.html", whole=whole, talk=talk, form=form)
    order = await queries.order(user, sheet.number)
    added = await actions.add_comment(
        order, form.comment, by=user, key=form.key, internal=form.internal, answers=form.answers
    )
    talk = (await find_talk(request, sheet)).with_added(added.number)
    back_to, say = f"{talk.base}#comment-{added.number}", _("The comment is sent")
    return await changed(request, "threads/_thread.html", back_to=back_to, say=say, talk=talk, form=CommentForm())


@allow(BUYER, MANAGER, deputies=False)
async def answer(request: Request) -> Response:
    """The pencil: a comment with the form of an answer open under it, in place or on the order's page."""
    sheet = await find_sheet(request)
    talk = (await find_talk(request, sheet)).opened(request.path_params["comment"])
    return _fragment(request, talk) if is_htmx(request) else await order_page(request, sheet, talk=talk)


@allow(ANYONE_SIGNED_IN)
async def show_comment(request: Request) -> Response:
    """One comment with no form under it, or its place on the order's page."""
    talk = await find_talk(request, await find_sheet(request))
    remark = talk.remark(request.path_params["comment"])
    if is_htmx(request):
        return _fragment(request, talk)
    return redirected(request, f"{talk.base}#comment-{remark.number}")


def _fragment(request: Request, talk: Talk) -> Response:
    remark = talk.remark(request.path_params["comment"])
    return fragment(request, "threads/_comment.html", talk=talk, remark=remark, form=CommentForm())
