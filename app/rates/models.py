"""The rates of currencies by day, and how the bank's were read last."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Person
from app.money import Currency


class RateState(StrEnum):
    """Whether prices follow a rate: one that jumped is held until an administrator agrees."""

    KEPT = "kept"
    HELD = "held"
    REFUSED = "refused"


class CurrencyRate(Model):
    """Roubles for one unit of a currency from a day of the distributor's calendar on, in ten-thousandths.

    `value` is what the bank said or an administrator wrote, `rate` the same with the percentage of its time on top:
    what prices are reckoned by.
    """

    id = fields.IntField(primary_key=True)
    currency = fields.CharEnumField(Currency, max_length=3)
    day = fields.DateField()
    value = fields.BigIntField()
    percent = fields.IntField(default=0)  # basis points
    rate = fields.BigIntField()
    state = fields.CharEnumField(RateState, max_length=10, default=RateState.KEPT)
    by_hand = fields.BooleanField(default=False)
    taken_at = fields.DatetimeField()
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="rates_set", null=True, on_delete=fields.RESTRICT
    )  # who wrote it, or decided about a held one

    person_id: int | None

    class Meta:
        table = "currency_rate"
        indexes = (("currency", "state", "day"),)


class Reading(Model):
    """How rates are read: one row. `address` is where the bank's XML is, None: as the settings say.

    `percent` (basis points) goes on top of every rate. `failure` is a code of app.rates.bank, empty after a success.
    """

    id = fields.IntField(primary_key=True)
    address = fields.CharField(max_length=500, null=True)
    percent = fields.IntField(default=0)
    tried_at = fields.DatetimeField(null=True)
    read_at = fields.DatetimeField(null=True)
    failure = fields.CharField(max_length=20, default="")
    failed_since = fields.DatetimeField(null=True)

    class Meta:
        table = "rate_reading"
