"""Registrations as tests fill them in, and the letters that come of them."""

import itertools
import re

import httpx2

from app.history.models import Email
from jobs.relay import Relay
from tests.site import Browser

INN = "9990001414"  # right check digits, of nobody here
PASSWORD = "четыре слова подряд и мост"
_keys = itertools.count(1)


def registration(**more: str) -> dict[str, str]:
    """The form, filled in; `more` replaces fields, an empty one is an empty field."""
    return {
        **{"key": f"a-key-of-a-registration-{next(_keys)}", "company": "ООО «Ельник»", "inn": INN},
        **{"name": "Иван Лесной", "email": "lesnoy@example.ru", "phone": "+7 495 000-45-67"},
        **{"login": "lesnoy", "password": PASSWORD, "manager": "any", "consent": "1", **more},
    }


async def register(browser: Browser, **more: str) -> httpx2.Response:
    """Sends it."""
    return await browser.post("/registration", registration(**more))


async def link_to(relay: Relay, address: str, template: str) -> str:
    """The path of the link in the newest letter of a kind to an address."""
    await relay.run()
    letter = await Email.filter(recipient=address, template=template).order_by("-id").first()
    assert letter is not None, f"no {template} to {address}"
    found = re.search(r"http://kabinet\.test(/\S+)", letter.text)
    assert found
    return found[1]


async def confirmation(relay: Relay, address: str = "lesnoy@example.ru") -> str:
    """Where the letter of a registration leads."""
    return await link_to(relay, address, "registration_asked")
