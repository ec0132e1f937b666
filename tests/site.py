"""A browser for tests: talks to the site in this process, with htmx or without."""

from typing import Any, Self

import httpx2
from starlette.applications import Starlette
from starlette.responses import Response

from app.accounts.models import Person
from app.web import sessions

HOST = "kabinet.test"
ORIGIN = f"http://{HOST}"


class Browser:
    """One browser with its cookies. `get` and `post` do without JavaScript, `hx_get` and `hx_post` act as htmx.

    Redirects are not followed: tests look at them.
    """

    def __init__(self, site: Starlette, ip: str = "198.51.100.24") -> None:
        self.site = site
        transport = httpx2.ASGITransport(app=site, client=(ip, 50000))
        headers = {"user-agent": "tests", "sec-fetch-site": "same-origin"}
        self.http = httpx2.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers)

    async def enter(self, person: Person) -> None:
        """Gives the browser a session of `person`, without the sign-in form."""
        response = Response()
        cookies = sessions.Cookies(self.site.state.settings)
        await sessions.begin(response, person.id, stay=False, ip="198.51.100.24", agent="tests", cookies=cookies)
        value = response.headers["set-cookie"].split(";")[0].partition("=")[2]
        self.http.cookies.set(cookies.session, value, domain=HOST)

    async def get(self, path: str, **options: Any) -> httpx2.Response:
        """A page."""
        return await self.http.get(path, **options)

    async def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> httpx2.Response:
        """A form, sent by a browser without JavaScript."""
        return await self.http.post(path, data=data or {}, **options)

    async def hx_get(self, path: str, **options: Any) -> httpx2.Response:
        """A fragment."""
        return await self.get(path, headers={"hx-request": "true"}, **options)

    async def hx_post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> httpx2.Response:
        """A form, sent by htmx."""
        return await self.post(path, data, headers={"hx-request": "true"}, **options)

    async def aclose(self) -> None:
        """Closes the connection."""
        await self.http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
