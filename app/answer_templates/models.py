"""Answers that managers give again and again, kept under a name: one's own, and those that all share."""

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Person


class AnswerTemplate(Model):
    """A text with placeholders (see app.answer_templates.filling). `owner` None: everybody's."""

    id = fields.IntField(primary_key=True)
    owner: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="answer_templates", null=True, on_delete=fields.RESTRICT, db_index=True
    )
    name = fields.CharField(max_length=80)
    text = fields.TextField()
    key = fields.CharField(max_length=64, unique=True)  # the form's: sent twice, kept once
    changed_at = fields.DatetimeField()

    owner_id: int | None

    class Meta:
        table = "answer_template"
