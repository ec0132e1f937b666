"""The web process and the worker by themselves: how they start, and that they end in order."""

import json
import re
import signal
import socket
import sys
import threading
import time

import pytest

from app.migrate import migrate
from app.settings import ROOT
from tests.ops.processes import answer, environment, running
from tests.ops.test_settings import LIVE
from tests.ports import free_port

PYTHON = [sys.executable, "-m", "app.cli"]


@pytest.fixture
async def env(tmp_path):
    """Settings of a site with a migrated database of its own; nothing listens at its queue."""
    url = f"sqlite://{tmp_path}/kabinet.sqlite3"
    await migrate(url)
    return environment(DATABASE_URL=url, QUEUE_URL=f"unix://{tmp_path}/none.sock", VAR=str(tmp_path / "var"))


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def web(env, port, tmp_path):
    with running([*PYTHON, "web", "--port", str(port)], env, tmp_path) as process:
        process.until("Application startup complete")
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        yield process


def requests(process):
    """The lines about requests, once there is one: a line may come a little later than the answer."""
    process.until('"message": "request"')
    return [line for line in map(json.loads, process.err.read_text().splitlines()) if line["message"] == "request"]


def test_web_serves_and_logs_in_json_only(web, port):
    reply = answer(port, "/sign-in")
    assert reply.status == 200 and reply.headers["server"] is None
    (line,) = requests(web)
    assert (line["path"], line["id"], line["ip"]) == ("/sign-in", reply.headers["x-request-id"], "127.0.0.1")


def test_a_trusted_proxy_says_who_asks(web, port):
    answer(port, "/sign-in", x_forwarded_for="203.0.113.9", x_forwarded_proto="https")
    assert [line["ip"] for line in requests(web)] == ["203.0.113.9"]


def test_nobody_else_is_believed(env, port, tmp_path):
    env = env | {"KABINET_TRUSTED_PROXIES": "192.0.2.1"}
    with running([*PYTHON, "web", "--port", str(port)], env, tmp_path) as process:
        process.until("Uvicorn running")
        answer(port, "/sign-in", x_forwarded_for="203.0.113.9")
        assert [line["ip"] for line in requests(process)] == ["127.0.0.1"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_request_under_way_is_answered_before_the_end(web, port, number):
    """Half of a form has arrived when the signal comes; the rest comes a second later."""
    body = "login=nobody&password=at-all"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        head = (
            "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        connection.sendall((head + body[:10]).encode())
        time.sleep(0.3)
        rest = threading.Timer(1.0, connection.sendall, [body[10:].encode()])
        rest.start()
        web.process.send_signal(number)
        reply = b"".join(iter(lambda: connection.recv(65536), b""))
        rest.join()
    assert reply.startswith(b"HTTP/1.1 422 ")
    assert web.process.wait(30) == 0
    assert "Traceback" not in web.err.read_text()


def test_web_says_that_its_port_is_taken(env, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as holder:
        command = [*PYTHON, "web", "--port", str(holder.getsockname()[1])]
        with running(command, env, tmp_path) as process:
            assert process.process.wait(30) != 0
            assert "address already in use" in process.err.read_text()


def test_the_worker_ends_in_order(env, tmp_path):
    with running([*PYTHON, "worker"], env, tmp_path) as process:
        process.until("the worker is at work")
        assert process.end(signal.SIGTERM) == 0
        assert "Traceback" not in process.err.read_text()


@pytest.mark.parametrize("command", ["web", "worker"])
def test_it_brings_its_own_queue_when_it_has_none(env, port, tmp_path, command):
    options = ["--port", str(port)] if command == "web" else []
    with running([*PYTHON, command, *options], env | {"KABINET_QUEUE_URL": "embedded"}, tmp_path) as process:
        process.until("Uvicorn running" if command == "web" else "the worker is at work")
        assert (tmp_path / "var" / "queue" / "queue.sock").exists()
        assert process.end(signal.SIGTERM) == 0
    assert not (tmp_path / "var" / "queue" / "queue.sock").exists()


def test_a_weak_production_does_not_start(tmp_path):
    weak = {name.removeprefix("KABINET_"): value for name, value in LIVE.items()} | {"SECRET": "weak", "DEBUG": "1"}
    with running([*PYTHON, "web"], environment(**weak), tmp_path) as process:
        assert process.process.wait(30) == 2
        said = process.err.read_text()
        assert "KABINET_SECRET is weak" in said and "KABINET_DEBUG is on" in said and "Traceback" not in said


def test_the_procfile_names_commands_that_exist(capsys):
    from app.cli import main

    procfile = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    assert set(procfile) == {"release", "web", "worker"}
    for command in procfile.values():
        program, name, *options = command.split()
        assert (ROOT / program).stat().st_mode & 0o111
        with pytest.raises(SystemExit, match="0"):
            main([name, *options, "--help"])
        assert re.search(rf"usage: kabinet {name}", capsys.readouterr().out)
