"""Making the file of a price list: read and priced here, written by a process of its own (app.exports.writing)."""

import asyncio
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app import clock
from app.exports.files import Column, Feed, Head
from app.exports.goods import ALL, Goods, Terms, Wanted, categories, offers, table, terms
from app.exports.models import Format
from app.i18n import gettext as _
from app.i18n import speaking
from app.settings import ROOT, Settings
from app.tokens import digest

PATIENCE = 300.0  # seconds that one file may take


class NotMade(Exception):
    """The file could not be written, by a mistake of ours or for want of room."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A price list as it is asked for."""

    company_id: int
    company: str
    format: Format
    language: str
    wanted: Wanted = ALL


@dataclass(frozen=True, slots=True)
class Made:
    """What a file came to: its version is the same for the same content."""

    lines: int
    version: str


async def make(asked: Asked, to: Path, settings: Settings, *, rest: float = 0.0) -> Made:
    """Writes the price list to a path, whole or not at all; `rest`: see `Goods`.

    Raises NotMade; DatabaseUnavailable and cancellations pass through, and nothing is left behind.
    """
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        async with asyncio.timeout(PATIENCE):
            made = await _write(asked, part, settings, rest)
        part.replace(to)
    except (TimeoutError, OSError) as failure:
        raise NotMade(str(failure)) from failure
    finally:
        part.unlink(missing_ok=True)
    return made


async def version(asked: Asked, goods: str, settings: Settings) -> str:
    """The version of the file that would be made now of products with the digest `goods`."""
    return _version(asked, goods, await terms(asked.company_id, settings), settings)


def _version(asked: Asked, goods: str, at: Terms, settings: Settings) -> str:
    # With the year days are called otherwise: «5 декабря» becomes «5 декабря 2026».
    about = (asked.company, asked.language, settings.site_name, settings.origin, clock.distributor_today().year)
    return digest(repr((about, at.digest, goods)))


async def _write(asked: Asked, part: Path, settings: Settings, rest: float) -> Made:
    # long: what is sent to the other process, and how it may end
    at, goods, lines = await terms(asked.company_id, settings), Goods(asked.wanted, rest), 0
    told = offers if asked.format is Format.YML else table
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.exports.writing", asked.format.value, str(part)),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        with speaking(asked.language):
            await _send(process, await _head(asked, settings))
            async for rows in goods.pieces():
                if piece := told(rows, at):
                    lines += len(piece)
                    await _send(process, piece)
        await _send(process, [])
        if await process.wait():
            raise NotMade(f"the writer ended with {process.returncode}")
    except (BrokenPipeError, ConnectionResetError) as gone:
        raise NotMade("the writer has ended") from gone
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Made(lines, _version(asked, goods.digest, at, settings))


async def _send(process: asyncio.subprocess.Process, what: Any) -> None:
    if process.stdin is None:  # it was asked for above
        raise NotMade("the writer does not listen")
    process.stdin.write(json.dumps(what, ensure_ascii=False).encode() + b"\n")
    await process.stdin.drain()


async def _head(asked: Asked, settings: Settings) -> dict[str, Any]:
    now = clock.now().astimezone(settings.timezone)
    if asked.format is Format.YML:
        date, names = now.isoformat(timespec="seconds"), (_("Unit"), _("VAT"))
        return asdict(Feed(settings.site_name, settings.origin, date, *names, await categories()))
    title = _("Price list of %(site)s for %(company)s, %(day)s. Prices in roubles, with VAT")
    told = {"site": settings.site_name, "company": asked.company, "day": f"{now:%d.%m.%Y}"}
    head = asdict(Head(title % told, (), _("Without VAT")))
    return {**head, "columns": [[one.name, one.kind, one.width] for one in columns()]}


def columns() -> list[Column]:
    """The columns of a table, in the current language."""
    return [
        Column(_("Article"), "text", 24),
        Column(_("Name"), "text", 60),
        Column(_("Brand"), "text", 16),
        Column(_("Category"), "text", 24),
        Column(_("Unit"), "text", 8),
        Column(_("Pack"), "whole", 9),
        Column(_("Minimum"), "whole", 9),
        Column(_("Stock"), "text", 20),
        Column(_("Retail price") + ", ₽", "money", 13),
        Column(_("Discount") + ", %", "percent", 9),
        Column(_("Your price") + ", ₽", "money", 13),
        Column(_("VAT rate"), "vat", 10),
    ]
