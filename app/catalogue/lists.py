"""Lists of products as people write them: a letter's «DS-2CD2043G2-I – 4 шт», a spreadsheet's columns, a messenger's.

A list is read row by row in linear time; which products the rows mean is found by app.catalogue.matches.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from app.catalogue.counts import NUMBER, UNIT, WITH_UNIT, as_written, counted_in, written

MOST_ROWS = 2000
LONGEST_ROW = 300  # characters of a row that are kept
_MOST_WORDS = 8  # words of a row that are looked up by themselves
_LONGEST_ENDING = 40  # characters in which a quantity stands at the end of a row

_MARKS = "\\-–—−:;,=|→"
_ENDS = (  # of a row: a number with spaces between its thousands goes before its last three digits alone
    re.compile(rf"(?P<number>[0-9]{{1,3}}(?:[ \u00a0][0-9]{{3}})+)[ ]*(?P<unit>{UNIT})?$", re.IGNORECASE),
    re.compile(rf"(?P<number>[0-9]{{1,12}}(?:[.,][0-9]{{1,6}})?)[ ]*(?P<unit>{UNIT})?$", re.IGNORECASE),
)
_BEFORE = re.compile(rf"(?:[\s(\[:;,=|→–—−]|(?:^|\s)-|[×*]|(?:^|[\s{_MARKS}])[xх]|кол-?во)\s*$", re.IGNORECASE)
_REST = re.compile(rf"(?:[\s{_MARKS}(\[×*]|(?:^|(?<=[\s{_MARKS}]))(?:[xх]|кол-?во))+$", re.IGNORECASE)
_AT_START = re.compile(
    rf"^(?P<number>{NUMBER})\s*(?:(?P<unit>{UNIT})\.?(?=[\s{_MARKS}])|[xх×*](?=\s))[\s{_MARKS}]*", re.IGNORECASE
)
_ARTICLE = re.compile(r"артикул|арт\.?$|код|парт-?номер|модель|article|sku|part ?(no|number)|p/n")
_QUANTITY = re.compile(r"кол(-во|ичество|\.|$)|к-во|q-?ty|quantity|шт\.?$|заказ$")
_CUT = re.compile(rf"[0-9]\s?(?:{UNIT})\.?\s?(?P<cut>[,;])\s", re.IGNORECASE)  # behind one of several products
_LIKE_ARTICLE = re.compile(r"(?<!\S)(?![0-9.,]+[^\W\d_]{1,4}[.,;]?(?!\S))(?=\S*[0-9])(?=\S*[^\W\d_])[^\s]{4,}")
_BULLET = re.compile(r"^[\s•·▪▫◦‣●○■□*✓✔☑►▶>–—-]+(?=\S)")
_NUMBERING = re.compile(r"^(?:(?:№\s*)?[0-9]{1,4}[.)]\s+|[0-9]{1,3}\)(?=\S))")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list. `guesses` are the texts that may name the product, the likeliest first, each with the quantity

    that is meant then, as it was written; an empty one was not written. `line` is where other numbers are looked for
    (app.catalogue.counts); a spreadsheet's row has none.
    """

    text: str
    guesses: tuple[tuple[str, str], ...]
    line: str = ""

    @property
    def sought(self) -> str:
        """What to look for when no guess is a product."""
        return self.guesses[0][0]

    @property
    def quantity(self) -> str:
        """The likeliest quantity."""
        return self.guesses[0][1]


def parse(text: str) -> list[Row]:
    """The rows of a pasted text; a row without a letter or digit is none (a rule, an empty line)."""
    rows: list[Row] = []
    columns: tuple[int, int] | None = None
    for line in text.splitlines():
        plain = _clean(line)[:LONGEST_ROW]
        heading = _columns(plain)
        columns = heading or columns
        read = (_row(part, columns) for part in ([] if heading else _parts(plain)))
        rows += [row for row in read if row]
    return rows


def _parts(plain: str) -> list[str]:
    """The products of a row that names several: «… – 4 шт, … – 1 шт»."""
    ends = [cut.start("cut") for cut in _CUT.finditer(plain) if _LIKE_ARTICLE.search(plain, cut.end())]
    if not ends or "\t" in plain:
        return [plain]
    return [plain[start:end].strip(" ,;") for start, end in pairwise([0, *ends, len(plain)])]


def _columns(plain: str) -> tuple[int, int] | None:
    """The columns of article and quantity, when a row of a spreadsheet is its heading."""
    names = [cell.strip().casefold() for cell in plain.split("\t")]
    if len(names) < 2:
        return None
    article = next((place for place, name in enumerate(names) if _ARTICLE.match(name)), None)
    quantity = next((place for place, name in enumerate(names) if _QUANTITY.match(name)), None)
    return (article, quantity) if article is not None and quantity is not None else None


