"""A manager acts for a person of a partner company: a row while it lasts, and for whom it was last."""

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Person, Session


class Acting(Model):
    """Whom a manager acts for, in one session of theirs until `ends_at`. A manager acts for one person at a time.

    The row stays when it has ended: the cart that the manager filled is found again by acting for the same person,
    and is emptied by acting for another one.
    """

    manager: fields.OneToOneRelation[Person] = fields.OneToOneField(
        "models.Person", related_name="acting", primary_key=True, on_delete=fields.RESTRICT
    )
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="acted_for", on_delete=fields.RESTRICT
    )
    session: fields.ForeignKeyRelation[Session] = fields.ForeignKeyField(
        "models.Session", related_name="acting", on_delete=fields.RESTRICT, db_index=True
    )
    ends_at = fields.DatetimeField()

    manager_id: int
    person_id: int
    session_id: int

    class Meta:
        table = "acting"
