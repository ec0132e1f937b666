"""Doors of the texts that people agree to."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import NotFound
from app.i18n import current_language
from app.policies import VERSIONS, Policy, current
from app.web.access import public
from app.web.replies import page


@public("people read what they agree to")
async def show(request: Request) -> Response:
    """The text in force."""
    policy = _policy(request)
    return await _page(request, policy, current(policy))


@public("people read what they agreed to, however long ago")
async def show_version(request: Request) -> Response:
    """A version of a text."""
    policy, version = _policy(request), int(request.path_params["version"])
    if version not in VERSIONS[policy]:
        raise NotFound
    return await _page(request, policy, version)


def _policy(request: Request) -> Policy:
    try:
        return Policy(request.path_params["policy"])
    except ValueError:
        raise NotFound from None


async def _page(request: Request, policy: Policy, version: int) -> Response:
    template = f"policies/{policy}/{version}.{current_language()}.html"
    since, newest = VERSIONS[policy][version], current(policy)
    return await page(request, template, policy=policy, version=version, since=since, newest=newest)


routes = [
    Route("/{policy}", show),
    Route("/{policy}/versions/{version:id}", show_version),
]
