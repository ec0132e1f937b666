"""The ORM made ready once for each kind of database, though every test has a database of its own.

`Tortoise.init` works out the filters, the columns and the first query of all models each time, which takes longer than
many a test does; they depend on the kind of database alone.
"""

from typing import Any

from tortoise.apps import Apps
from tortoise.models import MetaInfo

_WORKED_OUT = (
    *("filters", "basetable", "basequery", "basequery_all_fields"),
    *("db_native_fields", "db_default_fields", "db_complex_fields"),
)
_work_out = Apps._build_initial_querysets
_kept: dict[tuple[Any, ...], list[tuple[MetaInfo, dict[str, Any]]]] = {}


def keep_what_is_worked_out() -> None:
    """From now on in this process."""
    Apps._build_initial_querysets = _once  # type: ignore[method-assign]


def _once(apps: Apps) -> None:
    metas = [model._meta for model in apps.get_models_iterable()]
    key = (metas[0].db.__class__, *((meta, len(meta.fields_map)) for meta in metas))
    if key not in _kept:
        for meta in metas:  # it fills what is there, which may be another database's
            meta.filters, meta.db_native_fields, meta.db_default_fields, meta.db_complex_fields = {}, [], [], []
        _work_out(apps)
        _kept[key] = [(meta, {name: getattr(meta, name) for name in _WORKED_OUT}) for meta in metas]
    for meta, worked_out in _kept[key]:
        for name, value in worked_out.items():
            setattr(meta, name, value)
