"""The letters of a live site, as a person would look for them: by whom they are for and what their subject says."""

import asyncio
import re
from dataclasses import dataclass
from email.message import EmailMessage
from html.parser import HTMLParser

from tests.smtp import MailServer

PATIENCE = 60.0  # seconds until a letter must be there; it takes one or two


class Letters:
    """What the mail server took."""

    def __init__(self, server: MailServer) -> None:
        self.server = server

    async def find(self, to: str, *, subject: str) -> "Letter":
        """The one letter to an address whose subject fits a pattern; waits for it."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not (found := self.matching(to, subject)):
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"no letter to {to} about {subject!r} among {self.server.subjects()}") from None
        assert len(found) == 1, [letter.subject for letter in found]
        return found[0]

    def matching(self, to: str, subject: str) -> list["Letter"]:
        """The letters to an address whose subjects fit a pattern."""
        pairs = zip(self.server.recipients, self.server.letters, strict=True)  # each goes to one recipient
        return [Letter(one) for who, one in pairs if who == to and re.search(subject, str(one["Subject"]))]

    def all(self) -> list["Letter"]:
        """All of them in the order of their arrival."""
        return [Letter(one) for one in self.server.letters]


@dataclass(frozen=True)
class Letter:
    """A letter with its text and HTML."""

    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def link(self) -> str:
        """The one clear link: the same in the text and in the HTML."""
        in_text = re.findall(r"^https?://\S+$", self.text, re.MULTILINE)
        reader = _Links()
        reader.feed(self.html)
        assert in_text == reader.found, (in_text, reader.found)
        (link,) = in_text
        return str(link)

    def _body(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        assert part is not None, f"{self.subject}: no {kind} part"
        return str(part.get_content())


class _Links(HTMLParser):
    """Collects links to pages."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        target = dict(attributes).get("href") or ""
        if tag == "a" and target.startswith("http"):
            self.found.append(target)