def _row(plain: str, columns: tuple[int, int] | None) -> Row | None:
    if not any(letter.isalnum() for letter in plain):
        return None
    cells = [cell.strip() for cell in plain.split("\t")]
    if len(cells) == 1 and plain.count(";") > 1:
        cells = [cell.strip() for cell in plain.split(";")]
    named = [(cells[columns[0]], as_written(cells[columns[1]]))] if columns and max(columns) < len(cells) else []
    cells = [cell for cell in (_bare(cells[0]), *cells[1:]) if cell]
    single = len(cells) == 1
    guesses = named + (_of_line(plain.strip()) if single else _of_cells(cells))
    shown = " ".join(plain.split())
    texts = tuple(dict.fromkeys(one for one in guesses if one[0])) or ((shown, ""),)
    return Row(shown, texts, _bare(plain.strip()) if single and not named else "")


def _clean(line: str) -> str:
    """Without what is not seen: control signs but the tab, marks of direction, joiners. Spaces of all kinds are one."""
    shown = []
    for letter in line[: 2 * LONGEST_ROW]:
        kind = unicodedata.category(letter)
        if letter == "\t" or kind[0] not in "CZ":
            shown.append(letter)
        elif kind == "Zs" or (kind == "Cc" and letter.isspace()):
            shown.append(" ")
    return "".join(shown)


def _of_cells(cells: list[str]) -> list[tuple[str, str]]:
    """A row of a spreadsheet: a cell may be the article, a number the quantity; a number at first counts the rows."""
    counted = cells[0].rstrip(".)").isdecimal() and len(cells) > 2
    numbers = [place for place, cell in enumerate(cells) if WITH_UNIT.fullmatch(cell) and not (counted and place == 0)]
    named = [place for place in range(len(cells)) if place not in numbers and not (counted and place == 0)]
    with_unit = [place for place in numbers if not cells[place][-1].isdecimal()]
    # The quantity stands right of what is counted, and of several numbers it is the one with a unit.
    after = [place for place in with_unit or numbers if named and place > named[0]] or with_unit or numbers
    right = bool(named and after and after[0] > named[0])
    quantity = counted_in([cells[place] for place in after], right=right, unit=bool(with_unit))
    guesses = [(cells[place], quantity) for place in named]
    if not named:  # an article of digits only
        guesses = [(cells[0], as_written(cells[-1]))]
    elif not after:
        guesses = [*guesses, *(guess for place in named for guess in _of_line(cells[place]))]
    guesses += [(cells[place], quantity) for place in numbers if cells[place].isdecimal() and place not in after[:1]]
    words = [word for place in named for word in _words(cells[place])]
    return guesses + [(word, quantity) for word in words]


def _of_line(line: str) -> list[tuple[str, str]]:
    """A row of a letter or a messenger."""
    bare = _bare(line) or line
    guesses: list[tuple[str, str]] = []
    ending, start = _ending(bare), _AT_START.match(bare)
    if ending:
        guesses.append(ending)
    if start:
        guesses.insert(0 if start["unit"] else len(guesses), (_trimmed(bare[start.end() :]), written(start)))
    guesses.append((_trimmed(bare), ""))
    best, quantity = guesses[0]
    return guesses + [(word, quantity) for word in _words(best)]


def _bare(text: str) -> str:
    """A row without its bullet and number."""
    return _NUMBERING.sub("", _BULLET.sub("", text)).strip()


def _ending(line: str) -> tuple[str, str] | None:
    """What stands before a quantity at the end of a row, and the quantity."""
    line = line.rstrip(" .;,)]")
    head, line = line[:-_LONGEST_ENDING], line[-_LONGEST_ENDING:]
    for end in _ENDS:
        found = end.search(line)
        if not found:
            continue
        before = line[: found.start()]
        apart = found["unit"] and before[-1:].isdecimal() is False
        if before.strip() and (apart or _BEFORE.search(before[-12:])):
            return _trimmed(_REST.sub("", head + before)), written(found)
    return None


def _words(text: str) -> list[str]:
    """The words that may be articles by themselves: they have a digit and three signs."""
    words = (_trimmed(word) for word in text.split())
    return [word for word in words if len(word) >= 3 and any(sign.isdigit() for sign in word)][:_MOST_WORDS]


def _trimmed(text: str) -> str:
    return text.strip(" \t.,;:=|→–—-(«\"'[").rstrip(" )»]")
