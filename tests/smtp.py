"""A mail server that tests command: it can be away, refuse addresses, hold its breath; it keeps what it took."""

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP

from tests.ports import free_port


class _Connection(SMTP):
    """Remembers its peer, so that a stopped server can cut it off."""

    def __init__(self, server: "MailServer") -> None:
        super().__init__(server, hostname="mail.test", enable_SMTPUTF8=True, loop=asyncio.get_running_loop())
        self.of = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.of.connections += 1
        self.of.open.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.of.open.discard(self.transport)
        super().connection_lost(error)


class MailServer:
    """Listens in this process, always at the same port of the loopback address.

    `answers` says what it replies to a recipient («550 5.1.1 No such user»). While `breath` is cleared it does not
    reply to a letter; `asked` is set as soon as it has one whole.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}
        self.connections = 0
        self.open: set[Any] = set()
        self.asked = asyncio.Event()
        self.breath = asyncio.Event()
        self.breath.set()
        self._server: asyncio.Server | None = None
        self.port = free_port()

    async def start(self) -> None:
        """Begins to listen."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", self.port)

    async def stop(self) -> None:
        """Is away: nobody can connect, and who was connected is cut off."""
        if self._server:
            self._server.close()
            self.hang_up()
            await self._server.wait_closed()
            self._server = None

    def hang_up(self) -> None:
        """Cuts everybody off."""
        for transport in list(self.open):
            transport.abort()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Called by aiosmtpd for each recipient."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Called by aiosmtpd for each letter."""
        self.asked.set()
        await self.breath.wait()
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.letters.append(message)
        self.recipients += envelope.rcpt_tos
        return "250 Taken"

    def subjects(self) -> list[str]:
        """The subjects of what it took, in the order of their arrival."""
        return [str(letter["Subject"]) for letter in self.letters]
