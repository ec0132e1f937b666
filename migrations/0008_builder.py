import functools
from json import dumps, loads
from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0007_partners')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Approval',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.ForeignKeyField('models.Version', source_field='version_id', db_index=True, db_constraint=True, to_field='id', related_name='approvals', on_delete=OnDelete.RESTRICT)),
                ('terms', fields.CharField(max_length=64)),
                ('author', fields.ForeignKeyField('models.Person', source_field='author_id', db_constraint=True, to_field='id', related_name='approvals_asked', on_delete=OnDelete.RESTRICT)),
                ('word', fields.CharField(default='', max_length=500)),
                ('asked_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('approved', fields.BooleanField(null=True)),
                ('decided_by', fields.ForeignKeyField('models.Person', source_field='decided_by_id', null=True, db_constraint=True, to_field='id', related_name='approvals_decided', on_delete=OnDelete.RESTRICT)),
                ('answer', fields.CharField(default='', max_length=500)),
                ('decided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'presentation_approval', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A manager asks an administrator for terms beyond the limit of discounts; it holds for exactly these terms.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Doubt',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.ForeignKeyField('models.Version', source_field='version_id', db_index=True, db_constraint=True, to_field='id', related_name='doubts', on_delete=OnDelete.RESTRICT)),
                ('text', fields.CharField(max_length=300)),
                ('sought', fields.CharField(max_length=300)),
                ('quantity', fields.CharField(default='', max_length=20)),
            ],
            options={'table': 'presentation_doubt', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A row of a pasted list that is no line yet: it waits in the draft until it is settled or dismissed.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PresentationTemplate',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('author', fields.ForeignKeyField('models.Person', source_field='author_id', db_index=True, db_constraint=True, to_field='id', related_name='presentation_templates', on_delete=OnDelete.RESTRICT)),
                ('name', fields.CharField(max_length=100)),
                ('shared', fields.BooleanField(default=False)),
                ('greeting', fields.TextField(default='', unique=False)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'presentation_template', 'app': 'models', 'pk_attr': 'id', 'table_description': 'Products with quantities under a name; prices are those of the partner whom it is used for.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PresentationTemplateLine',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('template', fields.ForeignKeyField('models.PresentationTemplate', source_field='template_id', db_constraint=True, to_field='id', related_name='lines', on_delete=OnDelete.RESTRICT)),
                ('position', fields.IntField()),
                ('product', fields.ForeignKeyField('models.Product', source_field='product_id', db_constraint=True, to_field='id', related_name='presentation_template_lines', on_delete=OnDelete.RESTRICT)),
                ('quantity', fields.IntField()),
                ('remark', fields.CharField(default='', max_length=500)),
            ],
            options={'table': 'presentation_template_line', 'app': 'models', 'unique_together': (('template', 'position'),), 'pk_attr': 'id', 'table_description': 'A product of a template with its quantity and the text for the partner.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Version',
            name='changed_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Version',
            name='changed_by',
            field=fields.ForeignKeyField('models.Person', source_field='changed_by_id', null=True, db_constraint=True, to_field='id', related_name='versions_changed', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Version',
            name='trail',
            field=fields.JSONField(null=True, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads),
        ),
        ops.AddField(
            model_name='Version',
            name='revision',
            field=fields.IntField(default=0, db_default=0),
        ),
    ]
