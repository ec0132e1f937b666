"""Time zones to choose from: the Russian ones from west to east, then the world by its parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global

from app import clock
from app.i18n import N_, current_language, gettext
from app.web.formats import place

# Parts of the world, as the names of zones begin.
PARTS = {
    "Europe": N_("Europe"),
    "Asia": N_("Asia"),
    "Africa": N_("Africa"),
    "America": N_("America"),
    "Atlantic": N_("Atlantic Ocean"),
    "Indian": N_("Indian Ocean"),
    "Pacific": N_("Pacific Ocean"),
    "Australia": N_("Australia"),
    "Antarctica": N_("Antarctica"),
}
RUSSIA = N_("Russia")


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as it is chosen: its IANA name, and «Екатеринбург, UTC+5»."""

    key: str
    words: str


def exists(key: str) -> bool:
    """Whether there is such a zone."""
    return key in _keys()


def choices(chosen: str) -> list[tuple[str, list[Zone]]]:
    """The zones by their groups, each from west to east. `chosen` stands among them, under whichever name."""
    now = clock.now()
    groups: dict[str, list[str]] = {RUSSIA: [], **{name: [] for name in PARTS.values()}}
    for key in {*_shown(), chosen} & _keys():
        groups[_group(key)].append(key)
    return [(gettext(name), _zones(keys, now)) for name, keys in groups.items() if keys]


def words(key: str) -> str:
    """«Екатеринбург, UTC+5»: the city, and what is to be added to UTC now."""
    return _words(key, clock.now())


def _zones(keys: Sequence[str], now: datetime) -> list[Zone]:
    zones = [Zone(key, _words(key, now)) for key in keys]
    return sorted(zones, key=lambda zone: (now.astimezone(ZoneInfo(zone.key)).utcoffset(), zone.words))


def _words(key: str, now: datetime) -> str:
    offset = f"{now.astimezone(ZoneInfo(key)):%z}"
    hours, minutes = offset[:3].replace("-", "−"), offset[3:]
    return f"{place(key, current_language())}, UTC{hours[0]}{int(hours[1:])}{f':{minutes}' if minutes != '00' else ''}"


def _group(key: str) -> str:
    if get_global("zone_territories").get(key) == "RU":
        return RUSSIA
    return PARTS.get(key.partition("/")[0], PARTS["Europe"])


@cache
def _keys() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _shown() -> frozenset[str]:
    """One name for each zone: not its older ones, nor those that name no place."""
    aliases = get_global("zone_aliases")
    return frozenset(key for key in _keys() if key.partition("/")[0] in PARTS and key not in aliases)
