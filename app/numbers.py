"""Numbers that people read aloud: never used twice (PRODUCT rule 13)."""

from tortoise import fields
from tortoise.models import Model

from app.database import Sql


class Counter(Model):
    """The last number given out of each series."""

    name = fields.CharField(max_length=30, primary_key=True)
    value = fields.IntField()

    class Meta:
        table = "counter"


_NEXT = Sql(
    """
    INSERT INTO counter (name, value) VALUES (:name, 1)
    ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
    RETURNING value
    """
)


async def next_number(series: str) -> int:
    """The next number of `series` ("order", "presentation"). Call it inside the transaction that uses it:

    the row stays locked until the commit, and a rolled-back number was never shown to anybody.
    """
    return int(await _NEXT.value(name=series))
