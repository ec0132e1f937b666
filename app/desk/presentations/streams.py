"""The statements that give the ids of versions for the desk's list of presentations.

One walks all versions from the newest on, or from the oldest. Where an index leads to a few that can be meant (those in
force, drafts, all of a manager who has few) these are sorted instead. A search, and the versions of a company, are
streams of presentation_word: each stream is walked as far as a page, and no further.
"""

from dataclasses import dataclass
from functools import cache

from app.database import Sql
from app.desk.presentations.states import IN_FORCE, IN_STATE, STATE
from app.desk.scopes import SEEN_DRAFTS, SENT

OF_PARTNERS = """
    FROM assignment g JOIN presentation y ON y.company_id = g.company_id
    JOIN presentation_version x ON x.presentation_id = y.id WHERE g.manager_id IN :hands"""
_FEW = f"""v.id IN (
    SELECT x.id FROM presentation_version x WHERE x.author_id IN :hands UNION SELECT x.id {OF_PARTNERS})"""  # noqa: S608
# Where an index leads to the few versions that can be in a state; those of other states are met in any page's walk.
_DRAFT = "v.sent_at IS NULL"
_CANDIDATES = {
    "draft": _DRAFT,
    "scheduled": f"v.send_at IS NOT NULL AND {_DRAFT}",
    "withdrawn": "v.withdrawn_at IS NOT NULL",
    **dict.fromkeys(("sent", "opened", "in_cart", "expiring"), IN_FORCE),
}
HOLDING = frozenset(state for state, which in _CANDIDATES.items() if which == IN_FORCE)
# (Nothing but its id is known of a number: an OR keeps PostgreSQL from joining all that fits one half of it.)
_FITS = """
    (n.number = :number OR v.id IN :titled
     OR EXISTS (SELECT 1 FROM company c WHERE c.id = n.company_id AND c.search LIKE :name ESCAPE '\\')
     OR (:worded AND NOT EXISTS (SELECT 1 FROM {words} WHERE NOT EXISTS (
         SELECT 1 FROM presentation_word z WHERE z.word = w.value AND z.version_id = v.id))))"""
_EACH = {"sqlite": "json_each(:{}) {}", "postgres": "unnest(CAST(:{} AS text[])) AS {} (value)"}
_JOINED = """
    JOIN presentation n ON n.id = v.presentation_id LEFT JOIN assignment s ON s.company_id = n.company_id"""
_OF_EACH = f"""
    SELECT y.version_id AS id FROM presentation_word y CROSS JOIN presentation_version v {_JOINED}
    WHERE y.word = t.value AND v.id = y.version_id AND {{which}} ORDER BY {{order}} LIMIT :limit"""  # noqa: S608 - constant text
_STREAMS = {
    "sqlite": "SELECT x.id FROM {streams} CROSS JOIN presentation_version x WHERE x.id IN ({each})",
    "postgres": "SELECT x.id FROM {streams} CROSS JOIN LATERAL ({each}) x",
}
_AFTER = {
    "new": "{} < :key",
    "old": "{} > :key",
    "until": "(v.valid_until > :day OR (v.valid_until = :day AND {} < :key))",
}
_ORDER = {"new": "{} DESC", "old": "{}", "until": "v.valid_until, {} DESC"}


@dataclass(frozen=True, slots=True)
class Shape:
    """What makes another statement.

    `named`: something is searched for; `company`: those of one; `few`: of a manager who has few; `many` companies have
    the name; `deep`: after a version; `past`: only what has expired. By `until` only what is in force is given.
    """

    state: str = ""
    sort: str = "new"
    named: bool = False
    company: bool = False
    few: bool = False
    many: bool = False
    deep: bool = False
    past: bool = False

    @property
    def streams(self) -> bool:
        """Whether streams lead to what is asked for, as nothing else does."""
        few = self.few or self.state in _CANDIDATES or self.sort == "until"
        return (self.named or self.company) and not few


@cache
def statement(shape: Shape) -> Sql:
    """The statement of a shape: rows of `id`, sorted as the list is."""
    texts = {dialect: _text(shape, dialect) for dialect in ("sqlite", "postgres")}
    return Sql(texts["sqlite"], postgres=texts["postgres"])


def _text(shape: Shape, dialect: str) -> str:
    if not shape.streams:
        return _walk(shape, dialect)
    which = " AND ".join([*_conditions(shape, dialect, "y.version_id"), SENT])
    order = _ORDER[shape.sort].format("y.version_id")
    each = _OF_EACH.format(which=which, order=order)
    parts = [_STREAMS[dialect].format(streams=_EACH[dialect].format("streams", "t"), each=each)]
    if not shape.state:
        parts.append(_some(shape, dialect, _DRAFT))
    if shape.named and not shape.company:
        parts.append(_some(shape, dialect, "n.number = :number"))
    if shape.many:
        parts.append(f"SELECT v.id FROM ({_walk(shape, dialect)}) v")  # noqa: S608 - constant text
    return f"SELECT v.id FROM ({' UNION '.join(parts)}) v ORDER BY {_ORDER[shape.sort].format('v.id')} LIMIT :limit"  # noqa: S608


def _walk(shape: Shape, dialect: str) -> str:
    """Versions along an index, or a few of them sorted.

    (A plus keeps both databases from walking in the order of ids where the few are to be sorted instead.)
    """
    candidates = [_CANDIDATES[shape.state]] if shape.state in _CANDIDATES else []
    candidates += [_FEW] if shape.few else []
    candidates += [IN_FORCE] if shape.sort == "until" and not candidates else []
    key = "+v.id" if candidates else "v.id"
    which = [*candidates, f"{key} > 0", *_conditions(shape, dialect, key), _theirs()]
    if shape.sort == "until" and IN_FORCE not in which:
        which.append(IN_FORCE)
    return f"""
        SELECT v.id FROM presentation_version v {_JOINED} WHERE {" AND ".join(which)}
        ORDER BY {_ORDER[shape.sort].format(key)} LIMIT :limit"""  # noqa: S608 - constant text


def _some(shape: Shape, dialect: str, what: str) -> str:
    """Those of a few that fit."""
    which = " AND ".join([what, "+v.id > 0", *_conditions(shape, dialect, "+v.id"), _theirs()])
    return f"SELECT v.id FROM presentation_version v {_JOINED} WHERE {which}"  # noqa: S608 - constant text


def _conditions(shape: Shape, dialect: str, key: str) -> list[str]:
    """What a version `v` of a presentation `n` is asked for, but for whose it is."""
    found = []
    if shape.deep:
        found.append(_AFTER[shape.sort].format(key))
    if shape.past:
        found.append("v.valid_until < :today")
    if shape.state:
        found.append(IN_STATE.get(shape.state) or f"{STATE} = :state")
    if shape.company:
        found.append("n.company_id = :company")
    if shape.named:
        found.append(_FITS.format(words=_EACH[dialect].format("words", "w")))
    return found


def _theirs() -> str:
    return f"((v.sent_at IS NOT NULL AND {SENT}) OR (v.sent_at IS NULL AND {SEEN_DRAFTS}))"
