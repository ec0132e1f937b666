"""Orders: their own copy of lines, prices, contacts and VAT (PRODUCT rules 6–8)."""
# long: a line for each column and index

# long: the tables of an order stand together

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from app import clock
from app.accounts.models import Company, Person
from app.accounts.user import User
from app.catalogue.models import Product
from app.errors import RuleBroken
from app.presentations.models import Line


class Status(StrEnum):
    """The way of an order, in its order; CANCELLED leaves it from any but the last two."""

    NEW = "new"
    IN_WORK = "in_work"
    INVOICED = "invoiced"
    PAID = "paid"
    PICKING = "picking"
    SHIPPED = "shipped"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def next(self) -> "Status | None":
        """The step that follows; None at the end of the way."""
        return None if self in (Status.DONE, Status.CANCELLED) else WAY[WAY.index(self) + 1]

    def comes_before(self, later: "Status") -> bool:
        """Whether the way leads from here to there."""
        return self in WAY and later in WAY and WAY.index(self) < WAY.index(later)

    @property
    def may_be_cancelled(self) -> bool:
        """Whether nothing was shipped yet."""
        return self not in (Status.SHIPPED, Status.DONE, Status.CANCELLED)


WAY = (
    Status.NEW,
    Status.IN_WORK,
    Status.INVOICED,
    Status.PAID,
    Status.PICKING,
    Status.SHIPPED,
    Status.DONE,
)
OPEN = frozenset(WAY[:-1])


class Delivery(StrEnum):
    """How the goods reach the partner."""

    PICKUP = "pickup"
    ADDRESS = "address"
    CARRIER = "carrier"


class Carrier(StrEnum):
    """Transport companies, under the names that they go by."""

    DELLIN = "Деловые Линии"
    PEK = "ПЭК"
    BAIKAL = "Байкал Сервис"
    CDEK = "СДЭК"


@dataclass(frozen=True, slots=True)
class Details:
    """What a checkout form says besides the lines; the fields of Order with the same names.

    `address` is the street address, or for a carrier the city and its terminal.
    """

    contact_name: str
    contact_phone: str  # E.164
    contact_email: str
    payer_name: str
    payer_inn: str
    delivery: Delivery
    carrier: str
    address: str
    comment: str


class Order(Model):
    """A placed order. `key` is the checkout form's: a repeat of the same form finds the same order (rule 6)."""

    id = fields.IntField(primary_key=True)
    number = fields.IntField(unique=True)
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="orders", on_delete=fields.RESTRICT
    )
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="orders", on_delete=fields.RESTRICT
    )
    manager: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="managed_orders", null=True, on_delete=fields.RESTRICT
    )
    claimed_at = fields.DatetimeField(null=True)
    status = fields.CharEnumField(Status, max_length=20, default=Status.NEW)
    key = fields.CharField(max_length=64)
    contact_name = fields.CharField(max_length=150)
    contact_phone = fields.CharField(max_length=20)
    contact_email = fields.CharField(max_length=254)
    payer_name = fields.CharField(max_length=200)
    payer_inn = fields.CharField(max_length=12, default="")
    delivery = fields.CharEnumField(Delivery, max_length=20)
    carrier = fields.CharField(max_length=100, default="")
    address = fields.CharField(max_length=300, default="")
    comment = fields.TextField(default="")
    total = fields.BigIntField()  # kopecks with VAT: the sum of the shown lines
    retail_total = fields.BigIntField()
    placed_at = fields.DatetimeField()
    called_at = fields.DatetimeField(null=True)  # when a manager noted that the contact was called
    merged_into: fields.ForeignKeyNullableRelation["Order"] = fields.ForeignKeyField(  # closed, its lines went there
        "models.Order", related_name="merged", null=True, on_delete=fields.RESTRICT, db_index=True
    )
    called_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="orders_called", null=True, on_delete=fields.RESTRICT
    )

    company_id: int
    person_id: int
    manager_id: int | None
    called_by_id: int | None
    merged_into_id: int | None

    class Meta:
        table = "orders"  # `order` is a word of SQL
        unique_together = (("person", "key"),)
        indexes = (
            ("company_id", "placed_at"),
            ("company_id", "number"),
            ("company_id", "status", "number"),
            ("company_id", "person_id", "number"),
            ("company_id", "person_id", "status", "number"),
            # what the desk is read by: app.desk
            ("manager_id", "placed_at", "status", "total"),
            ("placed_at", "status", "total"),
            ("manager_id", "number"),
            ("manager_id", "status", "number"),
            ("company_id", "manager_id", "number"),
            ("status", "number"),
            ("status", "total", "number"),
            ("manager_id", "status", "total", "number"),
            ("company_id", "status", "total", "number"),
        )

    def must_have_manager(self) -> None:
        """Raises RuleBroken while nobody has claimed the order: it leaves the queue by a claim alone (rule 7)."""
        if self.manager_id is None:
            raise RuleBroken("Take the order into work first")

    def must_be_open(self) -> None:
        """Raises RuleBroken for an order whose way has ended."""
        if self.status not in OPEN:
            raise RuleBroken("The order is closed: %(number)s", number=self.number)

    def must_be_unshipped(self) -> None:
        """Raises RuleBroken once goods have left, or the order was cancelled: its lines are final then."""
        if not self.status.may_be_cancelled:
            raise RuleBroken("Lines are changed before shipping only")

    def must_be_releasable(self) -> None:
        """Raises RuleBroken unless the order may go back to the common queue: nobody has begun to pay for it."""
        self.must_have_manager()
        if self.status not in (Status.NEW, Status.IN_WORK):
            raise RuleBroken("An invoiced order does not go back to the queue: hand it over to a colleague")

    def must_go_to(self, status: Status) -> None:
        """Raises RuleBroken unless the order may change from its status to `status` (PRODUCT rule 8)."""
        if status is Status.CANCELLED and not self.status.may_be_cancelled:
            raise RuleBroken("A shipped or finished order cannot be cancelled")
        if status is not Status.CANCELLED and status is not self.status.next:
            raise RuleBroken("The status has changed meanwhile: this step is not possible now")


