"""The PostgreSQL engine: a pool whose connections come back whatever becomes of the task that took one."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.backends.base.client import TransactionContext
from tortoise.backends.base_postgres.client import translate_exceptions
from tortoise.exceptions import TransactionManagementError

from app.database.counting import note
from app.database.engine import DatabaseUnavailable, Engine, OpenTransaction, OutermostTransaction, Statement

WAIT_FOR_CONNECTION = 5  # seconds that a statement waits for a free connection of the pool
# What holds in each session where the URL says nothing else.
SESSION = {
    "timezone": "UTC",  # as SQLite reckons: a date is a date in UTC
    # What is asked for often lies in memory: by the default, made for turning disks, whole tables are read instead.
    "random_page_cost": "1.1",
    "jit": "off",  # compiling a statement takes longer than any of ours
}
END_OF_TRANSACTION = 10  # seconds for COMMIT or ROLLBACK, after which the connection is thrown away
AWAY = (
    ConnectionError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,  # too many connections, disk full
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.TransactionRollbackError,  # a deadlock: the other one won, the same again will do
)
# How an InterfaceError (else the driver's word for wrong use) tells of a connection that was lost meanwhile.
LOST = ("connection is closed", "connection has been released back to the pool", "pool is clos")


class Connection(asyncpg.Connection):  # type: ignore[misc]  # it ships no types
    """Spares the round trip that resets the session after each statement: no code of ours alters the session."""

    __slots__ = ()

    def get_reset_query(self) -> str:
        """Nothing to reset. (An open transaction is rolled back all the same.)"""
        return ""


class Pooled:
    """Takes a connection for one statement. What the driver raises about an absent server gets our name."""

    __slots__ = ("client", "connection", "pool")

    def __init__(self, client: "PostgresEngine") -> None:
        self.client = client

    async def __aenter__(self) -> Any:
        self.pool, self.connection = await self.client.take()
        return self.connection

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        await self.pool.release(self.connection)
        if self.client.unavailable(error):
            raise DatabaseUnavailable(error) from error


class PostgresEngine(Engine, AsyncpgDBClient):
    """The client of the ORM, mended (see engine.py), with the two quick ways that `Sql` uses."""

    connection_class = Connection

    def __init__(self, **credentials: Any) -> None:
        super().__init__(**credentials)
        for name, value in SESSION.items():
            self.server_settings.setdefault(name, value)

    @staticmethod
    def unavailable(error: BaseException | None) -> bool:
        if isinstance(error, asyncpg.InterfaceError):
            return any(words in str(error) for words in LOST)
        return isinstance(error, AWAY)

    async def take(self) -> tuple[Any, Any]:
        """The pool and a connection of it. Waits 5 s for a free one.

        :raises DatabaseUnavailable: no server, or no connection in time.
        """
        try:
            async with asyncio.timeout(WAIT_FOR_CONNECTION):
                pool = self._pool or await self._open_pool()
                return pool, await pool.acquire()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise DatabaseUnavailable(error) from error

    async def _open_pool(self) -> Any:
        async with self._pool_init_lock:
            if self._pool is None:
                await self.create_connection(with_db=True)
        return self._pool

    def acquire_connection(self) -> Any:
        return Pooled(self)

    def _in_transaction(self) -> TransactionContext:
        return OutermostTransaction(PostgresTransaction(self))

    @translate_exceptions
    async def rows(self, text: str, values: Sequence[Any]) -> list[dict[str, Any]]:
        """All rows of a statement, as dictionaries."""
        note(text)
        async with self.acquire_connection() as connection:
            rows = await connection.fetch(text, *values)
        names = list(rows[0].keys()) if rows else []
        return [dict(zip(names, row)) for row in rows]  # noqa: B905 - as long by nature, and it costs an eighth

    @translate_exceptions
    async def affected(self, text: str, values: Sequence[Any]) -> int:
        """Runs a statement; the number of rows it wrote."""
        note(text)
        async with self.acquire_connection() as connection:
            verb, *_, count = (await connection.execute(text, *values)).split(" ")
            return int(count) if verb in {"INSERT", "UPDATE", "DELETE", "MERGE"} else 0


class PostgresTransaction(OpenTransaction, PostgresEngine):
    """A transaction: it holds one connection of the pool until it ends."""

    _parent: PostgresEngine
    pool: Any

    async def hold(self) -> None:
        self.pool, self._connection = await self._parent.take()

    async def let_go(self) -> None:
        await self.pool.release(self._connection)

    async def begin(self) -> None:
        await self.command("BEGIN")

    @translate_exceptions
    async def command(self, statement: str) -> None:
        async with Statement(self) as connection:
            await connection.execute(statement)

    @translate_exceptions
    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        note(query)
        async with Statement(self) as connection:
            await connection.executemany(query, values)

    @translate_exceptions
    async def finish(self, *, commit: bool) -> None:
        try:
            done = await self._connection.execute("COMMIT" if commit else "ROLLBACK", timeout=END_OF_TRANSACTION)
        except asyncpg.IntegrityConstraintViolationError:  # a deferred constraint; the server has rolled back
            raise
        except BaseException as error:
            with suppress(asyncpg.InterfaceError):  # it may be gone already
                self._connection.terminate()  # the server rolls back what its lost client had open
            if self.unavailable(error):
                raise DatabaseUnavailable(error) from error
            raise
        if commit and done != "COMMIT":  # after a failed statement COMMIT answers ROLLBACK, and no error
            raise TransactionManagementError("a statement had failed, nothing was committed")


client_class = PostgresEngine  # what the ORM looks for in the module of an engine
