from tortoise import migrations
from tortoise.migrations import operations as ops
from app.accounts.joining import Withdrawal
from app.promos.models import PromoState
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0009_security')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Promo',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('title', fields.CharField(max_length=200)),
                ('greeting', fields.TextField(default='', unique=False)),
                ('valid_until', fields.DateField()),
                ('author', fields.ForeignKeyField('models.Person', source_field='author_id', db_index=True, db_constraint=True, to_field='id', related_name='promos', on_delete=OnDelete.RESTRICT)),
                ('key', fields.CharField(max_length=64)),
                ('ip', fields.CharField(default='', max_length=45)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('sent_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('stopped_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('finished_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'promo', 'app': 'models', 'unique_together': (('author', 'key'),), 'pk_attr': 'id', 'table_description': 'An offer to many: checked until `sent_at`, at work until `finished_at`, resting while `stopped_at` is set.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PromoCompany',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('promo', fields.ForeignKeyField('models.Promo', source_field='promo_id', db_constraint=True, to_field='id', related_name='companies', on_delete=OnDelete.RESTRICT)),
                ('company', fields.ForeignKeyField('models.Company', source_field='company_id', db_constraint=True, to_field='id', related_name='promos', on_delete=OnDelete.RESTRICT)),
                ('presentation', fields.OneToOneField('models.Presentation', source_field='presentation_id', null=True, db_constraint=True, to_field='id', related_name='promo_company', on_delete=OnDelete.RESTRICT)),
                ('state', fields.CharEnumField(default=PromoState.WAITING, description='WAITING: waiting\nMADE: made\nPASSED: passed\nFAILED: failed', enum_type=PromoState, max_length=10)),
                ('reason', fields.CharField(default='', max_length=20)),
                ('attempts', fields.IntField(default=0)),
                ('event_id', fields.BigIntField(null=True)),
            ],
            options={'table': 'promo_company', 'app': 'models', 'unique_together': (('promo', 'company'),), 'indexes': [Index(fields=['promo_id', 'state', 'attempts', 'id'])], 'pk_attr': 'id', 'table_description': 'A company that a promo goes to: one presentation at the most. `reason` says why it was passed over.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PromoLine',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('promo', fields.ForeignKeyField('models.Promo', source_field='promo_id', db_constraint=True, to_field='id', related_name='lines', on_delete=OnDelete.RESTRICT)),
                ('position', fields.IntField()),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', db_constraint=True, to_field='id', related_name='promo_lines', on_delete=OnDelete.RESTRICT)),
                ('quantity', fields.IntField()),
                ('remark', fields.CharField(default='', max_length=500)),
            ],
            options={'table': 'promo_line', 'app': 'models', 'unique_together': (('promo', 'position'),), 'pk_attr': 'id', 'table_description': "What is offered. The price is each company's own, as of the moment when its presentation is made."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Reminder',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.ForeignKeyField('models.Version', source_field='version_id', db_constraint=True, to_field='id', related_name='reminders', on_delete=OnDelete.RESTRICT)),
                ('by', fields.ForeignKeyField('models.Person', source_field='by_id', null=True, db_constraint=True, to_field='id', related_name='reminders', on_delete=OnDelete.RESTRICT)),
                ('day', fields.DateField()),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'presentation_reminder', 'app': 'models', 'unique_together': (('version', 'day'),), 'pk_attr': 'id', 'table_description': 'Partners were reminded of a version: once a day (of the distributor) at most. `by` is None: the site itself.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Consent',
            name='withdrawn_by',
            field=fields.CharEnumField(null=True, description='PROFILE: profile\nPAGE: page\nONE_CLICK: one_click', enum_type=Withdrawal, max_length=10),
        ),
        ops.AddField(
            model_name='Email',
            name='unsubscribe',
            field=fields.CharField(default='', db_default='', max_length=500),
        ),
        ops.AddField(
            model_name='Version',
            name='not_sent',
            field=fields.CharField(default='', db_default='', max_length=500),
        ),
        ops.AddField(
            model_name='Version',
            name='remind_days',
            field=fields.SmallIntField(null=True, db_index=True),
        ),
        ops.AddField(
            model_name='Version',
            name='send_at',
            field=fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Version',
            name='send_by',
            field=fields.ForeignKeyField('models.Person', source_field='send_by_id', null=True, db_constraint=True, to_field='id', related_name='versions_to_send', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Version',
            name='withdrawal',
            field=fields.CharField(default='', db_default='', max_length=500),
        ),
        ops.AddField(
            model_name='Version',
            name='withdrawn_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        # AddField makes no index.
        ops.RunSQL('CREATE INDEX "idx_version_send_at" ON "presentation_version" ("send_at")'),
        ops.RunSQL('CREATE INDEX "idx_version_remind_days" ON "presentation_version" ("remind_days")'),
    ]
