from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('models', '0013_catalogue')]

    initial = False

    operations = [
        # Shelves hold the prices of types now: the worker writes them anew.
        ops.RunSQL("UPDATE category_shelf SET stale = true", "SELECT 1"),
    ]
