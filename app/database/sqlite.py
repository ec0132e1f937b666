"""The SQLite engine: in each process one connection that writes, and one that reads.

A deferred BEGIN that reads and then writes fails with «database is locked» as soon as two processes do it; IMMEDIATE
takes the write lock first and waits its turn (app.database.turns), at most for `busy_timeout`. Pages that only read do
not wait with it: in WAL mode the second connection sees the last commit all the while.
"""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import aiosqlite
from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, translate_exceptions
from tortoise.exceptions import IntegrityError, OperationalError, TransactionManagementError

from app.database.counting import note
from app.database.engine import (
    DatabaseUnavailable,
    Engine,
    OpenTransaction,
    OutermostTransaction,
    Statement,
    to_the_end,
)
from app.database.turns import Patient, Turns

UNAVAILABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
}
STATEMENTS_KEPT = 512  # prepared ones, by connection; the driver's 128 is less than the site has
LOOKS = 8  # milliseconds in which SQLite itself looks three times whether the lock is free, after 1, 2 and 5


def stored(moment: datetime) -> str:
    """The text of a moment as the ORM writes it, but always in UTC: so that texts compare as the moments do."""
    return (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat(" ")


sqlite3.register_adapter(datetime, stored)  # in place of the ORM's, which keeps whatever zone it is given


class SqliteEngine(Engine, SqliteClient):
    """The client of the ORM, mended (see engine.py), with the two quick ways that `Sql` uses."""

    _reader: "SqliteReader | None" = None

    def __init__(self, file_path: str, **pragmas: Any) -> None:
        super().__init__(file_path, **pragmas)
        self.patience = int(self.pragmas.pop("busy_timeout", 0)) / 1000
        self.pragmas["busy_timeout"] = LOOKS
        self.turns = Turns()

    def reader(self, text: str) -> "SqliteEngine":
        """The client whose connection a statement goes to."""
        if text.lstrip()[:6].upper() != "SELECT" or self.filename == ":memory:":
            return self
        if self._reader is None:
            pragmas = {**self.pragmas, "busy_timeout": int(self.patience * 1000)}
            self._reader = SqliteReader(self.filename, **pragmas, connection_name=self.connection_name)
        return self._reader

    async def close(self) -> None:
        await super().close()
        if self._reader is not None:
            await self._reader.close()

    @staticmethod
    def unavailable(error: BaseException | None) -> bool:
        # The low byte is the primary code: SQLITE_BUSY_SNAPSHOT and its like are kinds of SQLITE_BUSY.
        return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in UNAVAILABLE

    async def create_connection(self, with_db: bool) -> None:
        await to_the_end(self._connect())

    async def _connect(self) -> None:
        """Connects; the connection is seen only once all its PRAGMAs are set."""
        try:
            options: dict[str, Any] = {"isolation_level": None, "cached_statements": STATEMENTS_KEPT}
            connection = await aiosqlite.connect(self.filename, factory=self._patient, **options)
        except sqlite3.Error as error:
            raise DatabaseUnavailable(error) from error
        try:
            connection.row_factory = sqlite3.Row
            for pragma, value in self.pragmas.items():
                await connection.execute_fetchall(f"PRAGMA {pragma}={value}")
        except BaseException as error:
            await connection.close()
            if self.unavailable(error):
                raise DatabaseUnavailable(error) from error
            raise
        self._connection = connection
        await self._post_connect()

    def _patient(self, *given: Any, **options: Any) -> Patient:
        connection = Patient(*given, **options)
        connection.patience = self.patience
        return connection

    async def connected(self) -> Any:
        if self._connection is None:
            await self.create_connection(with_db=True)
        return self._connection

    def failed(self, error: BaseException) -> None:
        """A statement that failed by itself changed nothing."""
        return

    def acquire_connection(self) -> Any:
        return Statement(self)

    def _in_transaction(self) -> TransactionContext:
        return OutermostTransaction(SqliteTransaction(self))

    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        client = self.reader(query)
        if client is not self:
            return await client.execute_query(query, values)
        return await super().execute_query(query, values)

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[Any, Any]]:
        client = self.reader(query)
        if client is not self:
            return await client.execute_query_dict(query, values)
        return await super().execute_query_dict(query, values)

    async def rows(self, text: str, values: Sequence[Any]) -> list[dict[str, Any]]:
        """All rows of a statement, as dictionaries."""
        rows: list[dict[str, Any]] = await self.reader(text)._run(text, values, _rows)
        return rows

    async def affected(self, text: str, values: Sequence[Any]) -> int:
        """Runs a statement; the number of rows it wrote."""
        count: int = await self._run(text, values, _affected)
        return count

    @translate_exceptions
    async def _run(self, text: str, values: Sequence[Any], work: Callable[..., Any]) -> Any:
        note(text)
        async with Statement(self) as connection:
            return await connection._execute(work, connection._conn, text, values)


