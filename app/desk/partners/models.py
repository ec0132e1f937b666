"""What staff keep about partners: remarks, and discounts that wait for an administrator."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Company, Person
from app.catalogue.models import Brand, Category


class Note(Model):
    """A remark of staff about a company; append-only, and never shown to partners."""

    id = fields.IntField(primary_key=True)
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="notes", on_delete=fields.RESTRICT, db_index=True
    )
    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="notes_written", on_delete=fields.RESTRICT
    )
    text = fields.CharField(max_length=2000)
    at = fields.DatetimeField()
    key = fields.CharField(max_length=64, unique=True)  # the form's: sent twice, kept once

    class Meta:
        table = "company_note"


class RequestState(StrEnum):
    """A discount past a manager's limit: waits, or is decided."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    REPLACED = "replaced"  # its manager asked for another one instead


class DiscountRequest(Model):
    """A discount past its manager's limit. Until it is approved, what was there before holds."""

    id = fields.IntField(primary_key=True)
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="discount_requests", on_delete=fields.RESTRICT, db_index=True
    )
    brand: fields.ForeignKeyNullableRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="discount_requests", null=True, on_delete=fields.RESTRICT
    )
    category: fields.ForeignKeyNullableRelation[Category] = fields.ForeignKeyField(
        "models.Category", related_name="discount_requests", null=True, on_delete=fields.RESTRICT
    )
    replaces = fields.IntField(null=True)  # the id of the discount that it would change
    percent = fields.IntField()
    valid_from = fields.DateField(null=True)
    valid_until = fields.DateField(null=True)
    state = fields.CharEnumField(RequestState, max_length=10, default=RequestState.WAITING, db_index=True)
    asked_by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="discounts_asked", on_delete=fields.RESTRICT
    )
    asked_at = fields.DatetimeField()
    decided_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="discounts_decided", null=True, on_delete=fields.RESTRICT
    )
    decided_at = fields.DatetimeField(null=True)
    word = fields.CharField(max_length=500, default="")

    company_id: int
    brand_id: int | None
    category_id: int | None
    asked_by_id: int

    class Meta:
        table = "discount_request"
