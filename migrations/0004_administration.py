from tortoise import migrations
from tortoise.migrations import operations as ops
from app.money import Vat
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0003_staff')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Setting',
            fields=[
                ('name', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=40)),
                ('value', fields.TextField()),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('changed_by', fields.ForeignKeyField('models.Person', source_field='changed_by_id', null=True, db_constraint=True, to_field='id', related_name='settings_changed', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'setting', 'app': 'models', 'pk_attr': 'name', 'table_description': 'A setting that somebody changed; one that has no row is as the environment says. Names: app/chosen.py.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='VatRate',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('vat', fields.CharEnumField(description='STANDARD: standard\nTEN: ten\nSEVEN: seven\nFIVE: five\nZERO: zero\nNONE: none', enum_type=Vat, max_length=10)),
                ('since', fields.DateField()),
                ('rate', fields.SmallIntField(null=True)),
                ('added_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('added_by', fields.ForeignKeyField('models.Person', source_field='added_by_id', null=True, db_constraint=True, to_field='id', related_name='vat_rates_added', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'vat_rate', 'app': 'models', 'unique_together': (('vat', 'since'),), 'pk_attr': 'id', 'table_description': 'From which day on a kind of VAT is how many percent; `rate` None is «без НДС». Rows in force never change.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WorkerSeen',
            fields=[
                ('name', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=120)),
                ('began_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('seen_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'worker_seen', 'app': 'models', 'pk_attr': 'name', 'table_description': 'A worker process that is at work, or was within the last day: one row for each, renewed by its round.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Email',
            name='retried_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddIndex(
            model_name='Email',
            index=Index(fields=['state', 'id']),
        ),
        ops.AddIndex(
            model_name='Email',
            index=Index(fields=['template', 'id']),
        ),
        ops.AddIndex(
            model_name='Email',
            index=Index(fields=['recipient', 'id']),
        ),
        ops.AddIndex(
            model_name='HistoryEntry',
            index=Index(fields=['action', 'ip', 'id']),
        ),
        ops.AddField(
            model_name='Person',
            name='shown_email',
            field=fields.CharField(default='', db_default='', max_length=254),
        ),
        # The rates that the law has today; the oldest of each holds for all days before as well.
        ops.RunSQL(
            'INSERT INTO "vat_rate" ("vat", "since", "rate") VALUES '
            "('standard', '2019-01-01', 20), ('standard', '2026-01-01', 22), ('ten', '2019-01-01', 10), "
            "('seven', '2025-01-01', 7), ('five', '2025-01-01', 5), ('zero', '2019-01-01', 0), "
            "('none', '2019-01-01', NULL)"
        ),
    ]
