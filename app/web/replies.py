"""The three replies: a whole page, what changed, and a refusal. HX-Request decides between fragment and page."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app import chosen, tokens
from app.errors import RuleBroken
from app.i18n import current_language, gettext
from app.web import frame
from app.web.forms import Form
from app.web.requests import is_htmx, seen, signed_in, site

SAID_COOKIE = "said"
SAID_FOR = 60  # seconds between the change and the page that confirms it

Fragment = str | tuple[str, str]  # a template, or a template and the DOM id of its root


async def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A whole page in the frame of its reader. `said` (see `changed`) is shown once."""
    await chosen.refresh()
    settings = site(request)
    user = signed_in(request)
    around = await frame.load(user, settings, request.app.state.brands)
    said = tokens.unsign(settings, "said", request.cookies.get(SAID_COOKIE, ""), SAID_FOR) or ""
    values.setdefault("said", said)
    response = HTMLResponse(render(request, template, frame=around, **values), status)
    response.headers["vary"] = "HX-Request, Cookie"
    if said:
        request.state.cookies.drop(response, SAID_COOKIE)
    return response


async def changed(
    request: Request, *fragments: Fragment, back_to: str, say: str = "", status: int = 200, **values: Any
) -> Response:
    """What a write changed. htmx gets the fragments, the first in place and the others by their ids; `say` is
    told to screen readers. Without htmx: 303 to `back_to`, where `say` stands on the page once.
    """
    if not is_htmx(request):
        response: Response = RedirectResponse(back_to, 303)
        if say:
            request.state.cookies.put(response, SAID_COOKIE, tokens.sign(site(request), "said", say), SAID_FOR)
        return response
    if not fragments:
        return redirected(request, back_to, say=say)
    return HTMLResponse(_fragments(request, fragments, say, values), status, {"vary": "HX-Request"})


def fragment(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """One fragment, for htmx to put where its target is."""
    return HTMLResponse(render(request, template, **values), status, {"vary": "HX-Request"})


def answer_text(request: Request, talk: Any, form: Form) -> Response:
    """The text of an answer that is being written, with what was put into it: of the form that was sent."""
    answers = form.typed["answers"]
    remark = talk.remark(int(answers)) if answers else None
    return fragment(request, "threads/_text.html", talk=talk, remark=remark, form=form, put=True)


def redirected(request: Request, to: str, *, say: str = "") -> Response:
    """Leads the browser to another page, with htmx or without."""
    response = Response(headers={"HX-Redirect": to}) if is_htmx(request) else RedirectResponse(to, 303)
    if say:
        request.state.cookies.put(response, SAID_COOKIE, tokens.sign(site(request), "said", say), SAID_FOR)
    return response


def moved(to: str) -> Response:
    """Leads for good to the address that a thing has now; a browser asks again after a day."""
    return RedirectResponse(to, 301, {"cache-control": "public, max-age=86400"})


async def refused(
    request: Request,
    problem: Form | RuleBroken,
    *fragments: Fragment,
    whole: Callable[[], Awaitable[Response]],
    **values: Any,
) -> Response:
    """A refusal, with everything typed still there: 422 for a form, 409 for a rule.

    htmx gets the fragments; without it `whole` renders the page (its status is set here).
    """
    status = 422 if isinstance(problem, Form) else 409
    if is_htmx(request):
        html = _fragments(request, fragments, "", values)
        if isinstance(problem, RuleBroken):
            html += _problem(request, problem)
        return HTMLResponse(html, status, {"vary": "HX-Request"})
    response = await whole()
    response.status_code = status
    return response


def explain(problem: RuleBroken) -> str:
    """A broken rule in the reader's language."""
    text = gettext(problem.message)
    return text % problem.values if problem.values else text


def render(request: Request, template: str, **values: Any) -> str:
    """A template with what every template may use; `seen` is the address of the page, `here` its path."""
    address = seen(request)
    return str(
        request.app.state.templates.render(
            template,
            user=signed_in(request),
            csrf=request.state.csrf,
            language=current_language(),
            here=address.partition("?")[0],
            seen=address,
            **values,
        )
    )


def _fragments(request: Request, fragments: tuple[Fragment, ...], say: str, values: Mapping[str, Any]) -> str:
    parts = []
    for index, fragment in enumerate(fragments):
        template, root = fragment if isinstance(fragment, tuple) else (fragment, _root(fragment))
        html = render(request, template, fresh=True, **values)
        parts.append(
            html if index == 0 else f'<hx-partial hx-target="#{root}" hx-swap="outerMorph">{html}</hx-partial>'
        )
    if say:
        html = render(request, "shared/_said.html", said=say)
        parts.append(f'<hx-partial hx-target="#said" hx-swap="outerHTML">{html}</hx-partial>')
    return "".join(parts)


def _problem(request: Request, problem: RuleBroken) -> str:
    """A broken rule at the top of the page, told to screen readers as an alert."""
    values = {
        "status": 409,
        "title": gettext("This cannot be done now"),
        "advice": explain(problem),
        "request_id": "",
        "way": problem.way,
    }
    html = render(request, "errors/_problem.html", **values)
    return f'<hx-partial hx-target="#problem" hx-swap="outerHTML">{html}</hx-partial>'


def _root(template: str) -> str:
    """The DOM id of a fragment that stands once on a page: cart/_basket.html → basket."""
    return PurePosixPath(template).stem.lstrip("_")