class OrderLine(Model):
    """One ordered product as it was agreed. Kopecks with VAT, discount in basis points."""

    id = fields.IntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField(
        "models.Order", related_name="lines", on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="order_lines", on_delete=fields.RESTRICT
    )
    presentation_line: fields.ForeignKeyNullableRelation[Line] = fields.ForeignKeyField(
        "models.Line", related_name="order_lines", null=True, on_delete=fields.RESTRICT, db_index=True
    )
    article = fields.CharField(max_length=80)
    name = fields.CharField(max_length=250)
    brand = fields.CharField(max_length=80)
    unit = fields.CharField(max_length=10)
    picture = fields.CharField(max_length=20, default="")
    quantity = fields.IntField()
    retail = fields.BigIntField()
    discount = fields.IntField(default=0)
    price = fields.BigIntField()
    price_source = fields.CharField(max_length=20)
    rate = fields.BigIntField(null=True)  # of the currency that the price came from, in ten-thousandths of a rouble
    rate_on = fields.DateField(null=True)
    vat_rate = fields.SmallIntField(null=True)

    order_id: int
    product_id: int
    presentation_line_id: int | None

    class Meta:
        table = "order_line"
        unique_together = (("order", "position"),)
        indexes = (("product_id", "order_id"),)


UNDO = timedelta(minutes=1)  # that a step can be taken back in


def may_be_undone(status: Status, at: datetime, author_id: int, claimed_at: datetime | None, by: User) -> bool:
    """Whether the last step of an order, to `status`, may be taken back now: a claim is released, not undone."""
    stepped = status is not Status.NEW and at != claimed_at
    return stepped and author_id == by.id and clock.now() - at < UNDO


class StatusChange(Model):
    """Who moved an order to a status, and when."""

    id = fields.IntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField(
        "models.Order", related_name="changes", on_delete=fields.RESTRICT
    )
    status = fields.CharEnumField(Status, max_length=20)
    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="status_changes", on_delete=fields.RESTRICT
    )
    at = fields.DatetimeField()

    order_id: int
    author_id: int

    class Meta:
        table = "order_status_change"
        indexes = (("order_id", "at"),)


class LineChange(Model):
    """What a manager changed in a placed order and why; the partner sees it. None in `was` or `quantity`: no line."""

    id = fields.IntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField(
        "models.Order", related_name="line_changes", on_delete=fields.RESTRICT, db_index=True
    )
    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="line_changes", on_delete=fields.RESTRICT
    )
    at = fields.DatetimeField()
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="line_changes", on_delete=fields.RESTRICT
    )
    article = fields.CharField(max_length=80)
    unit = fields.CharField(max_length=10)
    was = fields.IntField(null=True)
    quantity = fields.IntField(null=True)
    price_was = fields.BigIntField(null=True)  # kopecks with VAT
    price = fields.BigIntField(null=True)
    reason = fields.CharField(max_length=500)

    order_id: int
    author_id: int

    class Meta:
        table = "order_line_change"
        indexes = (("product_id",),)


class OrderWord(Model):
    """What an order is found by, see app.orders.words. (The company is the order's: an index is led by it.)"""

    id = fields.BigIntField(primary_key=True)
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="order_words", on_delete=fields.RESTRICT
    )
    word = fields.CharField(max_length=20)
    number = fields.IntField()

    class Meta:
        table = "order_word"
        unique_together = (("company", "word", "number"),)
        indexes = (("word", "number"),)  # for staff, who look through many companies
