"""What a request carries besides HTTP: the reader, the settings, the form token. Set by app.web.sessions."""

from typing import cast
from urllib.parse import SplitResult, urlsplit

from starlette.requests import Request

from app import chosen
from app.accounts.user import User
from app.errors import Forbidden
from app.settings import Settings


def site(request: Request) -> Settings:
    """The settings of the running site, with what administrators chose."""
    return chosen.over(cast(Settings, request.app.state.settings))


def signed_in(request: Request) -> User | None:
    """The reader, or None for a guest."""
    return cast("User | None", request.scope.get("user"))


def reader(request: Request) -> User:
    """The signed-in reader, behind a door that `@allow` guards."""
    user = signed_in(request)
    if user is None:
        raise Forbidden
    return user


def buyer(request: Request) -> User:
    """The reader, who may fill a cart; raises Forbidden for a viewer."""
    user = reader(request)
    if not user.may_order:
        raise Forbidden
    return user


def is_htmx(request: Request) -> bool:
    """Whether a fragment is wanted."""
    return request.headers.get("hx-request") == "true"


def client_ip(request: Request) -> str:
    """The address of the caller, as the trusted front proxy reports it."""
    return request.client.host if request.client else ""


def seen(request: Request) -> str:
    """The address of the page that the reader sees, path and query: of this page, or of the one with the form in it.

    The home page when a browser does not say where a form or a fragment stands. Not to be trusted: see `inside`.
    """
    if request.method in ("GET", "HEAD") and not is_htmx(request):
        return request.url.path + (f"?{request.url.query}" if request.url.query else "")
    page, origin = request.headers.get("hx-current-url") or request.headers.get("referer") or "", site(request).origin
    return page.removeprefix(origin) if page.startswith(origin + "/") else "/"


def back_to_desk(request: Request, otherwise: str) -> str:
    """Where on the desk the form stood that was sent: there its sender goes on; from elsewhere `otherwise`."""
    page = inside(seen(request))
    return page if page.partition("?")[0] == "/desk" or page.startswith("/desk/") else otherwise


def split_address(address: str) -> SplitResult:
    """The parts of an address that a browser sent; all of them empty when it cannot be read (`http://[`)."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def inside(target: str) -> str:
    """A path of this site to go on to: anything else means the home page."""
    parts = split_address(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target[1:2] in ("/", "\\"):
        return "/"
    return target if target.isprintable() and "\\" not in target else "/"
