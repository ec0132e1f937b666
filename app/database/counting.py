"""Counts the statements of a task and of the tasks it starts: for tests (query budgets) and the request log."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class QueryCount:
    """How many statements were sent since the count began; BEGIN, COMMIT and the like are not among them."""

    __slots__ = ("_outer", "statements")

    def __init__(self, outer: "QueryCount | None") -> None:
        self.statements: list[str] = []
        self._outer = outer

    @property
    def count(self) -> int:
        """The number of statements so far."""
        return len(self.statements)

    def add(self, statement: str) -> None:
        """Takes note of one statement, here and in the counts that this one stands within."""
        self.statements.append(statement)
        if self._outer is not None:
            self._outer.add(statement)


_count: ContextVar[QueryCount | None] = ContextVar("query_count", default=None)


@contextmanager
def counting_queries() -> Iterator[QueryCount]:
    """Counts what is sent to the database within the block, and by tasks created within it."""
    count = QueryCount(_count.get())
    token = _count.set(count)
    try:
        yield count
    finally:
        _count.reset(token)


def note(statement: str) -> None:
    """Called by the engines for each statement; costs one look at a context variable when nobody counts."""
    count = _count.get()
    if count is not None:
        count.add(statement)
