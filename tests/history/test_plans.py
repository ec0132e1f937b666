"""How SQLite finds the keys: each stream in an index that ends with the id, so that no other entry is read."""

import re
from itertools import product

import pytest
from tortoise.connection import get_connection

from app.history.keys import Scope, statement

FLAGS = ("public", "person", "actions", "subjects", "since", "until")
KINDS = [
    (scope, dict(zip(FLAGS, flags, strict=True)))
    for scope in Scope
    for flags in product((False, True), repeat=len(FLAGS))
]
VALUES = {"company": 1, "reader": 1, "person": 1, "least": 0, "before": 2**40, "limit": 51, "others": 50}
LISTS = {"actions": ["order.placed"], "subjects": ["order:65"]}
DAYS = {"since": "2026-01-01", "until": "2026-02-01"}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_no_stream_is_read_but_by_its_index(database: str) -> None:
    client = get_connection("default")
    for scope, flags in KINDS:
        text, values = statement(scope, **flags)._bound("sqlite", {**VALUES, **LISTS, **DAYS})
        plan = [row["detail"] for row in await client.rows(f"EXPLAIN QUERY PLAN {text}", values)]  # type: ignore[attr-defined]
        reads = [line for line in plan if re.match(r"(SCAN|SEARCH) y\b", line)]
        assert reads and not [line for line in reads if line.startswith("SCAN")], (scope, flags, plan)
        for read in reads:
            assert set(equalities(scope, flags)) <= set(re.findall(r"(\w+)=\?", read)), (scope, flags, read)


def equalities(scope: Scope, flags: dict[str, bool]) -> list[str]:
    """What the index of a stream begins with."""
    if flags["subjects"]:
        return ["subject"]
    affair = ["affair_id"] if scope.value else []
    return [*affair, *(["actor_id"] if flags["person"] else []), *(["action"] if flags["actions"] else [])]
