"""Products that do as well as others: kept by administrators, shown on the products' pages."""

from tortoise import fields
from tortoise.models import Model

from app.catalogue.models import Product


class Analogue(Model):
    """That `analogue` does instead of `product`. Each pair stands here both ways round."""

    id = fields.IntField(primary_key=True)
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="analogues", on_delete=fields.RESTRICT
    )
    analogue: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="analogue_of", on_delete=fields.RESTRICT
    )

    product_id: int
    analogue_id: int

    class Meta:
        table = "analogue"
        unique_together = (("product", "analogue"),)
