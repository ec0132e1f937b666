from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """The two tables."""

    initial = True
    operations = [
        ops.CreateModel(
            name="Parent",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True)),
                ("name", fields.CharField(max_length=100)),
            ],
            options={"table": "parent", "app": "models", "pk_attr": "id", "table_description": "A text; with 'marks'."},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Child",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True)),
                ("parent", fields.ForeignKeyField("models.Parent", source_field="parent_id", on_delete="CASCADE")),
            ],
            options={"table": "child", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
