"""Price lists that partners asked for, and the addresses that give the one of today to who has them."""

from datetime import timedelta
from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Company, Person

TRIES = 3  # of one file, before it is left as failed
KEPT = timedelta(days=3)  # that a file can be downloaded


class Format(StrEnum):
    """What a price list is written as."""

    XLSX = "xlsx"
    CSV = "csv"
    YML = "yml"


class PriceList(Model):
    """A price list that somebody asked for: the row is the job, and afterwards the name of the file.

    `brands` and `categories` are ids, empty for all. Whoever makes it sets `begun_at`, and another one may begin anew
    when nothing has come of that for a while.
    """

    id = fields.IntField(primary_key=True)
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="price_lists", on_delete=fields.RESTRICT
    )
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="price_lists", on_delete=fields.RESTRICT
    )
    format = fields.CharEnumField(Format, max_length=4)
    brands: fields.JSONField[list[int]] = fields.JSONField(default=list)
    categories: fields.JSONField[list[int]] = fields.JSONField(default=list)
    language = fields.CharField(max_length=5)
    key = fields.CharField(max_length=64)  # the form's: sent twice, made once
    asked_at = fields.DatetimeField(db_index=True)
    begun_at = fields.DatetimeField(null=True)
    made_at = fields.DatetimeField(null=True)
    attempts = fields.IntField(default=0)
    lines = fields.IntField(default=0)
    size = fields.BigIntField(default=0)  # bytes

    company_id: int
    person_id: int

    class Meta:
        table = "price_list"
        unique_together = (("person", "key"),)
        indexes = (("company_id", "id"), ("made_at", "attempts", "id"))

    @property
    def state(self) -> str:
        """made, failed, or waiting (or being made)."""
        if self.made_at:
            return "made"
        return "failed" if self.attempts >= TRIES and self.begun_at is None else "waiting"

    @property
    def file_name(self) -> str:
        """What it is called in the folder of exports."""
        return f"list-{self.id}.{self.format}"


class PriceListToken(Model):
    """A secret address of a company's price list, for programs. Of the secret its digest is kept alone.

    `window_at` and `window_count`: how often it was used since then, for the limit.
    """

    id = fields.IntField(primary_key=True)
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="price_list_tokens", on_delete=fields.RESTRICT, db_index=True
    )
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="price_list_tokens", on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=100)
    digest = fields.CharField(max_length=64, unique=True)
    created_at = fields.DatetimeField()
    last_used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)
    window_at = fields.DatetimeField(null=True)
    window_count = fields.IntField(default=0)

    company_id: int
    person_id: int

    class Meta:
        table = "price_list_token"
