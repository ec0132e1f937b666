"""What happened in the demo: events that are handled already, the history made of them, the letters they caused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from typing import Any

from app.accounts.models import Person
from app.demo.days import Days
from app.demo.people import Partner
from app.demo.rows import Rows
from app.history.models import Email, EmailState, Event, HistoryEntry
from app.history.subjects import subject
from app.promos.models import PromoCompany

SITE = "Спектр-СБ"
SENDER = "robot@example.ru"
STAFF_IP = "192.0.2.10"
SIGNED_IN_BEFORE = timedelta(minutes=3)


@dataclass(slots=True)
class Letter:
    """A letter that an event caused."""

    template: str
    to: Person
    subject: str
    text: str
    path: str


@dataclass(slots=True)
class Happening:
    """An event to be, by somebody or by the site itself. `hidden` ones stand in the staff's history only.

    `row` is told the event's id: a company of a promo keeps it.
    """

    name: str
    at: datetime
    by: Person | None
    ip: str
    company_id: int | None
    data: dict[str, Any]
    hidden: bool
    letters: list[Letter] = field(default_factory=list)
    row: PromoCompany | None = None


class Annals:
    """Collects what happened, in any order, and writes it down in the order of time."""

    def __init__(self, rows: Rows, days: Days, origin: str) -> None:
        self.rows, self.days, self.origin = rows, days, origin
        self.happenings: list[Happening] = []

    def note(
        self,
        name: str,
        at: datetime,
        by: Person | None,
        partner: Partner | None,
        data: dict[str, Any],
        letters: Sequence[Letter] = (),
        *,
        hidden: bool = False,
    ) -> Happening:
        """An event about a partner's affairs; None: about the staff's own."""
        ip = partner.ip if partner and by in partner.people else STAFF_IP if by else ""
        company = partner.company.id if partner else None
        happening = Happening(name, at, by, ip, company, data, hidden, list(letters))
        self.happenings.append(happening)
        return happening

    def subject(self, about: str, number: int, of: datetime | None, what: str) -> str:
        """«Спектр-СБ - заказ № 65 от 12.10.11 13:59 - добавление комментария» (PRODUCT rule 11); `of` for orders."""
        moment = f" от {self.days.local(of):%d.%m.%y %H:%M}" if of else ""
        return f"{SITE} - {about} № {number}{moment} - {what}"

    def write(self) -> None:
        """Makes the rows: ids grow with time, as the history is read by them."""
        # long: the columns of two rows
        self._note_sign_ins()
        for one in sorted(self.happenings, key=lambda happening: happening.at):
            event = self.rows.add(
                Event,
                name=one.name,
                at=one.at,
                company_id=one.company_id,
                actor_id=one.by.id if one.by else None,
                ip=one.ip,
                data=one.data,
                handled_at=one.at + timedelta(seconds=1),
                attempts=1,
            )
            self.rows.add(
                HistoryEntry,
                event_id=event.id,
                at=one.at,
                company_id=None if one.hidden else one.company_id,
                actor_id=one.by.id if one.by else None,
                affair_id=one.company_id,
                action=one.name,
                subject=subject(one.data),
                ip=one.ip,
                data=one.data,
            )
            if one.row:
                one.row.event_id = event.id
            for letter in one.letters:
                self._mail(letter, event.id, one.at)
        self._spoil_two()

    def _note_sign_ins(self) -> None:
        """Whoever did something on a day had signed in before."""
        first: dict[tuple[int, object], Happening] = {}
        for one in sorted(self.happenings, key=lambda happening: happening.at):
            if one.by:
                first.setdefault((one.by.id, self.days.local(one.at).date()), one)
        for one in first.values():
            at, company = one.at - SIGNED_IN_BEFORE, one.by.company_id if one.by else None
            self.happenings.append(Happening("person.signed_in", at, one.by, one.ip, company, {}, company is None))

    def _mail(self, letter: Letter, event_id: int, at: datetime) -> None:
        address = self.origin + letter.path
        self.rows.add(
            Email,
            event_id=event_id,
            person_id=letter.to.id,
            template=letter.template,
            message_id=f"<demo.{event_id}.{letter.to.id}@example.ru>",
            sender=SENDER,
            recipient=letter.to.email,
            subject=letter.subject,
            text=f"{letter.text}\n\n{address}\n",
            html=f'<p>{escape(letter.text)}</p><p><a href="{escape(address)}">{escape(address)}</a></p>',
            state=EmailState.SENT,
            attempts=1,
            sent_at=at + timedelta(seconds=4),
            created_at=at + timedelta(seconds=1),
        )

    def _spoil_two(self) -> None:
        """Not every letter arrives: one was refused for good, one is put off till the evening."""
        letters = self.rows.of(Email)
        refused, late = letters[-12], letters[-1]
        refused.state, refused.sent_at = EmailState.FAILED, None
        refused.error = "552 5.2.2 mailbox is full"
        late.state, late.sent_at, late.attempts = EmailState.DEFERRED, None, 3
        late.error = "451 4.7.1 greylisted, try again later"
        late.next_at = self.days.now + timedelta(hours=6)
