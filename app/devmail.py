"""The development mailbox: a mail server that takes every letter and keeps it as a file, and the reading of them."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

LATEST = 200  # letters in the list


class Keeper:
    """Keeps what the mail server receives: letter 12 is `12.eml`, with the envelope in headers of its own."""

    def __init__(self, mailbox: Path) -> None:
        self.mailbox = mailbox
        mailbox.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Called by aiosmtpd once a letter is complete; it is on the disk before the sender is told so."""
        recipients = ", ".join(envelope.rcpt_tos)
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {recipients}\r\n"
        await asyncio.to_thread(self.keep, head.encode() + bytes(envelope.content))
        return "250 Kept"

    def keep(self, letter: bytes) -> int:
        """Writes a letter under the next free number, which is returned."""
        number = max(_numbers(self.mailbox), default=0)
        while True:
            number += 1
            try:
                with (self.mailbox / f"{number}.eml").open("xb") as file:
                    file.write(letter)
                return number
            except FileExistsError:
                continue


async def listen(mailbox: Path, port: int) -> asyncio.Server:
    """Starts the mail server on this machine's loopback address; raises OSError when the port is taken."""
    from aiosmtpd.smtp import SMTP  # only development has it installed

    keeper = Keeper(mailbox)
    loop = asyncio.get_running_loop()
    return await loop.create_server(
        lambda: SMTP(keeper, hostname="localhost", enable_SMTPUTF8=True, loop=loop), "127.0.0.1", port
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """A received letter. `headers` are decoded, in their order; `html` is empty for one of text alone."""

    number: int
    at: datetime
    sender: str
    recipients: str
    subject: str
    headers: list[tuple[str, str]]
    text: str
    html: str


def letters(mailbox: Path) -> list[Letter]:
    """The latest letters, newest first."""
    newest = sorted(_numbers(mailbox), reverse=True)[:LATEST]
    return [found for number in newest if (found := letter(mailbox, number))]


def letter(mailbox: Path, number: int) -> Letter | None:
    """Letter `number`, or None."""
    file = mailbox / f"{number}.eml"
    if not file.is_file():
        return None
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    return Letter(
        number=number,
        at=datetime.fromtimestamp(file.stat().st_mtime, UTC),
        sender=str(message["X-Envelope-From"] or ""),
        recipients=str(message["X-Envelope-To"] or ""),
        subject=str(message["Subject"] or ""),
        headers=[(name, str(value)) for name, value in message.items() if not name.startswith("X-Envelope-")],
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""


def _numbers(mailbox: Path) -> list[int]:
    return [int(file.stem) for file in mailbox.glob("*.eml") if file.stem.isdigit()]
