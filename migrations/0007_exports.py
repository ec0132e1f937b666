from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from app.exports.models import Format
from json import dumps, loads
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0006_goods')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PriceList',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('company', fields.ForeignKeyField('models.Company', source_field='company_id', db_constraint=True, to_field='id', related_name='price_lists', on_delete=OnDelete.RESTRICT)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='price_lists', on_delete=OnDelete.RESTRICT)),
                ('format', fields.CharEnumField(description='XLSX: xlsx\nCSV: csv\nYML: yml', enum_type=Format, max_length=4)),
                ('brands', fields.JSONField(default=list, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('categories', fields.JSONField(default=list, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('language', fields.CharField(max_length=5)),
                ('key', fields.CharField(max_length=64)),
                ('asked_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('begun_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('made_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('attempts', fields.IntField(default=0)),
                ('lines', fields.IntField(default=0)),
                ('size', fields.BigIntField(default=0)),
            ],
            options={'table': 'price_list', 'app': 'models', 'unique_together': (('person', 'key'),), 'indexes': [Index(fields=['company_id', 'id']), Index(fields=['made_at', 'attempts', 'id'])], 'pk_attr': 'id', 'table_description': 'A price list that somebody asked for: the row is the job, and afterwards the name of the file.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PriceListToken',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('company', fields.ForeignKeyField('models.Company', source_field='company_id', db_index=True, db_constraint=True, to_field='id', related_name='price_list_tokens', on_delete=OnDelete.RESTRICT)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='price_list_tokens', on_delete=OnDelete.RESTRICT)),
                ('name', fields.CharField(max_length=100)),
                ('digest', fields.CharField(unique=True, max_length=64)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('last_used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('revoked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('window_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('window_count', fields.IntField(default=0)),
            ],
            options={'table': 'price_list_token', 'app': 'models', 'pk_attr': 'id', 'table_description': "A secret address of a company's price list, for programs. Of the secret its digest is kept alone."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='QuickOrder',
            fields=[
                ('person', fields.OneToOneField('models.Person', source_field='person_id', primary_key=True, db_index=True, db_constraint=True, to_field='id', related_name='quick_order', on_delete=OnDelete.RESTRICT)),
                ('rows', fields.JSONField(default=list, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('key', fields.CharField(default='', max_length=64)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'quick_order', 'app': 'models', 'pk_attr': 'person_id', 'table_description': "A person's list. Of a row: as it came, what to look for, the quantity as typed, the chosen product (0: none)."},
            bases=['Model'],
        ),
    ]
