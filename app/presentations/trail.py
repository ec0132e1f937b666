"""The last changes of a draft: what stood in its fields before each. A window that read the draft earlier is merged by

them with what was saved meanwhile: a field that it did not touch takes what was saved.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 40  # changes that are kept


@dataclass(frozen=True, slots=True)
class Step:
    """A change: its number, the window that made it, and by field what stood there before."""

    revision: int
    window: str
    was: Mapping[str, str]


def steps(kept: Any) -> tuple[Step, ...]:
    """The changes as the database has them (JSON, its text, or nothing), the oldest first."""
    rows = json.loads(kept) if isinstance(kept, str) else kept
    return tuple(Step(row["revision"], row["window"], row["was"]) for row in rows or [])


def longer(kept: Any, revision: int, window: str, was: Mapping[str, str]) -> list[dict[str, Any]]:
    """The changes with one more, as the database keeps them."""
    rows = [{"revision": one.revision, "window": one.window, "was": dict(one.was)} for one in steps(kept)]
    return [*rows, {"revision": revision, "window": window, "was": dict(was)}][-LONGEST:]


def base(trail: Sequence[Step], seen: int) -> Mapping[str, str] | None:
    """What stood at revision `seen` in the fields that were changed after it; None when nobody knows any more."""
    since = [step for step in trail if step.revision > seen]
    if not since or since[0].revision != seen + 1:
        return None
    stood: dict[str, str] = {}
    for step in reversed(since):
        stood |= step.was
    return stood
