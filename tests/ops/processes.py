"""Processes for tests: started on free ports with data of their own, and looked for afterwards."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.settings import ROOT

PATIENCE = 60.0  # seconds; other tests run on the same cores


def environment(**given: str) -> dict[str, str]:
    """This process's environment without settings of Kabinet, and with the given ones."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("KABINET_")}
    return own | {f"KABINET_{name}": value for name, value in given.items()}


class Running:
    """A started command, its output in files."""

    def __init__(self, command: list[str], env: dict[str, str], directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.out, self.err = directory / "out.txt", directory / "err.txt"
        with self.out.open("w") as out, self.err.open("w") as err:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
            )

    def until(self, text: str) -> str:
        """What it has printed once `text` is in it."""
        deadline = time.monotonic() + PATIENCE
        while text not in (printed := self.out.read_text() + self.err.read_text()):
            assert self.process.poll() is None, f"it ended:\n{printed}"
            assert time.monotonic() < deadline, f"{text!r} never came:\n{printed}"
            time.sleep(0.02)
        return printed

    def end(self, number: int = signal.SIGINT) -> int:
        """Sends a signal to it alone; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextmanager
def running(command: list[str], env: dict[str, str], directory: Path) -> Iterator[Running]:
    """Runs a command within the block; killed at its end with all that it started if it still runs."""
    started = Running(command, env, directory)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.process.terminate()
            try:
                started.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                started.process.kill()


def answer(port: int, path: str, *, method: str = "GET", body: str = "", **headers: str) -> http.client.HTTPResponse:
    """One request to this machine; the body is read."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request(method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    response.text = response.read().decode()  # type: ignore[attr-defined]
    connection.close()
    return response


def listens(port: int) -> bool:
    """Whether somebody does."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def living_with(marker: str) -> dict[int, str]:
    """The command lines, by process id, of those whose environment or arguments hold `marker` (this process apart)."""
    found = _from_proc(marker) if Path("/proc/self/environ").exists() else _from_ps(marker)
    return {pid: command for pid, command in found if pid != os.getpid()}


def _from_proc(marker: str) -> Iterator[tuple[int, str]]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            command = (process / "cmdline").read_bytes()  # empty for one that has ended and is not waited for yet
            if command and marker.encode() in command + (process / "environ").read_bytes():
                yield int(process.name), command.replace(b"\0", b" ").decode(errors="replace")


def _from_ps(marker: str) -> Iterator[tuple[int, str]]:
    listed = subprocess.run(["ps", "axeww", "-o", "pid=,stat=,args="], capture_output=True, text=True, check=True)
    for pid, state, command in (line.split(None, 2) for line in listed.stdout.splitlines() if marker in line):
        if not state.startswith("Z"):
            yield int(pid), command
