"""Orders on their way from one manager to another."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Person
from app.orders.models import Order


class HandoverState(StrEnum):
    """What became of a hand-over."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Handover(Model):
    """An order that passes from one manager to another, when both agree: until then the first one keeps it.

    The giver offers it and the taker accepts; or the taker `asked` for it and the giver does. At most one is open for
    an order.
    """

    id = fields.IntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField(
        "models.Order", related_name="handovers", on_delete=fields.RESTRICT, db_index=True
    )
    open_for = fields.IntField(null=True, unique=True)  # the order's id while it is open
    giver: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="handovers_given", on_delete=fields.RESTRICT
    )
    taker: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="handovers_taken", on_delete=fields.RESTRICT
    )
    asked = fields.BooleanField(default=False)
    word = fields.CharField(max_length=500, default="")
    state = fields.CharEnumField(HandoverState, max_length=20, default=HandoverState.OPEN)
    at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)

    order_id: int
    giver_id: int
    taker_id: int

    class Meta:
        table = "order_handover"
        indexes = (("taker_id", "state"), ("giver_id", "state"))
