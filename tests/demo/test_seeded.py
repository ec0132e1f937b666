"""The same figures each time, whatever the day; `--scale N` makes N times as much."""

from datetime import UTC, datetime
from time import perf_counter

import pytest
from tortoise.context import TortoiseContext

from app import clock
from app.accounts.models import Assignment, Company
from app.catalogue.models import Product
from app.database import Sql, tortoise_config
from app.demo.load import load
from app.demo.past import orders_of as past_orders_of
from app.history.models import Event, HistoryEntry
from app.numbers import next_number
from app.orders.models import WAY, Order, Status
from app.presentations.models import Presentation
from tests.demo.conftest import filled
from tests.servers import drop_database, fresh_database

FIGURES = [
    "SELECT number, total, retail_total, status, company_id, person_id, manager_id, delivery FROM orders ORDER BY id",
    "SELECT order_id, position, article, quantity, price, price_source FROM order_line ORDER BY order_id, position",
    "SELECT version_id, position, article, quantity, price, remark FROM presentation_line ORDER BY id",
    "SELECT thread_id, number, author_id, text FROM comment ORDER BY thread_id, number",
    "SELECT person_id, source, quantity, price FROM cart_line ORDER BY id",
    "SELECT line_id, person_id, quantity FROM chosen_quantity ORDER BY id",
    "SELECT name, inn, default_discount FROM company ORDER BY id",
]
MOMENTS = [
    datetime(2026, 11, 24, 12, 43, tzinfo=UTC),  # a Tuesday
    datetime(2026, 11, 24, 12, 43, tzinfo=UTC),
    datetime(2027, 1, 2, 21, 1, tzinfo=UTC),  # a night from Saturday to Sunday, right after midnight in Moscow
    datetime(2028, 2, 29, 3, 0, tzinfo=UTC),
]


async def figures(kind):
    url = await filled(kind)
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(url))
        rows = [await Sql(query).all() for query in FIGURES]
        late = await Sql("SELECT COUNT(*) AS n FROM event WHERE at > :now").value(now=clock.now())
    await drop_database(url)
    return rows, late


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_figures_are_the_same_on_any_day(kind, monkeypatch):
    made = []
    for moment in MOMENTS:
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        rows, late = await figures(kind)
        assert late == 0, "nothing happened in the future"
        made.append(rows)
    assert all(rows == made[0] for rows in made[1:])
    assert all(made[0])


async def the_years_before():
    """Orders that are over, as the site would have written them, with lesser numbers than those that are told of."""
    past = past_orders_of(5)
    told = await Order.get(number=past + 2065).prefetch_related("lines")
    assert [line.article for line in told.lines][:1] == ["DS-2CD2043G2-I"] and told.company_id == 1
    orders = await Order.filter(id__lte=past).order_by("id").prefetch_related("lines", "changes", "person", "company")
    assert len(orders) == past and [order.number for order in orders] == list(range(2050, 2050 + past))
    assert [order.placed_at for order in orders] == sorted(order.placed_at for order in orders)
    assert {order.company_id for order in orders} == set(range(1, 31))
    for order in orders:
        assert order.person.company_id == order.company_id and order.manager_id in (1, 2, 3)
        assert order.total == sum(line.price * line.quantity for line in order.lines) > 0
        steps = [change.status for change in sorted(order.changes, key=lambda change: change.at)]
        cancelled = [Status.NEW, Status.IN_WORK, Status.INVOICED, Status.CANCELLED]
        assert steps == (cancelled if order.status is Status.CANCELLED else [*WAY])
    entries = await HistoryEntry.filter(id__lte=past).order_by("id")
    assert [entry.data["order"] for entry in entries] == [order.number for order in orders]
    assert [entry.id for entry in entries] == [entry.event_id for entry in entries] and entries[0].data["lines"] > 0
    last = await HistoryEntry.get(id=past + 1)
    assert entries[-1].at < last.at
    assert await next_number("order") == past + 2050 + 5 * 26
    assert (await Order.create(**new_order(told))).id == past + 5 * 26 + 1


def new_order(like):
    """The columns of an order that comes next."""
    names = ("company_id", "person_id", "contact_name", "contact_phone", "contact_email", "payer_name", "delivery")
    same = {name: getattr(like, name) for name in names}
    return {**same, "number": 999_999, "key": "next", "total": 1, "retail_total": 1, "placed_at": clock.now()}


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_scale_makes_so_many_times_as_much_and_is_quick(kind):
    url = await fresh_database(kind)
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(url))
        began = perf_counter()
        await load(scale=5)
        assert perf_counter() - began < 15  # a scale of 834 in two minutes or so
        counts = [await model.all().count() for model in (Company, Presentation, Order, Product)]
        assert counts == [5 * 6, 5 * 44, 5 * 6 * 40, 5 * 508]
        assert await Event.all().count() > 5 * 250
        assert await Order.filter(manager_id=None).count() > 5 * 2
        assert await Assignment.all().count() == 5 * 5
        await the_years_before()
    await drop_database(url)
