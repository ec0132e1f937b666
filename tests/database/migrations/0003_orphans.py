from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """A mistake: it takes parents away from their children. PostgreSQL refuses it at once."""

    dependencies = [("models", "0002_longer_name")]
    operations = [
        ops.RunSQL("INSERT INTO parent (name) VALUES ('half done; not to stay')"),
        ops.RunSQL("INSERT INTO child (parent_id) VALUES (-1)"),
    ]
