from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0005_desk_lists')]

    initial = False

    operations = [
        ops.CreateModel(
            name='FormerSlug',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('kind', fields.CharField(max_length=10)),
                ('slug', fields.CharField(max_length=120)),
                ('former', fields.IntField()),
                ('brand', fields.ForeignKeyField('models.Brand', source_field='brand_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='former_slugs', on_delete=OnDelete.RESTRICT)),
                ('category', fields.ForeignKeyField('models.Category', source_field='category_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='former_slugs', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'former_slug', 'app': 'models', 'unique_together': (('kind', 'slug'),), 'pk_attr': 'id', 'table_description': 'The slug of a brand or category that was merged into another: its address leads there.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProductPicture',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', db_constraint=True, to_field='id', related_name='pictures', on_delete=OnDelete.RESTRICT)),
                ('code', fields.CharField(db_index=True, max_length=20)),
                ('position', fields.IntField()),
            ],
            options={'table': 'product_picture', 'app': 'models', 'unique_together': (('product', 'code'),), 'pk_attr': 'id', 'table_description': "A photograph of a product: a code of app.pictures. The first by `position` is the product's `picture` as well."},
            bases=['Model'],
        ),
        ops.RunSQL(
            "INSERT INTO product_picture (product_id, code, position) "
            "SELECT id, picture, 1 FROM product WHERE picture LIKE '@%' ORDER BY id"
        ),
    ]
