"""Order templates: lists of products that are ordered again and again."""

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Company, Person
from app.catalogue.models import Product


class OrderTemplate(Model):
    """A list of products that a company orders again and again («шаблон заказа»); all of its people share it."""

    id = fields.IntField(primary_key=True)
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="order_templates", on_delete=fields.RESTRICT, db_index=True
    )
    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="order_templates", on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=100)
    key = fields.CharField(max_length=64, unique=True)  # the form's: sent twice, kept once
    created_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()

    company_id: int
    author_id: int

    class Meta:
        table = "order_template"


class OrderTemplateLine(Model):
    """A product of a template: how many, and what it cost when it was last put there (kopecks with VAT)."""

    id = fields.IntField(primary_key=True)
    template: fields.ForeignKeyRelation[OrderTemplate] = fields.ForeignKeyField(
        "models.OrderTemplate", related_name="lines", on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="template_lines", on_delete=fields.RESTRICT
    )
    quantity = fields.IntField()
    price = fields.BigIntField()

    template_id: int
    product_id: int

    class Meta:
        table = "order_template_line"
        unique_together = (("template", "product"),)
        indexes = (("product_id",),)
