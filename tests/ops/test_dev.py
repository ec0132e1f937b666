"""bin/dev, from the outside: one command starts everything, Ctrl-C ends everything, the data stays."""

import json
import os
import re
import signal
import smtplib
import socket
import time
from email.message import EmailMessage

import pytest

from app.demo.logins import LOGINS, PASSWORD
from tests.ops.processes import answer, environment, listens, living_with, running
from tests.ports import free_port

END_OF_WELCOME = "Ctrl-C ends everything"


class House:
    """Where one bin/dev after another runs: its data, its ports."""

    def __init__(self, directory):
        self.directory = directory
        self.var = directory / "var"
        self.port, self.smtp_port = free_port(), free_port()

    def run(self, *options):
        options = options or ("--port", str(self.port), "--smtp-port", str(self.smtp_port))
        return running(["bin/dev", *options], environment(VAR=str(self.var)), self.directory)

    def is_empty(self):
        """Nothing that was started runs any more."""
        return not living_with(str(self.var)) and not listens(self.port) and not listens(self.smtp_port)

    def children(self):
        """The process ids of the commands that run."""
        lines = living_with(str(self.var)).items()
        return {found[1]: pid for pid, line in lines if (found := re.search(r"-m app\.cli (\w+)", line))}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    return House(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def first(house):
    """The first start, ended by Ctrl-C after some use: what it printed, and what was found."""
    found = {}
    with house.run() as dev:
        found["printed"] = dev.until(END_OF_WELCOME)
        found["commands"] = house.children()
        found["sign_in"] = answer(house.port, "/sign-in")
        found["sessions"] = {one.login: sign_in(house.port, one.login) for one in LOGINS}
        letter = EmailMessage()
        letter["Subject"], letter["From"], letter["To"] = "Проверка", "robot@example.ru", "sokolov@example.ru"
        letter.set_content("Письмо дошло.")
        with smtplib.SMTP("127.0.0.1", house.smtp_port) as smtp:
            smtp.send_message(letter)
        found["mailbox"] = answer(house.port, "/mailbox")
        found["code"] = dev.end(signal.SIGINT)
        found["log"] = dev.err.read_text()
    found["left"] = living_with(str(house.var))
    found["empty"] = house.is_empty()
    return found


def sign_in(port, login):
    return answer(
        port,
        "/sign-in",
        method="POST",
        body=f"login={login}&password={PASSWORD}",
        content_type="application/x-www-form-urlencoded",
        sec_fetch_site="same-origin",
    )


def test_it_prints_the_address_the_mailbox_and_the_logins(first, house):
    assert f"http://127.0.0.1:{house.port}\n" in first["printed"]
    assert f"http://127.0.0.1:{house.port}/mailbox\n" in first["printed"]
    for one in LOGINS:
        assert re.search(rf"^{one.login} +{one.name} +{one.who}$", first["printed"], re.MULTILINE)
    assert f"The password of all of them: {PASSWORD}" in first["printed"]


def test_it_serves_the_sign_in_page(first):
    assert first["sign_in"].status == 200
    assert 'action="/sign-in"' in first["sign_in"].text


@pytest.mark.parametrize("login", [one.login for one in LOGINS])
def test_each_login_opens(first, login):
    reply = first["sessions"][login]
    staff = login in ("orlova", "sinitsyn", "vetrova")
    assert (reply.status, reply.headers["location"]) == (303, "/desk" if staff else "/presentations")


def test_it_runs_the_site_and_the_worker(first):
    assert sorted(first["commands"]) == ["dev", "web", "worker"]


def test_letters_arrive_in_the_mailbox(first):
    assert "Проверка" in first["mailbox"].text


def test_ctrl_c_ends_everything(first):
    assert first["code"] == 0
    assert first["left"] == {}
    assert first["empty"]


def test_the_log_is_lines_of_json_between_few_words(first):
    lines = [json.loads(line) for line in first["log"].splitlines() if line.startswith("{")]
    assert any(line.get("path") == "/sign-in" for line in lines)
    assert "Traceback" not in first["log"]


def test_a_second_start_is_quick_and_finds_the_data(first, house):
    took = []
    for _ in range(3):  # other tests run on the same cores: the quickest start counts
        began = time.monotonic()
        with house.run() as dev:
            printed = dev.until(END_OF_WELCOME)
            took.append(time.monotonic() - began)
            assert "Loading the demo data" not in printed
            assert "Проверка" in answer(house.port, "/mailbox").text
            assert dev.end() == 0
        if took[-1] < 5:
            break
    assert min(took) < 5


@pytest.mark.parametrize("victim", ["web", "worker"])
def test_when_a_process_ends_it_says_which_and_ends_the_rest(first, house, victim):
    with house.run() as dev:
        dev.until(END_OF_WELCOME)
        os.kill(house.children()[victim], signal.SIGKILL)
        assert dev.process.wait(30) == 1
        assert f"The {victim} process has ended (signal SIGKILL)" in dev.err.read_text()
    assert house.is_empty()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_ways_to_end_it_end_everything_too(first, house, number):
    with house.run() as dev:
        dev.until(END_OF_WELCOME)
        assert dev.end(number) == 0
    assert house.is_empty()


def test_killed_it_takes_its_processes_along_and_the_queue_is_joined_next_time(first, house):
    with house.run() as dev:
        dev.until(END_OF_WELCOME)
        dev.end(signal.SIGKILL)
    deadline = time.monotonic() + 15
    while house.children() and time.monotonic() < deadline:
        time.sleep(0.05)
    (queue,) = living_with(str(house.var))
    with house.run() as dev:
        dev.until(END_OF_WELCOME)
        assert '"queue":true' in answer(house.port, "/readyz").text.replace(" ", "")
        assert dev.end() == 0
    assert list(living_with(str(house.var))) == [queue]  # it ends only what it has started
    os.kill(queue, signal.SIGTERM)


@pytest.mark.parametrize("option", ["--port", "--smtp-port"])
def test_a_taken_port_is_told_with_another_to_choose(house, option):
    with socket.create_server(("127.0.0.1", 0)) as holder:
        taken = holder.getsockname()[1]
        ports = {"--port": house.port, "--smtp-port": house.smtp_port, option: taken}
        with house.run(*(str(word) for pair in ports.items() for word in pair)) as dev:
            assert dev.process.wait(30) == 1
            said = dev.err.read_text()
    assert re.search(rf"^Port {taken} cannot be had .*another program listens there\. ", said)
    assert re.search(rf"bin/dev {option} \d+$", said)
    assert "Traceback" not in said and house.is_empty()


def test_two_do_not_run_on_one_set_of_data(first, house):
    other = free_port(), free_port()
    with house.run() as dev:
        dev.until(END_OF_WELCOME)
        second_house = House(house.directory / "second")
        with running(
            ["bin/dev", "--port", str(other[0]), "--smtp-port", str(other[1])],
            environment(VAR=str(house.var)),
            second_house.directory,
        ) as second:
            assert second.process.wait(30) == 1
            assert f"Another bin/dev runs on the data in {house.var}" in second.err.read_text()
        assert answer(house.port, "/healthz").status == 200
        assert dev.end() == 0
    assert house.is_empty()


def test_it_refuses_production(house):
    with running(["bin/dev"], environment(VAR=str(house.var), ENV="production"), house.directory) as dev:
        assert dev.process.wait(30) == 2
        assert "production" in dev.err.read_text()
