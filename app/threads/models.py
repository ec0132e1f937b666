"""Talk: one model of thread and comment for orders, presentations and tickets."""

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Company, Person
from app.orders.models import Order
from app.presentations.models import Line, Presentation
from app.tickets.models import Ticket


class Thread(Model):
    """The talk about one thing. `awaits` says whose answer is due: staff, partner or nobody's."""

    id = fields.IntField(primary_key=True)
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="threads", on_delete=fields.RESTRICT, db_index=True
    )
    order: fields.OneToOneNullableRelation[Order] = fields.OneToOneField(
        "models.Order", related_name="thread", null=True, on_delete=fields.RESTRICT
    )
    presentation: fields.OneToOneNullableRelation[Presentation] = fields.OneToOneField(
        "models.Presentation", related_name="thread", null=True, on_delete=fields.RESTRICT
    )
    ticket: fields.OneToOneNullableRelation[Ticket] = fields.OneToOneField(
        "models.Ticket", related_name="thread", null=True, on_delete=fields.RESTRICT
    )
    comments = fields.IntField(default=0)  # how many there are: the next one's number
    by_staff = fields.IntField(default=0, db_default=0)  # the number of the last comment that partners see, by staff
    by_partner = fields.IntField(default=0, db_default=0)  # and by a partner
    awaits = fields.CharField(max_length=10, default="")
    last_at = fields.DatetimeField(null=True)

    company_id: int
    order_id: int | None
    presentation_id: int | None
    ticket_id: int | None

    class Meta:
        table = "thread"
        indexes = (("awaits", "last_at"),)


class Comment(Model):
    """One remark in a thread; `number` counts within it. An internal one is for staff only (rule 10)."""

    id = fields.IntField(primary_key=True)
    thread: fields.ForeignKeyRelation[Thread] = fields.ForeignKeyField(
        "models.Thread", related_name="entries", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="comments", on_delete=fields.RESTRICT
    )
    text = fields.TextField()
    internal = fields.BooleanField(default=False)
    answers: fields.ForeignKeyNullableRelation["Comment"] = fields.ForeignKeyField(
        "models.Comment", related_name="answered_by", null=True, on_delete=fields.RESTRICT
    )
    line: fields.ForeignKeyNullableRelation[Line] = fields.ForeignKeyField(
        "models.Line", related_name="comments", null=True, on_delete=fields.RESTRICT
    )
    key = fields.CharField(max_length=64)  # a digest of the form's and of the text: sent twice, kept once
    at = fields.DatetimeField()

    thread_id: int
    author_id: int

    class Meta:
        table = "comment"
        unique_together = (("thread", "number"), ("thread", "key"))


class Attachment(Model):
    """A file that came with a comment. It lies under a random name; `name` is what it is downloaded as."""

    id = fields.IntField(primary_key=True)
    comment: fields.ForeignKeyRelation[Comment] = fields.ForeignKeyField(
        "models.Comment", related_name="attachments", on_delete=fields.RESTRICT, db_index=True
    )
    name = fields.CharField(max_length=150)
    kind = fields.CharField(max_length=10)  # by its content: a Kind of app.attachments.kinds
    size = fields.IntField()  # bytes
    stored = fields.CharField(max_length=64, unique=True)  # the random name

    comment_id: int

    class Meta:
        table = "attachment"
