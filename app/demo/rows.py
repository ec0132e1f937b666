"""Rows of the demo data: made in memory with ids of their own, written at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from tortoise.connection import get_connection
from tortoise.models import Model

from app.database import Sql

M = TypeVar("M", bound=Model)
BATCH = 5000


class Rows:
    """Collects rows and knows their ids before they are written: the n-th of its model has id n.

    Of some models others come `before`: so many ids are left for them.
    """

    def __init__(self, before: Mapping[type[Model], int] | None = None) -> None:
        self.before = before or {}
        self.made: dict[type[Model], list[Model]] = defaultdict(list)

    def add(self, model: type[M], **fields: Any) -> M:
        """A new row; relations are given by their ids (`company_id=…`)."""
        if "id" in model._meta.fields_map:
            fields["id"] = self.before.get(model, 0) + len(self.made[model]) + 1
        row = model(**fields)
        self.made[model].append(row)
        return row

    def of(self, model: type[M]) -> list[M]:
        """All rows of a model so far."""
        return self.made[model]  # type: ignore[return-value]  # add() puts only instances of the model there

    async def write(self) -> None:
        """Writes everything, what is referred to first, and sets the databases' own counts of ids."""
        for model in _in_order(self.made):
            # A product may be replaced by a later one: the ones that refer to their own kind come last.
            rows = sorted(self.made[model], key=_refers_to_its_kind)
            await model.bulk_create(rows, batch_size=BATCH)
        if get_connection("default").capabilities.dialect == "postgres":
            for model, rows in self.made.items():
                if model._meta.pk.generated:
                    await _COUNT_ON.one(
                        name=f"{model._meta.db_table}_id_seq", last=self.before.get(model, 0) + len(rows)
                    )


_COUNT_ON = Sql("SELECT setval(CAST(CAST(:name AS text) AS regclass), CAST(:last AS bigint))")


def _in_order(models: Iterable[type[Model]]) -> list[type[Model]]:
    """The models, each after those that it refers to."""
    wanted, ordered = list(models), list[type[Model]]()

    def visit(model: type[Model]) -> None:
        for name in model._meta.fk_fields | model._meta.o2o_fields:
            to = model._meta.fields_map[name].related_model  # type: ignore[attr-defined]  # a relation has it
            if to is not model:
                visit(to)
        if model in wanted and model not in ordered:
            ordered.append(model)

    for model in wanted:
        visit(model)
    return ordered


def _refers_to_its_kind(row: Model) -> bool:
    return getattr(row, "replacement_id", None) is not None
