"""What administrators chose for the site (app/administration), laid over what the environment says.

`over(settings)` answers at once, by what was read last; pages, letters and the start of a process refresh it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.database import DatabaseUnavailable, Sql
from app.remembered import Remembered
from app.settings import Settings

_READ = Sql("SELECT name, value FROM setting")

# The settings that can be chosen, and how their JSON is read; each is a field of app.settings.Settings.
CHOICES: dict[str, Callable[[Any], Any]] = {
    "site_name": str,
    "site_phone": str,
    "requisites": str,
    "sender_name": str,
    "mail_signature": str,
    "sign_in_text": str,
    "work_from": str,
    "work_till": str,
    "holidays": lambda days: tuple(date.fromisoformat(day) for day in days),
    "second_factor_required": bool,
}


async def _read() -> Mapping[str, Any]:
    rows = await _READ.all()
    return {row["name"]: CHOICES[row["name"]](json.loads(row["value"])) for row in rows if row["name"] in CHOICES}


_chosen: Remembered[Mapping[str, Any]] = Remembered(_read, {})
_laid: tuple[Settings, Mapping[str, Any], Settings] | None = None


async def refresh() -> None:
    """Sees to it that `over` knows the latest choices; without a database it goes on with those before."""
    try:
        await _chosen.now()
    except DatabaseUnavailable:
        return


def over(settings: Settings) -> Settings:
    """The settings with the administrators' choices in the place of the environment's."""
    global _laid
    chosen = _chosen.latest
    if not chosen:
        return settings
    if _laid is None or _laid[0] is not settings or _laid[1] is not chosen:
        _laid = (settings, chosen, replace(settings, **chosen))
    return _laid[2]


def forget() -> None:
    """Has the choices read again: somebody has just changed them here."""
    _chosen.forget()
