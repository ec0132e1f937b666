from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0004_desk')]

    initial = False

    operations = [
        ops.RemoveIndex(
            model_name='Order',
            name=None,
            fields=['manager_id', 'status'],
        ),
        ops.RemoveIndex(
            model_name='Order',
            name=None,
            fields=['status', 'id'],
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['manager_id', 'number']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['manager_id', 'status', 'number']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['company_id', 'manager_id', 'number']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['status', 'number']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['status', 'total', 'number']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['manager_id', 'status', 'total', 'number']),
        ),
        ops.AddIndex(
            model_name='Order',
            index=Index(fields=['company_id', 'status', 'total', 'number']),
        ),
        ops.RemoveIndex(
            model_name='Ticket',
            name=None,
            fields=['manager_id', 'state'],
        ),
        ops.AddIndex(
            model_name='Ticket',
            index=Index(fields=['manager_id', 'number']),
        ),
        ops.AddIndex(
            model_name='Ticket',
            index=Index(fields=['manager_id', 'state', 'number']),
        ),
        ops.AddIndex(
            model_name='Version',
            index=Index(fields=['withdrawn_at', 'id']),
        ),
    ]
