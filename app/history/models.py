"""What happened and what was mailed: the outbox's events, the history made of them, the letters they caused."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Company, Person


class Event(Model):
    """A fact, written in the transaction of the change that it tells of. `handled_at` is set when jobs are done."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=60)  # presentation.sent, order.placed, …
    at = fields.DatetimeField()
    company: fields.ForeignKeyNullableRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="events", null=True, on_delete=fields.RESTRICT
    )
    actor: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="events", null=True, on_delete=fields.RESTRICT
    )
    ip = fields.CharField(max_length=45, default="")
    request_id = fields.CharField(max_length=40, default="")
    data: fields.JSONField[dict[str, Any]] = fields.JSONField(default=dict)
    handled_at = fields.DatetimeField(null=True)
    attempts = fields.IntField(default=0)
    error = fields.TextField(default="")

    company_id: int | None
    actor_id: int | None

    class Meta:
        table = "event"
        indexes = (("handled_at", "id"),)


class HistoryEntry(Model):
    """One line of the history; append-only, one for each event (rule 10). `company` None: for staff only."""

    id = fields.BigIntField(primary_key=True)
    event: fields.OneToOneRelation[Event] = fields.OneToOneField(
        "models.Event", related_name="entry", on_delete=fields.RESTRICT
    )
    at = fields.DatetimeField()
    company: fields.ForeignKeyNullableRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="history", null=True, on_delete=fields.RESTRICT
    )
    actor: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="history", null=True, on_delete=fields.RESTRICT
    )
    affair: fields.ForeignKeyNullableRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="affairs", null=True, on_delete=fields.RESTRICT
    )  # whose affair it is, also when they do not see it
    action = fields.CharField(max_length=60)
    subject = fields.CharField(max_length=40, default="", db_default="")  # see app.history.subjects
    ip = fields.CharField(max_length=45, default="")
    data: fields.JSONField[dict[str, Any]] = fields.JSONField(default=dict)

    event_id: int
    company_id: int | None
    affair_id: int | None
    actor_id: int | None

    class Meta:
        table = "history_entry"
        indexes = (
            ("company_id", "id"),
            # What the list is read by, newest first, whatever it is filtered by: see app.history.queries.
            ("affair_id", "id"),
            ("affair_id", "action", "id"),
            ("affair_id", "actor_id", "id"),
            ("affair_id", "actor_id", "action", "id"),
            ("actor_id", "id"),
            ("actor_id", "action", "id"),
            ("action", "id"),
            ("action", "ip", "id"),
            ("subject", "id"),
            ("at", "id"),
        )


BLOT = "••••••"  # stands for a secret in the kept text of a letter


class EmailState(StrEnum):
    """Where a letter is: waiting, being sent, put off until `next_at`, taken by the server, or given up."""

    QUEUED = "queued"
    SENDING = "sending"
    DEFERRED = "deferred"
    SENT = "sent"
    FAILED = "failed"


class Email(Model):
    """A letter, rendered once and sent at least once under one Message-ID (rule 11)."""

    id = fields.BigIntField(primary_key=True)
    event: fields.ForeignKeyNullableRelation[Event] = fields.ForeignKeyField(
        "models.Event", related_name="emails", null=True, on_delete=fields.RESTRICT
    )
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="emails", null=True, on_delete=fields.RESTRICT
    )
    template = fields.CharField(max_length=60)
    message_id = fields.CharField(max_length=200, unique=True)
    in_reply_to = fields.CharField(max_length=200, default="")
    references = fields.TextField(default="", source_field="reference_ids")
    sender = fields.CharField(max_length=254)
    recipient = fields.CharField(max_length=254)
    subject = fields.CharField(max_length=400)
    text = fields.TextField()
    html = fields.TextField()
    # what nobody but its reader may see of it, a one-time password or link: blotted out as soon as it is sent
    secret = fields.CharField(max_length=400, default="", db_default="")
    # where one click ends letters of this kind (RFC 8058); empty for letters that are no promotion
    unsubscribe = fields.CharField(max_length=500, default="", db_default="")
    state = fields.CharEnumField(EmailState, max_length=10, default=EmailState.QUEUED)
    attempts = fields.IntField(default=0)
    next_at = fields.DatetimeField(null=True)  # when to try (again), or when a crashed attempt is taken over
    sent_at = fields.DatetimeField(null=True)
    error = fields.CharField(max_length=500, default="")
    created_at = fields.DatetimeField(auto_now_add=True)
    retried_at = fields.DatetimeField(null=True)  # when an administrator asked for it to be sent again
    settled_at = fields.DatetimeField(null=True)  # when somebody of staff has dealt with one that failed

    event_id: int | None
    person_id: int | None

    class Meta:
        table = "email"
        unique_together = (("event", "recipient", "template"),)
        # The log of letters is read newest first, by what it is filtered by; the desk reads what failed lately.
        indexes = (
            ("state", "next_at"),
            ("state", "created_at"),
            ("state", "id"),
            ("template", "id"),
            ("recipient", "id"),
        )
