import functools
from json import dumps, loads
from types import SimpleNamespace

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from app.accounts.joining import Withdrawal
from app.accounts.models import person_search
from app.desk.partners.models import RequestState
from app.money import Vat
from app.orders.handovers import HandoverState
from app.promos.models import PromoState


async def fill_search(apps, editor):
    """People from before are found as new ones are; the database cannot fold the case of Cyrillic letters."""
    _, people = await editor.client.execute_query("SELECT id, name, login, email, phone FROM person")
    for person in people:
        quoted = person_search(SimpleNamespace(**dict(person))).replace("'", "''")
        await editor.client.execute_query(f"UPDATE person SET search = '{quoted}' WHERE id = {int(person['id'])}")


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
        ops.AddField(
            model_name='Brand',
            name='hidden',
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name='Brand',
            name='picture',
            field=fields.CharField(default='', db_default='', max_length=20),
        ),
        ops.AddField(
            model_name='Brand',
            name='position',
            field=fields.IntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name='Brand',
            name='version',
            field=fields.IntField(default=1, db_default=1),
        ),
        ops.AddField(
            model_name='Category',
            name='hidden',
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name='Category',
            name='version',
            field=fields.IntField(default=1, db_default=1),
        ),
        ops.AddField(
            model_name='Product',
            name='drawn',
            field=fields.CharField(default='', db_default='', max_length=20),
        ),
        ops.AddField(
            model_name='Product',
            name='version',
            field=fields.IntField(default=1, db_default=1),
        ),
        ops.CreateModel(
            name='Handover',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('order', fields.ForeignKeyField('models.Order', source_field='order_id', db_index=True, db_constraint=True, to_field='id', related_name='handovers', on_delete=OnDelete.RESTRICT)),
                ('open_for', fields.IntField(null=True, unique=True)),
                ('giver', fields.ForeignKeyField('models.Person', source_field='giver_id', db_constraint=True, to_field='id', related_name='handovers_given', on_delete=OnDelete.RESTRICT)),
                ('taker', fields.ForeignKeyField('models.Person', source_field='taker_id', db_constraint=True, to_field='id', related_name='handovers_taken', on_delete=OnDelete.RESTRICT)),
                ('asked', fields.BooleanField(default=False)),
                ('word', fields.CharField(default='', max_length=500)),
                ('state', fields.CharEnumField(default=HandoverState.OPEN, description='OPEN: open\nACCEPTED: accepted\nDECLINED: declined\nWITHDRAWN: withdrawn', enum_type=HandoverState, max_length=20)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('closed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'order_handover', 'app': 'models', 'indexes': [Index(fields=['taker_id', 'state']), Index(fields=['giver_id', 'state'])], 'pk_attr': 'id', 'table_description': 'An order that passes from one manager to another, when both agree: until then the first one keeps it.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Order',
            name='merged_into',
            field=fields.ForeignKeyField('models.Order', source_field='merged_into_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='merged', on_delete=OnDelete.RESTRICT),
        ),
        # AddField makes no index for a key.
        ops.RunSQL('CREATE INDEX "idx_orders_merged_into" ON "orders" ("merged_into_id")'),
        ops.CreateModel(
            name='DiscountRequest',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('company', fields.ForeignKeyField('models.Company', source_field='company_id', db_index=True, db_constraint=True, to_field='id', related_name='discount_requests', on_delete=OnDelete.RESTRICT)),
                ('brand', fields.ForeignKeyField('models.Brand', source_field='brand_id', null=True, db_constraint=True, to_field='id', related_name='discount_requests', on_delete=OnDelete.RESTRICT)),
                ('category', fields.ForeignKeyField('models.Category', source_field='category_id', null=True, db_constraint=True, to_field='id', related_name='discount_requests', on_delete=OnDelete.RESTRICT)),
                ('replaces', fields.IntField(null=True)),
                ('percent', fields.IntField()),
                ('valid_from', fields.DateField(null=True)),
                ('valid_until', fields.DateField(null=True)),
                ('state', fields.CharEnumField(default=RequestState.WAITING, db_index=True, description='WAITING: waiting\nAPPROVED: approved\nDECLINED: declined\nREPLACED: replaced', enum_type=RequestState, max_length=10)),
                ('asked_by', fields.ForeignKeyField('models.Person', source_field='asked_by_id', db_constraint=True, to_field='id', related_name='discounts_asked', on_delete=OnDelete.RESTRICT)),
                ('asked_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('decided_by', fields.ForeignKeyField('models.Person', source_field='decided_by_id', null=True, db_constraint=True, to_field='id', related_name='discounts_decided', on_delete=OnDelete.RESTRICT)),
                ('decided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('word', fields.CharField(default='', max_length=500)),
            ],
            options={'table': 'discount_request', 'app': 'models', 'pk_attr': 'id', 'table_description': "A discount past its manager's limit. Until it is approved, what was there before holds."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Note',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('company', fields.ForeignKeyField('models.Company', source_field='company_id', db_index=True, db_constraint=True, to_field='id', related_name='notes', on_delete=OnDelete.RESTRICT)),
                ('author', fields.ForeignKeyField('models.Person', source_field='author_id', db_constraint=True, to_field='id', related_name='notes_written', on_delete=OnDelete.RESTRICT)),
                ('text', fields.CharField(max_length=2000)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('key', fields.CharField(unique=True, max_length=64)),
            ],
            options={'table': 'company_note', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A remark of staff about a company; append-only, and never shown to partners.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Company',
            name='block_reason',
            field=fields.CharField(default='', db_default='', max_length=500),
        ),
        ops.AddField(
            model_name='Company',
            name='blocked_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddIndex(
            model_name='Company',
            index=Index(fields=['name', 'id']),
        ),
        ops.AddField(
            model_name='Discount',
            name='valid_from',
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name='Discount',
            name='valid_until',
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name='Person',
            name='search',
            field=fields.CharField(default='', db_default='', max_length=500),
        ),
        ops.RunPython(fill_search),
        ops.CreateModel(
            name='Approval',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.ForeignKeyField('models.Version', source_field='version_id', db_index=True, db_constraint=True, to_field='id', related_name='approvals', on_delete=OnDelete.RESTRICT)),
                ('terms', fields.CharField(max_length=64)),
                ('author', fields.ForeignKeyField('models.Person', source_field='author_id', db_constraint=True, to_field='id', related_name='approvals_asked', on_delete=OnDelete.RESTRICT)),
                ('word', fields.CharField(default='', max_length=500)),
                ('asked_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('approved', fields.BooleanField(null=True)),
                ('decided_by', fields.ForeignKeyField('models.Person', source_field='decided_by_id', null=True, db_constraint=True, to_field='id', related_name='approvals_decided', on_delete=OnDelete.RESTRICT)),
                ('answer', fields.CharField(default='', max_length=500)),
                ('decided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'presentation_approval', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A manager asks an administrator for terms beyond the limit of discounts; it holds for exactly these terms.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Doubt',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.ForeignKeyField('models.Version', source_field='version_id', db_index=True, db_constraint=True, to_field='id', related_name='doubts', on_delete=OnDelete.RESTRICT)),
                ('text', fields.CharField(max_length=300)),
                ('sought', fields.CharField(max_length=300)),
                ('quantity', fields.CharField(default='', max_length=20)),
            ],
            options={'table': 'presentation_doubt', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A row of a pasted list that is no line yet: it waits in the draft until it is settled or dismissed.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PresentationTemplate',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('author', fields.ForeignKeyField('models.Person', source_field='author_id', db_index=True, db_constraint=True, to_field='id', related_name='presentation_templates', on_delete=OnDelete.RESTRICT)),
                ('name', fields.CharField(max_length=100)),
                ('shared', fields.BooleanField(default=False)),
                ('greeting', fields.TextField(default='', unique=False)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'presentation_template', 'app': 'models', 'pk_attr': 'id', 'table_description': 'Products with quantities under a name; prices are those of the partner whom it is used for.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PresentationTemplateLine',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('template', fields.ForeignKeyField('models.PresentationTemplate', source_field='template_id', db_constraint=True, to_field='id', related_name='lines', on_delete=OnDelete.RESTRICT)),
                ('position', fields.IntField()),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', db_constraint=True, to_field='id', related_name='presentation_template_lines', on_delete=OnDelete.RESTRICT)),
                ('quantity', fields.IntField()),
                ('remark', fields.CharField(default='', max_length=500)),
            ],
            options={'table': 'presentation_template_line', 'app': 'models', 'unique_together': (('template', 'position'),), 'pk_attr': 'id', 'table_description': 'A product of a template with its quantity and the text for the partner.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Version',
            name='changed_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Version',
            name='changed_by',
            field=fields.ForeignKeyField('models.Person', source_field='changed_by_id', null=True, db_constraint=True, to_field='id', related_name='versions_changed', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Version',
            name='trail',
            field=fields.JSONField(null=True, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads),
        ),
        ops.AddField(
            model_name='Version',
            name='revision',
            field=fields.IntField(default=0, db_default=0),
        ),
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
        ops.CreateModel(
            name='AnswerTemplate',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('owner', fields.ForeignKeyField('models.Person', source_field='owner_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='answer_templates', on_delete=OnDelete.RESTRICT)),
                ('name', fields.CharField(max_length=80)),
                ('text', fields.TextField(unique=False)),
                ('key', fields.CharField(unique=True, max_length=64)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'answer_template', 'app': 'models', 'pk_attr': 'id', 'table_description': "A text with placeholders (see app.answer_templates.filling). `owner` None: everybody's."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Writing',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('kind', fields.CharField(max_length=20)),
                ('number', fields.IntField()),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='writings', on_delete=OnDelete.RESTRICT)),
                ('since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'writing', 'app': 'models', 'unique_together': (('kind', 'number', 'person'),), 'pk_attr': 'id', 'table_description': '`kind` and `number` name the thing (app.history.subjects); `since` is when the answer was begun.'},
            bases=['Model'],
        ),
        ops.AddIndex(
            model_name='CartLine',
            index=Index(fields=['presentation_line_id']),
        ),
        ops.AddIndex(
            model_name='Email',
            index=Index(fields=['state', 'created_at']),
        ),
        ops.AddIndex(
            model_name='ExtensionRequest',
            index=Index(fields=['at']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['manager_id', 'placed_at', 'status', 'total']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['status', 'id']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['placed_at', 'status', 'total']),
        ),
        ops.AddIndex(
            model_name='Registration',
            index=Index(fields=['manager_id', 'state']),
        ),
        ops.AddField(
            model_name='Ticket',
            name='answered_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        # When staff first answered those that are here already.
        ops.RunSQL(
            """UPDATE ticket SET answered_at = (
                SELECT MIN(c.at) FROM thread t JOIN comment c ON c.thread_id = t.id JOIN person p ON p.id = c.author_id
                WHERE t.ticket_id = ticket.id AND NOT c.internal AND p.company_id IS NULL)"""
        ),
        ops.AddIndex(
            model_name='Ticket',
            index=Index(fields=['state', 'number']),
        ),
        ops.AddIndex(
            model_name='Ticket',
            index=Index(fields=['manager_id', 'answered_at']),
        ),
        ops.AddIndex(
            model_name='Version',
            index=Index(fields=['valid_until', 'id']),
        ),
        ops.AddIndex(
            model_name='Version',
            index=Index(fields=['sent_at', 'id']),
        ),
        ops.AddIndex(
            model_name='Version',
            index=Index(fields=['author_id', 'sent_at']),
        ),
    ]
