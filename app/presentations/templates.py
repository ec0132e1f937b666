"""Templates of presentations: lists of products with a text, of one manager or of all of them."""

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Person
from app.catalogue.models import Product


class PresentationTemplate(Model):
    """Products with quantities under a name; prices are those of the partner whom it is used for."""

    id = fields.IntField(primary_key=True)
    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="presentation_templates", on_delete=fields.RESTRICT, db_index=True
    )
    name = fields.CharField(max_length=100)
    shared = fields.BooleanField(default=False)
    greeting = fields.TextField(default="")
    changed_at = fields.DatetimeField()

    author_id: int

    class Meta:
        table = "presentation_template"


class PresentationTemplateLine(Model):
    """A product of a template with its quantity and the text for the partner."""

    id = fields.IntField(primary_key=True)
    template: fields.ForeignKeyRelation[PresentationTemplate] = fields.ForeignKeyField(
        "models.PresentationTemplate", related_name="lines", on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="presentation_template_lines", on_delete=fields.RESTRICT
    )
    quantity = fields.IntField()
    remark = fields.CharField(max_length=500, default="")

    template_id: int
    product_id: int

    class Meta:
        table = "presentation_template_line"
        unique_together = (("template", "position"),)
        indexes = (("product_id",),)
