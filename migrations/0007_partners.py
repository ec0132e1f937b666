from types import SimpleNamespace

from tortoise import migrations
from tortoise.migrations import operations as ops
from app.accounts.models import person_search
from app.desk.partners.models import RequestState
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


async def fill_search(apps, editor):
    """People from before are found as new ones are; the database cannot fold the case of Cyrillic letters."""
    _, people = await editor.client.execute_query("SELECT id, name, login, email, phone FROM person")
    for person in people:
        quoted = person_search(SimpleNamespace(**dict(person))).replace("'", "''")
        await editor.client.execute_query(f"UPDATE person SET search = '{quoted}' WHERE id = {int(person['id'])}")


class Migration(migrations.Migration):
    dependencies = [('models', '0006_handovers')]

    initial = False

    operations = [
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
    ]
