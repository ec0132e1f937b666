"""A small model for the tests of the database layer."""

from tortoise import fields
from tortoise.models import Model


class Thing(Model):
    """Something of everything that columns hold."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=100, unique=True)
    count = fields.IntField(default=0)
    done = fields.BooleanField(default=False)
    at = fields.DatetimeField(null=True)
    day = fields.DateField(null=True)
    rate = fields.DecimalField(max_digits=5, decimal_places=2, null=True)
    data: fields.JSONField[dict[str, str]] = fields.JSONField(default=dict)

    class Meta:
        table = "thing"
