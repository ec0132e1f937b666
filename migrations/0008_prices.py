from tortoise import migrations
from tortoise.migrations import operations as ops
from app.money import Currency
from app.rates.models import RateState
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0007_exports')]

    initial = False

    operations = [
        ops.CreateModel(
            name='CurrencyRate',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('currency', fields.CharEnumField(description='RUB: RUB\nUSD: USD', enum_type=Currency, max_length=3)),
                ('day', fields.DateField()),
                ('value', fields.BigIntField()),
                ('percent', fields.IntField(default=0)),
                ('rate', fields.BigIntField()),
                ('state', fields.CharEnumField(default=RateState.KEPT, description='KEPT: kept\nHELD: held\nREFUSED: refused', enum_type=RateState, max_length=10)),
                ('by_hand', fields.BooleanField(default=False)),
                ('taken_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', null=True, db_constraint=True, to_field='id', related_name='rates_set', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'currency_rate', 'app': 'models', 'indexes': [Index(fields=['currency', 'state', 'day'])], 'pk_attr': 'id', 'table_description': "Roubles for one unit of a currency from a day of the distributor's calendar on, in ten-thousandths."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PriceType',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(unique=True, max_length=80)),
                ('slug', fields.CharField(unique=True, max_length=80)),
                ('position', fields.IntField(default=0)),
                ('currency', fields.CharEnumField(default=Currency.RUB, description='RUB: RUB\nUSD: USD', enum_type=Currency, max_length=3)),
                ('base', fields.BooleanField(default=False)),
                ('hidden', fields.BooleanField(default=False)),
                ('version', fields.IntField(default=1)),
            ],
            options={'table': 'price_type', 'app': 'models', 'pk_attr': 'id', 'table_description': "A column of the price list: retail (`base`, there is one), a dealer's level, a project's."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProductPrice',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', db_constraint=True, to_field='id', related_name='prices', on_delete=OnDelete.RESTRICT)),
                ('price_type', fields.ForeignKeyField('models.PriceType', source_field='price_type_id', db_constraint=True, to_field='id', related_name='prices', on_delete=OnDelete.RESTRICT)),
                ('amount', fields.BigIntField()),
                ('currency', fields.CharEnumField(default=Currency.RUB, description='RUB: RUB\nUSD: USD', enum_type=Currency, max_length=3)),
                ('valid_from', fields.DateField()),
                ('set_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('set_by', fields.ForeignKeyField('models.Person', source_field='set_by_id', null=True, db_constraint=True, to_field='id', related_name='prices_set', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'product_price', 'app': 'models', 'unique_together': (('product', 'price_type', 'valid_from'),), 'indexes': [Index(fields=['price_type_id', 'valid_from'])], 'pk_attr': 'id', 'table_description': "What one unit costs from a day of the distributor's calendar on, until a later row of the same type."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Reading',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('address', fields.CharField(null=True, max_length=500)),
                ('percent', fields.IntField(default=0)),
                ('tried_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('read_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('failure', fields.CharField(default='', max_length=20)),
                ('failed_since', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'rate_reading', 'app': 'models', 'pk_attr': 'id', 'table_description': "How rates are read: one row. `address` is where the bank's XML is, None: as the settings say."},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Company',
            name='price_type',
            field=fields.ForeignKeyField('models.PriceType', source_field='price_type_id', null=True, db_constraint=True, to_field='id', related_name='companies', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Line',
            name='rate',
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name='Line',
            name='rate_on',
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name='OrderLine',
            name='rate',
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name='OrderLine',
            name='rate_on',
            field=fields.DateField(null=True),
        ),
    ]
