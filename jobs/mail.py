"""The post: takes letters that are due to the mail server, each at least once and under one Message-ID (rule 11).

A letter is claimed for LEASE, renewed while it is being sent; when its sender dies, another attempt is made. A refusal
for good (5xx) is shown to staff, anything else is tried again for three days.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from app import clock
from app.database import DatabaseUnavailable, Sql, as_datetime
from app.history.models import BLOT
from app.settings import Settings
from jobs.mail_server import ABSENT, MailServer, PutOff, Refused, ServerAway

log = logging.getLogger("kabinet.mail")

LEASE = timedelta(seconds=30)
HOLD = 10.0  # seconds between renewals of the lease while a slow server thinks
WHOLE = 75.0  # seconds for one letter
STEPS = (10, 30, 60, 300, 900, 3600)  # seconds until the next attempt, after the first, the second…; then hourly
KEEP_TRYING = timedelta(days=3)
LOOK_AGAIN = 30.0  # seconds between looks at an absent mail server when no letter is due

_CLAIM = """
    UPDATE email SET state = 'sending', attempts = attempts + 1, next_at = :lease
    WHERE id = (
        SELECT id FROM email
        WHERE state IN ('queued', 'deferred', 'sending') AND (next_at IS NULL OR next_at <= :now)
        ORDER BY next_at, id LIMIT 1 {lock}
    )
    RETURNING id, attempts, message_id, in_reply_to, reference_ids, sender, recipient, subject, text, html,
        unsubscribe, created_at, COALESCE(retried_at, created_at) AS since
"""
_NEXT = Sql(_CLAIM.format(lock=""), postgres=_CLAIM.format(lock="FOR UPDATE SKIP LOCKED"))
# A secret that a letter carried is nobody's any more but its reader's: it goes out of the row as the letter leaves.
_SENT = Sql(
    """
    UPDATE email SET state = 'sent', sent_at = :now, next_at = NULL, error = '', secret = '',
        text = CASE secret WHEN '' THEN text ELSE REPLACE(text, secret, :blot) END,
        html = CASE secret WHEN '' THEN html ELSE REPLACE(html, secret, :blot) END
    WHERE id = :id
    """
)
# Only the attempt that still holds the letter may say that it failed: another one may have sent it meanwhile.
_NOT_SENT = Sql(
    "UPDATE email SET state = :state, next_at = :next, error = :error "
    "WHERE id = :id AND attempts = :attempts AND state = 'sending'"
)
_STILL_OURS = Sql("UPDATE email SET next_at = :lease WHERE id = :id AND attempts = :attempts AND state = 'sending'")
_HELD_UP = f"state = 'deferred' AND error LIKE '{ABSENT}%' AND next_at > :now"
_ANY_HELD_UP = Sql(f"SELECT id FROM email WHERE {_HELD_UP} LIMIT 1")  # noqa: S608 - constant text
_RELEASE = Sql(f"UPDATE email SET next_at = :now WHERE {_HELD_UP}")  # noqa: S608 - constant text


class Post:
    """Sends what is due. Several may run at once, in one process or in many."""

    def __init__(self, settings: Settings, stop: asyncio.Event | None = None) -> None:
        self.settings = settings
        self.stop = stop or asyncio.Event()
        self.looked_at = 0.0  # by the loop's clock

    async def send_due(self) -> None:
        """Sends all letters that are due, over one connection, until there are none or `stop` is set.

        :raises DatabaseUnavailable: nothing is lost, call again.
        """
        async with MailServer(self.settings, found=release_held_up) as server:
            try:
                await self._send_all(server)
                if await self._server_is_back(server):
                    await self._send_all(server)
            except ServerAway as away:
                log.warning("the mail server is away: %s", away)

    async def _send_all(self, server: MailServer) -> None:
        while not self.stop.is_set():
            now = clock.now()
            letter = await _NEXT.one(now=now, lease=now + LEASE)
            if letter is None:
                return
            await self._send(server, letter)

    async def _send(self, server: MailServer, letter: Mapping[str, Any]) -> None:
        try:
            async with asyncio.timeout(WHOLE), _held(letter):
                await server.take(letter)
        except Refused as refusal:
            await _not_sent(letter, str(refusal), state="failed")
        except PutOff as reason:
            await _put_off(letter, str(reason))
        except ServerAway as away:
            await _put_off(letter, str(away))
            raise
        except TimeoutError:
            server.hang_up()
            await _put_off(letter, "the mail server took too long")
            raise ServerAway("it took too long") from None
        else:
            await _SENT.run(id=letter["id"], now=clock.now(), blot=BLOT)

    async def _server_is_back(self, server: MailServer) -> bool:
        """Whether letters wait only for a server that is there again: no outage outlasts itself by an hour's step."""
        now = asyncio.get_running_loop().time()
        if self.stop.is_set() or now - self.looked_at < LOOK_AGAIN:
            return False
        self.looked_at = now
        if await _ANY_HELD_UP.value(now=clock.now()) is None:
            return False
        await server.connect()
        return True


@asynccontextmanager
async def _held(letter: Mapping[str, Any]) -> AsyncIterator[None]:
    """Keeps the letter ours while the block lasts: it is taken over only when this process is dead or cut off."""

    async def renew() -> None:
        while True:
            await asyncio.sleep(HOLD)
            with suppress(DatabaseUnavailable):
                await _STILL_OURS.run(id=letter["id"], attempts=letter["attempts"], lease=clock.now() + LEASE)

    renewing = asyncio.create_task(renew())
    try:
        yield
    finally:
        renewing.cancel()


async def release_held_up() -> None:
    """The mail server is there: letters that waited for nothing else are due."""
    await _RELEASE.run(now=clock.now())


async def _put_off(letter: Mapping[str, Any], why: str) -> None:
    now = clock.now()
    if now - as_datetime(letter["since"]) > KEEP_TRYING:
        await _not_sent(letter, why, state="failed")
        return
    step = STEPS[min(letter["attempts"], len(STEPS)) - 1]
    await _not_sent(letter, why, state="deferred", next_at=now + timedelta(seconds=step))


async def _not_sent(letter: Mapping[str, Any], why: str, *, state: str, next_at: datetime | None = None) -> None:
    log.warning("letter %d: %s, %s", letter["id"], state, why)
    await _NOT_SENT.run(id=letter["id"], attempts=letter["attempts"], state=state, next=next_at, error=why[:500])
