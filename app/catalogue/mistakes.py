"""Searches with typing mistakes: one or two letters too many, too few, other ones, or two that changed places.

Only what by itself finds nothing is mended: a word to the nearest words that products have, an article to the nearest
articles. With up to three mistakes at most one piece of four stays whole, so articles are compared that share two.
"""

from rapidfuzz.distance import OSA

from app.catalogue.models import article_key
from app.catalogue.spelling import MOST_WORDS, Asked, asked, forms, plain
from app.database import Sql

SHORTEST = 4  # letters of what is mended
LONG = 7  # from here on two mistakes are looked for
MOST_NEAR = 12  # words or articles that may be meant
MOST_COMPARED = 3000
_TOP = "\U0010ffff"
_LONGER = 8  # letters that may still be typed

_KNOWN = Sql("SELECT 1 AS known FROM product_token WHERE token >= :least AND token < :most ORDER BY token LIMIT 1")
_WORDS = Sql("SELECT word FROM search_word WHERE length >= :least AND length <= :most ORDER BY word")
_PIECE = "SELECT {n} AS n, product_id FROM product_token WHERE token >= :piece{n} AND token < :piece{n}_top"
_SHARING = """
    SELECT DISTINCT e.article_key AS key FROM (
        SELECT t.product_id FROM ({pieces}) t GROUP BY t.product_id HAVING COUNT(DISTINCT t.n) >= :shared) x
    JOIN product_entry e ON e.product_id = x.product_id
    WHERE length(e.article_key) >= :shortest AND length(e.article_key) <= :longest
    ORDER BY e.article_key LIMIT :limit
"""
_ARTICLES = {
    count: Sql(_SHARING.format(pieces=" UNION ALL ".join(_PIECE.format(n=n) for n in range(count)))) for count in (2, 4)
}


async def mended(text: str) -> Asked | None:
    """What a text may have meant; None when there is nothing like it."""
    groups: list[tuple[str, ...]] = []
    whole = await _like_article(article_key(plain(text)))
    if whole:
        return Asked((whole,), "", "", ())
    for chunk in plain(text).split()[:MOST_WORDS]:
        near = await _of_chunk(chunk)
        if near is None:
            return None
        groups += near
    return Asked(tuple(dict.fromkeys(groups))[:MOST_WORDS], "", "", ()) if groups else None


async def _of_chunk(chunk: str) -> list[tuple[str, ...]] | None:
    """The groups of what stands between two spaces; None when nothing is like it."""
    wanted = asked(chunk).groups
    missing = [group for group in wanted if not await _is_known(group)]
    if not missing:
        return list(wanted)
    if any(letter.isdigit() for letter in chunk):
        near = await _like_article(article_key(chunk))
        return [near] if near else None
    found: list[tuple[str, ...]] = []
    for word in (part for part in chunk.replace("-", " ").split() if any(letter.isalnum() for letter in part)):
        (group, *_) = asked(word).groups or [()]
        near = group if group and group not in missing else await _like_word(word.strip(".,;:!?()«»\"'"))
        if not near:
            return None
        found.append(near)
    return found


async def _is_known(group: tuple[str, ...]) -> bool:
    for token in group:
        if await _KNOWN.value(least=token, most=token + _TOP):
            return True
    return False


async def _like_word(word: str) -> tuple[str, ...]:
    """The beginnings of the words that are nearest to a mistyped one, or to the beginning of one."""
    if len(word) < SHORTEST:
        return ()
    rows = await _WORDS.all(least=len(word) - 2, most=len(word) + _LONGER)
    near = _nearest(word, [row["word"] for row in rows])
    return tuple(dict.fromkeys(form for one in near for form in forms(one)))


async def _like_article(key: str) -> tuple[str, ...]:
    """The articles nearest to a mistyped one, as whole tokens."""
    if len(key) <= SHORTEST or not any(letter.isdigit() for letter in key):
        return ()
    count, shared = (4, 2) if len(key) > LONG else (2, 1)
    edges = [len(key) * at // count for at in range(count + 1)]
    pieces = {f"piece{at}": f"_{key[edges[at] : edges[at + 1]]}" for at in range(count)}
    tops = {f"{name}_top": piece + _TOP for name, piece in pieces.items()}
    size = {"shortest": len(key) - 2, "longest": len(key) + _LONGER}
    rows = await _ARTICLES[count].all(**pieces, **tops, **size, shared=shared, limit=MOST_COMPARED)
    return tuple(f"_{one} " for one in _nearest(key, [row["key"] for row in rows]))


def _nearest(typed: str, others: list[str]) -> list[str]:
    """Those at the smallest number of mistakes, as far as that is one, or two in a long text."""
    most = 2 if len(typed) >= LONG else 1
    found: dict[int, list[str]] = {}
    for other in others:
        mistakes = OSA.distance(typed, other, score_cutoff=most)
        if len(other) > len(typed):
            mistakes = min(mistakes, OSA.distance(typed, other[: len(typed)], score_cutoff=most))
        if mistakes <= most:
            found.setdefault(mistakes, []).append(other)
    return sorted(found[min(found)], key=lambda one: (abs(len(one) - len(typed)), one))[:MOST_NEAR] if found else []
