"""Reading connections and exchanges for the pages of administrators."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.accounts.models import Person, Role
from app.database import Sql, as_datetime
from app.errors import NotFound
from app.exchange.finishing import going
from app.exchange.models import Connection, Exchange, ExchangeFile, ExternalKey, Kind, State
from app.exchange.telling import summed, told

SHOWN = 40  # exchanges on a page
_CONNECTIONS = Sql(
    """
    SELECT c.id, c.name, c.login, c.active, c.catalogue, c.orders,
           (SELECT MAX(e.seen_at) FROM exchange e WHERE e.connection_id = c.id) AS seen_at
    FROM exchange_connection c ORDER BY c.active DESC, c.name, c.id
    """
)
_EXCHANGES = Sql(
    f"""
    SELECT e.id, e.state, e.begun_at, e.ended_at, e.ip, e.hidden, e.hiding, e.on_sale, e.orders_sent,
           c.name AS connection
    FROM exchange e JOIN exchange_connection c ON c.id = e.connection_id
    WHERE (:before = 0 OR e.id < :before) ORDER BY e.id DESC LIMIT {SHOWN + 1}
    """  # noqa: S608 - constant text
)
_FILES = Sql("SELECT exchange_id, state, counts FROM exchange_file WHERE exchange_id IN :ids")


@dataclass(frozen=True, slots=True)
class Listed:
    """A connection in the list."""

    id: int
    name: str
    login: str
    active: bool
    catalogue: bool
    orders: bool
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Logged:
    """An exchange in the log: `counts` of all its files, of which `failed` could not be read."""

    id: int
    state: State
    begun_at: datetime
    ended_at: datetime | None
    ip: str
    hidden: int
    hiding: int
    on_sale: int
    orders_sent: int
    connection: str
    counts: Mapping[str, int]
    files: int
    failed: int

    @property
    def summed(self) -> str:
        """What came of it, in words."""
        return summed(self.counts)


@dataclass(frozen=True, slots=True)
class File:
    """A file of an exchange, with its troubles in words."""

    name: str
    size: int
    parts: int
    state: str
    progress: int
    summed: str
    failure: str
    troubles: Sequence[str]
    more: int  # troubles that were not kept


async def connections() -> list[Listed]:
    """All of them, those that are switched off last."""
    rows = await _CONNECTIONS.all()
    flags = ("active", "catalogue", "orders")
    return [
        Listed(**{**row, **{name: bool(row[name]) for name in flags}, "seen_at": as_datetime(row["seen_at"])})
        for row in rows
    ]


async def connection(connection_id: int) -> Connection:
    """One of them; raises NotFound."""
    found = await Connection.get_or_none(id=connection_id).select_related("person")
    if found is None:
        raise NotFound
    return found


async def log(before: int = 0) -> tuple[list[Logged], int]:
    """The last exchanges before one (0: the very last), and where older ones begin (0: there are none)."""
    rows = await _EXCHANGES.all(before=before)
    more = rows[SHOWN - 1]["id"] if len(rows) > SHOWN else 0
    files = await _files([row["id"] for row in rows[:SHOWN]])
    return [_logged(row, files.get(row["id"], [])) for row in rows[:SHOWN]], more


async def held() -> list[Exchange]:
    """The exchanges that wait for an administrator."""
    return await Exchange.filter(state=State.HELD).order_by("id").select_related("connection")


async def exchange(exchange_id: int) -> Exchange:
    """An exchange; raises NotFound."""
    found = await Exchange.get_or_none(id=exchange_id).select_related("connection", "decided_by")
    if found is None:
        raise NotFound
    return found


async def files(exchange_id: int) -> list[File]:
    """The files of an exchange in their order."""
    return [_file(one) for one in await ExchangeFile.filter(exchange_id=exchange_id).order_by("id")]


async def leaving(one: Exchange) -> list[dict[str, Any]]:
    """The first products that a held exchange would hide."""
    return await going(one) if one.state is State.HELD else []


async def administrators() -> list[Person]:
    """In whose names orders can be changed."""
    return await Person.filter(role=Role.ADMINISTRATOR, blocked_at=None).order_by("name", "id")


async def price_keys(connection_id: int) -> list[ExternalKey]:
    """The types of prices that 1C has told of."""
    return await ExternalKey.filter(connection_id=connection_id, kind=Kind.PRICE_TYPE).order_by("text", "id")


async def status_keys(connection_id: int) -> list[ExternalKey]:
    """The words that 1C has for the states of orders; those that nobody has said anything of come first."""
    keys = await ExternalKey.filter(connection_id=connection_id, kind=Kind.STATUS).order_by("text", "id")
    return sorted(keys, key=lambda key: key.object_id is not None)


async def _files(ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in await _FILES.all(ids=ids) if ids else []:
        found.setdefault(row["exchange_id"], []).append(row)
    return found


def _logged(row: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> Logged:
    counts: dict[str, int] = {}
    for file in files:
        for name, count in _json(file["counts"]).items():
            counts[name] = counts.get(name, 0) + count
    moments = {name: as_datetime(row[name]) for name in ("begun_at", "ended_at")}
    failed = sum(file["state"] == "failed" for file in files)
    return Logged(**{**row, **moments, "state": State(row["state"])}, counts=counts, files=len(files), failed=failed)


def _json(text: str) -> dict[str, int]:
    found: dict[str, int] = json.loads(text)
    return found


def _file(one: ExchangeFile) -> File:
    return File(
        name=one.name,
        size=one.size,
        parts=one.parts,
        state=one.state.value,
        progress=one.progress,
        summed=summed(one.counts) if one.counts else "",
        failure=told(one.failure),
        troubles=[told(trouble) for trouble in sorted(one.troubles, key=lambda trouble: trouble[0])],
        more=max(0, one.counts.get("troubles", 0) - len(one.troubles)),
    )
