"""Commands of Kabinet for the live sites, started in no time: each forks from a process that has imported everything.

What a command line does by itself is looked at in tests/ops; there it starts as anybody starts it.
"""

import multiprocessing
import os
import signal
import sys
from pathlib import Path

from app.cli import main

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["tests.browser.warm"])


class Fork:
    """Runs a command with these words, in this environment and no other; its output goes into `log`."""

    def __init__(self, words: list[str], environment: dict[str, str], log: Path) -> None:
        log.touch()
        self.process = _forks.Process(target=_run, args=(words, environment, str(log)), daemon=True)
        self.process.start()

    @property
    def runs(self) -> bool:
        """Whether it does still."""
        return self.process.is_alive()

    def end(self, within: float) -> None:
        """SIGTERM, and kill -9 for one that has not ended by itself in time: this is a fault."""
        self.process.terminate()
        self.process.join(within)
        if self.runs:
            self.process.kill()
            raise AssertionError(f"process {self.process.pid} did not end within {within} s")


def _run(words: list[str], environment: dict[str, str], log: str) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whom it forks from ignores it
    os.environ.clear()
    os.environ.update(environment)
    output = os.open(log, os.O_WRONLY | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.exit(main(words))
