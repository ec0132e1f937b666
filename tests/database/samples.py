"""Two models, a parent and its child, as they stand after the migrations in migrations/."""

from tortoise import fields
from tortoise.models import Model


class Parent(Model):
    """It had a shorter name in the beginning."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=200)

    class Meta:
        table = "parent"


class Child(Model):
    """Goes with its parent; that is what a careless rebuild of the parent's table does to it."""

    id = fields.IntField(primary_key=True)
    parent: fields.ForeignKeyRelation[Parent] = fields.ForeignKeyField("models.Parent", on_delete=fields.CASCADE)

    class Meta:
        table = "child"
