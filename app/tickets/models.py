"""Tickets: what a partner asks, complains of, requests or suggests, apart from orders and presentations."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Company, Person


class Topic(StrEnum):
    """What a ticket is about."""

    QUESTION = "question"
    COMPLAINT = "complaint"
    DOCUMENT = "document"
    SUGGESTION = "suggestion"


class TicketState(StrEnum):
    """Open: staff owe an answer. Answered: the partner has it. Closed: done, and opened again by an answer."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Ticket(Model):
    """«Тикет № 157». Its talk is a thread; `manager` None: with support, whoever answers first takes it."""

    id = fields.IntField(primary_key=True)
    number = fields.IntField(unique=True)
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="tickets", on_delete=fields.RESTRICT
    )
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="tickets", on_delete=fields.RESTRICT
    )
    manager: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="managed_tickets", null=True, on_delete=fields.RESTRICT
    )
    topic = fields.CharEnumField(Topic, max_length=20)
    subject = fields.CharField(max_length=200)
    state = fields.CharEnumField(TicketState, max_length=10, default=TicketState.OPEN)
    key = fields.CharField(max_length=64)  # the form's: sent twice, opened once
    # its subject and what both sides have said, casefolded: internal notes are found by nobody's search
    search = fields.TextField(default="")
    created_at = fields.DatetimeField()
    taken_at = fields.DatetimeField(null=True)  # when it was taken from those that nobody has
    closed_at = fields.DatetimeField(null=True)
    answered_at = fields.DatetimeField(null=True)  # when staff answered it for the first time

    company_id: int
    person_id: int
    manager_id: int | None

    class Meta:
        table = "ticket"
        unique_together = (("person", "key"),)
        indexes = (
            ("company_id", "number"),
            ("manager_id", "number"),
            ("manager_id", "state", "number"),
            ("state", "number"),
            ("manager_id", "answered_at"),
        )
