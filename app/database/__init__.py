"""The database: transactions, one constant SQL for both databases, counted queries.

Usage: `async with transaction(): …`, `on_commit(callback)`, `Sql("SELECT … WHERE id = :id").one(id=7)`.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tortoise.connection import get_connection

from app.database.config import MODELS, tortoise_config
from app.database.counting import QueryCount, counting_queries
from app.database.engine import DatabaseUnavailable, OpenTransaction, run_callbacks
from app.database.sql import Sql, as_date, as_datetime, like

__all__ = [
    "MODELS",
    "DatabaseUnavailable",
    "QueryCount",
    "Sql",
    "as_date",
    "as_datetime",
    "counting_queries",
    "like",
    "on_commit",
    "tortoise_config",
    "transaction",
]


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """Opens a transaction, or joins the one that this task is in. The outermost block commits when it ends well.

    SQLite takes its write lock at once, so what is read within is not changed by others before the commit. A block that
    joined and failed, or a failed statement, spoils the whole: nothing is committed though the error be caught.

    :raises DatabaseUnavailable: no connection, or the lock was not free in time.
    :raises TransactionManagementError: nothing was committed because an inner block or statement failed before.
    """
    client = get_connection("default")
    if not isinstance(client, OpenTransaction):
        async with client._in_transaction():
            yield
        return
    client.must_be_open()
    try:
        yield
    except BaseException as error:
        client.failure = client.failure or error
        raise


def on_commit(callback: Callable[[], object]) -> None:
    """Runs `callback` after the commit of the outermost transaction, never after a rollback; at once outside of one.

    Its errors are logged, not raised.
    """
    client = get_connection("default")
    if isinstance(client, OpenTransaction):
        client.must_be_open()
        client.callbacks.append(callback)
    else:
        run_callbacks([callback])
