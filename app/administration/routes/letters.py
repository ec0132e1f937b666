"""Doors of the letters log."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from app.administration import post
from app.administration.filters import LetterFilter
from app.errors import RuleBroken
from app.history.models import EmailState
from app.i18n import gettext as _
from app.i18n import ngettext
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, redirected, refused
from app.web.requests import reader

HERE = "/administration/letters"
# A letter may style itself and do nothing else: it stands in a sandbox, apart from the site's cookies and pages.
CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


@allow(ADMINISTRATOR)
async def letters(request: Request) -> Response:
    """All letters, newest first, filtered as the address says."""
    where = LetterFilter(request.query_params.multi_items())
    where.check(reader(request))
    listed, older = await post.letters(where.wanted, before=where.before) if where.valid else ([], 0)
    values = {"letters": listed, "older": older, "where": where, "states": list(EmailState)}
    status = 200 if where.valid else 422
    counts = {"kinds": await post.kinds(), "failed": await post.failed()}
    return await page(request, "administration/letters.html", status=status, **values, **counts)


@allow(ADMINISTRATOR)
async def letter(request: Request) -> Response:
    """One letter: its text, and what became of it."""
    return await _page(request)


@allow(ADMINISTRATOR)
async def letter_html(request: Request) -> Response:
    """The letter as a mail program shows it."""
    one = await post.letter(request.path_params["letter"])
    return HTMLResponse(one.html, headers={"content-security-policy": CSP})


@allow(ADMINISTRATOR)
async def send_again(request: Request) -> Response:
    """Has it sent again."""
    await Form.read(request)
    one = await post.letter(request.path_params["letter"])
    try:
        await post.send_again(one, by=reader(request))
    except RuleBroken as problem:
        told = explain(problem)
        whole = lambda: _page(request, told)  # noqa: E731 - as every refusal
        return await refused(request, problem, "administration/_letter.html", whole=whole, letter=one)
    said, now = _("The letter is on its way again"), await post.letter(one.id)
    return await changed(request, "administration/_letter.html", back_to=f"{HERE}/{one.id}", say=said, letter=now)


@allow(ADMINISTRATOR)
async def ask_sending_all(request: Request) -> Response:
    """Asks whether to send all failed ones again."""
    return await page(request, "administration/sending_all.html", failed=await post.failed())


@allow(ADMINISTRATOR)
async def send_all_again(request: Request) -> Response:
    """Does."""
    await Form.read(request)
    count = await post.send_all_again(by=reader(request))
    said = ngettext("%(num)s letter is on its way again", "%(num)s letters are on their way again", count)
    return redirected(request, HERE, say=said % {"num": count})


async def _page(request: Request, problem: str = "") -> Response:
    one = await post.letter(request.path_params["letter"])
    return await page(request, "administration/letter.html", letter=one, problem=problem)


routes = [
    Route("/letters", letters),
    Route("/letters/sending", ask_sending_all),
    Route("/letters/sending", send_all_again, methods=["POST"]),
    Route("/letters/{letter:id}", letter),
    Route("/letters/{letter:id}/html", letter_html),
    Route("/letters/{letter:id}/sending", send_again, methods=["POST"]),
]
