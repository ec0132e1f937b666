"""Tickets of the demo: answered, closed, waiting for a manager, and one that nobody has."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.accounts.models import Person
from app.demo.annals import Letter
from app.demo.people import Partner
from app.demo.stage import Stage
from app.threads.models import Comment, Thread
from app.tickets.models import Ticket, TicketState, Topic

FIRST_NUMBER = 154


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A ticket of a company (by its place), opened by its owner or a buyer so many working days or minutes ago, with
    the manager's answer. `after` is the time to the answer in minutes.
    """

    company: int
    topic: Topic
    subject: str
    text: str
    workdays: int = 0
    clock: str = ""
    ago: int = 0
    buyer: bool = False
    answer: str = ""
    after: int = 40
    state: TicketState = field(default=TicketState.OPEN)


INQUIRIES = (
    Inquiry(
        1,
        Topic.SUGGESTION,
        "Кратность в списке товаров",
        "Хорошо бы видеть кратность бухты прямо в списке, а не только в карточке.",
        workdays=9,
        clock="11:20",
        answer="Спасибо! Кратность теперь стоит под количеством.",
        after=150,
        state=TicketState.CLOSED,
    ),
    Inquiry(
        0,
        Topic.DOCUMENT,
        "Акт сверки за третий квартал",
        "Пришлите, пожалуйста, акт сверки по всем отгрузкам за третий квартал.",
        workdays=3,
        clock="10:15",
        answer="Акт у бухгалтерии, отправим по ЭДО до конца дня.",
        state=TicketState.ANSWERED,
    ),
    Inquiry(
        0,
        Topic.QUESTION,
        "Новый грузополучатель в договоре",
        "Открыли второй склад. Как добавить его в договор, чтобы отгружать сразу туда?",
        ago=160,
        buyer=True,
    ),
    Inquiry(
        2,
        Topic.COMPLAINT,
        "Вместо кронштейна DS-1273ZJ-140 пришёл другой",
        "В коробке оказался угловой кронштейн. Монтаж завтра, можно заменить сегодня?",
        ago=75,
    ),
)
LAST_NUMBER = FIRST_NUMBER + len(INQUIRIES) - 1


def make_tickets(stage: Stage) -> None:
    """All of them, in the order of time."""
    for number, one in enumerate(INQUIRIES, FIRST_NUMBER):
        _Desk(stage, stage.cast.partners[one.company], one).open(number)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where a ticket arrives: its partner, and who answers."""

    stage: Stage
    partner: Partner
    inquiry: Inquiry

    def open(self, number: int) -> None:
        # long: the columns of a row
        one, days = self.inquiry, self.stage.days
        person = self.partner.buyers[-1] if one.buyer else self.partner.owner
        at = days.ago(one.ago) if one.ago else days.at(one.workdays, one.clock)
        answered_at = at + timedelta(minutes=one.after) if one.answer else None
        ticket = self.stage.rows.add(
            Ticket,
            number=number,
            company_id=self.partner.company.id,
            person_id=person.id,
            manager_id=self.partner.manager.id if self.partner.manager else None,
            topic=one.topic,
            subject=one.subject,
            state=one.state,
            search="\n".join(text for text in (one.subject, one.text, one.answer) if text).casefold(),
            key=f"demo-{number}",
            created_at=at,
            answered_at=answered_at,
        )
        thread = self.stage.rows.add(Thread, company_id=ticket.company_id, ticket_id=ticket.id)
        self._opened(ticket, thread, person, at)
        if answered_at:
            self._answered(ticket, thread, person, answered_at)
        if one.state is TicketState.CLOSED and answered_at:
            thread.awaits, ticket.closed_at = "", answered_at + timedelta(minutes=25)
            self.stage.annals.note("ticket.closed", ticket.closed_at, person, self.partner, _about(ticket))

    def _opened(self, ticket: Ticket, thread: Thread, person: Person, at: datetime) -> None:
        said = self._say(thread, person, self.inquiry.text, at)
        thread.awaits, thread.by_partner = "staff", said["comment"]
        data = _about(ticket) | said | {"topic": ticket.topic, "subject": ticket.subject}
        staff = (self.partner.manager,) if self.partner.manager else self.stage.cast.managers
        letters = [self._letter("ticket_opened", ticket, one, "новый тикет", self.inquiry.text) for one in staff]
        self.stage.annals.note("ticket.opened", at, person, self.partner, data, letters)

    def _answered(self, ticket: Ticket, thread: Thread, person: Person, at: datetime) -> None:
        manager = self.partner.manager or self.stage.cast.orlova
        said = self._say(thread, manager, self.inquiry.answer, at)
        thread.awaits, thread.by_staff = "partner", said["comment"]
        data = _about(ticket) | said | {"internal": False, "excerpt": self.inquiry.answer}
        letter = self._letter("comment_added", ticket, person, "добавление комментария", self.inquiry.answer)
        self.stage.annals.note("comment.added", at, manager, self.partner, data, [letter])

    def _say(self, thread: Thread, author: Person, text: str, at: datetime) -> dict[str, Any]:
        """A remark, and what events say of it."""
        thread.comments, thread.last_at = thread.comments + 1, at
        number = thread.comments
        comment = self.stage.rows.add(
            Comment, thread_id=thread.id, number=number, author_id=author.id, text=text, key=f"demo-{number}", at=at
        )
        return {"on": "ticket", "thread_id": thread.id, "comment_id": comment.id, "comment": number}

    def _letter(self, template: str, ticket: Ticket, to: Person, what: str, text: str) -> Letter:
        subject = self.stage.annals.subject("тикет", ticket.number, None, what)
        return Letter(template, to, subject, text, f"/tickets/{ticket.number}")


def _about(ticket: Ticket) -> dict[str, Any]:
    return {"ticket": ticket.number, "ticket_id": ticket.id}
