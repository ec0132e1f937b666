"""What an entry is about: of new ones, and of those that were there before anybody asked."""

import json

import pytest

from app.database import Sql
from app.history.subjects import subject
from app.migrate import migrate
from tests.database.test_migrate import opened
from tests.servers import Kind, bare_database, drop_database

OLD = (
    {"order": 65, "order_id": 7},
    {"on": "order", "order": 65, "comment": 4},
    {"presentation": 1184, "version": 1},
    {"presentation": None, "article": "EWP3"},
    {},
)
ABOUT = ["order:65", "order:65", "presentation:1184", "", ""]


def test_of_an_event() -> None:
    assert [subject(data) for data in OLD] == ABOUT
    assert subject({"ticket": 157, "presentation": 1184}) == "ticket:157"


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_older_entries_can_be_found_too(kind: Kind) -> None:
    """The migration tells the same of the entries that it finds, and whose affair they are."""
    url = await bare_database(kind)
    await migrate(url, target="0001_initial")
    now = "'2026-11-20 09:00:00+00:00'"
    async with opened(url):
        await Sql(
            "INSERT INTO company (id, name, search, city, inn, kpp, legal_address, default_discount, created_at) "
            f"VALUES (5, 'ООО «Монтаж»', '', '', '', '', '', 0, {now})"
        ).run()
        for number, data in enumerate(OLD, 1):
            await Sql(
                "INSERT INTO event (id, name, at, company_id, ip, request_id, data, attempts, error) "
                f"VALUES ({number}, 'order.called', {now}, 5, '', '', '{json.dumps(data)}', 1, '')"
            ).run()
            await Sql(
                "INSERT INTO history_entry (id, event_id, at, action, ip, data) "
                f"VALUES ({number}, {number}, {now}, 'order.called', '', '{json.dumps(data)}')"
            ).run()
    await migrate(url)
    async with opened(url):
        rows = await Sql("SELECT subject, affair_id, company_id FROM history_entry ORDER BY id").all()
    assert [row["subject"] for row in rows] == ABOUT
    assert {(row["affair_id"], row["company_id"]) for row in rows} == {(5, None)}
    await drop_database(url)
