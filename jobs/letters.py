"""Writing letters: rendered in their reader's language and time zone, kept as rows, sent by jobs/mail.py.

Links begin with the configured origin, never with what a request said (templates know it as `site.origin`).
"""

import re
import secrets
from email.utils import parseaddr
from urllib.parse import urlsplit

from app import chosen, clock
from app.accounts import unsubscribing
from app.history.models import Email
from app.i18n import gettext as _
from app.i18n import speaking
from app.settings import Settings
from app.web.templates import Templates
from jobs.matters import Matter
from jobs.readers import Reader

_EMPTY_LINES = re.compile(r"\n{3,}")


class Letters:
    """Writes the letters of a site."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.domain = urlsplit(settings.origin).hostname or "localhost"
        self.templates = Templates(settings)

    async def write(self, template: str, matter: Matter, readers: list[Reader]) -> None:
        """Adds a letter for each reader, in the current transaction; an address gets one letter of a kind.

        Nobody writes to a company whose access is closed.
        """
        if matter.company and matter.company.blocked_at:
            readers = [reader for reader in readers if reader.staff]
        await chosen.refresh()
        addresses = set()
        for reader in readers:
            if reader.email.casefold() not in addresses:
                addresses.add(reader.email.casefold())
                await self._write(template, matter, reader)

    async def _write(self, template: str, matter: Matter, reader: Reader) -> None:
        # All letters about one thing name the same root, so that mail programs show them as one talk.
        root = f"<{matter.root}@{self.domain}>"
        name = f"{matter.event.id}.{reader.person_id or 0}.{secrets.token_hex(6)}"
        secret = matter.secret(self.settings) if matter.secret else ""
        with speaking(reader.language):
            subject, text, html = self._render(template, matter, reader, secret)
        await Email.create(
            event_id=matter.event.id,
            person_id=reader.person_id,
            template=template,
            message_id=f"<{name}@{self.domain}>",
            in_reply_to=root,
            references=root,
            sender=parseaddr(self.settings.mail_from)[1],
            recipient=reader.email,
            subject=subject,
            text=text,
            html=html,
            secret=secret,
            unsubscribe=self._unsubscribe(matter, reader),
            next_at=clock.now(),
        )

    def _unsubscribe(self, matter: Matter, reader: Reader) -> str:
        """Where one click ends letters of this kind; empty for letters that are no promotion."""
        promo = matter.presentation is not None and matter.presentation.promo and not reader.staff
        return unsubscribing.address(self.settings, reader.person_id) if promo and reader.person_id else ""

    def _render(self, template: str, matter: Matter, reader: Reader, secret: str) -> tuple[str, str, str]:
        values = {
            "matter": matter,
            "reader": reader,
            "data": matter.event.data,
            "about": about(matter, reader),
            "link": self.settings.origin + matter.path.replace("{secret}", secret),
            "secret": secret,
            "unsubscribe": self._unsubscribe(matter, reader),
            "language": reader.language,
        }
        subject = one_line(self.templates.render(f"mail/{template}.subject", **values))
        text = self.templates.render(f"mail/{template}.text", **values)
        html = self.templates.render(f"mail/{template}.html", **values, subject=subject)
        return subject, _EMPTY_LINES.sub("\n\n", text).strip() + "\n", html


def about(matter: Matter, reader: Reader) -> str:
    """«заказ № 65 от 12.10.11 13:59», «презентация № 1184»: the matter as subjects name it (PRODUCT rule 11)."""
    if matter.order:
        moment = f"{matter.order.placed_at.astimezone(reader.zone):%d.%m.%y %H:%M}"
        return _("order No. %(number)s of %(moment)s") % {"number": matter.order.number, "moment": moment}
    if matter.ticket:
        moment = f"{matter.ticket.created_at.astimezone(reader.zone):%d.%m.%y %H:%M}"
        return _("ticket No. %(number)s of %(moment)s") % {"number": matter.ticket.number, "moment": moment}
    return _("presentation No. %(number)s") % {"number": matter.presentation.number if matter.presentation else ""}


def one_line(text: str) -> str:
    """A header's value: one line without control characters, at most 400 characters. No-break spaces become plain."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:400]