class SqliteReader(SqliteEngine):
    """The connection for reading outside of transactions."""

    def __init__(self, file_path: str, **pragmas: Any) -> None:
        super().__init__(file_path, **pragmas)
        self.pragmas["query_only"] = "ON"

    def reader(self, text: str) -> SqliteEngine:
        return self


class SqliteTransaction(OpenTransaction, SqliteEngine):
    """A transaction: it holds the process's one connection that writes until it ends."""

    _parent: SqliteEngine

    def reader(self, text: str) -> SqliteEngine:
        return self

    async def hold(self) -> None:
        await self._parent._lock.acquire()
        try:
            self._connection = await self._parent.connected()
        except BaseException:
            self._parent._lock.release()
            raise

    async def let_go(self) -> None:
        self._parent._lock.release()

    async def begin(self) -> None:
        await self._parent.turns.wait()
        await self.command("BEGIN IMMEDIATE")
        self._parent.turns.take()

    @translate_exceptions
    async def command(self, statement: str) -> None:
        async with Statement(self) as connection:
            await connection._execute(connection._conn.execute, statement)

    @translate_exceptions
    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        note(query)
        async with Statement(self) as connection:
            await connection._execute(connection._conn.executemany, query, values)

    @translate_exceptions
    async def execute_script(self, query: str) -> None:
        note(query)
        async with Statement(self) as connection:
            await connection._execute(_script, connection._conn, query)

    async def finish(self, *, commit: bool) -> None:
        # The driver's thread works its queue in order: a statement whose task was cancelled runs before this.
        try:
            await self._connection._execute(_finish, self._connection._conn, commit)
        except sqlite3.IntegrityError as error:
            raise IntegrityError(error) from error
        except sqlite3.Error as error:
            raise (DatabaseUnavailable if self.unavailable(error) else OperationalError)(error) from error
        finally:
            self._parent.turns.release()


def _rows(database: sqlite3.Connection, text: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    cursor = database.execute(text, values)
    cursor.row_factory = None  # plain tuples: a dictionary made of them costs half of one made of sqlite3.Row
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row)) for row in cursor.fetchall()]  # noqa: B905 - as long by nature, and it costs an eighth


def _affected(database: sqlite3.Connection, text: str, values: Sequence[Any]) -> int:
    cursor = database.execute(text, values)
    cursor.fetchall()  # a statement with RETURNING is done only when it is read
    return max(cursor.rowcount, 0)


def _script(database: sqlite3.Connection, text: str) -> None:
    """Runs statements one by one: the driver's own way commits the open transaction first."""
    statement = ""
    for piece in text.split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            database.execute(statement)
            statement = ""


def _finish(database: sqlite3.Connection, commit: bool) -> None:
    if not commit:
        return database.rollback()
    if not database.in_transaction:  # a full disk, for one, makes SQLite roll back by itself
        raise TransactionManagementError("the database has rolled the transaction back")
    try:
        database.execute("COMMIT")
    except sqlite3.Error:
        database.rollback()
        raise


client_class = SqliteEngine  # what the ORM looks for in the module of an engine
