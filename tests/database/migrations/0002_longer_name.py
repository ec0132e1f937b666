from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """A longer name, for which SQLite makes a new table."""

    dependencies = [("models", "0001_initial")]
    operations = [ops.AlterField(model_name="Parent", name="name", field=fields.CharField(max_length=200))]
