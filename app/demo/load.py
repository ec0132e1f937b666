"""The demo: two months of a distributor's life, the same figures on whatever day it is loaded."""

from app import clock
from app.accounts.models import Person
from app.catalogue.indexing import reindex
from app.catalogue.models import Product
from app.database import transaction
from app.demo import deals, pitches
from app.demo.annals import Annals
from app.demo.carts import fill_carts
from app.demo.days import Days
from app.demo.lists import make_template
from app.demo.newcomers import make_newcomers
from app.demo.news import mark_news
from app.demo.people import give_discounts, make_people
from app.demo.rows import Rows
from app.demo.shelves import Shop, stock_shelves
from app.demo.stage import Stage
from app.demo.talks import Talks
from app.history.models import Event
from app.numbers import Counter
from app.orders.words import index_all
from app.settings import load_settings


class NotEmpty(Exception):
    """The database holds something already; demo data is loaded into an empty one only."""


async def is_empty() -> bool:
    """Whether nobody has worked with the database at hand yet."""
    return not (await Person.exists() or await Product.exists() or await Event.exists())


async def load(scale: int = 1) -> None:
    """Loads the demo into the database at hand, `scale` times as many companies, goods, orders and history.

    Everything that is written about is over: no letter is waiting but one, which is put off for some hours.
    Raises NotEmpty. The figures depend on `scale` alone, the dates on today.
    """
    settings = load_settings()
    async with transaction():
        if not await is_empty():
            raise NotEmpty("The database is not empty: demo data is loaded into an empty one only.")
        rows, days = Rows(), Days(clock.now(), settings.timezone)
        cast = make_people(rows, days, scale)
        stock_shelves(rows, days, scale)
        give_discounts(rows, days, cast)
        stage = Stage(rows, days, cast, Shop(rows), Annals(rows, days, settings.origin))
        play(stage, scale)
        mark_news(rows, days)
        rows.add(Counter, name="presentation", value=pitches.last_number(scale))
        rows.add(Counter, name="order", value=deals.last_number(scale))
        make_newcomers(rows, days, cast)
        await rows.write()
        await index_all()
        await reindex()


def play(stage: Stage, scale: int) -> None:
    """Everything that happened."""
    offers = pitches.Pitches(stage).make(scale)
    dealing = deals.Deals(stage, offers)
    dealt = dealing.make(scale)
    fill_carts(stage, dealing, offers)
    make_template(stage)
    Talks(stage).make(dealt, offers)
    stage.annals.write()
