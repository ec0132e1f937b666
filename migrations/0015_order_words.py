from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from app.exchange.models import Kind


class AlterWords(ops.AlterField):
    """The column holds the same texts, and two more: SQLite need not write the whole table anew for that."""

    async def database_forward(self, *_args: object, **_kwargs: object) -> None:
        pass

    async def database_backward(self, *_args: object, **_kwargs: object) -> None:
        pass


class Migration(migrations.Migration):
    dependencies = [('models', '0014_typed_prices')]

    initial = False

    operations = [
        AlterWords(
            model_name='ExternalKey',
            name='kind',
            field=fields.CharEnumField(description='PRODUCT: product\nGROUP: group\nPRICE_TYPE: price_type\nWAREHOUSE: warehouse\nUNIT: unit\nPROPERTY: property\nVALUE: value\nTERMS: terms\nORDER: order\nSTATUS: status', enum_type=Kind, max_length=12),
        ),
    ]
