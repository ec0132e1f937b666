"""A partner company's own article codes: what its people call products in their own books."""

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Company, Person
from app.catalogue.models import Product


class OwnCode(Model):
    """A company's code of a product, one for one. `key` is the code as search compares it."""

    id = fields.IntField(primary_key=True)
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="own_codes", on_delete=fields.RESTRICT
    )
    code = fields.CharField(max_length=80)
    key = fields.CharField(max_length=80)
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="own_codes", on_delete=fields.RESTRICT
    )
    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="own_codes", on_delete=fields.RESTRICT
    )
    at = fields.DatetimeField()

    company_id: int
    product_id: int

    class Meta:
        table = "own_code"
        unique_together = (("company", "key"),)
        indexes = (("product_id", "company_id"),)
