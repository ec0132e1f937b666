"""How texts about products are read: which tokens a product is found by, and which ones a search asks for.

A token is a word, a number, a number with its unit (`2.8мм`), or, after `_`, an article from some letter of it on
(`_2143g2i`), so that any part of an article is the beginning of a token. Letters are small, Cyrillic ones with the
shape of Latin ones are those (nobody sees which they are), and each token ends with a space: a search with the space
asks for the whole token, without it for what begins so.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer import stemmer  # type: ignore[import-untyped]  # it has no types

from app.catalogue.models import LOOKALIKES, article_key

LONGEST_WORD = 40
MOST_WORDS = 8  # of a search; what stands behind them is not looked for
_RUSSIAN = stemmer("russian")
_MULTIPLIED = r"\d+(?:[.,]\d+)?(?:[xх×*]\d+(?:[.,]\d+)?)+(?![^\W_])"  # 5,5×2,1 and 4х2х0.5
_DECIMAL = r"\d+[.,]\d+[^\W\d_]*(?!\d)"  # 2,8 and 2.8мм
_TIMES, _ALL_MULTIPLIED, _DIGITS = re.compile("[xх×*]"), re.compile(_MULTIPLIED), frozenset("0123456789")
_RUN = re.compile(rf"[^\W\d_][^\W_]*|{_MULTIPLIED}|{_DECIMAL}|[^\W_]+")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)([^\W\d_]*)")
_CYRILLIC = re.compile("[а-я]")
_LATIN = re.compile("[a-z]")
_TO_CYRILLIC = str.maketrans({latin: chr(cyrillic) for cyrillic, latin in LOOKALIKES.items()})
_FLEETING = re.compile(r"[^аеиоуыэюя][оеё][кц]$")  # замок, замки; кнопок, кнопка
_COMPOUND = re.compile(r"^(?:видео|аудио|радио|электро|термо|мото|фото)(?=[^\W\d_]{4})")  # видеокамера is a камера
_UNITS = {
    **dict.fromkeys(("мп", "mp", "mpx", "мпикс"), "мп"),
    **dict.fromkeys(("мм", "mm"), "мм"),
    **dict.fromkeys(("см", "cm"), "см"),
    **dict.fromkeys(("м", "m"), "м"),
    **dict.fromkeys(("в", "v"), "в"),
    **dict.fromkeys(("а", "a"), "а"),
    **dict.fromkeys(("ач", "ah"), "ач"),
    **dict.fromkeys(("вт", "w"), "вт"),
    **dict.fromkeys(("гб", "gb"), "гб"),
    **dict.fromkeys(("тб", "tb"), "тб"),
    **dict.fromkeys(("кг", "kg"), "кг"),
    **dict.fromkeys(("дб", "db"), "дб"),
}
_PREPOSITIONS = frozenset(re.split(" ", "в во на для с со и к ко по от до из у о об под над за при или"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search asks for: each of `groups` is what one of its words may be, as beginnings of tokens.

    `whole` is all of it as a piece of an article, empty without a digit; `keys` are the articles that it may name.
    """

    groups: tuple[tuple[str, ...], ...]
    whole: str
    key: str
    keys: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing can be looked for."""
        return not self.groups


def plain(text: str) -> str:
    """A text in small letters, each written in one way alone."""
    return unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")


def fold(word: str) -> str:
    """A word as a token: letters of one shape are one letter."""
    return word[:LONGEST_WORD].translate(LOOKALIKES)


def runs(text: str) -> list[str]:
    """The words and numbers of a text, in order; `5,5×2,1` is two numbers."""
    found: list[str] = []
    for run in _RUN.findall(plain(text)):
        found += _TIMES.split(run) if run[0] in _DIGITS and _ALL_MULTIPLIED.fullmatch(run) else [run]
    return found


def words(text: str) -> set[str]:
    """The words of a text that may be mistyped: letters alone, not folded."""
    found = {run for run in runs(text) if run.isalpha() and 4 <= len(run) <= LONGEST_WORD}
    return found | {_COMPOUND.sub("", word) for word in found}


def tokens(article: str, *texts: str) -> set[str]:
    """Everything that a product is found by: its article, and words of the texts about it."""
    found = {token for text in (article, *texts) for token in _tokens_in(text)}
    key = article_key(article)
    whole = {f"{fold(key)} "} if key else set()
    return found | whole | {f"_{key[at:]} " for at in range(len(key) - 1)}


def asked(text: str) -> Asked:
    """What a text asks for when it is typed into a search."""
    groups = list(dict.fromkeys(_groups(runs(text))))[:MOST_WORDS]
    key = article_key(plain(text))
    codes = (article_key(chunk) for chunk in plain(text).split() if _is_code(chunk))
    keys = tuple(dict.fromkeys(one for one in (key, *codes) if one == key or len(one) > 3))
    return Asked(tuple(groups), key if _is_code(key) and len(key) > 1 else "", key, keys)


def stem(word: str) -> str:
    """The part of a word that its endings leave alone; a short word stays whole. Latin look-alikes are mended."""
    if _CYRILLIC.search(word):
        word = word.translate(_TO_CYRILLIC) if _LATIN.search(word) else word
        short: str = _RUSSIAN.stemWord(word)
        return short if len(short) > 2 else word
    return word


def forms(word: str) -> tuple[str, ...]:
    """The beginnings of the forms of a word, folded: «замки» and «замок» have one in common."""
    short = stem(word)
    return tuple(dict.fromkeys(fold(one) for one in (short, *_without_vowel(short))))


@lru_cache(2000)  # of one product after the other a few brands are read
def _tokens_in(text: str) -> tuple[str, ...]:
    found = runs(text)
    pairs = zip(found, (*found, "")[1:], strict=True)
    written = [token for run, unit in pairs for token in _tokens_of(run, unit if unit in _UNITS else "")]
    joined = [f"{fold(article_key(chunk))} " for chunk in plain(text).split() if _is_code(chunk) and "-" in chunk]
    return tuple(written + joined)


@lru_cache(50_000)  # the words of a catalogue are few
def _tokens_of(run: str, unit: str) -> tuple[str, ...]:
    number = _NUMBER.fullmatch(run)
    if number is None:
        second = _COMPOUND.sub("", run)
        return tuple(f"{fold(one)} " for one in (run, *_without_vowel(run), *([second] if second != run else [])))
    value, unit = _value(number[1]), number[2] or unit
    return (f"{value} ", f"{fold(value + _UNITS.get(unit, unit))} ") if unit else (f"{value} ",)


def _groups(found: list[str]) -> Iterator[tuple[str, ...]]:
    rest = iter(range(len(found)))
    telling = [run for run in found if run not in _PREPOSITIONS]
    for at in rest:
        run, number = found[at], _NUMBER.fullmatch(found[at])
        if number and _is_measure(found, at):
            yield (f"{fold(_value(number[1]) + _UNITS[found[at + 1]])} ",)
            next(rest)
        elif number:
            yield _of_number(run, _value(number[1]), number[2])
        elif _is_code(run):
            yield fold(run), f"_{article_key(run)}"
        elif run not in _PREPOSITIONS or not telling:
            yield forms(run)


def _of_number(run: str, value: str, unit: str) -> tuple[str, ...]:
    """A number alone is meant whole, or it is a piece of an article; letters at it are its unit, or may be."""
    piece = (f"_{article_key(run)}",) if len(run) > 1 and not re.search("[.,]", run) else ()
    if not unit:
        return (f"{value} ", *piece)
    known = _UNITS.get(unit)
    return (fold(value + known) + " " if known else fold(value + unit), fold(run), *piece)


def _is_measure(found: list[str], at: int) -> bool:
    """Whether a number and the next word are one: «12 В» is, at the end or before a number; «4 в корпусе» is not."""
    if not (at + 1 < len(found) and found[at + 1] in _UNITS and not _NUMBER.fullmatch(found[at])[2]):  # type: ignore[index]  # it is a number
        return False
    following = found[at + 2] if at + 2 < len(found) else ""
    return len(found[at + 1]) > 1 or not following or following[0].isdigit()


def _value(number: str) -> str:
    """A number with a point, without the zeros at its end: «2,80» is 2.8."""
    number = number.replace(",", ".")[:LONGEST_WORD]
    return (number.rstrip("0").rstrip(".") if "." in number else number) or "0"


def _without_vowel(word: str) -> tuple[str, ...]:
    return (word[:-2] + word[-1],) if len(word) > 3 and _FLEETING.search(word) else ()


def _is_code(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
