"""Personal offers. A sent version is frozen; what a partner chooses in it is kept beside it (PRODUCT rule 3)."""

from datetime import date

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
    """One version of a presentation: a draft until `sent_at`, replaced from `replaced_at`."""

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

    presentation_id: int
    author_id: int

    class Meta:
        table = "presentation_version"
        unique_together = (("presentation", "number"),)
        indexes = (("valid_until", "id"), ("sent_at", "id"), ("author_id", "sent_at"))  # what the desk is read by

    def must_be_draft(self) -> None:
        """Raises AlreadySent for a version that a partner may have read."""
        if self.sent_at is not None:
            raise AlreadySent


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
    quantity = fields.IntField()
    remark = fields.CharField(max_length=500, default="")

    version_id: int
    product_id: int

    class Meta:
        table = "presentation_line"
        unique_together = (("version", "position"),)


class ChosenQuantity(Model):
    """The quantity that a person chose in a line instead of the offered one."""

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

    class Meta:
        table = "extension_request"
        indexes = (("at",),)
