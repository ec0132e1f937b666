"""What administrators set, and the signs of life of the workers that they watch."""

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Person
from app.money import Vat


class Setting(Model):
    """A setting that somebody changed; one that has no row is as the environment says. Names: app/chosen.py."""

    name = fields.CharField(max_length=40, primary_key=True)
    value = fields.TextField()  # JSON; a JSONField takes a text for JSON, too
    changed_at = fields.DatetimeField()
    changed_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="settings_changed", null=True, on_delete=fields.RESTRICT
    )

    class Meta:
        table = "setting"


class VatRate(Model):
    """From which day on a kind of VAT is how many percent; `rate` None is «без НДС». Rows in force never change."""

    id = fields.IntField(primary_key=True)
    vat = fields.CharEnumField(Vat, max_length=10)
    since = fields.DateField()  # the first day, of the distributor's calendar
    rate = fields.SmallIntField(null=True)
    added_at = fields.DatetimeField(null=True)  # None: it came with the site
    added_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="vat_rates_added", null=True, on_delete=fields.RESTRICT
    )

    class Meta:
        table = "vat_rate"
        unique_together = (("vat", "since"),)


class WorkerSeen(Model):
    """A worker process that is at work, or was within the last day: one row for each, renewed by its round."""

    name = fields.CharField(max_length=120, primary_key=True)  # host:pid
    began_at = fields.DatetimeField()
    seen_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "worker_seen"
