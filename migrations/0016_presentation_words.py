from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from app.presentations.words import index_all


class Migration(migrations.Migration):
    dependencies = [('models', '0015_order_words')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PresentationWord',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('word', fields.CharField(max_length=20)),
                ('version_id', fields.IntField()),
            ],
            options={'table': 'presentation_word', 'app': 'models', 'unique_together': (('word', 'version_id'),), 'pk_attr': 'id', 'table_description': 'What a sent version is found by, see app.presentations.words.'},
            bases=['Model'],
        ),
        # What was sent before is found as new ones are.
        ops.RunPython(lambda apps, editor: index_all()),
    ]
