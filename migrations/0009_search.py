from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from app.catalogue.synonyms import proposed

COMPARED = {
    "product_token": {"token": 90},
    "product_entry": {"article_key": 80, "title": 250},
    "search_word": {"word": 40},
    "own_code": {"key": 80},
}


async def propose_synonyms(apps, editor):
    """Brands of before are found in both alphabets, as new ones are."""
    _, brands = await editor.client.execute_query("SELECT id, name FROM brand")
    for brand in brands:
        quoted = proposed(brand["name"]).replace("'", "''")
        await editor.client.execute_query(f"UPDATE brand SET synonyms = '{quoted}' WHERE id = {int(brand['id'])}")


async def by_code_points(apps, editor):
    """SQLite does so by itself; PostgreSQL by the language of the database, unless it is told."""
    if editor.client.capabilities.dialect != "postgres":
        return
    for table, columns in COMPARED.items():
        for column, length in columns.items():
            await editor.client.execute_query(
                f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE VARCHAR({length}) COLLATE "C"'
            )


class Migration(migrations.Migration):
    dependencies = [('models', '0008_prices')]

    initial = False

    operations = [
        ops.CreateModel(
            name='OwnCode',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('company', fields.ForeignKeyField('models.Company', source_field='company_id', db_constraint=True, to_field='id', related_name='own_codes', on_delete=OnDelete.RESTRICT)),
                ('code', fields.CharField(max_length=80)),
                ('key', fields.CharField(max_length=80)),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', db_constraint=True, to_field='id', related_name='own_codes', on_delete=OnDelete.RESTRICT)),
                ('author', fields.ForeignKeyField('models.Person', source_field='author_id', db_constraint=True, to_field='id', related_name='own_codes', on_delete=OnDelete.RESTRICT)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'own_code', 'app': 'models', 'unique_together': (('company', 'key'),), 'indexes': [Index(fields=['product_id', 'company_id'])], 'pk_attr': 'id', 'table_description': "A company's code of a product, one for one. `key` is the code as search compares it."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProductEntry',
            fields=[
                ('product_id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('brand_id', fields.IntField()),
                ('category_id', fields.IntField()),
                ('gone', fields.SmallIntField()),
                ('stocked', fields.SmallIntField()),
                ('article_key', fields.CharField(max_length=80)),
                ('title', fields.CharField(max_length=250)),
                ('digest', fields.CharField(max_length=24)),
            ],
            options={'table': 'product_entry', 'app': 'models', 'indexes': [Index(fields=['gone', 'title', 'product_id']), Index(fields=['brand_id', 'gone', 'title', 'product_id']), Index(fields=['category_id', 'gone', 'title', 'product_id']), Index(fields=['brand_id', 'category_id', 'stocked']), Index(fields=['article_key', 'product_id'])], 'pk_attr': 'product_id', 'table_description': 'A product as lists sort and narrow it, in a row so small that many of them are read at once.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProductToken',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('token', fields.CharField(max_length=90)),
                ('product_id', fields.IntField(db_index=True)),
            ],
            options={'table': 'product_token', 'app': 'models', 'indexes': [Index(fields=['token', 'product_id'])], 'pk_attr': 'id', 'table_description': 'A word that a product is found by, or a part of its article: see app.catalogue.spelling.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SearchWord',
            fields=[
                ('word', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=40)),
                ('length', fields.SmallIntField(db_index=True)),
            ],
            options={'table': 'search_word', 'app': 'models', 'pk_attr': 'word', 'table_description': 'A word that some product has or had: among them the one is looked for that somebody mistyped.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ShelfCount',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('brand_id', fields.IntField()),
                ('category_id', fields.IntField()),
                ('products', fields.IntField()),
                ('stocked', fields.IntField()),
            ],
            options={'table': 'shelf_count', 'app': 'models', 'unique_together': (('brand_id', 'category_id'),), 'pk_attr': 'id', 'table_description': 'How many products of a brand stand in a category, and how many of them are in stock.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Brand',
            name='synonyms',
            field=fields.CharField(default='', db_default='', max_length=300),
        ),
        ops.RunPython(propose_synonyms),
        # What is compared and sorted as texts is in the order of the code points, on both databases.
        ops.RunPython(by_code_points),
    ]
