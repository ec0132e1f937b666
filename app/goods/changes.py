"""What changing by hand has in common: nobody overwrites what they have not seen, and each change tells was and now."""

from collections.abc import Mapping
from typing import Any

from tortoise.models import Model

from app.errors import RuleBroken
from app.i18n import N_
from app.pictures import store
from app.pictures.making import Made
from app.settings import Settings

LONGEST = 200  # characters of a text in the history


class Taken(RuleBroken):
    """Another one has this name."""

    def __init__(self) -> None:
        super().__init__(N_("Another one has this name already"))


def differing(thing: Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that are to become other than they are."""
    return {name: value for name, value in values.items() if getattr(thing, name) != value}


def told(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The changes for the history, a field each; JSON."""
    return [{"field": name, "was": _plain(was[name]), "now": _plain(now[name])} for name in now]


async def keep_picture(made: Made, settings: Settings) -> None:
    """Writes the files of a picture before a row names them. Raises RuleBroken when they cannot be written."""
    try:
        await store.keep(store.folder(settings), made)
    except OSError as error:
        raise RuleBroken(N_("The picture cannot be kept at the moment. Try again later")) from error


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        value = "; ".join(f"{name}: {text}" for name, text in value.items())
    if isinstance(value, str):
        return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"
    return value if isinstance(value, int | bool | None) else str(value)
