"""Personal offers. A sent version is frozen; what a partner chooses in it is kept beside it (PRODUCT rule 3)."""
# long: a model for each table of an offer

from datetime import date
from typing import Any

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Company, Person
from app.catalogue.models import Product
from app.errors import RuleBroken
from app.i18n import N_


class AlreadySent(RuleBroken):
    """What was a draft has been sent, and a sent version does not change (PRODUCT rule 3)."""

    def __init__(self) -> None:
        super().__init__(N_("The presentation is sent already and does not change: make a new version of it"))


class Scheduled(RuleBroken):
    """A draft that will be sent at its time: what was checked does not change meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("The presentation will be sent at its time: take it back to a draft to change it"))


class Presentation(Model):
    """An offer to one company under one number; its versions hold what is offered."""

    id = fields.IntField(primary_key=True)
    number = fields.IntField(unique=True)
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="presentations", on_delete=fields.RESTRICT, db_index=True
    )
    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="presentations", on_delete=fields.RESTRICT
    )
    recipient: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="presentations_received", null=True, on_delete=fields.RESTRICT
    )
    promo = fields.BooleanField(default=False)
    created_at = fields.DatetimeField(auto_now_add=True)

    company_id: int
    author_id: int
    recipient_id: int | None

    class Meta:
        table = "presentation"


class Version(Model):
    """One version of a presentation: a draft until `sent_at`, replaced from `replaced_at`.

    A draft with `send_at` is sent by the worker at that moment, in the name of `send_by`; when it could not be,
    `not_sent` says why in that person's language.
    """

    id = fields.IntField(primary_key=True)
    presentation: fields.ForeignKeyRelation[Presentation] = fields.ForeignKeyField(
        "models.Presentation", related_name="versions", on_delete=fields.RESTRICT
    )
    number = fields.IntField(default=1)
    title = fields.CharField(max_length=200)
    greeting = fields.TextField(default="")
    valid_until: date = fields.DateField()  # the last day, in the distributor's time zone
    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="versions", on_delete=fields.RESTRICT
    )
    created_at = fields.DatetimeField(auto_now_add=True)
    sent_at = fields.DatetimeField(null=True)
    replaced_at = fields.DatetimeField(null=True)
    # Of a draft: how often it was changed, who made the last change and when, and what stood in the fields before the
    # last changes (app.presentations.trail).
    revision = fields.IntField(default=0, db_default=0)
    trail: fields.JSONField[list[dict[str, Any]]] = fields.JSONField(null=True)
    changed_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="versions_changed", null=True, on_delete=fields.RESTRICT
    )
    changed_at = fields.DatetimeField(null=True)
    send_at = fields.DatetimeField(null=True, db_index=True)
    send_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="versions_to_send", null=True, on_delete=fields.RESTRICT
    )
    not_sent = fields.CharField(max_length=500, default="", db_default="")
    withdrawn_at = fields.DatetimeField(null=True)
    withdrawal = fields.CharField(max_length=500, default="", db_default="")  # its reason, as partners read it
    remind_days = fields.SmallIntField(null=True, db_index=True)  # so many days before the last one, by itself

    presentation_id: int
    author_id: int
    changed_by_id: int | None
    send_by_id: int | None

    class Meta:
        table = "presentation_version"
        unique_together = (("presentation", "number"),)
        # what the desk is read by
        indexes = (("valid_until", "id"), ("sent_at", "id"), ("author_id", "sent_at"), ("withdrawn_at", "id"))

    def must_be_draft(self) -> None:
        """Raises AlreadySent for a version that a partner may have read, Scheduled for one that waits for its time."""
        if self.sent_at is not None:
            raise AlreadySent
        if self.send_at is not None:
            raise Scheduled


class Line(Model):
    """An offered product with everything that was promised about it. Kopecks with VAT, discount in basis points."""

    id = fields.IntField(primary_key=True)
    version: fields.ForeignKeyRelation[Version] = fields.ForeignKeyField(
        "models.Version", related_name="lines", on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="presentation_lines", on_delete=fields.RESTRICT
    )
    article = fields.CharField(max_length=80)
    name = fields.CharField(max_length=250)
    brand = fields.CharField(max_length=80)
    unit = fields.CharField(max_length=10)
    pack = fields.IntField(default=1)
    minimum = fields.IntField(default=1)
    picture = fields.CharField(max_length=20, default="")
    retail = fields.BigIntField()
    discount = fields.IntField(default=0)
    price = fields.BigIntField()
    vat_rate = fields.SmallIntField(null=True)  # whole percents, None: «без НДС»
    rate = fields.BigIntField(null=True)  # of the currency that the price came from, in ten-thousandths of a rouble
    rate_on = fields.DateField(null=True)
    quantity = fields.IntField()
    remark = fields.CharField(max_length=500, default="")

    version_id: int
    product_id: int

    class Meta:
        table = "presentation_line"
        unique_together = (("version", "position"),)
        indexes = (("product_id",),)


class PresentationWord(Model):
    """What a sent version is found by, see app.presentations.words."""

    id = fields.BigIntField(primary_key=True)
    word = fields.CharField(max_length=20)
    version_id = fields.IntField()  # no foreign key: it would need an index of its own

    class Meta:
        table = "presentation_word"
        unique_together = (("word", "version_id"),)


class Doubt(Model):
    """A row of a pasted list that is no line yet: it waits in the draft until it is settled or dismissed."""

    id = fields.IntField(primary_key=True)
    version: fields.ForeignKeyRelation[Version] = fields.ForeignKeyField(
        "models.Version", related_name="doubts", on_delete=fields.RESTRICT, db_index=True
    )
    text = fields.CharField(max_length=300)  # the row as it came
    sought = fields.CharField(max_length=300)  # what in it may name a product
    quantity = fields.CharField(max_length=20, default="")  # as it was written; empty: none was

    version_id: int

    class Meta:
        table = "presentation_doubt"


class Approval(Model):
    """A manager asks an administrator for terms beyond the limit of discounts; it holds for exactly these terms."""

    id = fields.IntField(primary_key=True)
    version: fields.ForeignKeyRelation[Version] = fields.ForeignKeyField(
        "models.Version", related_name="approvals", on_delete=fields.RESTRICT, db_index=True
    )
    terms = fields.CharField(max_length=64)  # digest of prices and quantities: app.presentations.checks
    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="approvals_asked", on_delete=fields.RESTRICT
    )
    word = fields.CharField(max_length=500, default="")
    asked_at = fields.DatetimeField()
    approved = fields.BooleanField(null=True)  # None: nobody has decided
    decided_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="approvals_decided", null=True, on_delete=fields.RESTRICT
    )
    answer = fields.CharField(max_length=500, default="")
    decided_at = fields.DatetimeField(null=True)

    version_id: int
    author_id: int
    decided_by_id: int | None

    class Meta:
        table = "presentation_approval"


class ChosenQuantity(Model):
    """The quantity that a person chose in a line instead of the offered one."""  # or a manager who acts for a partner

    id = fields.IntField(primary_key=True)
    line: fields.ForeignKeyRelation[Line] = fields.ForeignKeyField(
        "models.Line", related_name="chosen", on_delete=fields.RESTRICT
    )
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="chosen", on_delete=fields.RESTRICT
    )
    quantity = fields.IntField()

    class Meta:
        table = "chosen_quantity"
        unique_together = (("line", "person"),)


class Opening(Model):
    """A person read a version on a day (of the distributor): counted once."""

    id = fields.IntField(primary_key=True)
    version: fields.ForeignKeyRelation[Version] = fields.ForeignKeyField(
        "models.Version", related_name="openings", on_delete=fields.RESTRICT
    )
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="openings", on_delete=fields.RESTRICT
    )
    day = fields.DateField()
    at = fields.DatetimeField()

    class Meta:
        table = "presentation_opening"
        unique_together = (("version", "person", "day"),)


class ExtensionRequest(Model):
    """The partner asked to prolong an expired version: once is enough."""

    id = fields.IntField(primary_key=True)
    version: fields.OneToOneRelation[Version] = fields.OneToOneField(
        "models.Version", related_name="extension_request", on_delete=fields.RESTRICT
    )
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="extension_requests", on_delete=fields.RESTRICT
    )
    at = fields.DatetimeField()
    settled_at = fields.DatetimeField(null=True)  # when staff dealt with it without a new version; it can be asked anew

    class Meta:
        table = "extension_request"
        indexes = (("at",),)


class Reminder(Model):
    """Partners were reminded of a version: once a day (of the distributor) at most. `by` is None: the site itself."""

    id = fields.IntField(primary_key=True)
    version: fields.ForeignKeyRelation[Version] = fields.ForeignKeyField(
        "models.Version", related_name="reminders", on_delete=fields.RESTRICT
    )
    by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="reminders", null=True, on_delete=fields.RESTRICT
    )
    day = fields.DateField()
    at = fields.DatetimeField()

    by_id: int | None

    class Meta:
        table = "presentation_reminder"
        unique_together = (("version", "day"),)
