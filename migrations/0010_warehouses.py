from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0009_search')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Warehouse',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(unique=True, max_length=80)),
                ('position', fields.IntField(default=0)),
                ('hidden', fields.BooleanField(default=False)),
                ('version', fields.IntField(default=1)),
            ],
            options={'table': 'warehouse', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A warehouse, or a shop that goods are handed out at.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WarehouseStock',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', db_constraint=True, to_field='id', related_name='stocks', on_delete=OnDelete.RESTRICT)),
                ('warehouse', fields.ForeignKeyField('models.Warehouse', source_field='warehouse_id', db_index=True, db_constraint=True, to_field='id', related_name='stocks', on_delete=OnDelete.RESTRICT)),
                ('quantity', fields.IntField()),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'warehouse_stock', 'app': 'models', 'unique_together': (('product', 'warehouse'),), 'pk_attr': 'id', 'table_description': 'How many units of a product a warehouse had at a moment; who writes it calls `app.warehouses.stock.refresh`.'},
            bases=['Model'],
        ),
    ]
