"""The cart: one for each person, on the server, the same on every device.

Staff have none of their own: the cart of a manager is what they fill when they act for a partner (app/acting).
"""

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Person
from app.catalogue.models import Product
from app.presentations.models import Line


class CartLine(Model):
    """A product in a person's cart. `price` (kopecks with VAT) is the one that the person last agreed to.

    `source` names where the line comes from: two presentations with one product keep two lines (PRODUCT rule 2).
    """

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="cart_lines", on_delete=fields.RESTRICT
    )
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="cart_lines", on_delete=fields.RESTRICT
    )
    presentation_line: fields.ForeignKeyNullableRelation[Line] = fields.ForeignKeyField(
        "models.Line", related_name="cart_lines", null=True, on_delete=fields.RESTRICT
    )
    source = fields.CharField(max_length=30)  # line:31 or product:12
    quantity = fields.IntField()
    price = fields.BigIntField()
    price_source = fields.CharField(max_length=20)  # app.catalogue.prices.Source
    added_at = fields.DatetimeField(auto_now_add=True)

    person_id: int
    product_id: int
    presentation_line_id: int | None

    class Meta:
        table = "cart_line"
        unique_together = (("person", "source"),)
        indexes = (("presentation_line_id",), ("product_id",))


class Refill(Model):
    """A form that filled a cart with many products at once: `key` is the form's, sent twice it fills once."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="refills", on_delete=fields.RESTRICT
    )
    key = fields.CharField(max_length=64)
    at = fields.DatetimeField()

    person_id: int

    class Meta:
        table = "cart_refill"
        unique_together = (("person", "key"),)
