"""The price list of today behind a secret address: found by its token, made again when prices or stock have changed.

Whoever asks meanwhile waits for the one that is being made. Two processes may make the same file: it is the same.
"""

import asyncio
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app import clock, tokens
from app.database import Sql
from app.errors import NotFound
from app.exports.goods import Goods
from app.exports.making import Asked, make, version
from app.exports.models import KEPT, Format
from app.exports.store import folder
from app.remembered import Remembered
from app.settings import Settings

USES, WINDOW = 30, 600  # times that one address may be used within so many seconds
FRESH = 15.0  # seconds until a change of prices or stock is seen
REST = 1.0  # of the time that it takes is left to pages, which are answered by the same process

_BEHIND = Sql(
    """
    SELECT t.id, t.company_id, c.name AS company, p.language
    FROM price_list_token t JOIN company c ON c.id = t.company_id JOIN person p ON p.id = t.person_id
    WHERE t.digest = :digest AND t.revoked_at IS NULL AND c.blocked_at IS NULL AND p.blocked_at IS NULL
      AND p.company_id = t.company_id
    """
)
_USE = Sql(
    """
    UPDATE price_list_token SET last_used_at = :now,
           window_count = CASE WHEN window_at > :since THEN window_count + 1 ELSE 1 END,
           window_at = CASE WHEN window_at > :since THEN window_at ELSE :now END
    WHERE id = :id AND (window_at IS NULL OR window_at <= :since OR window_count < :uses)
    """
)


class TooOften(Exception):
    """The address was used USES times within WINDOW seconds."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The file of today: its version and the moment since when it is so."""

    path: Path
    version: str
    since: datetime


async def asked(token: str, form: str) -> Asked:
    """What an address stands for, and notes its use. Raises NotFound, TooOften."""
    if form not in set(Format) or not token.isascii():
        raise NotFound
    row = await _BEHIND.one(digest=tokens.digest(token))
    if row is None:
        raise NotFound
    now = clock.now()
    if not await _USE.run(id=row["id"], now=now, since=now - timedelta(seconds=WINDOW), uses=USES):
        raise TooOften
    return Asked(row["company_id"], row["company"], Format(form), row["language"])


async def _digest_goods() -> str:
    goods = Goods(rest=REST)
    async for _rows in goods.pieces():
        pass
    return goods.digest


class Feeds:
    """The files of one process, made one at a time; `goods` is the digest of all products, read for all companies."""

    def __init__(self) -> None:
        self.goods: Remembered[str] = Remembered(_digest_goods, "", fresh=FRESH)
        self.turn = asyncio.Lock()

    async def current(self, asked: Asked, settings: Settings) -> Kept:
        """The file as of now. Raises NotMade, DatabaseUnavailable."""
        now = await version(asked, await self.goods.now(), settings)
        path = _place(settings, asked, now)
        if not path.exists():
            async with self.turn:
                if not path.exists():
                    now, path = await self._make(asked, settings)
        if path.stat().st_mtime < time.time() - KEPT.total_seconds() / 2:
            path.touch()  # what is asked for is not swept away
        return Kept(path, now, datetime.fromtimestamp(int(path.stat().st_mtime), UTC))

    async def _make(self, asked: Asked, settings: Settings) -> tuple[str, Path]:
        new = folder(settings) / f".{asked.company_id}.{os.getpid()}.{asked.format}"
        made = await make(asked, new, settings, rest=REST)
        path = _place(settings, asked, made.version)
        new.replace(path)
        return made.version, path


def _place(settings: Settings, asked: Asked, version: str) -> Path:
    return folder(settings) / f"company-{asked.company_id}-{version[:32]}.{asked.format}"
