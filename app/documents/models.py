"""Files about products that everybody may read: datasheets, certificates, drawings."""

from tortoise import fields
from tortoise.models import Model

from app.attachments.kinds import Kind
from app.catalogue.models import Product


class ProductDocument(Model):
    """A file of a product. `stored` is a hash of its content: of the same file of many products one is kept."""

    id = fields.IntField(primary_key=True)
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="documents", on_delete=fields.RESTRICT
    )
    title = fields.CharField(max_length=150)
    name = fields.CharField(max_length=150)  # of the file, as it is saved under
    kind = fields.CharEnumField(Kind, max_length=10)
    size = fields.IntField()  # bytes
    stored = fields.CharField(max_length=32, db_index=True)
    at = fields.DatetimeField()

    product_id: int

    class Meta:
        table = "product_document"
        unique_together = (("product", "stored"),)
