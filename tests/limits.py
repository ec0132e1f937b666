"""What something costs: processor time of this process, and memory beyond what it had."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass
class Cost:
    """Seconds of one core, and megabytes at the peak."""

    seconds: float = 0.0
    megabytes: float = 0.0


@contextmanager
def measured() -> Iterator[Cost]:
    """Measures the block."""
    gc.collect()
    _CLEAR.write_text("5")  # the peak begins anew
    before, began, cost = _kilobytes("VmRSS"), process_time(), Cost()
    yield cost
    cost.seconds, cost.megabytes = process_time() - began, (_kilobytes("VmHWM") - before) / 1024


@contextmanager
def within(*, seconds: float = 2.0, megabytes: float = 100.0) -> Iterator[None]:
    """The block stays within limits."""
    with measured() as cost:
        yield
    assert cost.seconds <= seconds, f"{cost.seconds:.2f} s of a core"
    assert cost.megabytes <= megabytes, f"{cost.megabytes:.0f} MB"


def _kilobytes(name: str) -> int:
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1])
