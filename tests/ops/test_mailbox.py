"""The development mailbox: a page of letters that exists where a developer works, and nowhere else."""

from dataclasses import replace
from email.message import EmailMessage

import aiosmtplib
import pytest

from app import devmail
from app.devmail import Keeper
from app.main import create_app
from tests.site import Browser


def a_letter(subject="Спектр-СБ - заказ № 65 от 12.10.11 13:59 - добавление комментария", html=True):
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = subject, "robot@example.ru", "alice@example.ru"
    letter["Message-ID"] = "<1.2@example.ru>"
    letter.set_content("Ответьте здесь: http://kabinet.test/orders/65#comment-4.\n\n<b>Мария</b>")
    if html:
        letter.add_alternative('<p style="color:red">Ответ</p><script>alert(1)</script>', subtype="html")
    return letter


@pytest.fixture
def mailbox(tmp_path):
    return tmp_path / "mailbox"


@pytest.fixture
async def reader(settings, mailbox):
    """A browser at a site that has a mailbox."""
    async with Browser(create_app(replace(settings, mailbox=mailbox))) as browser:
        yield browser


@pytest.fixture
async def port(mailbox, unused_tcp_port):
    """The mail server's port."""
    server = await devmail.listen(mailbox, unused_tcp_port)
    yield unused_tcp_port
    server.close()
    await server.wait_closed()


async def send(letter, port):
    await aiosmtplib.send(letter, hostname="127.0.0.1", port=port)


async def test_a_letter_is_kept_and_listed(reader, port):
    assert "Писем ещё нет" in (await reader.get("/mailbox")).text
    await send(a_letter(), port)
    await send(a_letter("Второе"), port)
    page = (await reader.get("/mailbox")).text
    assert page.index("Второе") < page.index("заказ № 65 от 12.10.11 13:59 - добавление комментария")
    assert 'href="/mailbox/2"' in page and "alice@example.ru" in page


async def test_a_letter_is_read_with_its_headers_and_links(reader, port):
    await send(a_letter(), port)
    page = (await reader.get("/mailbox/1")).text
    assert '<a href="http://kabinet.test/orders/65#comment-4">' in page
    assert "&lt;b&gt;Мария&lt;/b&gt;" in page
    assert "&lt;1.2@example.ru&gt;" in page and "Message-ID" in page
    assert "robot@example.ru → alice@example.ru" in page


async def test_its_html_stands_in_a_sandbox(reader, port):
    await send(a_letter(), port)
    answer = await reader.get("/mailbox/1/html")
    assert '<p style="color:red">Ответ</p>' in answer.text
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'") and "; sandbox" in policy
    assert "script-src" not in policy and "allow-scripts" not in policy and "allow-same-origin" not in policy


async def test_only_that_door_has_a_policy_of_its_own(reader, port):
    await send(a_letter(), port)
    for path in ("/mailbox", "/mailbox/1", "/sign-in"):
        assert "unsafe" not in (await reader.get(path)).headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/mailbox/2", "/mailbox/0", "/mailbox/1/html", "/mailbox/..%2f1", "/mailbox/one"])
async def test_there_is_no_other_letter(reader, mailbox, path):
    Keeper(mailbox).keep(a_letter(html=False).as_bytes())
    assert (await reader.get(path)).status_code == 404


async def test_a_site_without_a_mailbox_has_no_such_doors(guest):
    for path in ("/mailbox", "/mailbox/1", "/mailbox/1/html"):
        assert (await guest.get(path)).status_code == 404


async def test_letters_survive_and_numbers_go_on(mailbox):
    assert [Keeper(mailbox).keep(a_letter().as_bytes()) for _ in range(3)] == [1, 2, 3]
    (mailbox / "notes.txt").write_text("not a letter")
    assert Keeper(mailbox).keep(b"anything at all") == 4
    assert [letter.number for letter in devmail.letters(mailbox)] == [4, 3, 2, 1]


async def test_two_servers_do_not_write_over_each_other(mailbox, monkeypatch):
    Keeper(mailbox).keep(b"Subject: first\n\n")
    monkeypatch.setattr(devmail, "_numbers", lambda mailbox: [])  # what the other one saw a moment ago
    assert Keeper(mailbox).keep(b"Subject: second\n\n") == 2
