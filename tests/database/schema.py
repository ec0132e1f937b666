"""What a schema is, as the database itself tells it; and rows to fill any schema with."""

from dataclasses import dataclass, field
from typing import Any

from app import clock
from app.database import Sql

Columns = tuple[str, ...]


@dataclass
class Table:
    """One table. Names of indexes and constraints are left out: what they do counts."""

    columns: dict[str, tuple[str, bool, str | None]] = field(default_factory=dict)  # type, required, default
    primary: Columns = ()
    unique: set[Columns] = field(default_factory=set)
    indexes: set[Columns] = field(default_factory=set)
    references: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # table, column, on delete


async def describe(client: Any) -> dict[str, Table]:
    """The tables of the database, but for the record of the migrations."""
    tables = await (_sqlite if client.capabilities.dialect == "sqlite" else _postgres)(client)
    tables.pop("tortoise_migrations", None)
    return tables


async def _sqlite(client: Any) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for row in await client.rows(names, []):
        table = tables[row["name"]] = Table()
        columns = await client.rows(f'PRAGMA table_info("{row["name"]}")', [])
        for column in columns:
            table.columns[column["name"]] = (column["type"], bool(column["notnull"]), column["dflt_value"])
        table.primary = tuple(column["name"] for column in sorted(columns, key=lambda c: c["pk"]) if column["pk"])
        for index in await client.rows(f'PRAGMA index_list("{row["name"]}")', []):
            parts = await client.rows(f'PRAGMA index_info("{index["name"]}")', [])
            if index["origin"] != "pk":
                of = tuple(part["name"] or "(expression)" for part in parts)
                (table.unique if index["unique"] else table.indexes).add(of)
        for key in await client.rows(f'PRAGMA foreign_key_list("{row["name"]}")', []):
            table.references[key["from"]] = (key["table"], key["to"], key["on_delete"])
    return tables


PG_COLUMNS = """
    SELECT c.relname AS table_name, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
        a.attnotnull AS required, pg_get_expr(d.adbin, d.adrelid) AS value
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname, a.attnum"""
PG_INDEXES = """
    SELECT t.relname AS table_name, i.indisunique AS is_unique, i.indisprimary AS is_primary,
        ARRAY(SELECT pg_get_indexdef(i.indexrelid, n, true) FROM generate_series(1, i.indnkeyatts) AS n) AS columns
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid WHERE t.relnamespace = 'public'::regnamespace"""
PG_REFERENCES = """
    SELECT t.relname AS table_name, a.attname AS name, o.relname AS other, b.attname AS column,
        k.confdeltype::text AS act
    FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.conkey[1]
    JOIN pg_attribute b ON b.attrelid = o.oid AND b.attnum = k.confkey[1]
    WHERE k.contype = 'f' AND t.relnamespace = 'public'::regnamespace"""


async def _postgres(client: Any) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for row in await client.rows(PG_COLUMNS, []):
        table = tables.setdefault(row["table_name"], Table())
        table.columns[row["name"]] = (row["type"], row["required"], row["value"])
    for row in await client.rows(PG_INDEXES, []):
        table, of = tables[row["table_name"]], tuple(row["columns"])
        if row["is_primary"]:
            table.primary = of
        else:
            (table.unique if row["is_unique"] else table.indexes).add(of)
    for row in await client.rows(PG_REFERENCES, []):
        tables[row["table_name"]].references[row["name"]] = (row["other"], row["column"], row["act"])
    return tables


async def populate(client: Any, rows: int = 2) -> dict[str, int]:
    """Writes rows into every table, parents first. :return: the number of rows by table."""
    tables = await describe(client)
    waiting = list(tables)
    for name in waiting:  # what the migrations put there themselves
        await Sql(f'DELETE FROM "{name}"').run()
    while waiting:
        name = next(name for name in waiting if _ready(name, tables[name], waiting))
        waiting.remove(name)
        for number in range(1, rows + 1):
            await _insert(name, tables[name], number)
    return await counts(tables)


async def counts(tables: dict[str, Table]) -> dict[str, int]:
    """How many rows each table has."""
    return {name: await Sql(f'SELECT COUNT(*) FROM "{name}"').value() for name in tables}


def _ready(name: str, table: Table, waiting: list[str]) -> bool:
    """Whether what its rows must refer to is there."""
    required = (to for column, (to, _, _) in table.references.items() if table.columns[column][1])
    return not any(to in waiting and to != name for to in required)


async def _insert(name: str, table: Table, number: int) -> None:
    values: dict[str, Any] = {}
    for column, (kind, required, default) in table.columns.items():
        if column in table.references:
            if required or (table.references[column][0] == name and number > 1):
                values[column] = number if required else number - 1
        elif (column,) == table.primary and "char" not in kind.lower():
            values[column] = number
        elif default is None and required:
            values[column] = _value(kind.lower(), number)
    names, places = ", ".join(f'"{column}"' for column in values), ", ".join(f":{column}" for column in values)
    await Sql(f'INSERT INTO "{name}" ({names}) VALUES ({places})').run(**values)


def _value(kind: str, number: int) -> Any:
    """Any value of a column's type, another one for each number."""
    if "timestamp" in kind:
        return clock.now()
    if "date" in kind:
        return clock.distributor_today()
    if "json" in kind:
        return {}
    if "bool" in kind:
        return False
    if "int" in kind:
        return number
    return str(number)
