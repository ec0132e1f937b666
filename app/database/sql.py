"""One constant SQL for both databases, and the values that go in and come out of it."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, overload
from uuid import UUID

from tortoise.connection import get_connection

# What must be stepped over, then `IN :name`, then `:name`. A cast (`::bigint`) is stepped over too.
_TOKENS = re.compile(
    r"""(?P<skip>'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/|::)"""
    r"""|(?P<not>\bNOT\s+)?\bIN\s+:(?P<list>[a-z_]\w*)"""
    r"""|:(?P<name>[a-z_]\w*)""",
    re.IGNORECASE | re.DOTALL,
)


class Sql:
    """A statement with `:name` parameters, written once, run within the current transaction when there is one.

    `x IN :names` (no brackets) takes a list. A text for PostgreSQL alone goes into `postgres`.
    Values: datetimes (aware), dates, booleans, Decimals, UUIDs, enums, and dictionaries for JSON columns.
    Rows: SQLite has no booleans, dates, times or decimals of its own, it gives 0/1 and texts: use `bool`, `as_date`,
    `as_datetime`, `Decimal`. JSON comes out of both databases as text.
    """

    __slots__ = ("_compiled",)

    def __init__(self, text: str, *, postgres: str | None = None) -> None:
        self._compiled = {"sqlite": _for_sqlite(text), "postgres": _for_postgres(postgres or text)}

    async def all(self, **params: Any) -> list[dict[str, Any]]:
        """All rows.

        :raises KeyError: a parameter is missing. DatabaseUnavailable, IntegrityError: as of the ORM.
        """
        client: Any = get_connection("default")
        text, values = self._bound(client.capabilities.dialect, params)
        rows: list[dict[str, Any]] = await client.rows(text, values)
        return rows

    async def one(self, **params: Any) -> dict[str, Any] | None:
        """The first row, or None. (The statement itself says LIMIT 1 where there may be many.)"""
        rows = await self.all(**params)
        return rows[0] if rows else None

    async def value(self, **params: Any) -> Any:
        """The first column of the first row, or None when there is no row."""
        rows = await self.all(**params)
        return next(iter(rows[0].values())) if rows else None

    async def run(self, **params: Any) -> int:
        """Runs a statement that writes. :return: the number of rows it wrote."""
        client: Any = get_connection("default")
        text, values = self._bound(client.capabilities.dialect, params)
        count: int = await client.affected(text, values)
        return count

    def _bound(self, dialect: str, params: Mapping[str, Any]) -> tuple[str, list[Any]]:
        text, names = self._compiled[dialect]
        convert = _sqlite_value if dialect == "sqlite" else _postgres_value
        return text, [convert(params[name]) for name in names]


def _for_sqlite(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with `?`, and the name that each of them stands for."""
    names: list[str] = []

    def put(match: re.Match[str]) -> str:
        if match["skip"]:
            return match[0]
        names.append(match["list"] or match["name"])
        if match["list"]:
            return f"{match['not'] or ''}IN (SELECT value FROM json_each(?))"  # noqa: S608 - constant text
        return "?"

    return _TOKENS.sub(put, text), tuple(names)


def _for_postgres(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with `$1`, `$2`…, and their names; a name used twice has one number."""
    names: dict[str, int] = {}

    def put(match: re.Match[str]) -> str:
        if match["skip"]:
            return match[0]
        number = names.setdefault(match["list"] or match["name"], len(names) + 1)
        if match["list"]:
            return f"<> ALL(${number})" if match["not"] else f"= ANY(${number})"
        return f"${number}"

    return _TOKENS.sub(put, text), tuple(names)


def _sqlite_value(value: Any) -> Any:
    """What the ORM stores for this value in SQLite."""
    kind = type(value)
    if kind is int or kind is str or value is None:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return _aware(value).astimezone(UTC).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        return json.dumps([_sqlite_value(item) for item in value])
    return _json(value)


def _postgres_value(value: Any) -> Any:
    kind = type(value)
    if kind is int or kind is str or value is None:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return _aware(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_postgres_value(item) for item in value]
    return _json(value)


def _json(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if isinstance(value, dict) else value


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {value}")  # each database would take it for another moment
    return value


@overload
def as_datetime(value: None) -> None: ...
@overload
def as_datetime(value: datetime | str) -> datetime: ...
def as_datetime(value: datetime | str | None) -> datetime | None:
    """A moment as either database gives it, as an aware datetime in UTC. None stays None."""
    if value is None:
        return None
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


@overload
def as_date(value: None) -> None: ...
@overload
def as_date(value: date | str) -> date: ...
def as_date(value: date | str | None) -> date | None:
    """A calendar day as either database gives it. None stays None."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def like(text: str) -> str:
    r"""A LIKE pattern (ESCAPE '\') that finds `text` anywhere."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
