"""How the catalogue is searched: by an article in any writing, and by words of article, name and brand."""

from app.catalogue.filters import Filters
from app.catalogue.models import article_key

# Every word is in the casefolded text of the product, or its letters and digits are in the key of the article;
# or the whole search is a piece of an article, however it is spaced. No word is a pattern: % and _ mean themselves.
_EVERY_WORD = {
    "sqlite": """NOT EXISTS (SELECT 1 FROM json_each(:words) w JOIN json_each(:word_keys) n ON n.key = w.key
                 WHERE instr(p.search, w.value) = 0 AND (n.value = '' OR instr(p.article_key, n.value) = 0))""",
    "postgres": """NOT EXISTS (SELECT 1 FROM unnest(:words::text[], :word_keys::text[]) AS w (word, key)
                   WHERE strpos(p.search, w.word) = 0 AND (w.key = '' OR strpos(p.article_key, w.key) = 0))""",
}
_MATCHES = " AND ({every_word} OR (:whole <> '' AND p.article_key LIKE '%' || :whole || '%'))"
MATCHES = {dialect: _MATCHES.format(every_word=text) for dialect, text in _EVERY_WORD.items()}

# A key has letters and digits only, so that LIKE finds nothing else in it.
BEST_FIRST = "CASE WHEN p.article_key = :key THEN 0 WHEN p.article_key LIKE :key || '%' THEN 1 ELSE 2 END"


def sought(filters: Filters) -> dict[str, object]:
    """The values that MATCHES and BEST_FIRST are about."""
    words = filters.q.casefold().split()
    return {
        "words": words,
        "word_keys": [_piece(word) for word in words],
        "whole": _piece(filters.q),
        "key": article_key(filters.q),
    }


def _piece(text: str) -> str:
    """A text as a piece of an article. Without a digit it is none: «со» is not what makes KCO-12 a find."""
    return article_key(text) if any(letter.isdigit() for letter in text) else ""
