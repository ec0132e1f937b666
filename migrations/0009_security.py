from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0008_builder')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Acting',
            fields=[
                ('manager', fields.OneToOneField('models.Person', source_field='manager_id', primary_key=True, db_index=True, db_constraint=True, to_field='id', related_name='acting', on_delete=OnDelete.RESTRICT)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='acted_for', on_delete=OnDelete.RESTRICT)),
                ('session', fields.ForeignKeyField('models.Session', source_field='session_id', db_index=True, db_constraint=True, to_field='id', related_name='acting', on_delete=OnDelete.RESTRICT)),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'acting', 'app': 'models', 'pk_attr': 'manager_id', 'table_description': 'Whom a manager acts for, in one session of theirs until `ends_at`. A manager acts for one person at a time.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='recovery_codes', on_delete=OnDelete.RESTRICT)),
                ('digest', fields.CharField(max_length=64)),
                ('used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'recovery_code', 'app': 'models', 'unique_together': (('person', 'digest'),), 'pk_attr': 'id', 'table_description': 'A code for who has lost the authenticator: its digest; the code itself was shown once.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SecondFactor',
            fields=[
                ('person', fields.OneToOneField('models.Person', source_field='person_id', primary_key=True, db_index=True, db_constraint=True, to_field='id', related_name='second_factor', on_delete=OnDelete.RESTRICT)),
                ('salt', fields.CharField(max_length=64)),
                ('begun_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('session_id', fields.IntField()),
                ('confirmed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('last_step', fields.BigIntField(default=0)),
            ],
            options={'table': 'second_factor', 'app': 'models', 'pk_attr': 'person_id', 'table_description': "Somebody's authenticator. It holds from `confirmed_at` on; before, it waits for the first code."},
            bases=['Model'],
        ),
    ]
