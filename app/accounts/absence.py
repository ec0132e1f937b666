"""Absences of managers: from the first to the last day in their own time zone a substitute answers for them.

One hop only: who stands for a colleague does not stand for those whom that colleague stands for.
"""

from datetime import date
from zoneinfo import ZoneInfo

from app import clock
from app.accounts.models import Person

# In a query about the person `p`: whom they are named as the substitute of, for `stood_for`.
_SUBSTITUTED = """
    (SELECT {glue}(x.id || ' ' || x.absent_from || ' ' || COALESCE(CAST(x.absent_until AS TEXT), '-')
                   || ' ' || x.timezone, ';')
     FROM person x WHERE x.substitute_id = p.id AND x.absent_from IS NOT NULL) AS substituted
"""
SUBSTITUTED = {"sqlite": _SUBSTITUTED.format(glue="group_concat"), "postgres": _SUBSTITUTED.format(glue="string_agg")}


def is_away(since: date | None, until: date | None, timezone: str) -> bool:
    """Whether somebody with these days of absence is away now; without a last day: until further notice."""
    today = clock.today(ZoneInfo(timezone))
    return since is not None and since <= today and (until is None or today <= until)


def is_absent(person: Person) -> bool:
    """Whether a manager is away now."""
    return is_away(person.absent_from, person.absent_until, person.timezone)


def stood_for(substituted: str | None) -> tuple[int, ...]:
    """The ids of those who are away now, of what SUBSTITUTED gave."""
    away = []
    for one in (substituted or "").split(";"):
        if one:
            person, since, until, timezone = one.split(" ")
            last_day = None if until == "-" else date.fromisoformat(until)
            away += [int(person)] if is_away(date.fromisoformat(since), last_day, timezone) else []
    return tuple(away)
