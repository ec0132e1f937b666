from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from app.imports.models import Kind, State
from json import dumps, loads
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0011_exchange')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Supplier',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(max_length=80)),
                ('key', fields.CharField(unique=True, max_length=80)),
                ('layout', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('terms', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
            ],
            options={'table': 'supplier', 'app': 'models', 'pk_attr': 'id', 'table_description': 'Who sends price lists. `layout` and `terms` are those of the last import, remembered for the next one.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ImportRun',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('supplier', fields.ForeignKeyField('models.Supplier', source_field='supplier_id', db_index=True, db_constraint=True, to_field='id', related_name='runs', on_delete=OnDelete.RESTRICT)),
                ('author', fields.ForeignKeyField('models.Person', source_field='author_id', db_constraint=True, to_field='id', related_name='imports', on_delete=OnDelete.RESTRICT)),
                ('key', fields.CharField(max_length=64)),
                ('file_name', fields.CharField(max_length=200)),
                ('stored', fields.CharField(max_length=60)),
                ('size', fields.BigIntField()),
                ('state', fields.CharEnumField(default=State.CHOOSING, description='CHOOSING: choosing\nREADING: reading\nREADY: ready\nAPPLYING: applying\nINDEXING: indexing\nAPPLIED: applied\nUNDOING: undoing\nUNDONE: undone\nFAILED: failed', enum_type=State, max_length=10)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('sample', fields.JSONField(default=list, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('layout', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('terms', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('counts', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('day', fields.DateField(null=True)),
                ('stale', fields.BooleanField(default=False)),
                ('problem', fields.CharField(default='', max_length=20)),
                ('about', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('done', fields.IntField(default=0)),
                ('total', fields.IntField(default=0)),
                ('begun_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('attempts', fields.IntField(default=0)),
                ('applied_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('applied_by', fields.ForeignKeyField('models.Person', source_field='applied_by_id', null=True, db_constraint=True, to_field='id', related_name='imports_applied', on_delete=OnDelete.RESTRICT)),
                ('undone_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('undone_by', fields.ForeignKeyField('models.Person', source_field='undone_by_id', null=True, db_constraint=True, to_field='id', related_name='imports_undone', on_delete=OnDelete.RESTRICT)),
                ('ip', fields.CharField(default='', max_length=45)),
            ],
            options={'table': 'import_run', 'app': 'models', 'unique_together': (('author', 'key'),), 'indexes': [Index(fields=['state', 'id'])], 'pk_attr': 'id', 'table_description': 'A price list on its way: the row is the job. `layout` and `terms` say how it is read, `counts` what it changes.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ImportChange',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('run', fields.ForeignKeyField('models.ImportRun', source_field='run_id', db_constraint=True, to_field='id', related_name='rows', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharEnumField(description='NEW: new\nDEARER: dearer\nCHEAPER: cheaper\nCHANGED: changed\nGONE: gone\nUNCHANGED: unchanged\nUNREADABLE: unreadable', enum_type=Kind, max_length=10)),
                ('place', fields.IntField()),
                ('sheet', fields.CharField(default='', max_length=100)),
                ('row', fields.IntField()),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='import_changes', on_delete=OnDelete.RESTRICT)),
                ('code', fields.CharField(default='', max_length=200)),
                ('article', fields.CharField(default='', max_length=80)),
                ('name', fields.CharField(default='', max_length=250)),
                ('before', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('after', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('reason', fields.CharField(default='', max_length=20)),
                ('doubt', fields.CharField(default='', max_length=120)),
            ],
            options={'table': 'import_change', 'app': 'models', 'indexes': [Index(fields=['run_id', 'kind', 'place'])], 'pk_attr': 'id', 'table_description': 'What an import does to a product, or a row of the list that cannot be read (`reason`, `doubt`).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SupplierCode',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('supplier', fields.ForeignKeyField('models.Supplier', source_field='supplier_id', db_constraint=True, to_field='id', related_name='codes', on_delete=OnDelete.RESTRICT)),
                ('code', fields.CharField(max_length=200)),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', db_index=True, db_constraint=True, to_field='id', related_name='supplier_codes', on_delete=OnDelete.RESTRICT)),
                ('present', fields.BooleanField(default=True)),
                ('hidden', fields.BooleanField(default=False)),
                ('run', fields.ForeignKeyField('models.ImportRun', source_field='run_id', db_index=True, db_constraint=True, to_field='id', related_name='codes', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'supplier_code', 'app': 'models', 'unique_together': (('supplier', 'code'),), 'pk_attr': 'id', 'table_description': 'Which product a supplier means by an article of theirs.'},
            bases=['Model'],
        ),
        ops.AddIndex(
            model_name='CartLine',
            index=Index(fields=['product_id']),
        ),
        ops.AddIndex(
            model_name='Line',
            index=Index(fields=['product_id']),
        ),
        ops.AddIndex(
            model_name='LineChange',
            index=Index(fields=['product_id']),
        ),
        ops.AddIndex(
            model_name='OrderTemplateLine',
            index=Index(fields=['product_id']),
        ),
        ops.AddIndex(
            model_name='PresentationTemplateLine',
            index=Index(fields=['product_id']),
        ),
        ops.AddIndex(
            model_name='Product',
            index=Index(fields=['replacement_id']),
        ),
        ops.AddIndex(
            model_name='PromoLine',
            index=Index(fields=['product_id']),
        ),
    ]
