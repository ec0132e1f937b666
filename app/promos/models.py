"""A promo, its lines, and a row for each company: what is to be made and what was made of it (PRODUCT rule 11)."""

from datetime import date
from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Company, Person
from app.catalogue.models import Product
from app.presentations.models import Presentation


class Promo(Model):
    """An offer to many: checked until `sent_at`, at work until `finished_at`, resting while `stopped_at` is set."""

    id = fields.IntField(primary_key=True)
    title = fields.CharField(max_length=200)
    greeting = fields.TextField(default="")
    valid_until: date = fields.DateField()  # the last day, in the distributor's time zone
    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="promos", on_delete=fields.RESTRICT, db_index=True
    )
    key = fields.CharField(max_length=64)  # the form's: sent twice, kept once
    ip = fields.CharField(max_length=45, default="")  # of whoever sent it: it goes into the histories
    created_at = fields.DatetimeField(auto_now_add=True)
    sent_at = fields.DatetimeField(null=True)
    stopped_at = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)

    author_id: int

    class Meta:
        table = "promo"
        unique_together = (("author", "key"),)


class PromoLine(Model):
    """What is offered. The price is each company's own, as of the moment when its presentation is made."""

    id = fields.IntField(primary_key=True)
    promo: fields.ForeignKeyRelation[Promo] = fields.ForeignKeyField(
        "models.Promo", related_name="lines", on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="promo_lines", on_delete=fields.RESTRICT
    )
    quantity = fields.IntField()
    remark = fields.CharField(max_length=500, default="")

    promo_id: int
    product_id: int

    class Meta:
        table = "promo_line"
        unique_together = (("promo", "position"),)
        indexes = (("product_id",),)


class PromoState(StrEnum):
    """Of one company: it waits, has its presentation, or was passed over; `failed` is a mistake of ours."""

    WAITING = "waiting"
    MADE = "made"
    PASSED = "passed"
    FAILED = "failed"


class PromoCompany(Model):
    """A company that a promo goes to: one presentation at the most. `reason` says why it was passed over."""

    id = fields.IntField(primary_key=True)
    promo: fields.ForeignKeyRelation[Promo] = fields.ForeignKeyField(
        "models.Promo", related_name="companies", on_delete=fields.RESTRICT
    )
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="promos", on_delete=fields.RESTRICT
    )
    presentation: fields.OneToOneNullableRelation[Presentation] = fields.OneToOneField(
        "models.Presentation", related_name="promo_company", null=True, on_delete=fields.RESTRICT
    )
    state = fields.CharEnumField(PromoState, max_length=10, default=PromoState.WAITING)
    reason = fields.CharField(max_length=20, default="")  # nobody, others, goods
    attempts = fields.IntField(default=0)
    event_id = fields.BigIntField(null=True)  # the event that its letters come of

    promo_id: int
    company_id: int
    presentation_id: int | None

    class Meta:
        table = "promo_company"
        unique_together = (("promo", "company"),)
        indexes = (("promo_id", "state", "attempts", "id"),)
