"""Imports of price lists: whose they are, what each of them would change, and what it did change."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Person
from app.catalogue.models import Product


class State(StrEnum):
    """How far an import has come. What is `reading`, `applying`, `indexing` or `undoing` is the worker's to do."""

    CHOOSING = "choosing"  # the columns
    READING = "reading"
    READY = "ready"  # the preview can be looked at
    APPLYING = "applying"
    INDEXING = "indexing"  # all is written; searches do not know all of it yet
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"


class Kind(StrEnum):
    """What becomes of a product, or of a row that is about none."""

    NEW = "new"
    DEARER = "dearer"
    CHEAPER = "cheaper"
    CHANGED = "changed"
    GONE = "gone"
    UNCHANGED = "unchanged"
    UNREADABLE = "unreadable"


WORKING = (State.READING, State.APPLYING, State.INDEXING, State.UNDOING)
CHANGING = (Kind.NEW, Kind.DEARER, Kind.CHEAPER, Kind.CHANGED, Kind.GONE)


class Supplier(Model):
    """Who sends price lists. `layout` and `terms` are those of the last import, remembered for the next one."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80)
    key = fields.CharField(max_length=80, unique=True)  # the name, casefolded
    layout: fields.JSONField[dict[str, Any]] = fields.JSONField(default=dict)
    terms: fields.JSONField[dict[str, Any]] = fields.JSONField(default=dict)

    class Meta:
        table = "supplier"


class ImportRun(Model):
    """A price list on its way: the row is the job. `layout` and `terms` say how it is read, `counts` what it changes.

    `sample` has the first rows of its sheets, from which the columns are chosen.

    `stale`: what stood in the catalogue changed after the preview, which was made anew. `problem` is the code of what
    went wrong (`app.imports.reasons`), `about` its values. `done` of `total`: how far the work in hand is.
    """

    id = fields.IntField(primary_key=True)
    supplier: fields.ForeignKeyRelation[Supplier] = fields.ForeignKeyField(
        "models.Supplier", related_name="runs", on_delete=fields.RESTRICT, db_index=True
    )
    author: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="imports", on_delete=fields.RESTRICT
    )
    key = fields.CharField(max_length=64)  # the form's: sent twice, begun once
    file_name = fields.CharField(max_length=200)
    stored = fields.CharField(max_length=60)
    size = fields.BigIntField()
    state = fields.CharEnumField(State, max_length=10, default=State.CHOOSING)
    created_at = fields.DatetimeField()
    sample: fields.JSONField[list[list[Any]]] = fields.JSONField(default=list)
    layout: fields.JSONField[dict[str, Any]] = fields.JSONField(default=dict)
    terms: fields.JSONField[dict[str, Any]] = fields.JSONField(default=dict)
    counts: fields.JSONField[dict[str, int]] = fields.JSONField(default=dict)
    day = fields.DateField(null=True)  # from which the prices of the preview hold
    stale = fields.BooleanField(default=False)
    problem = fields.CharField(max_length=20, default="")
    about: fields.JSONField[dict[str, Any]] = fields.JSONField(default=dict)
    done = fields.IntField(default=0)
    total = fields.IntField(default=0)
    begun_at = fields.DatetimeField(null=True)
    attempts = fields.IntField(default=0)
    applied_at = fields.DatetimeField(null=True)
    applied_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="imports_applied", null=True, on_delete=fields.RESTRICT
    )
    undone_at = fields.DatetimeField(null=True)
    undone_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="imports_undone", null=True, on_delete=fields.RESTRICT
    )
    ip = fields.CharField(max_length=45, default="")  # of who asked for the work in hand

    supplier_id: int
    author_id: int
    applied_by_id: int | None
    undone_by_id: int | None

    class Meta:
        table = "import_run"
        unique_together = (("author", "key"),)
        indexes = (("state", "id"),)

    @property
    def working(self) -> bool:
        """Whether the worker has it in hand, or is to take it."""
        return self.state in WORKING

    @property
    def changes(self) -> int:
        """How many products it changes. What is gone is told of, and taken off sale where the terms say so."""
        told = () if self.terms.get("hide") else (Kind.GONE,)
        return sum(self.counts.get(kind, 0) for kind in CHANGING if kind not in told)


class ImportChange(Model):
    """What an import does to a product, or a row of the list that cannot be read (`reason`, `doubt`).

    `before` and `after` have what becomes other than it was: see `app.imports.comparing`. Of products that stay as they
    are only some are kept, to be shown.
    """

    id = fields.BigIntField(primary_key=True)
    run: fields.ForeignKeyRelation[ImportRun] = fields.ForeignKeyField(
        "models.ImportRun", related_name="rows", on_delete=fields.RESTRICT
    )
    kind = fields.CharEnumField(Kind, max_length=10)
    place = fields.IntField()  # in the list, from 1
    sheet = fields.CharField(max_length=100, default="")
    row = fields.IntField()  # as people see it; 0 for what is gone
    product: fields.ForeignKeyNullableRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="import_changes", null=True, on_delete=fields.RESTRICT, db_index=True
    )
    code = fields.CharField(max_length=200, default="")  # by which the supplier's next list knows the product
    article = fields.CharField(max_length=80, default="")
    name = fields.CharField(max_length=250, default="")
    before: fields.JSONField[dict[str, Any]] = fields.JSONField(default=dict)
    after: fields.JSONField[dict[str, Any]] = fields.JSONField(default=dict)
    reason = fields.CharField(max_length=20, default="")
    doubt = fields.CharField(max_length=120, default="")

    run_id: int
    product_id: int | None

    class Meta:
        table = "import_change"
        indexes = (("run_id", "kind", "place"),)


class SupplierCode(Model):
    """Which product a supplier means by an article of theirs.

    `present`: it stood in the last list that was applied; what did and is missing in the next one is gone. `hidden`:
    it was taken off sale for that, and comes back with the list. `run` is the import that first brought it.
    """

    id = fields.IntField(primary_key=True)
    supplier: fields.ForeignKeyRelation[Supplier] = fields.ForeignKeyField(
        "models.Supplier", related_name="codes", on_delete=fields.RESTRICT
    )
    code = fields.CharField(max_length=200)
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="supplier_codes", on_delete=fields.RESTRICT, db_index=True
    )
    present = fields.BooleanField(default=True)
    hidden = fields.BooleanField(default=False)
    run: fields.ForeignKeyRelation[ImportRun] = fields.ForeignKeyField(
        "models.ImportRun", related_name="codes", on_delete=fields.RESTRICT, db_index=True
    )

    supplier_id: int
    product_id: int
    run_id: int

    class Meta:
        table = "supplier_code"
        unique_together = (("supplier", "code"),)
