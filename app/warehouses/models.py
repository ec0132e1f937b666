"""Where the goods lie, and how many of each."""

from tortoise import fields
from tortoise.models import Model

from app.catalogue.models import Product


class Warehouse(Model):
    """A warehouse, or a shop that goods are handed out at.

    What lies in a hidden one is not for sale. `version` counts changes by hand.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80, unique=True)
    position = fields.IntField(default=0)
    hidden = fields.BooleanField(default=False)
    version = fields.IntField(default=1)

    class Meta:
        table = "warehouse"


class WarehouseStock(Model):
    """How many units of a product a warehouse had at a moment; who writes it calls `app.warehouses.stock.refresh`."""

    id = fields.IntField(primary_key=True)
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="stocks", on_delete=fields.RESTRICT
    )
    warehouse: fields.ForeignKeyRelation[Warehouse] = fields.ForeignKeyField(
        "models.Warehouse", related_name="stocks", on_delete=fields.RESTRICT, db_index=True
    )
    quantity = fields.IntField()
    at = fields.DatetimeField()

    product_id: int
    warehouse_id: int

    class Meta:
        table = "warehouse_stock"
        unique_together = (("product", "warehouse"),)
