"""Who 1C is: login and password of a connection, and then the cookie of the exchange that they began."""

import base64
import binascii
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app import clock, tokens
from app.accounts import passwords
from app.accounts.models import SignInFailure
from app.database import Sql, transaction
from app.exchange.models import LIVE, Connection, Exchange, FileState, State
from app.exchange.telling import Refusal
from app.i18n import N_
from app.outbox import Knock, record
from app.settings import Settings

ALIVE = timedelta(hours=12)  # since the last request, as long as a cookie opens the door
# Since the last request, while another exchange of the connection counts as under way. One of which a file has failed
# does not: 1C breaks it off there, and asks for orders next.
BUSY = timedelta(minutes=1)
_BUSY = Sql(
    """
    SELECT e.begun_at FROM exchange e JOIN exchange_file f ON f.exchange_id = e.id
    WHERE e.connection_id = :connection AND e.state IN ('open', 'closing')
    AND (f.state IN ('waiting', 'working')
         OR (f.state = 'arriving' AND e.seen_at > :since
             AND NOT EXISTS (SELECT 1 FROM exchange_file x WHERE x.exchange_id = e.id AND x.state = 'failed')))
    ORDER BY e.id LIMIT 1
    """
)


class WrongPassword(Exception):
    """The login, the password or the cookie is not right."""


class TooMany(Exception):
    """Too many wrong passwords came from there; `seconds` is the longest wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Credentials:
    """A login and a password."""

    login: str
    password: str


def credentials(header: str) -> Credentials | None:
    """What an Authorization header says (RFC 7617), in UTF-8 or windows-1251; None where it says nothing."""
    scheme, _space, packed = header.partition(" ")
    if scheme.casefold() != "basic":
        return None
    try:
        plain = base64.b64decode(packed.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError:
        text = plain.decode("windows-1251", "replace")
    login, colon, password = text.partition(":")
    return Credentials(login, password) if colon and "\x00" not in text else None


async def connection_of(said: Credentials, *, ip: str, request_id: str, settings: Settings) -> Connection:
    """The connection that login and password open. Raises WrongPassword, which is counted and told, and TooMany.

    Failures are counted by login together with the address, so that a stranger does not lock 1C out, and by address.
    """
    whom = f"1c:{tokens.digest(f'{said.login.casefold()} {ip}')}"
    limits = {whom: settings.signin_account_limit, f"address:{ip}": settings.signin_address_limit}
    since = clock.now() - timedelta(seconds=settings.signin_window)
    for key, limit in limits.items():
        if await SignInFailure.filter(key=key, at__gt=since).count() >= limit:
            raise TooMany(settings.signin_window)
    found = await Connection.get_or_none(login=said.login[:60], active=True)
    if await passwords.matches(said.password[:200], found.password_hash if found else "") and found:
        return found
    async with transaction():
        for key in limits:
            await SignInFailure.create(key=key, at=clock.now())
        whose: dict[str, Any] = {"connection": found.id, "name": found.name} if found else {}
        await record("exchange.sign_in_failed", by=Knock(None, None, ip, request_id), login=said.login[:60], **whose)
    raise WrongPassword


async def begin(connection: Connection, *, ip: str) -> str:
    """Begins an exchange; the secret of its cookie. What was begun before and is idle ends.

    :raises Refusal: another one of the connection is under way.
    """
    secret, now = tokens.new_secret(), clock.now()
    async with transaction():
        await Connection.filter(id=connection.id).select_for_update().first()
        busy = await _BUSY.value(connection=connection.id, since=now - BUSY)
        if busy:
            raise Refusal(N_("Another exchange of this connection is under way: wait until it has ended"))
        idle = Exchange.filter(connection_id=connection.id, state=State.OPEN)
        for one in await idle:
            whole = await one.files.filter(state=FileState.ARRIVING).count() == 0  # type: ignore[attr-defined]
            state = State.CLOSING if whole else State.STOPPED
            await Exchange.filter(id=one.id).update(state=state, ended_at=None if whole else now)
        await Exchange.create(
            connection_id=connection.id, digest=tokens.digest(secret), ip=ip[:45], begun_at=now, seen_at=now
        )
    return secret


async def exchange_of(secret: str) -> Exchange:
    """The exchange that a cookie is of. Raises WrongPassword: there is none, or it is over."""
    found = await Exchange.get_or_none(digest=tokens.digest(secret)).select_related("connection")
    now = clock.now()
    if found is None or found.seen_at < now - ALIVE or not found.connection.active or found.state is State.STOPPED:
        raise WrongPassword
    if found.state in LIVE:
        await Exchange.filter(id=found.id).update(seen_at=now)
    return found
