"""What tests of the background side share: a mail server, and settings that point at it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from app.settings import Settings
from jobs.mail import Post
from jobs.relay import Relay
from tests.smtp import MailServer


@pytest.fixture
async def mail_server() -> AsyncIterator[MailServer]:
    """A mail server that listens."""
    server = MailServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def posting(settings: Settings, mail_server: MailServer) -> Settings:
    """The settings of a site whose letters go to `mail_server`."""
    return replace(settings, smtp_port=mail_server.port, mail_from="robot@example.ru")


@pytest.fixture
def relay(posting: Settings) -> Relay:
    """The relay of that site."""
    return Relay(posting)


@pytest.fixture
def post(posting: Settings) -> Post:
    """Its post."""
    return Post(posting)
