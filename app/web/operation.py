"""Doors for those who run the site: is it alive, is it ready; and how the log is written."""

import asyncio
import logging
import sys

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.database import Sql
from app.settings import Settings
from app.web.access import public

_ONE = Sql("SELECT 1 AS one")
_PATIENCE = 2  # seconds


def log_as_json(settings: Settings) -> None:
    """One JSON object a line on standard error, times in UTC."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter(
            "%(levelname)s %(name)s %(message)s",
            timestamp="time",
            rename_fields={"levelname": "level"},
            reserved_attrs=[*RESERVED_ATTRS, "color_message"],  # uvicorn says everything twice
            json_ensure_ascii=False,
        )
    )
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for chatty in ("uvicorn.access", "tortoise", "asyncio", "aiosqlite"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


@public("a supervisor asks whether the process is alive")
async def healthz(request: Request) -> Response:
    """200 while the process serves."""
    return JSONResponse({"alive": True})


@public("a balancer asks whether requests may come")
async def readyz(request: Request) -> Response:
    """200 when the database answers, else 503. The queue is told of, not required: orders do not wait for it."""
    database = await _answers(_ONE.value())
    queue = await _answers(request.app.state.queue.ping()) if request.app.state.queue else False
    return JSONResponse({"database": database, "queue": queue}, 200 if database else 503)


async def _answers(call: object) -> bool:
    try:
        await asyncio.wait_for(call, _PATIENCE)  # type: ignore[arg-type]  # any awaitable will do
    except Exception:
        return False
    return True
