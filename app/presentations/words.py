"""What sent presentations are found by on the desk: the words of their titles, and their companies.

An inverted index, as app.orders.words keeps of orders: each word stands there by its beginnings. A company stands there
as @id, and once more with who sent it. All of this is frozen with the version, and is written in the transaction that
sends it. Drafts change with every letter; there are few of them, and their titles are looked at as they are.
"""

from app.database import Sql
from app.orders.words import SHORTEST, words

CHUNK = 500  # versions that are written at once
_ADD = Sql(
    """
    INSERT INTO presentation_word (word, version_id)
    SELECT json_extract(p.value, '$[0]'), json_extract(p.value, '$[1]') FROM json_each(:pairs) p WHERE 1 = 1
    ON CONFLICT DO NOTHING
    """,
    postgres="""
    INSERT INTO presentation_word (word, version_id)
    SELECT * FROM unnest(CAST(:words AS text[]), CAST(:versions AS int[]))
    ON CONFLICT DO NOTHING
    """,
)
_SENT = """
    SELECT v.id, v.title, v.author_id, n.company_id
    FROM presentation_version v JOIN presentation n ON n.id = v.presentation_id
    WHERE v.sent_at IS NOT NULL AND {which}
"""
_ONE = Sql(_SENT.format(which="v.id = :version"))
_NEXT = Sql(_SENT.format(which="v.id > :after ORDER BY v.id LIMIT :limit"))


def of_company(company_id: int, author_id: int = 0) -> str:
    """What stands for a company, or for what somebody sent to it."""
    return f"@{company_id}/{author_id}" if author_id else f"@{company_id}"


async def index(version_id: int) -> None:
    """Makes a version found that was sent just now, in the current transaction."""
    await _write(await _ONE.all(version=version_id))


async def index_all() -> None:
    """Makes all versions found that were sent: for data that was written in another way."""
    after = 0
    while rows := await _NEXT.all(after=after, limit=CHUNK):
        await _write(rows)
        after = rows[-1]["id"]


async def _write(rows: list[dict[str, int | str]]) -> None:
    pairs = sorted({(word, int(row["id"])) for row in rows for word in _found_by(row)})
    await _ADD.run(pairs=pairs, words=[word for word, _ in pairs], versions=[version for _, version in pairs])


def _found_by(row: dict[str, int | str]) -> set[str]:
    company, author = int(row["company_id"]), int(row["author_id"])
    title = {w[:end] for w in words(str(row["title"])) for end in range(min(SHORTEST, len(w)), len(w) + 1)}
    return {*title, of_company(company), of_company(company, author)}
