"""What both engines share: transactions that outlive a cancellation, and one name for an absent database.

The ORM's own contexts leak the lock (SQLite) or the pooled connection (PostgreSQL) when a task is cancelled while it
enters or leaves a transaction; job time-outs, aborts and every shutdown cancel tasks. Here whatever was taken is given
back whichever await the cancellation hits.
"""

import asyncio
import logging
from abc import abstractmethod
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

from tortoise.backends.base.client import (
    BaseDBAsyncClient,
    NestedTransactionContext,
    TransactionalDBClient,
    TransactionContext,
)
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connections
from tortoise.exceptions import OperationalError, TransactionManagementError

from app.database.counting import note

T = TypeVar("T")
log = logging.getLogger(__name__)


class DatabaseUnavailable(OperationalError):
    """The database cannot be reached, stays locked, or has no connection to spare. The web answers 503."""


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Runs `work` to its end though the caller be cancelled meanwhile; the cancellation is raised afterwards."""
    task = asyncio.create_task(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is None:
        return task.result()
    if not task.cancelled() and (failure := task.exception()):
        log.warning("a cancelled task could not end its transaction: %r", failure)
    raise cancelled


class Engine(BaseDBAsyncClient):
    """What both clients have in common. Notes each statement that the ORM sends, for `counting_queries`."""

    def __init__(self, *args: Any, **credentials: Any) -> None:
        super().__init__(*args, **credentials)
        # The ORM keeps ready INSERTs by table, in the dialect of the first database; a process may open another kind.
        EXECUTOR_CACHE.clear()

    @staticmethod
    @abstractmethod
    def unavailable(error: BaseException | None) -> bool:
        """Whether the error means that the database is away, locked or full, rather than the statement wrong."""

    async def execute_insert(self, query: str, values: list[Any]) -> Any:
        note(query)
        return await super().execute_insert(query, values)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        note(query)
        return await super().execute_query(query, values)

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[Any, Any]]:
        note(query)
        return await super().execute_query_dict(query, values)

    async def execute_script(self, query: str) -> None:
        note(query)
        await super().execute_script(query)

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        # The drivers' own way leaves the transaction open when the task is cancelled in the middle of it.
        async with self._in_transaction() as client:
            await client.execute_many(query, values)


class OneConnection(Protocol):
    """A client whose statements share a connection and take turns."""

    _lock: asyncio.Lock

    async def connected(self) -> Any:
        """The driver's connection. Only the holder of the lock may ask for it."""

    def unavailable(self, error: BaseException | None) -> bool:
        """See `Engine`."""

    def failed(self, error: BaseException) -> None:
        """Told of each statement that failed."""


class Statement:
    """Holds a client's connection for one statement. An absent database gets our name for it."""

    __slots__ = ("client",)

    def __init__(self, client: OneConnection) -> None:
        self.client = client

    async def __aenter__(self) -> Any:
        await self.client._lock.acquire()
        try:
            return await self.client.connected()
        except BaseException:
            self.client._lock.release()
            raise

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self.client._lock.release()
        if error is not None:
            self.client.failed(error)
        if self.client.unavailable(error):
            raise DatabaseUnavailable(error) from error


class OpenTransaction(Engine, TransactionalDBClient):
    """A client bound to one open transaction. Statements of several tasks within it run one after the other.

    Its life: `hold`, `begin`, statements, `end`. Savepoints serve the ORM's own nested transactions.
    """

    def __init__(self, parent: BaseDBAsyncClient) -> None:
        # The parent's own __init__ describes how to connect; this client is given its connection.
        self.log, self.connection_name, self.fetch_inserted = parent.log, parent.connection_name, parent.fetch_inserted
        self._parent = parent
        self._connection: Any = None
        self._lock = asyncio.Lock()
        self._finalized = False
        self._savepoints: list[str] = []
        self.failure: BaseException | None = None  # set: it may only be rolled back
        self.committed = False
        self.callbacks: list[Callable[[], object]] = []

    @abstractmethod
    async def hold(self) -> None:
        """Takes the connection for this transaction alone; holds nothing when it raises."""

    @abstractmethod
    async def let_go(self) -> None:
        """Gives the connection back."""

    @abstractmethod
    async def command(self, statement: str) -> None:
        """Sends BEGIN or a savepoint's command."""

    @abstractmethod
    async def finish(self, *, commit: bool) -> None:
        """Sends COMMIT or ROLLBACK; raises when what was to be committed was not."""

    def must_be_open(self) -> None:
        """:raises TransactionManagementError: the transaction is over (a task started within it outlived it)."""
        if self._finalized:
            raise TransactionManagementError("the transaction of this task is over")

    def failed(self, error: BaseException) -> None:
        """PostgreSQL commits nothing after a failed statement (savepoints apart). The same holds on SQLite."""
        if not self._savepoints:
            self.failure = self.failure or error

    async def end(self, *, commit: bool) -> None:
        """Commits or rolls back, and gives the connection back in every case."""
        try:
            async with self._lock:  # another task of this transaction may be within a statement
                if self._finalized:
                    return
                self._finalized = True
                await self.finish(commit=commit and self.failure is None)
                self.committed = commit and self.failure is None
        finally:
            await self.let_go()
        if commit and self.failure is not None:
            raise TransactionManagementError(
                "an inner block or a statement failed, nothing was committed"
            ) from self.failure

    async def connected(self) -> Any:
        self.must_be_open()
        return self._connection

    def acquire_connection(self) -> Any:
        return Statement(self)

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(self)

    async def savepoint(self) -> None:
        self._savepoints.append(f"savepoint_{len(self._savepoints)}")
        await to_the_end(self.command(f"SAVEPOINT {self._savepoints[-1]}"))

    async def savepoint_rollback(self) -> None:
        name = self._savepoints.pop()
        await to_the_end(self.command(f"ROLLBACK TO SAVEPOINT {name}"))

    async def release_savepoint(self) -> None:
        await to_the_end(self.command(f"RELEASE SAVEPOINT {self._savepoints.pop()}"))

    async def commit(self) -> None:
        await to_the_end(self.end(commit=True))

    async def rollback(self) -> None:
        await to_the_end(self.end(commit=False))


class OutermostTransaction(TransactionContext):
    """Opens and ends a transaction; the task sees it only once it is open."""

    client: OpenTransaction

    def __init__(self, client: OpenTransaction) -> None:
        self.client = client
        self.connections = get_connections()

    async def __aenter__(self) -> OpenTransaction:
        await self.client.hold()
        try:
            await self.client.begin()
        except BaseException:
            await to_the_end(self.client.end(commit=False))
            raise
        self.token = self.connections.set(self.client.connection_name, self.client)
        return self.client

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self.connections.reset(self.token)
        try:
            await to_the_end(self.client.end(commit=kind is None))
        finally:
            if self.client.committed:  # also when the task was cancelled during the commit
                run_callbacks(self.client.callbacks)


def run_callbacks(callbacks: list[Callable[[], object]]) -> None:
    """Runs what was to happen after the commit. The change stands, so an error here is logged and goes no further."""
    for callback in callbacks:
        try:
            callback()
        except Exception:
            log.exception("a callback after the commit failed")
