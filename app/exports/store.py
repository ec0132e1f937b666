"""Where price lists lie: beside the attachments, for a while."""

import asyncio
import time
from pathlib import Path

from app import clock
from app.exports.models import KEPT, PriceList
from app.settings import Settings


def folder(settings: Settings) -> Path:
    """The folder of all price lists. (No attachment has a folder of such a name.)"""
    return settings.files / "price-lists"


def place(settings: Settings, price_list: PriceList) -> Path:
    """The path of a price list that was asked for."""
    return folder(settings) / price_list.file_name


async def sweep(settings: Settings) -> int:
    """Forgets what is older than KEPT: the rows, and whatever lies in the folder; how many files."""
    await PriceList.filter(asked_at__lt=clock.now() - KEPT).delete()
    return await asyncio.to_thread(_sweep, folder(settings), time.time() - KEPT.total_seconds())


def _sweep(root: Path, until: float) -> int:
    gone = 0
    for path in root.glob("*") if root.is_dir() else ():
        try:
            if path.stat().st_mtime <= until:
                path.unlink()
                gone += 1
        except FileNotFoundError:
            continue
    return gone
