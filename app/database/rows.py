"""Statements over many rows at once: one parameter, a JSON list of lists, is a table on both databases."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from app.database.sql import Sql

# What a column's value is on PostgreSQL. (SQLite takes what the JSON has: numbers, texts, null.)
_TYPES = {"int": "int", "big": "bigint", "text": "text", "day": "date", "moment": "timestamptz", "json": "jsonb"}


def over_rows(text: str, columns: str, *, postgres: str | None = None) -> Sql:
    """A statement in which `{rows}` is a table of the parameter `rows`, see `as_rows`.

    `columns` names them in their order, each with its type: `"id:int name:text since:day"`. Days and moments are
    texts as `Sql` would store them, JSON columns JSON as text.
    """
    named = [one.split(":") for one in columns.split()]
    sqlite = ", ".join(f"json_extract(value, '$[{at}]') AS {name}" for at, (name, _kind) in enumerate(named))
    other = ", ".join(f"CAST(value ->> {at} AS {_TYPES[kind]}) AS {name}" for at, (name, kind) in enumerate(named))
    cast = "jsonb_array_elements(CAST(CAST(:rows AS text) AS jsonb)) AS e(value)"
    return Sql(
        text.replace("{rows}", f"(SELECT {sqlite} FROM json_each(:rows))"),  # noqa: S608 - constant text
        postgres=(postgres or text).replace("{rows}", f"(SELECT {other} FROM {cast})"),  # noqa: S608
    )


def as_rows(rows: Iterable[Sequence[Any]]) -> str:
    """The value of the parameter `rows`."""
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":"))
