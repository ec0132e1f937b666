"""Types of prices, and what a product costs by each of them from which day on."""

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Person
from app.catalogue.models import Product
from app.money import Currency


class PriceType(Model):
    """A column of the price list: retail (`base`, there is one), a dealer's level, a project's.

    A new price of the type is in `currency` unless it says otherwise. A hidden type is given to no more companies;
    those that have it keep it. `version` counts changes by hand.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80, unique=True)
    slug = fields.CharField(max_length=80, unique=True)
    position = fields.IntField(default=0)
    currency = fields.CharEnumField(Currency, max_length=3, default=Currency.RUB)
    base = fields.BooleanField(default=False)
    hidden = fields.BooleanField(default=False)
    version = fields.IntField(default=1)

    class Meta:
        table = "price_type"


class ProductPrice(Model):
    """What one unit costs from a day of the distributor's calendar on, until a later row of the same type.

    `amount` is in the smallest units of its currency, with VAT; 0: there is no price of this type any more.
    """

    id = fields.IntField(primary_key=True)
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="prices", on_delete=fields.RESTRICT
    )
    price_type: fields.ForeignKeyRelation[PriceType] = fields.ForeignKeyField(
        "models.PriceType", related_name="prices", on_delete=fields.RESTRICT
    )
    amount = fields.BigIntField()
    currency = fields.CharEnumField(Currency, max_length=3, default=Currency.RUB)
    valid_from = fields.DateField()
    set_at = fields.DatetimeField()
    set_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="prices_set", null=True, on_delete=fields.RESTRICT
    )

    product_id: int
    price_type_id: int
    set_by_id: int | None

    class Meta:
        table = "product_price"
        unique_together = (("product", "price_type", "valid_from"),)
        indexes = (("price_type_id", "valid_from"),)  # which begin on a day
