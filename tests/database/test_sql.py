"""One constant SQL for both databases: how it is compiled, what goes in and what comes out."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError, OperationalError

from app.database import Sql, as_date, as_datetime
from app.database.sql import _for_postgres, _for_sqlite
from tests.database.things import Thing
from tests.servers import Kind

MOSCOW = timezone(timedelta(hours=3))


class Colour(StrEnum):
    RED = "red"


class Number(IntEnum):
    SEVEN = 7


@pytest.mark.parametrize(
    ("text", "sqlite", "postgres", "names"),
    [
        ("SELECT 1", "SELECT 1", "SELECT 1", []),
        ("id = :id AND x = :x_2", "id = ? AND x = ?", "id = $1 AND x = $2", ["id", "x_2"]),
        (":a + :b + :a", "? + ? + ?", "$1 + $2 + $1", ["a", "b"]),
        ("x::bigint = :x::int", "x::bigint = ?::int", "x::bigint = $1::int", ["x"]),
        ("'12:30 :no' || :yes", "'12:30 :no' || ?", "'12:30 :no' || $1", ["yes"]),
        ("'it''s :no' || :yes", "'it''s :no' || ?", "'it''s :no' || $1", ["yes"]),
        ('":no" = :yes', '":no" = ?', '":no" = $1', ["yes"]),
        ("1 -- :no 'x\n+ :yes", "1 -- :no 'x\n+ ?", "1 -- :no 'x\n+ $1", ["yes"]),
        ("1 /* :no\n':no */ + :yes", "1 /* :no\n':no */ + ?", "1 /* :no\n':no */ + $1", ["yes"]),
        ("id IN :ids", "id IN (SELECT value FROM json_each(?))", "id = ANY($1)", ["ids"]),
        ("id not in :ids", "id not IN (SELECT value FROM json_each(?))", "id <> ALL($1)", ["ids"]),
        ("MIN(:a)", "MIN(?)", "MIN($1)", ["a"]),
        ("within :a", "within ?", "within $1", ["a"]),
    ],
)
def test_parameters_are_found(text: str, sqlite: str, postgres: str, names: list[str]) -> None:
    compiled, sqlite_names = _for_sqlite(text)
    assert compiled == sqlite
    assert list(dict.fromkeys(sqlite_names)) == names
    assert len(sqlite_names) == compiled.count("?")
    assert _for_postgres(text) == (postgres, tuple(names))


async def test_each_database_may_have_its_own_text(client: Any, kind: Kind) -> None:
    query = Sql("SELECT 'sqlite' AS name, :n AS n", postgres="SELECT 'postgres' AS name, :n::int AS n")
    assert await query.one(n=5) == {"name": kind, "n": 5}


async def test_rows_values_and_counts(client: Any) -> None:
    insert = Sql("INSERT INTO thing (name, count, done, data) VALUES (:name, :count, :done, :data)")
    for number, name in enumerate(("a", "b", "c")):
        assert await insert.run(name=name, count=number, done=False, data={"имя": name}) == 1
    every = Sql("SELECT name, count FROM thing WHERE count >= :least ORDER BY name")
    assert await every.all(least=1) == [{"name": "b", "count": 1}, {"name": "c", "count": 2}]
    assert await every.all(least=9) == []
    assert await every.one(least=1) == {"name": "b", "count": 1}
    assert await every.one(least=9) is None
    assert await every.value(least=2) == "c"
    assert await every.value(least=9) is None
    assert await Sql("UPDATE thing SET count = count + :d WHERE count > :least").run(d=1, least=0) == 2
    assert await Sql("UPDATE thing SET count = 0 WHERE name = :name").run(name="nobody") == 0
    assert await Sql("DELETE FROM thing").run() == 3
    with pytest.raises(KeyError):
        await every.all()


async def test_written_rows_are_counted_with_returning(client: Any) -> None:
    await Thing.create(name="a")
    await Thing.create(name="b")
    assert await Sql("UPDATE thing SET count = 7 RETURNING id").run() == 2
    assert len(await Sql("UPDATE thing SET count = 8 RETURNING id").all()) == 2
    assert await Thing.filter(count=8).count() == 2


async def test_lists(client: Any) -> None:
    for name in ("a", "b", "c"):
        await Thing.create(name=name)
    ids = [thing.id for thing in await Thing.filter(name__in=["a", "b"])]
    of_ids = Sql("SELECT name FROM thing WHERE id IN :ids ORDER BY name")
    assert [row["name"] for row in await of_ids.all(ids=ids)] == ["a", "b"]
    assert await of_ids.all(ids=[]) == []
    others = Sql("SELECT name FROM thing WHERE name NOT IN :names ORDER BY name")
    assert [row["name"] for row in await others.all(names=("a", "c"))] == ["b"]
    assert len(await others.all(names=set())) == 3


async def test_values_go_in_as_the_orm_stores_them(client: Any) -> None:
    moment = datetime(2026, 11, 24, 12, 30, tzinfo=MOSCOW)
    thing = await Thing.create(
        name=Colour.RED, count=Number.SEVEN, done=True, at=moment, day=date(2026, 2, 3), rate=Decimal("1.50")
    )
    find = Sql(
        "SELECT id FROM thing WHERE name = :name AND count = :count AND done = :done"
        " AND at = :at AND day = :day AND rate = :rate"
    )
    found = await find.value(
        name=Colour.RED, count=Number.SEVEN, done=True, at=moment, day=date(2026, 2, 3), rate=Decimal("1.50")
    )
    assert found == thing.id
    write = Sql("UPDATE thing SET at = :at, day = :day, rate = :rate, done = :done, data = :data")
    await write.run(
        at=moment + timedelta(seconds=1), day=date(2026, 3, 4), rate=Decimal("2.25"), done=False, data={"имя": "ключ"}
    )
    await thing.refresh_from_db()
    assert thing.at == moment + timedelta(seconds=1)
    assert (thing.day, thing.rate, thing.done) == (date(2026, 3, 4), Decimal("2.25"), False)
    assert thing.data == {"имя": "ключ"}


async def test_moments_compare_whatever_their_zone_and_fraction(client: Any) -> None:
    base = datetime(2026, 1, 1, 0, 0, tzinfo=UTC)
    moments = [base + timedelta(microseconds=step) for step in (0, 1, 500_000, 1_000_000, 1_000_001)]
    for number, moment in enumerate(reversed(moments)):
        await Thing.create(name=str(number), at=moment.astimezone(MOSCOW) if number % 2 else moment)
    rows = await Sql("SELECT at FROM thing ORDER BY at").all()
    assert [as_datetime(row["at"]) for row in rows] == moments
    count = Sql("SELECT COUNT(*) FROM thing WHERE at >= :at")
    for less, moment in enumerate(moments):
        assert await count.value(at=moment.astimezone(MOSCOW)) == len(moments) - less
        assert await Thing.filter(at__gte=moment.astimezone(MOSCOW)).count() == len(moments) - less


async def test_rows_come_out_readable_by_the_helpers(client: Any) -> None:
    moment = datetime(2026, 5, 6, 7, 8, 9, 10, tzinfo=UTC)
    await Thing.create(name="a", done=True, at=moment, day=date(2026, 5, 6), rate=Decimal("9.90"))
    row = await Sql("SELECT * FROM thing").one()
    assert row is not None
    assert as_datetime(row["at"]) == moment
    assert as_datetime(row["at"]).utcoffset() == timedelta(0)
    assert as_date(row["day"]) == date(2026, 5, 6)
    assert bool(row["done"]) is True
    assert Decimal(row["rate"]) == Decimal("9.90")


@pytest.mark.parametrize(("read", "nothing"), [(as_datetime, None), (as_date, None)])
def test_nothing_stays_nothing(read: Callable[[Any], Any], nothing: None) -> None:
    assert read(nothing) is None


def test_helpers_take_what_either_database_gives() -> None:
    assert as_datetime("2026-01-02 03:04:05+00:00") == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert as_datetime("2026-01-02 03:04:05") == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert as_datetime(datetime(2026, 1, 2, 3, tzinfo=MOSCOW)).isoformat() == "2026-01-02T00:00:00+00:00"
    assert as_date("2026-01-02") == as_date(date(2026, 1, 2)) == date(2026, 1, 2)


async def test_a_moment_without_a_zone_is_refused(client: Any) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        await Sql("SELECT COUNT(*) FROM thing WHERE at > :at").value(at=datetime(2026, 1, 1))  # noqa: DTZ001


async def test_errors_are_the_orms(client: Any) -> None:
    await Thing.create(name="a")
    insert = Sql("INSERT INTO thing (name, count, done, data) VALUES (:name, 0, :done, '{}')")
    with pytest.raises(IntegrityError):
        await insert.run(name="a", done=False)
    with pytest.raises(OperationalError):
        await Sql("SELECT nothing FROM nowhere").all()
