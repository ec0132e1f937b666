from tortoise import migrations
from tortoise.migrations import operations as ops
from app.orders.handovers import HandoverState
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0005_goods')]

    initial = False

    operations = [
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
    ]
