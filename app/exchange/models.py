"""Connections of 1C, what they sent and when, and which of their keys is which thing here."""
# long: the tables of the exchange stand together

from datetime import timedelta
from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Person
from app.orders.models import Order

KEPT = timedelta(days=7)  # how long files lie there


class Encoding(StrEnum):
    """How orders are written for 1C."""

    WINDOWS = "windows-1251"
    UTF8 = "utf-8"
    UTF8_BOM = "utf-8-bom"


class Connection(Model):
    """A 1C that exchanges with the site, under a login of its own.

    Orders that were placed since `orders_since` go out; what comes back is done in the name of `person`, an
    administrator. `wrapped`: each document in a «Контейнер», as version 3.1 has it. `version` counts changes by hand.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80, unique=True)
    login = fields.CharField(max_length=60, unique=True)
    password_hash = fields.CharField(max_length=200)
    catalogue = fields.BooleanField(default=True)
    orders = fields.BooleanField(default=True)
    orders_since = fields.DateField()
    encoding = fields.CharEnumField(Encoding, max_length=20, default=Encoding.WINDOWS)
    wrapped = fields.BooleanField(default=False)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="connections", on_delete=fields.RESTRICT
    )
    active = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()
    version = fields.IntField(default=1)

    person_id: int

    class Meta:
        table = "exchange_connection"


class State(StrEnum):
    """How an exchange stands. HELD: it would hide too much, and waits for an administrator."""

    OPEN = "open"
    CLOSING = "closing"
    HELD = "held"
    DONE = "done"
    REFUSED = "refused"  # an administrator did not let it hide anything
    STOPPED = "stopped"  # another one began after it


LIVE = (State.OPEN, State.CLOSING)


class Exchange(Model):
    """One exchange, from the password on. The cookie holds a random id, the row its digest.

    `hiding` is how many products it would take off sale, of `on_sale` there are.
    """

    id = fields.IntField(primary_key=True)
    connection: fields.ForeignKeyRelation[Connection] = fields.ForeignKeyField(
        "models.Connection", related_name="exchanges", on_delete=fields.RESTRICT
    )
    digest = fields.CharField(max_length=64, unique=True)
    ip = fields.CharField(max_length=45, default="")
    begun_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    state = fields.CharEnumField(State, max_length=10, default=State.OPEN)
    size = fields.BigIntField(default=0)  # bytes that came
    hiding = fields.IntField(default=0)
    on_sale = fields.IntField(default=0)
    hidden = fields.IntField(default=0)
    orders_sent = fields.IntField(default=0)
    decided_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="exchanges_decided", null=True, on_delete=fields.RESTRICT
    )

    connection_id: int
    decided_by_id: int | None

    class Meta:
        table = "exchange"
        indexes = (("connection_id", "id"), ("state", "seen_at"))


class FileState(StrEnum):
    """How far a file is."""

    ARRIVING = "arriving"
    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class ExchangeFile(Model):
    """A file of an exchange. `counts` is what came of it by words of app.exchange.telling, `troubles` what did not.

    A trouble is [line, English gettext id, values]; `failure` is the one that ended it. `complete`: the file has all
    products and not only those that changed, `complete_offers` all offers; None: it has none.
    """

    id = fields.IntField(primary_key=True)
    exchange: fields.ForeignKeyRelation[Exchange] = fields.ForeignKeyField(
        "models.Exchange", related_name="files", on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=200)
    orders = fields.BooleanField(default=False)
    size = fields.BigIntField(default=0)
    parts = fields.IntField(default=0)
    state = fields.CharEnumField(FileState, max_length=10, default=FileState.ARRIVING)
    attempts = fields.IntField(default=0)
    beat_at = fields.DatetimeField(null=True)
    done_at = fields.DatetimeField(null=True)
    progress = fields.IntField(default=0)  # percents
    complete = fields.BooleanField(null=True)
    complete_offers = fields.BooleanField(null=True)
    counts: fields.JSONField[dict[str, int]] = fields.JSONField(default=dict)
    troubles: fields.JSONField[list[Any]] = fields.JSONField(default=list)
    failure: fields.JSONField[list[Any]] = fields.JSONField(default=list)

    exchange_id: int

    class Meta:
        table = "exchange_file"
        unique_together = (("exchange", "name"),)
        indexes = (("state", "id"),)


class Kind(StrEnum):
    """What a key of 1C is of."""

    PRODUCT = "product"
    GROUP = "group"
    PRICE_TYPE = "price_type"
    WAREHOUSE = "warehouse"
    UNIT = "unit"
    PROPERTY = "property"
    VALUE = "value"
    TERMS = "terms"  # of a type of prices: its currency, and «net» when there is no VAT in it
    ORDER = "order"  # a document in 1C that payments and shipments of an order are based on
    STATUS = "status"  # of an order, by its word in 1C: what it is here is coded by app.exchange.statuses


class ExternalKey(Model):
    """A key (`Ид`) of a connection, and the id of the thing here that it is; None: it is but a word, `text`.

    `text` is how 1C called it last. Of products: `seen` and `leaving` are the last exchanges that had it, and that
    would take it off sale; `hidden`: an exchange did, so another may put it back; `parted`: it is sold by its
    variants, whose keys begin with it. A variant is a product of its own.
    """

    id = fields.BigIntField(primary_key=True)
    connection: fields.ForeignKeyRelation[Connection] = fields.ForeignKeyField(
        "models.Connection", related_name="keys", on_delete=fields.RESTRICT
    )
    kind = fields.CharEnumField(Kind, max_length=12)
    guid = fields.CharField(max_length=150)
    object_id = fields.IntField(null=True)
    text = fields.CharField(max_length=250, default="")
    seen = fields.IntField(default=0)
    leaving = fields.IntField(default=0)
    hidden = fields.BooleanField(default=False)
    parted = fields.BooleanField(default=False)

    connection_id: int

    class Meta:
        table = "external_key"
        unique_together = (("connection", "kind", "guid"),)
        indexes = (("kind", "object_id"),)


class ExchangePicture(Model):
    """A picture file that is to become a photograph of a product; `done` once it was made, or cannot be.

    `digest` is of the file: one that was made of the product's before is not made again.
    """

    id = fields.BigIntField(primary_key=True)
    file: fields.ForeignKeyRelation[ExchangeFile] = fields.ForeignKeyField(
        "models.ExchangeFile", related_name="pictures", on_delete=fields.RESTRICT, db_index=True
    )
    product_id = fields.IntField()
    path = fields.CharField(max_length=200)
    line = fields.IntField()
    digest = fields.CharField(max_length=64, default="")
    done = fields.BooleanField(default=False, db_index=True)

    file_id: int

    class Meta:
        table = "exchange_picture"
        indexes = (("product_id", "digest"),)


class ExchangedOrder(Model):
    """What a connection knows of an order, and what 1C said of it.

    `offered` is the mark of the order (see app.exchange.orders_out) as it was last sent, in the exchange `offered_in`;
    `taken` the one that 1C has confirmed. Numbers and days are 1C's own.
    """

    id = fields.IntField(primary_key=True)
    connection: fields.ForeignKeyRelation[Connection] = fields.ForeignKeyField(
        "models.Connection", related_name="exchanged_orders", on_delete=fields.RESTRICT
    )
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField(
        "models.Order", related_name="exchanged", on_delete=fields.RESTRICT, db_index=True
    )
    offered = fields.CharField(max_length=40, default="")
    offered_in = fields.IntField(default=0, db_index=True)
    taken = fields.CharField(max_length=40, default="")
    taken_at = fields.DatetimeField(null=True)
    number = fields.CharField(max_length=50, default="")
    payment = fields.CharField(max_length=50, default="")
    paid_on = fields.DateField(null=True)
    shipment = fields.CharField(max_length=50, default="")
    shipped_on = fields.DateField(null=True)

    connection_id: int
    order_id: int

    class Meta:
        table = "exchanged_order"
        unique_together = (("connection", "order"),)
