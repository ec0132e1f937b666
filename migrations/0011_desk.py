from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0010_sending')]

    initial = False

    operations = [
        ops.CreateModel(
            name='AnswerTemplate',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('owner', fields.ForeignKeyField('models.Person', source_field='owner_id', null=True, db_index=True, db_constraint=True, to_field='id', related_name='answer_templates', on_delete=OnDelete.RESTRICT)),
                ('name', fields.CharField(max_length=80)),
                ('text', fields.TextField(unique=False)),
                ('key', fields.CharField(unique=True, max_length=64)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'answer_template', 'app': 'models', 'pk_attr': 'id', 'table_description': "A text with placeholders (see app.answer_templates.filling). `owner` None: everybody's."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Writing',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('kind', fields.CharField(max_length=20)),
                ('number', fields.IntField()),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='writings', on_delete=OnDelete.RESTRICT)),
                ('since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'writing', 'app': 'models', 'unique_together': (('kind', 'number', 'person'),), 'pk_attr': 'id', 'table_description': '`kind` and `number` name the thing (app.history.subjects); `since` is when the answer was begun.'},
            bases=['Model'],
        ),
        ops.AddIndex(
            model_name='CartLine',
            index=Index(fields=['presentation_line_id']),
        ),
        ops.AddIndex(
            model_name='Email',
            index=Index(fields=['state', 'created_at']),
        ),
        ops.AddIndex(
            model_name='ExtensionRequest',
            index=Index(fields=['at']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['manager_id', 'placed_at', 'status', 'total']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['status', 'id']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['placed_at', 'status', 'total']),
        ),
        ops.AddIndex(
            model_name='Registration',
            index=Index(fields=['manager_id', 'state']),
        ),
        ops.AddField(
            model_name='Ticket',
            name='answered_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        # When staff first answered those that are here already.
        ops.RunSQL(
            """UPDATE ticket SET answered_at = (
                SELECT MIN(c.at) FROM thread t JOIN comment c ON c.thread_id = t.id JOIN person p ON p.id = c.author_id
                WHERE t.ticket_id = ticket.id AND NOT c.internal AND p.company_id IS NULL)"""
        ),
        ops.AddIndex(
            model_name='Ticket',
            index=Index(fields=['state', 'number']),
        ),
        ops.AddIndex(
            model_name='Ticket',
            index=Index(fields=['manager_id', 'answered_at']),
        ),
        ops.AddIndex(
            model_name='Version',
            index=Index(fields=['valid_until', 'id']),
        ),
        ops.AddIndex(
            model_name='Version',
            index=Index(fields=['sent_at', 'id']),
        ),
        ops.AddIndex(
            model_name='Version',
            index=Index(fields=['author_id', 'sent_at']),
        ),
    ]
