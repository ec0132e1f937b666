"""The history as a table for spreadsheets: CSV as Excel opens it in Russia, safe to open, written piece by piece."""

import csv
from collections.abc import AsyncIterator, Sequence
from io import StringIO

from app.accounts.user import User
from app.exports.cells import BOM, harmless
from app.history import queries
from app.history.keys import LATEST, Wanted
from app.history.queries import Entry, Letter
from app.i18n import gettext as _
from app.settings import Settings
from app.web.formats import place
from app.web.labels import label

BATCH = 500  # entries that are in memory at once


async def table(user: User, settings: Settings, wanted: Wanted, *, language: str) -> AsyncIterator[bytes]:
    """The wanted entries, newest first, a piece for each BATCH of them. Times are in the reader's zone."""
    zone = f"{place(user.timezone, language)}, {user.timezone}"
    when = _("When (%(zone)s)") % {"zone": zone}
    head = [when, _("IP"), _("Who"), _("Role"), _("Partner"), _("Action"), _("Objects"), _("Letters")]
    yield (BOM + _lines([head])).encode()
    before, more = LATEST, True
    while more:
        entries, more = await queries.entries(user, settings, wanted, before=before, limit=BATCH)
        if entries:
            before = entries[-1].id
            yield _lines([_row(entry, user) for entry in entries]).encode()


def _lines(rows: Sequence[Sequence[str]]) -> str:
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def _row(entry: Entry, user: User) -> list[str]:
    return [
        f"{entry.at.astimezone(user.zone):%d.%m.%Y %H:%M:%S}",
        entry.place,
        _who(entry),
        label("role", entry.role) if entry.role else "",
        entry.company or (user.company_name if user.is_partner else ""),
        entry.words.action,
        "\n".join(thing.text for thing in entry.words.things),
        "\n".join(_letter(letter, user) for letter in entry.letters),
    ]


def _who(entry: Entry) -> str:
    return (
        _("%(name)s, for: %(person)s") % {"name": entry.person, "person": entry.acted_for}
        if entry.acted_for
        else entry.person
    )


def _letter(letter: Letter, user: User) -> str:
    """«sokolov@example.ru, «Спектр-СБ - заказ № 65», доставлено, 24.11.2026 15:43»; for staff why it was not."""
    state = label("email", letter.state)
    moment = f"{letter.at.astimezone(user.zone):%d.%m.%Y %H:%M}" if letter.at else ""
    return ", ".join(part for part in (letter.recipient, f"«{letter.subject}»", state, moment, letter.error) if part)
