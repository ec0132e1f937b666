"""The mail server as letters see it: it takes one, refuses it, puts it off, or is away."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from typing import Any, Self
from urllib.parse import urlsplit

import aiosmtplib

from app import chosen
from app.database import as_datetime
from app.settings import Settings

GREETING = 15.0  # seconds for connecting
PATIENCE = 60.0  # seconds for each answer: a server that looks for viruses takes its time
PARTING = 2.0  # seconds for taking leave
ABSENT = "no connection"  # begins the words about a letter that could not even be begun
CLOSING = 421  # the server is about to hang up: no verdict on a letter
_ADDRESS = re.compile(r"""[^\s<>"(),:;\\\[\]@]+@[^\s<>"(),:;\\\[\]@]+""")


class Refused(Exception):
    """The mail server does not want this letter, for good."""


class PutOff(Exception):
    """The mail server does not want this letter now."""


class ServerAway(Exception):
    """The mail server is not there, or hung up: no other letter would fare better now."""


class MailServer:
    """One connection, made when the first letter asks for it and kept for all that follow.

    `found` is called each time that the server was there to connect to.
    """

    def __init__(self, settings: Settings, *, found: Callable[[], Awaitable[None]]) -> None:
        self.settings = settings
        self.found = found
        self.smtp = aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_user or None,
            password=settings.smtp_password or None,
            use_tls=settings.smtp_tls == "tls",
            start_tls=settings.smtp_tls == "starttls",
            local_hostname=urlsplit(settings.origin).hostname or "localhost",
            timeout=PATIENCE,
        )

    async def connect(self) -> None:
        """Connects unless there is a connection; raises ServerAway.

        Whatever is refused before a letter is begun (a password, too) is no verdict on any letter.
        """
        if self.smtp.is_connected:
            return
        try:
            await self.smtp.connect(timeout=GREETING)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise ServerAway(f"{ABSENT}: {_words(error)}") from error
        await self.found()

    async def take(self, letter: Mapping[str, Any]) -> None:
        """Hands a letter over; raises Refused, PutOff or ServerAway unless the server has taken it."""
        try:
            message = as_message(letter, await self._sender_name())
        except ValueError as error:
            raise Refused(f"cannot be written: {_words(error)}") from error
        await self.connect()
        try:
            await self._hand_over(message, letter)
        except aiosmtplib.SMTPServerDisconnected:  # it may have tired of a long connection
            await self.connect()
            try:
                await self._hand_over(message, letter)
            except aiosmtplib.SMTPServerDisconnected as error:
                raise ServerAway(f"connection lost: {_words(error)}") from error

    async def _sender_name(self) -> str:
        await chosen.refresh()
        settings = chosen.over(self.settings)
        return settings.sender_name or settings.site_name

    async def _hand_over(self, message: Message, letter: Mapping[str, Any]) -> None:
        try:
            await self.smtp.send_message(
                message, sender=address(letter["sender"]), recipients=[address(letter["recipient"])]
            )
        except aiosmtplib.SMTPServerDisconnected:
            raise
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPResponseException) as answer:
            verdict = answer.recipients[0] if isinstance(answer, aiosmtplib.SMTPRecipientsRefused) else answer
            words = f"{verdict.code} {' '.join(verdict.message.split())}"
            if verdict.code == CLOSING:
                raise ServerAway(words) from answer
            raise (Refused if verdict.code >= 500 else PutOff)(words) from answer
        except (aiosmtplib.SMTPNotSupported, ValueError) as error:
            raise Refused(_words(error)) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            self.hang_up()
            raise ServerAway(f"connection lost: {_words(error)}") from error

    def hang_up(self) -> None:
        """Drops the connection in the middle of a letter: what the server would answer next belongs to that one."""
        self.smtp.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            if self.smtp.is_connected:
                async with asyncio.timeout(PARTING):
                    await self.smtp.quit()
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            pass  # it is not there any more to be taken leave of
        finally:
            self.smtp.close()


def as_message(letter: Mapping[str, Any], sender_name: str) -> Message:
    """A row of `email` as a message, the same one at each attempt.

    :raises ValueError: an address is none, or a header has a line break in it.
    """
    headers = {
        "From": formataddr((sender_name, address(letter["sender"]))),
        "To": address(letter["recipient"]),
        "Date": format_datetime(as_datetime(letter["created_at"])),
        "Message-ID": letter["message_id"],
        "In-Reply-To": letter["in_reply_to"],
        "References": letter["reference_ids"],
        "Auto-Submitted": "auto-generated",
    }
    if letter["unsubscribe"]:  # one click and no question: RFC 8058
        headers["List-Unsubscribe"] = f"<{letter['unsubscribe']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # The newer EmailMessage of Python 3.11 loses spaces where it folds a subject that is not ASCII.
    message: Message[Any, Any] = MIMEMultipart("alternative")
    message["Subject"] = Header(_no_break(letter["subject"]), header_name="Subject")
    for name, value in headers.items():
        if value:
            message[name] = _no_break(value)
    message.attach(MIMEText(letter["text"], "plain", "utf-8"))
    message.attach(MIMEText(letter["html"], "html", "utf-8"))
    return message


def address(text: str) -> str:
    """An address as mail servers know it: a Russian domain in its ASCII form. Raises ValueError for what is none."""
    if not _ADDRESS.fullmatch(text):
        raise ValueError(f"no address: {text!r}")
    local, _, domain = text.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"


def _no_break(value: str) -> str:
    if not value.isprintable():
        raise ValueError(f"a line break or control character in a header: {value!r}")
    return value


def _words(error: Exception) -> str:
    """What went wrong, on one line, without a traceback's names where there are words."""
    return " ".join(str(error).split()) or type(error).__name__
