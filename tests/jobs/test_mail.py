"""The post: at least once, under one Message-ID, for three days; a refusal for good is kept for people to see."""

import asyncio
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
from hypothesis import example, given
from hypothesis.strategies import text

from app import clock
from app.history.models import Email, EmailState
from app.settings import Settings
from jobs import mail
from jobs.letters import one_line
from jobs.mail import Post
from jobs.mail_server import as_message
from jobs.relay import Relay
from tests.events import happened, order_placed, status_changed
from tests.factories import Cast, make_order
from tests.smtp import MailServer


class Clock:
    """A clock that tests turn forward."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return clock_now() + self.ahead

    def pass_by(self, **time: float) -> None:
        self.ahead += timedelta(**time)


clock_now = clock.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(clock, "now", moved.now)
    return moved


async def write_letters(cast: Cast, relay: Relay, count: int = 1) -> list[Email]:
    """Letters to Alice that wait to be sent."""
    order = await make_order(person=cast.alice, manager=cast.maria)
    for _ in range(count):
        await status_changed(order, by=cast.maria)
    await relay.run()
    return await Email.all().order_by("id")


async def the_letter() -> Email:
    return await Email.get()


async def test_letters_go_over_one_connection_with_all_their_headers(
    cast: Cast, relay: Relay, post: Post, mail_server: MailServer
) -> None:
    written = await write_letters(cast, relay, 20)
    await post.send_due()
    assert mail_server.connections == 1
    assert mail_server.subjects() == [letter.subject for letter in written]
    for sent, row in zip(mail_server.letters, await Email.all().order_by("id"), strict=True):
        assert sent["Message-ID"] == row.message_id
        assert sent["In-Reply-To"] == sent["References"] == row.in_reply_to
        assert sent["Auto-Submitted"] == "auto-generated"
        assert str(sent["From"]) == "Спектр-СБ <robot@example.ru>" and sent["To"] == "alice@example.ru"
        assert sent["Date"].datetime == row.created_at.replace(microsecond=0)
        assert [part.get_content_type() for part in sent.iter_parts()] == ["text/plain", "text/html"]
        assert sent.get_body(("plain",)).get_content().replace("\r\n", "\n") == row.text
        assert row.state is EmailState.SENT and row.sent_at and row.next_at is None and row.attempts == 1
    await post.send_due()
    assert len(mail_server.letters) == 20


async def test_two_senders_share_the_work(cast: Cast, relay: Relay, posting: Settings, mail_server: MailServer) -> None:
    await write_letters(cast, relay, 20)
    await asyncio.gather(*(Post(posting).send_due() for _ in range(3)))
    assert len({str(letter["Message-ID"]) for letter in mail_server.letters}) == len(mail_server.letters) == 20


async def test_a_refusal_for_good_is_final_and_keeps_the_servers_words(
    cast: Cast, relay: Relay, post: Post, mail_server: MailServer, time: Clock
) -> None:
    mail_server.answers["alice@example.ru"] = "550 5.1.1 No such mailbox"
    await write_letters(cast, relay)
    await order_placed(await make_order(person=cast.bob), by=cast.bob)
    await relay.run()
    await post.send_due()
    letter = await Email.get(recipient="alice@example.ru")
    assert (letter.state, letter.error, letter.next_at) == (EmailState.FAILED, "550 5.1.1 No such mailbox", None)
    assert sorted(mail_server.recipients) == ["bob@example.ru", "maria@example.ru"]  # others are not held up
    time.pass_by(days=1)
    await post.send_due()
    assert len(mail_server.letters) == 2


async def test_put_off_letters_come_with_growing_pauses_and_one_message_id(
    cast: Cast, relay: Relay, post: Post, mail_server: MailServer, time: Clock
) -> None:
    mail_server.answers["alice@example.ru"] = "450 4.2.1 Try later"
    (written,) = await write_letters(cast, relay)
    for attempt, pause in enumerate([10, 30, 60, 300, 900, 3600, 3600, 3600], 1):
        await post.send_due()
        letter = await the_letter()
        assert (letter.state, letter.attempts, letter.error) == (EmailState.DEFERRED, attempt, "450 4.2.1 Try later")
        assert letter.next_at and abs((letter.next_at - clock.now()).total_seconds() - pause) < 3
        time.pass_by(seconds=pause - 3)
        await post.send_due()
        assert (await the_letter()).attempts == attempt  # not before its time
        time.pass_by(seconds=4)
    del mail_server.answers["alice@example.ru"]
    await post.send_due()
    assert (await the_letter()).state is EmailState.SENT
    assert [str(letter["Message-ID"]) for letter in mail_server.letters] == [written.message_id]


async def test_it_is_tried_for_three_days_and_then_given_up(
    cast: Cast, relay: Relay, post: Post, mail_server: MailServer, time: Clock
) -> None:
    mail_server.answers["alice@example.ru"] = "451 4.3.0 Later"
    await write_letters(cast, relay)
    await post.send_due()
    time.pass_by(days=2, hours=23, minutes=59)
    await post.send_due()
    assert (await the_letter()).state is EmailState.DEFERRED
    time.pass_by(hours=1, minutes=1)
    await post.send_due()
    letter = await the_letter()
    assert (letter.state, letter.error) == (EmailState.FAILED, "451 4.3.0 Later")


async def test_an_absent_server_costs_one_attempt_and_all_follow_at_its_return(
    cast: Cast, relay: Relay, post: Post, mail_server: MailServer, time: Clock
) -> None:
    await mail_server.stop()
    await write_letters(cast, relay, 5)
    for _ in range(5):
        await post.send_due()
    states = [letter.state for letter in await Email.all().order_by("id")]
    assert states == [EmailState.DEFERRED] * 5
    assert all(letter.error.startswith("no connection") for letter in await Email.all())
    await mail_server.start()
    time.pass_by(seconds=11)  # the first one's pause is over; the others come with it
    await Email.filter(id__gt=1).update(next_at=clock.now() + timedelta(hours=1))
    await post.send_due()
    assert len(mail_server.letters) == 5
    assert {letter.state for letter in await Email.all()} == {EmailState.SENT}


async def test_after_a_long_outage_nobody_waits_for_the_hours_step(
    cast: Cast, relay: Relay, post: Post, mail_server: MailServer
) -> None:
    await mail_server.stop()
    await write_letters(cast, relay)
    await post.send_due()
    await Email.all().update(next_at=clock.now() + timedelta(hours=1))
    await mail_server.start()
    await post.send_due()
    assert len(mail_server.letters) == 1


async def test_what_the_server_put_off_is_not_pulled_forward(
    cast: Cast, relay: Relay, post: Post, mail_server: MailServer
) -> None:
    mail_server.answers["alice@example.ru"] = "450 4.7.1 Greylisted"
    await write_letters(cast, relay)
    await post.send_due()
    await order_placed(await make_order(person=cast.bob), by=cast.bob)
    await relay.run()
    await post.send_due()
    assert (await Email.get(recipient="alice@example.ru")).attempts == 1


async def test_a_lost_connection_is_made_again(
    cast: Cast, relay: Relay, posting: Settings, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write_letters(cast, relay, 3)
    take = mail.MailServer.take

    async def hang_up_first(self: mail.MailServer, letter: dict[str, object]) -> None:
        await take(self, letter)
        mail_server.hang_up()
        await asyncio.sleep(0.05)

    monkeypatch.setattr(mail.MailServer, "take", hang_up_first)
    await Post(posting).send_due()
    assert len(mail_server.letters) == 3 and mail_server.connections == 3


async def test_a_server_that_closes_says_nothing_about_the_letter(
    cast: Cast, relay: Relay, post: Post, mail_server: MailServer
) -> None:
    mail_server.answers["alice@example.ru"] = "421 4.3.2 Shutting down"
    await write_letters(cast, relay, 2)
    await post.send_due()
    states = [letter.state for letter in await Email.all().order_by("id")]
    assert states == [EmailState.DEFERRED, EmailState.QUEUED]  # the other one was not even tried


async def test_a_senders_death_is_made_good_when_its_lease_runs_out(
    cast: Cast, relay: Relay, post: Post, mail_server: MailServer, time: Clock
) -> None:
    (written,) = await write_letters(cast, relay)
    mail_server.breath.clear()
    sending = asyncio.create_task(post.send_due())
    await mail_server.asked.wait()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    mail_server.breath.set()
    assert (await the_letter()).state is EmailState.SENDING
    await post.send_due()
    assert (await the_letter()).attempts == 1  # nobody knows yet that it is dead
    time.pass_by(seconds=31)
    await post.send_due()
    letter = await the_letter()
    assert (letter.state, letter.attempts) == (EmailState.SENT, 2)
    assert {str(one["Message-ID"]) for one in mail_server.letters} == {written.message_id}


async def test_a_slow_server_keeps_its_letter(
    cast: Cast, relay: Relay, posting: Settings, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "LEASE", timedelta(seconds=0.5))
    monkeypatch.setattr(mail, "HOLD", 0.1)
    await write_letters(cast, relay)
    mail_server.breath.clear()
    sending = asyncio.create_task(Post(posting).send_due())
    await mail_server.asked.wait()
    await asyncio.sleep(1)
    await Post(posting).send_due()  # the lease was renewed: nothing is due
    mail_server.breath.set()
    await sending
    assert (await the_letter()).attempts == 1 and len(mail_server.letters) == 1


async def test_a_server_that_never_answers_is_given_up(
    cast: Cast, relay: Relay, post: Post, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "WHOLE", 0.3)
    await write_letters(cast, relay)
    mail_server.breath.clear()
    await post.send_due()
    letter = await the_letter()
    assert (letter.state, letter.error) == (EmailState.DEFERRED, "the mail server took too long")
    mail_server.breath.set()


async def test_a_late_failure_does_not_take_back_what_another_sent(cast: Cast, relay: Relay) -> None:
    (letter,) = await write_letters(cast, relay)
    await Email.all().update(state=EmailState.SENT, attempts=2, sent_at=clock.now())
    await mail._not_sent({"id": letter.id, "attempts": 1}, "450 Later", state="deferred", next_at=clock.now())
    assert (await the_letter()).state is EmailState.SENT


@pytest.mark.parametrize(
    "address", ["no address at all", "", "a@example.ru\r\nBcc: b@example.ru", "a@example.ru> SIZE=1", "@"]
)
async def test_an_address_that_is_none_is_refused_here(
    cast: Cast, relay: Relay, post: Post, mail_server: MailServer, address: str
) -> None:
    await write_letters(cast, relay, 2)
    first = await Email.all().order_by("id").first()
    assert first
    await Email.filter(id=first.id).update(recipient=address)
    await post.send_due()
    await first.refresh_from_db()
    assert first.state is EmailState.FAILED and first.error
    assert mail_server.recipients == ["alice@example.ru"]


@pytest.mark.parametrize("column", ["subject", "message_id", "in_reply_to", "sender"])
async def test_no_header_takes_a_line_break(
    cast: Cast, relay: Relay, post: Post, mail_server: MailServer, column: str
) -> None:
    await write_letters(cast, relay)
    await Email.all().update(**{column: "<a@example.ru>\r\nBcc: b@example.ru"})
    await post.send_due()
    assert (await the_letter()).state is EmailState.FAILED
    assert mail_server.letters == []


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("ivan@почта.рф", "ivan@xn--80a1acny.xn--p1ai"),
        ("иван@example.ru", "иван@example.ru"),
        ("robot@mail.corp.local", "robot@mail.corp.local"),
    ],
)
async def test_unusual_addresses_are_written_to(
    cast: Cast, relay: Relay, post: Post, mail_server: MailServer, address: str, known_as: str
) -> None:
    await write_letters(cast, relay)
    await Email.all().update(recipient=address)
    await post.send_due()
    letter = await the_letter()
    assert (letter.state, letter.error) == (EmailState.SENT, "")
    assert mail_server.recipients == [known_as]
    assert [str(one["Subject"]) for one in mail_server.letters] == [letter.subject]


@given(subject=text(min_size=1, max_size=200))
@example(subject="Спектр-СБ - заказ № 1 от 24.11.26 07:05 - изменение статуса: оплачен")
@example(subject="Спектр-СБ - order No. 65 of 12.10.11 13:59 - new comment, " + "long enough to be folded " * 5)
def test_a_subject_arrives_as_it_was_written(subject: str) -> None:
    subject = one_line(subject)
    row = {
        "sender": "a@example.ru",
        "recipient": "b@example.ru",
        "message_id": "<1@x>",
        "in_reply_to": "",
        "unsubscribe": "",
    }
    values = {**row, "reference_ids": "", "subject": subject, "text": "…", "html": "…", "created_at": clock.now()}
    read = message_from_bytes(as_message(values, "Спектр-СБ").as_bytes(), policy=policy.default)
    assert str(read["Subject"] or "") == subject


async def test_what_is_not_handled_yet_is_not_mailed(cast: Cast, post: Post, mail_server: MailServer) -> None:
    await happened("person.signed_in", by=cast.alice)
    await post.send_due()
    assert mail_server.letters == [] and mail_server.connections == 0
