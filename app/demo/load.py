"""The demo: two months of a distributor's life, the same figures on whatever day it is loaded."""

from app import clock
from app.accounts.models import Person
from app.catalogue.indexing import reindex
from app.catalogue.models import Product
from app.database import transaction
from app.demo import deals, inquiries, past, pitches
from app.demo.amendments import amend
from app.demo.annals import Annals
from app.demo.carts import fill_carts
from app.demo.days import Days
from app.demo.deliveries import deliver
from app.demo.drafts import leave_waiting
from app.demo.inquiries import make_tickets
from app.demo.keepsakes import keep
from app.demo.lists import make_template
from app.demo.newcomers import make_newcomers
from app.demo.news import mark_news
from app.demo.papers import put_papers
from app.demo.people import give_discounts, make_people
from app.demo.promos import make_promos
from app.demo.rows import Rows
from app.demo.shelves import Shop, stock_shelves
from app.demo.stage import Stage
from app.demo.stores import fill_stores, set_out
from app.demo.talks import Talks
from app.history.models import Event
from app.numbers import Counter
from app.orders.words import index_all
from app.presentations import words
from app.settings import load_settings

GOODS = 40


class NotEmpty(Exception):
    """The database holds something already; demo data is loaded into an empty one only."""


async def is_empty() -> bool:
    """Whether nobody has worked with the database at hand yet."""
    return not (await Person.exists() or await Product.exists() or await Event.exists())


async def load(scale: int = 1) -> None:
    """Loads the demo into the database at hand, `scale` times as many companies.

    Up to RECENT times there is as much of everything, up to GOODS times as many goods; with a scale each company has
    some forty orders, most of them of the two years before.

    Everything that is written about is over: no letter is waiting but one, which is put off for some hours.
    Raises NotEmpty. The figures depend on `scale` alone, the dates on today.
    """
    settings = load_settings()
    async with transaction():
        if not await is_empty():
            raise NotEmpty("The database is not empty: demo data is loaded into an empty one only.")
        rows, days = Rows(past.before(scale)), Days(clock.now(), settings.timezone)
        cast = make_people(rows, days, scale)
        stock_shelves(rows, days, min(scale, GOODS))
        fill_stores(rows, days)
        give_discounts(rows, days, cast)
        stage = Stage(rows, days, cast, Shop(rows), Annals(rows, days, settings.origin))
        play(stage, scale)
        mark_news(rows, days)
        rows.add(Counter, name="presentation", value=pitches.last_number(scale))
        rows.add(Counter, name="order", value=past.orders_of(scale) + deals.last_number(scale))
        rows.add(Counter, name="ticket", value=inquiries.LAST_NUMBER)
        make_newcomers(rows, days, cast)
        await rows.write()
        await put_papers(settings)
        await past.make_past(scale, days.now)
        await index_all()
        await words.index_all()
        await reindex()


def play(stage: Stage, scale: int) -> None:
    """Everything that happened."""
    pitching = pitches.Pitches(stage)
    offers = pitching.make(scale)
    dealing = deals.Deals(stage, offers)
    dealt = dealing.make(scale)
    fill_carts(stage, dealing, offers)
    make_template(stage)
    Talks(stage).make(dealt, offers)
    amend(stage, dealt)
    make_promos(stage, pitching.offers)
    leave_waiting(stage, pitching.drafts)
    make_tickets(stage)
    keep(stage)
    set_out(stage.rows, stage.days, stage.cast, stage.shop, stage.annals)
    deliver(stage)
    stage.annals.write()
