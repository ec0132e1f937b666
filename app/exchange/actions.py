"""What administrators do about connections of 1C."""

import asyncio
from collections.abc import Mapping
from typing import Any

from tortoise.exceptions import IntegrityError

from app import clock, tokens
from app.accounts import passwords
from app.accounts.models import Person
from app.accounts.user import User
from app.database import transaction
from app.errors import NotFound, Stale
from app.exchange import statuses
from app.exchange.models import Connection, ExternalKey, Kind
from app.goods.changes import Taken, differing
from app.outbox import record
from app.prices.models import PriceType
from app.settings import Settings

LENGTH = 24  # letters of a password that nobody has to remember


def password(key: str, *, by: User, settings: Settings) -> str:
    """The password that a form with this key gives: the same one when it is sent twice."""
    return tokens.derived(settings, "1c", f"{by.id}:{key}")[:LENGTH]


async def create(values: Mapping[str, Any], secret: str, *, by: User) -> int:
    """A new connection with a password; its id. The same form twice is one connection. Raises Taken."""
    hashed = await asyncio.to_thread(passwords.hash_password, secret)
    try:
        async with transaction():
            there = await Connection.get_or_none(login=values["login"])
            if there and await passwords.matches(secret, there.password_hash):
                return there.id
            if there or await Connection.filter(name=values["name"]).exists():
                raise Taken
            made = await Connection.create(**values, password_hash=hashed, created_at=clock.now())
            await record("exchange.connection_created", by=by, connection=made.id, name=made.name, login=made.login)
    except IntegrityError as error:  # somebody made it at the same moment
        raise Taken from error
    return made.id


async def change(connection_id: int, values: Mapping[str, Any], version: int, *, by: User) -> None:
    """Changes a connection, or switches it off. Raises Stale, Taken, NotFound."""
    async with transaction():
        one = await _locked(connection_id)
        if one.version != version:
            raise Stale
        new = differing(one, values)
        if not new:
            return
        others = Connection.exclude(id=one.id)
        if await others.filter(name=values["name"]).exists() or await others.filter(login=values["login"]).exists():
            raise Taken
        changes = [await _told(name, getattr(one, name), new[name]) for name in new]
        await Connection.filter(id=one.id).update(**new, version=version + 1)
        await record("exchange.connection_changed", by=by, connection=one.id, name=values["name"], changes=changes)


async def renew_password(connection_id: int, secret: str, *, by: User) -> None:
    """Gives a connection another password: the old one opens nothing any more. Twice the same is once."""
    hashed = await asyncio.to_thread(passwords.hash_password, secret)
    async with transaction():
        one = await _locked(connection_id)
        if await passwords.matches(secret, one.password_hash):
            return
        await Connection.filter(id=one.id).update(password_hash=hashed)
        await record("exchange.password_renewed", by=by, connection=one.id, name=one.name)


async def set_price_types(connection_id: int, chosen: Mapping[int, int | None], *, by: User) -> None:
    """Says which type of prices here each one of 1C is (ids of keys and types; None: its prices are not taken)."""
    async with transaction():
        one = await _locked(connection_id)
        names = {kind.id: kind.name for kind in await PriceType.all()}
        changes = []
        for key in await ExternalKey.filter(connection_id=one.id, kind=Kind.PRICE_TYPE).order_by("id"):
            if key.id in chosen and key.object_id != chosen[key.id]:
                await ExternalKey.filter(id=key.id).update(object_id=chosen[key.id])
                was, now = names.get(key.object_id or 0, ""), names.get(chosen[key.id] or 0, "")
                changes.append({"field": key.text, "was": was, "now": now})
        if changes:
            await record("exchange.price_types_set", by=by, connection=one.id, name=one.name, changes=changes)


async def set_statuses(connection_id: int, chosen: Mapping[int, int | None], *, by: User) -> None:
    """Says what each word of 1C for the state of an order is here (ids of keys and numbers of `statuses.CODES`)."""
    async with transaction():
        one = await _locked(connection_id)
        changes = []
        for key in await ExternalKey.filter(connection_id=one.id, kind=Kind.STATUS).order_by("id"):
            if key.id in chosen and key.object_id != chosen[key.id]:
                await ExternalKey.filter(id=key.id).update(object_id=chosen[key.id])
                was, now = statuses.choice_of(key.object_id), statuses.choice_of(chosen[key.id])
                changes.append({"field": key.text, "was": was, "now": now})
        if changes:
            await record("exchange.statuses_set", by=by, connection=one.id, name=one.name, changes=changes)


async def _locked(connection_id: int) -> Connection:
    one = await Connection.filter(id=connection_id).select_for_update().first()
    if one is None:
        raise NotFound
    return one


async def _told(name: str, was: Any, now: Any) -> dict[str, Any]:
    """A change for the history."""
    if name == "person_id":
        names = {one.id: one.name for one in await Person.filter(id__in=[was, now])}
        return {"field": "person", "was": names[was], "now": names[now]}
    return {"field": name, "was": _plain(was), "now": _plain(now)}


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool) else str(value)
