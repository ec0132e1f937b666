"""Doors for search engines: what may be read, and where it stands."""

from collections.abc import AsyncIterator, Iterable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from app.errors import NotFound
from app.sitemap import queries
from app.web.access import public
from app.web.requests import site
from app.web.templates import path

FOR_ENGINES = "search engines list what everybody may read"
CACHED = {"cache-control": "public, max-age=3600"}
XML = "application/xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
ROBOTS = """User-agent: *
Disallow: /catalogue/search
Disallow: /catalogue/suggestions
Disallow: /sign-in
Disallow: /registration
Disallow: /forgotten-password
Disallow: /language
Disallow: /*?*sort=
Disallow: /*?*stock=
Disallow: /*?*low=
Disallow: /*?*high=
Disallow: /*?*p=
Disallow: /*?*picture=

Sitemap: {origin}/sitemap.xml
"""


@public(FOR_ENGINES)
async def robots(request: Request) -> Response:
    """What is not to be listed: searches, forms, and the same lists in other orders."""
    return PlainTextResponse(ROBOTS.format(origin=site(request).origin), headers=CACHED)


@public(FOR_ENGINES)
async def index(request: Request) -> Response:
    """The files of addresses: the first has places, the others products."""
    origin, count = site(request).origin, 1 + await queries.parts()
    files = "".join(f"<sitemap><loc>{origin}/sitemaps/{part}</loc></sitemap>\n" for part in range(1, count + 1))
    text = f'{HEAD}<sitemapindex xmlns="{NAMESPACE}">\n{files}</sitemapindex>\n'
    return Response(text, media_type=XML, headers=CACHED)


@public(FOR_ENGINES)
async def part(request: Request) -> Response:
    """One of them."""
    number = request.path_params["part"]
    if number > 1 + await queries.parts():
        raise NotFound
    return StreamingResponse(_file(number, site(request).origin), media_type=XML, headers=CACHED)


async def _file(number: int, origin: str) -> AsyncIterator[str]:
    yield f'{HEAD}<urlset xmlns="{NAMESPACE}">\n'
    if number == 1:
        brands = [path("catalogue", "brands", slug) for slug in await queries.brands()]
        categories = [path("catalogue", "categories", slug) for slug in await queries.categories()]
        yield _urls(["/catalogue", *brands, *categories], origin)
    else:
        async for ids in queries.products(number - 1):
            yield _urls([f"/catalogue/products/{one}" for one in ids], origin)
    yield "</urlset>\n"


def _urls(paths: Iterable[str], origin: str) -> str:
    """The addresses. (Paths are quoted: no sign of XML is in them.)"""
    return "".join(f"<url><loc>{origin}{one}</loc></url>\n" for one in paths)


routes = [
    Route("/robots.txt", robots),
    Route("/sitemap.xml", index),
    Route("/sitemaps/{part:id}", part),
]
