"""A site in this process with presentations of several sizes, real goods in them, and a partner who reads them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from starlette.applications import Starlette
from starlette.responses import Response
from tortoise import Tortoise

from app import clock
from app.accounts.models import Person
from app.catalogue.models import Brand, Category, Product, article_key
from app.database import tortoise_config
from app.demo.goods import catalogue
from app.main import create_app
from app.settings import load_settings
from app.web import sessions
from tests.factories import make_cast, make_presentation
from tests.servers import Kind, fresh_database
from tests.site import ORIGIN

QUEUE = "unix:///nowhere/queue.sock"  # nothing is enqueued by reading


@dataclass(frozen=True, slots=True)
class Site:
    """The site under measure, its partner, the cookie of their session, and presentation numbers by size."""

    app: Starlette
    partner: Person
    cookie: str
    presentations: dict[int, int]


@asynccontextmanager
async def site_with_offers(kind: Kind, sizes: tuple[int, ...]) -> AsyncIterator[Site]:
    """The site on a new database of a kind, with one presentation for each number of lines."""
    url = await fresh_database(kind)
    await Tortoise.init(config=tortoise_config(url), _enable_global_fallback=True)
    try:
        cast = await make_cast()
        products = await _goods(max(sizes))
        numbers = {}
        for size in sizes:
            presentation = await make_presentation(
                company=cast.company, author=cast.maria, products=products[:size], quantity=8, title=f"{size} позиций"
            )
            numbers[size] = presentation.number
        settings = load_settings(
            {
                "KABINET_ENV": "test",
                "KABINET_SECRET": "a long and varied secret for the bench only",
                "KABINET_ORIGIN": ORIGIN,
                "KABINET_DATABASE_URL": url,
                "KABINET_QUEUE_URL": QUEUE,
                "KABINET_LOG_LEVEL": "ERROR",
            }
        )
        response = Response()
        cookies = sessions.Cookies(settings)
        await sessions.begin(response, cast.alice.id, stay=False, ip="127.0.0.1", agent="bench", cookies=cookies)
        cookie = response.headers["set-cookie"].split(";")[0]
        yield Site(create_app(settings), cast.alice, cookie, numbers)
    finally:
        await Tortoise.close_connections()


async def _goods(count: int) -> list[Product]:
    """Orderable goods of the demo catalogue, the camera kinds and the cables mixed."""
    goods = catalogue()
    brands = {one.slug: await Brand.create(name=one.name, slug=one.slug) for one in goods.brands}
    categories = {one.slug: await Category.create(name=one.name, slug=one.slug) for one in goods.categories}
    orderable = [one for one in goods.products if not one.discontinued]
    today = clock.distributor_today()
    return [
        await Product.create(
            article=one.article,
            article_key=article_key(one.article),
            name=one.name,
            search=one.name.casefold(),
            brand=brands[one.brand],
            category=categories[one.category],
            unit=one.unit,
            pack=one.pack,
            minimum=one.minimum,
            vat=one.vat,
            retail=one.retail,
            stock=one.stock,
            restock_on=today + timedelta(days=one.restock_in_days) if one.restock_in_days else None,
            picture=one.picture,
        )
        for one in orderable[:: max(1, len(orderable) // count)][:count]
    ]
