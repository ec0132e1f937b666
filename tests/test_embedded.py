"""The embedded queue server: started once, joined by the others, stopped by its starter only."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from app import embedded
from app.embedded import QueueNotStarted, embedded_queue, stop_embedded_queue


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "queue"
    stop_embedded_queue(tmp_path / "queue")


def ask_elsewhere(directory: Path, then: str = "pass") -> str:
    """Asks for the queue in another process; returns the address that it got."""
    code = f"""
from pathlib import Path
from app.embedded import embedded_queue, stop_embedded_queue
print(embedded_queue(Path({str(directory)!r})))
{then}
"""
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=30
    ).stdout.strip()


def test_it_starts_a_durable_server_on_a_socket_only(directory: Path) -> None:
    queue = Redis.from_url(embedded_queue(directory))
    assert queue.ping()
    settings = queue.config_get("port", "appendonly", "maxmemory-policy", "unixsocketperm")
    assert settings == {
        "port": "0",
        "appendonly": "yes",
        "maxmemory-policy": "noeviction",
        "unixsocketperm": "700",
    }


def test_others_join_and_may_not_stop_it(directory: Path) -> None:
    address = embedded_queue(directory)
    queue = Redis.from_url(address)
    pid = queue.info("server")["process_id"]
    stop = f"stop_embedded_queue(Path({str(directory)!r}))"
    assert ask_elsewhere(directory, then=stop) == address
    assert embedded_queue(directory) == address
    assert queue.info("server")["process_id"] == pid


def test_many_at_once_start_one(directory: Path) -> None:
    code = (
        f"from pathlib import Path; from app.embedded import embedded_queue; embedded_queue(Path({str(directory)!r}))"
    )
    askers = [subprocess.Popen([sys.executable, "-c", code + "; input()"], stdin=subprocess.PIPE) for _ in range(4)]
    try:
        address = embedded_queue(directory)
        queue = Redis.from_url(address)
        log = (directory / "queue.log").read_text()
        assert log.count("Ready to accept connections") == 1
    finally:
        for asker in askers:
            asker.communicate(b"\n", timeout=30)
        queue.shutdown()  # whichever asker started it is gone and left it running, as it should


def test_data_survive_a_restart(directory: Path) -> None:
    Redis.from_url(embedded_queue(directory)).set("job", "7")
    stop_embedded_queue(directory)
    assert Redis.from_url(embedded_queue(directory)).get("job") == b"7"


def test_a_stale_socket_of_a_killed_server_is_no_hindrance(directory: Path) -> None:
    embedded_queue(directory)
    embedded._started[directory.resolve()].kill()
    embedded._started.pop(directory.resolve()).wait()
    assert (directory / "queue.sock").exists()
    assert Redis.from_url(embedded_queue(directory)).ping()


@pytest.mark.parametrize("name", ["deep/" * 40, "name with spaces", "имя", "half%20way"])
def test_any_directory_will_do(tmp_path: Path, name: str) -> None:
    directory = tmp_path / name
    address = embedded_queue(directory)
    try:
        assert len(address.removeprefix("unix://").encode()) <= embedded.LONGEST_SOCKET_PATH
        assert Redis.from_url(address).ping()
        assert ask_elsewhere(directory) == address
    finally:
        stop_embedded_queue(directory)
        embedded.socket_path(directory.resolve()).parent.rmdir()


def test_what_went_wrong_is_said(directory: Path) -> None:
    directory.mkdir()
    (directory / "appendonlydir").write_text("a file where a directory should be")
    with pytest.raises(QueueNotStarted, match="appendonlydir"):
        embedded_queue(directory)
