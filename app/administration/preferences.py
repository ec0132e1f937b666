"""The settings of the site that administrators choose (app/chosen.py), with who changed them and when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import chosen, clock
from app.accounts.user import User
from app.administration.models import Setting
from app.database import Sql, as_datetime, on_commit, transaction
from app.outbox import record
from app.settings import Settings

_CHANGED = Sql(
    """
    SELECT s.changed_at, p.name FROM setting s LEFT JOIN person p ON p.id = s.changed_by_id
    ORDER BY s.changed_at DESC LIMIT 1
    """
)
# Any number that is ours: two who save at once come one after another, and each event says what was before it.
_LOCK = Sql("SELECT 1", postgres="SELECT pg_advisory_xact_lock(5270137)")


@dataclass(frozen=True, slots=True)
class Changed:
    """Who changed a setting last."""

    at: datetime
    person: str


async def last_changed() -> Changed | None:
    """The latest change; None when all is as the environment says."""
    row = await _CHANGED.one()
    return Changed(as_datetime(row["changed_at"]), row["name"] or "") if row else None


async def current(settings: Settings) -> Mapping[str, Any]:
    """What holds now, as JSON has it: the choices, else the environment's; from the database itself."""
    kept = {row.name: json.loads(row.value) for row in await Setting.filter(name__in=list(chosen.CHOICES))}
    return {name: kept.get(name, _plain(getattr(settings, name))) for name in chosen.CHOICES}


async def change(values: Mapping[str, Any], settings: Settings, *, by: User) -> list[str]:
    """Keeps the values that are other than what holds; `settings` are the environment's. :return: their names."""
    async with transaction():
        await _LOCK.value()
        was = await current(settings)
        changed = [name for name, value in values.items() if was[name] != value]
        for name in changed:
            written = {
                "value": json.dumps(values[name], ensure_ascii=False),
                "changed_at": clock.now(),
                "changed_by_id": by.id,
            }
            await Setting.update_or_create(name=name, defaults=written)
        if changed:
            changes = [{"field": name, "was": was[name], "now": values[name]} for name in changed]
            await record("setting.changed", by=by, changes=changes)
            on_commit(chosen.forget)
    return changed


def _plain(value: Any) -> Any:
    return [day.isoformat() for day in value if isinstance(day, date)] if isinstance(value, tuple) else value
