"""Who may knock at which door. Every handler declares it; a site with an undeclared door does not start."""

from collections.abc import Awaitable, Callable, Iterable
from functools import wraps
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from app import chosen
from app.accounts.models import BUYERS, PARTNERS, STAFF, Role
from app.accounts.second_factor import must_set_up
from app.accounts.user import User
from app.errors import Forbidden, NotForDeputies
from app.web import multipart
from app.web.forms import form_data
from app.web.kept import keep
from app.web.requests import is_htmx, seen, signed_in, site
from app.web.security import crosses_sites

Handler = Callable[[Request], Awaitable[Response]]

PARTNER = PARTNERS
BUYER = BUYERS
OWNER = frozenset({Role.OWNER})
MANAGER = STAFF
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
ANYONE_SIGNED_IN = PARTNERS | STAFF


def allow(
    *roles: frozenset[Role],
    quietly: bool = False,
    files: bool = False,
    newcomers: bool = False,
    set_up: bool = False,
    deputies: bool | None = None,
    body: int = 0,
) -> Callable[[Handler], Handler]:
    """The door opens to signed-in people of these roles; guests are asked to sign in, others get 403.

    `quietly`: nobody pressed anything, and so a guest gets an empty 401; who is typing is not led away.
    `files`: the door takes forms with files, which may be larger (app.web.body_limit); they are gone afterwards.
    Who was invited and has no password of their own yet is led to /welcome, unless the door is for `newcomers` too.
    Staff who must have a second factor and have none are led to its set-up, unless the door is a part of it (`set_up`).
    `deputies`: whether it opens to a manager who acts for a partner (app/acting). If nothing is said, they may read and
    not write: what is done in a partner's name is said at the door.
    `body`: the most bytes that it takes, where that is another limit than forms have (app.web.body_limit).
    """
    # long: a line for each way in, and for each mark on the door
    allowed = frozenset().union(*roles)

    def declare(handler: Handler) -> Handler:
        @wraps(handler)
        async def door(request: Request) -> Response:
            user = signed_in(request)
            try:
                if user is None:
                    return Response(status_code=401) if quietly else await _to_sign_in(request)
                if user.must_choose_password and not newcomers:
                    return Response(status_code=401) if quietly else _led_to("/welcome", request)
                if await _lacks_second_factor(user, request) and not (newcomers or set_up):
                    return Response(status_code=401) if quietly else _led_to("/profile/second-factor", request)
                await _guard(request)
                if user.role not in allowed:
                    raise Forbidden
                if user.deputy and not (reads(request) if deputies is None else deputies):
                    raise NotForDeputies
                return await handler(request)
            finally:
                await multipart.close(request)

        door.access = allowed  # type: ignore[attr-defined]  # a mark read by check_doors
        door.files = files  # type: ignore[attr-defined]  # a mark read by app.web.multipart and app.web.body_limit
        door.body = body  # type: ignore[attr-defined]  # a mark read by app.web.body_limit
        return door

    return declare


async def _lacks_second_factor(user: User, request: Request) -> bool:
    if user.is_staff:
        await chosen.refresh()  # an administrator may have asked it of everybody just now
    return must_set_up(user, site(request))


def reads(request: Request) -> bool:
    """Whether the request only looks."""
    return request.method in ("GET", "HEAD")


def public(reason: str, *, by_token: bool = False, body: int = 0) -> Callable[[Handler], Handler]:
    """The door opens to everybody, for a stated reason.

    `by_token`: a signed token in the address says that a write was meant; it may come from anywhere.
    `body`: the most bytes that it takes, where that is another limit than forms have (app.web.body_limit).
    """

    def declare(handler: Handler) -> Handler:
        @wraps(handler)
        async def door(request: Request) -> Response:
            if not by_token:
                await _guard(request)
            return await handler(request)

        door.access = reason  # type: ignore[attr-defined]  # a mark read by check_doors
        door.body = body  # type: ignore[attr-defined]  # a mark read by app.web.body_limit
        return door

    return declare


def check_doors(routes: Iterable[BaseRoute], prefix: str = "") -> list[str]:
    """The paths of all doors, in order; raises RuntimeError for one that does not declare who may knock."""
    paths: list[str] = []
    for route in routes:
        if isinstance(route, Mount):
            paths += check_doors(route.routes, prefix + route.path)
        elif isinstance(route, Route):
            if not getattr(route.endpoint, "access", None):
                raise RuntimeError(f"{prefix}{route.path}: say @allow(...) or @public('why')")
            paths.append(prefix + route.path)
        else:
            raise RuntimeError(f"{route!r} is no door that can be checked")
    return paths


async def _to_sign_in(request: Request) -> Response:
    """Sends a guest to the sign-in page and afterwards back: to the page that they see, not to a fragment.

    Who was signed out meanwhile finds the form that they sent.
    """
    target = f"/sign-in?next={quote(await keep(request) or seen(request), safe='/')}"
    if is_htmx(request):
        return Response(status_code=401, headers={"HX-Redirect": target})
    return RedirectResponse(target, 303)


def _led_to(step: str, request: Request) -> Response:
    """Leads somebody to the step that they must take first (a password of their own), and afterwards back."""
    target = f"{step}?next={quote(seen(request), safe='/')}"
    if is_htmx(request):
        return Response(headers={"HX-Redirect": target})
    return RedirectResponse(target, 303)


async def _guard(request: Request) -> None:
    """Refuses a write that another site caused: by Fetch-Metadata or Origin, else by the form's token."""
    if reads(request):
        return
    verdict = crosses_sites(request)
    if verdict is None:
        verdict = not request.state.csrf.valid((await form_data(request)).get("csrf"))
    if verdict:
        raise Forbidden("cross-site")
