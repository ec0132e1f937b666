"""Which versions the desk's list of presentations shows: their ids, a page of them, before anything is joined."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.accounts.user import User
from app.database import Sql, as_date, like
from app.desk.presentations.states import SOON
from app.desk.presentations.streams import HOLDING, OF_PARTNERS, Shape, statement
from app.desk.scopes import SEEN_DRAFTS, scope
from app.orders.search import number_in
from app.orders.words import words
from app.presentations.words import of_company

SORTS = ("new", "old", "until")
FEW = 500  # versions of a manager: all of them are looked at, instead of a walk through those of others
MANY = 50  # companies that have the name that is looked for: from here on they are met in any walk
WORDS = 5  # of a title, that a search looks at
_LAST = 2**31 - 1

_HAS = Sql(
    f"""
    SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM presentation_version WHERE author_id IN :hands LIMIT :few) a)
         + (SELECT COUNT(*) FROM (SELECT 1 {OF_PARTNERS} LIMIT :few) b)
    """  # noqa: S608 - constant text
)
_DAY = Sql("SELECT valid_until FROM presentation_version WHERE id = :key")
_COMPANIES = Sql(
    """
    SELECT c.id, CASE WHEN :everything OR s.manager_id IN :hands THEN 1 ELSE 0 END AS theirs
    FROM company c LEFT JOIN assignment s ON s.company_id = c.id
    WHERE (:company = 0 OR c.id = :company) AND (:company <> 0 OR c.search LIKE :name ESCAPE '\\') LIMIT :many
    """
)
_TITLES = Sql(
    f"""
    SELECT v.id, v.title FROM presentation_version v
    JOIN presentation n ON n.id = v.presentation_id LEFT JOIN assignment s ON s.company_id = n.company_id
    WHERE v.sent_at IS NULL AND {SEEN_DRAFTS}
    """  # noqa: S608 - constant text
)
# How often a word occurs, as far as a few pages: the rarest one leads a search.
_COUNT = "(SELECT COUNT(*) FROM (SELECT 1 FROM presentation_word y WHERE y.word = w.value LIMIT 200) z)"
_RAREST = Sql(
    f"SELECT w.value AS word FROM json_each(:words) w ORDER BY {_COUNT} LIMIT 1",  # noqa: S608 - constant text
    postgres=f"SELECT w.value AS word FROM unnest(CAST(:words AS text[])) AS w (value) ORDER BY {_COUNT} LIMIT 1",  # noqa: S608
)


@dataclass(frozen=True, slots=True)
class WantedVersions:
    """What the list shows. `q` is a number, beginnings of words of the title, or a part of the company's name.

    `sort` is one of SORTS: newest, oldest, or what expires first (and then what has expired, the newest first).
    `company` and `manager` are ids, 0 for any.
    """

    q: str = ""
    state: str = ""
    company: int = 0
    manager: int = 0
    sort: str = "new"


async def keys(user: User, wanted: WantedVersions, *, before: int, limit: int, today: date) -> list[int]:
    """At most `limit` ids of versions after the id `before` (0: from the beginning), as the list is sorted."""
    who = scope(user, wanted.manager)
    few = not who["everything"] and await _HAS.value(hands=who["hands"], few=FEW) < FEW
    shape = Shape(wanted.state, wanted.sort, bool(wanted.q), bool(wanted.company), few, deep=bool(before))
    values = {**who, "state": wanted.state, "company": wanted.company, "key": before, "limit": limit}
    values |= {"today": today, "soon": today + SOON}
    if wanted.q:
        values |= await _sought(wanted.q, values)
    if replace(shape, sort="new").streams:
        streams, many = await _streams(wanted, values)
        values["streams"], shape = streams, replace(shape, many=many)
    return await (_by_day if wanted.sort == "until" else _ids)(shape, values)


async def _by_day(shape: Shape, values: dict[str, Any]) -> list[int]:
    """What is in force by its last day, and then the rest."""
    day = as_date(await _DAY.value(key=values["key"]) or date.min)
    past = shape.deep and day < values["today"]
    first = [] if past else await _ids(shape, {**values, "day": day})
    if shape.state in HOLDING or len(first) == values["limit"]:
        return first
    rest = await _ids(replace(shape, sort="new", deep=past, past=True), values)
    return [*first, *rest][: values["limit"]]


async def _ids(shape: Shape, values: dict[str, Any]) -> list[int]:
    return [row["id"] for row in await statement(shape).all(**values)]


async def _sought(q: str, who: dict[str, Any]) -> dict[str, Any]:
    """What a version fits by. Titles of drafts are matched here: SQLite folds the case of ASCII letters only."""
    typed = words(q)[:WORDS]
    drafts = await _TITLES.all(**who) if typed else []
    titled = [row["id"] for row in drafts if all(_begins(word, row["title"]) for word in typed)]
    name, number = like(q.casefold()), number_in(q)
    return {"words": typed, "worded": bool(typed), "titled": titled, "name": name, "number": number}


def _begins(word: str, title: str) -> bool:
    return any(one.startswith(word) for one in words(title))


async def _streams(wanted: WantedVersions, values: dict[str, Any]) -> tuple[list[str], bool]:
    """The words to look up, and whether too many companies have the name for looking up each of them."""
    rows = await _COMPANIES.all(**{"name": "", **values}, many=MANY + 1)
    many = len(rows) > MANY
    companies = [] if many else rows
    leading = [] if wanted.company or not values["words"] else [await _RAREST.value(words=values["words"])]
    theirs = [of_company(row["id"]) for row in companies if row["theirs"]]
    sent = [of_company(row["id"], hand) for row in companies if not row["theirs"] for hand in values["hands"]]
    return [*leading, *theirs, *sent], many
