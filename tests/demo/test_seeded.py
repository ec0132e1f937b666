"""The same figures each time, whatever the day; `--scale N` makes N times as much."""

from datetime import UTC, datetime
from time import perf_counter

import pytest
from tortoise.context import TortoiseContext

from app import clock
from app.accounts.models import Assignment, Company
from app.catalogue.models import Product
from app.database import Sql, tortoise_config
from app.history.models import Event
from app.orders.models import Order
from app.presentations.models import Presentation
from tests.demo.conftest import filled
from tests.servers import drop_database

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


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_scale_makes_so_many_times_as_much_and_is_quick(kind):
    began = perf_counter()
    url = await filled(kind, scale=5)
    assert perf_counter() - began < 15  # a scale of 20 in a minute
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(url))
        counts = [await model.all().count() for model in (Company, Presentation, Order, Product)]
        assert counts == [5 * 6, 5 * 44, 5 * 26, 5 * 508]
        assert await Event.all().count() > 5 * 250
        assert await Order.filter(manager_id=None).count() > 5 * 2
        assert await Assignment.all().count() == 5 * 5
    await drop_database(url)
