from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from app.exchange.models import Encoding, FileState, Kind, State
from json import dumps, loads
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0010_warehouses')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Connection',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(unique=True, max_length=80)),
                ('login', fields.CharField(unique=True, max_length=60)),
                ('password_hash', fields.CharField(max_length=200)),
                ('catalogue', fields.BooleanField(default=True)),
                ('orders', fields.BooleanField(default=True)),
                ('orders_since', fields.DateField()),
                ('encoding', fields.CharEnumField(default=Encoding.WINDOWS, description='WINDOWS: windows-1251\nUTF8: utf-8\nUTF8_BOM: utf-8-bom', enum_type=Encoding, max_length=20)),
                ('wrapped', fields.BooleanField(default=False)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='connections', on_delete=OnDelete.RESTRICT)),
                ('active', fields.BooleanField(default=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('version', fields.IntField(default=1)),
            ],
            options={'table': 'exchange_connection', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A 1C that exchanges with the site, under a login of its own.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Exchange',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('connection', fields.ForeignKeyField('models.Connection', source_field='connection_id', db_constraint=True, to_field='id', related_name='exchanges', on_delete=OnDelete.RESTRICT)),
                ('digest', fields.CharField(unique=True, max_length=64)),
                ('ip', fields.CharField(default='', max_length=45)),
                ('begun_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('seen_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('state', fields.CharEnumField(default=State.OPEN, description='OPEN: open\nCLOSING: closing\nHELD: held\nDONE: done\nREFUSED: refused\nSTOPPED: stopped', enum_type=State, max_length=10)),
                ('size', fields.BigIntField(default=0)),
                ('hiding', fields.IntField(default=0)),
                ('on_sale', fields.IntField(default=0)),
                ('hidden', fields.IntField(default=0)),
                ('orders_sent', fields.IntField(default=0)),
                ('decided_by', fields.ForeignKeyField('models.Person', source_field='decided_by_id', null=True, db_constraint=True, to_field='id', related_name='exchanges_decided', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'exchange', 'app': 'models', 'indexes': [Index(fields=['connection_id', 'id']), Index(fields=['state', 'seen_at'])], 'pk_attr': 'id', 'table_description': 'One exchange, from the password on. The cookie holds a random id, the row its digest.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ExchangeFile',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('exchange', fields.ForeignKeyField('models.Exchange', source_field='exchange_id', db_constraint=True, to_field='id', related_name='files', on_delete=OnDelete.RESTRICT)),
                ('name', fields.CharField(max_length=200)),
                ('orders', fields.BooleanField(default=False)),
                ('size', fields.BigIntField(default=0)),
                ('parts', fields.IntField(default=0)),
                ('state', fields.CharEnumField(default=FileState.ARRIVING, description='ARRIVING: arriving\nWAITING: waiting\nWORKING: working\nDONE: done\nFAILED: failed', enum_type=FileState, max_length=10)),
                ('attempts', fields.IntField(default=0)),
                ('beat_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('done_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('progress', fields.IntField(default=0)),
                ('complete', fields.BooleanField(null=True)),
                ('complete_offers', fields.BooleanField(null=True)),
                ('counts', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('troubles', fields.JSONField(default=list, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('failure', fields.JSONField(default=list, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
            ],
            options={'table': 'exchange_file', 'app': 'models', 'unique_together': (('exchange', 'name'),), 'indexes': [Index(fields=['state', 'id'])], 'pk_attr': 'id', 'table_description': 'A file of an exchange. `counts` is what came of it by words of app.exchange.telling, `troubles` what did not.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ExchangePicture',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('file', fields.ForeignKeyField('models.ExchangeFile', source_field='file_id', db_index=True, db_constraint=True, to_field='id', related_name='pictures', on_delete=OnDelete.RESTRICT)),
                ('product_id', fields.IntField()),
                ('path', fields.CharField(max_length=200)),
                ('line', fields.IntField()),
                ('digest', fields.CharField(default='', max_length=64)),
                ('done', fields.BooleanField(default=False, db_index=True)),
            ],
            options={'table': 'exchange_picture', 'app': 'models', 'indexes': [Index(fields=['product_id', 'digest'])], 'pk_attr': 'id', 'table_description': 'A picture file that is to become a photograph of a product; `done` once it was made, or cannot be.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ExchangedOrder',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('connection', fields.ForeignKeyField('models.Connection', source_field='connection_id', db_constraint=True, to_field='id', related_name='exchanged_orders', on_delete=OnDelete.RESTRICT)),
                ('order', fields.ForeignKeyField('models.Order', source_field='order_id', db_index=True, db_constraint=True, to_field='id', related_name='exchanged', on_delete=OnDelete.RESTRICT)),
                ('offered', fields.CharField(default='', max_length=40)),
                ('offered_in', fields.IntField(default=0, db_index=True)),
                ('taken', fields.CharField(default='', max_length=40)),
                ('taken_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('number', fields.CharField(default='', max_length=50)),
                ('payment', fields.CharField(default='', max_length=50)),
                ('paid_on', fields.DateField(null=True)),
                ('shipment', fields.CharField(default='', max_length=50)),
                ('shipped_on', fields.DateField(null=True)),
            ],
            options={'table': 'exchanged_order', 'app': 'models', 'unique_together': (('connection', 'order'),), 'pk_attr': 'id', 'table_description': 'What a connection knows of an order, and what 1C said of it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ExternalKey',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('connection', fields.ForeignKeyField('models.Connection', source_field='connection_id', db_constraint=True, to_field='id', related_name='keys', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharEnumField(description='PRODUCT: product\nGROUP: group\nPRICE_TYPE: price_type\nWAREHOUSE: warehouse\nUNIT: unit\nPROPERTY: property\nVALUE: value\nTERMS: terms', enum_type=Kind, max_length=12)),
                ('guid', fields.CharField(max_length=150)),
                ('object_id', fields.IntField(null=True)),
                ('text', fields.CharField(default='', max_length=250)),
                ('seen', fields.IntField(default=0)),
                ('leaving', fields.IntField(default=0)),
                ('hidden', fields.BooleanField(default=False)),
                ('parted', fields.BooleanField(default=False)),
            ],
            options={'table': 'external_key', 'app': 'models', 'unique_together': (('connection', 'kind', 'guid'),), 'indexes': [Index(fields=['kind', 'object_id'])], 'pk_attr': 'id', 'table_description': 'A key (`Ид`) of a connection, and the id of the thing here that it is; None: it is but a word, `text`.'},
            bases=['Model'],
        ),
    ]
