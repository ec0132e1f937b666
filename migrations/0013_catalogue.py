from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from app.attachments.kinds import Kind


class Migration(migrations.Migration):
    dependencies = [('models', '0012_imports')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Analogue',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', db_constraint=True, to_field='id', related_name='analogues', on_delete=OnDelete.RESTRICT)),
                ('analogue', fields.ForeignKeyField('models.Product', source_field='analogue_id', db_constraint=True, to_field='id', related_name='analogue_of', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'analogue', 'app': 'models', 'unique_together': (('product', 'analogue'),), 'pk_attr': 'id', 'table_description': 'That `analogue` does instead of `product`. Each pair stands here both ways round.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='CategoryShelf',
            fields=[
                ('category_id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('digest', fields.CharField(max_length=32)),
                ('content', fields.TextField(unique=False)),
                ('stale', fields.BooleanField(default=False)),
            ],
            options={'table': 'category_shelf', 'app': 'models', 'pk_attr': 'category_id', 'table_description': 'All products of a category in the order of lists, to narrow and count them by bits: see app.catalogue.shelves.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProductDocument',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', db_constraint=True, to_field='id', related_name='documents', on_delete=OnDelete.RESTRICT)),
                ('title', fields.CharField(max_length=150)),
                ('name', fields.CharField(max_length=150)),
                ('kind', fields.CharEnumField(description='PNG: png\nJPEG: jpeg\nGIF: gif\nWEBP: webp\nAVIF: avif\nPDF: pdf\nXLSX: xlsx\nTXT: txt', enum_type=Kind, max_length=10)),
                ('size', fields.IntField()),
                ('stored', fields.CharField(db_index=True, max_length=32)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'product_document', 'app': 'models', 'unique_together': (('product', 'stored'),), 'pk_attr': 'id', 'table_description': 'A file of a product. `stored` is a hash of its content: of the same file of many products one is kept.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProductCodes',
            fields=[
                ('product_id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('codes', fields.TextField(unique=False)),
            ],
            options={'table': 'product_codes', 'app': 'models', 'pk_attr': 'product_id', 'table_description': "The codes of a product's properties (PropertyValue), each behind a space."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PropertyValue',
            fields=[
                ('code', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=8)),
                ('name', fields.CharField(max_length=100)),
                ('value', fields.CharField(max_length=60)),
            ],
            options={'table': 'property_value', 'app': 'models', 'pk_attr': 'code', 'table_description': 'A property with a value that some product has or had, under a code made of both: the same one everywhere.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='ProductEntry',
            name='price',
            field=fields.BigIntField(default=0, db_default=0),
        ),
        ops.AddIndex(
            model_name='ProductEntry',
            index=Index(fields=['gone', 'price', 'product_id']),
        ),
        ops.AddIndex(
            model_name='ProductEntry',
            index=Index(fields=['category_id', 'gone', 'price', 'product_id']),
        ),
        ops.AddIndex(
            model_name='ProductEntry',
            index=Index(fields=['brand_id', 'category_id', 'price', 'stocked']),
        ),
    ]
