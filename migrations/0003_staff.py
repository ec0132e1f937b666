from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0002_whole_cabinet')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Person',
            name='absent_from',
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name='Person',
            name='absent_until',
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name='Person',
            name='discount_limit',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='Person',
            name='substitute',
            field=fields.ForeignKeyField('models.Person', source_field='substitute_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='substitutes_for', on_delete=OnDelete.RESTRICT),
        ),
        # AddField makes no index for a key.
        ops.RunSQL('CREATE INDEX "idx_person_substitute" ON "person" ("substitute_id")'),
    ]
