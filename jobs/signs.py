"""Signs of life: each worker renews a row, by which administrators see that it is at work."""

import os
import socket
from datetime import datetime, timedelta

from app import clock
from app.administration.models import WorkerSeen
from app.database import Sql

EVERY = 30.0  # seconds
KEPT = timedelta(days=1)  # that the row of a worker stays which is no more

_SEEN = Sql(
    "INSERT INTO worker_seen (name, began_at, seen_at) VALUES (:name, :began, :now) "
    "ON CONFLICT (name) DO UPDATE SET began_at = :began, seen_at = :now"
)


def name() -> str:
    """This process as administrators know it: host and number."""
    return f"{socket.gethostname()[:100]}:{os.getpid()}"


async def give(name: str, began: datetime) -> None:
    """Renews the worker's row, and takes away the rows of workers that were not seen for a day."""
    now = clock.now()
    await _SEEN.run(name=name, began=began, now=now)
    await WorkerSeen.filter(seen_at__lt=now - KEPT).delete()
