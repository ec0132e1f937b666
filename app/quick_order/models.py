"""The list that somebody is turning into an order: kept until it is in the cart, so that nothing typed is lost."""

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Person


class QuickOrder(Model):
    """A person's list. Of a row: as it came, what to look for, the quantity as typed, the chosen product (0: none)."""

    person: fields.OneToOneRelation[Person] = fields.OneToOneField(
        "models.Person", related_name="quick_order", primary_key=True, on_delete=fields.RESTRICT
    )
    rows: fields.JSONField[list[list[object]]] = fields.JSONField(default=list)
    key = fields.CharField(max_length=64, default="")  # of the last file: sent twice, taken once
    changed_at = fields.DatetimeField()

    person_id: int

    class Meta:
        table = "quick_order"
