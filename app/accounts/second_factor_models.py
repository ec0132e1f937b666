"""The second factor of staff, apart from the people whose it is: what signs in besides the password."""

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Person


class SecondFactor(Model):
    """Somebody's authenticator. It holds from `confirmed_at` on; before, it waits for the first code.

    Its secret is not kept: it is derived from `salt` and the site's secret (app.accounts.codes), so that a stolen
    database makes no codes.
    """

    person: fields.OneToOneRelation[Person] = fields.OneToOneField(
        "models.Person", related_name="second_factor", primary_key=True, on_delete=fields.RESTRICT
    )
    salt = fields.CharField(max_length=64)
    begun_at = fields.DatetimeField()
    session_id = fields.IntField()  # in which the set-up was begun: no other one is shown the secret
    confirmed_at = fields.DatetimeField(null=True)
    last_step = fields.BigIntField(default=0)  # of the last code that was used: none is used twice (RFC 6238, 5.2)

    person_id: int

    class Meta:
        table = "second_factor"


class RecoveryCode(Model):
    """A code for who has lost the authenticator: its digest; the code itself was shown once."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="recovery_codes", on_delete=fields.RESTRICT
    )
    digest = fields.CharField(max_length=64)
    used_at = fields.DatetimeField(null=True)

    person_id: int

    class Meta:
        table = "recovery_code"
        unique_together = (("person", "digest"),)
