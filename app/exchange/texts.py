"""Texts of 1C as the site keeps them: ordinary spaces, and no markup. A description may come as a page of HTML."""

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own

MOST = 200_000  # signs of a description that are looked at


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_LINES = _tags(
    "address article blockquote br dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre "
    "section table tr ul"
)
_CELLS, _UNSEEN = _tags("td th"), _tags("script style template title")
_OTHERS = _tags(
    "a abbr b big body caption center code col colgroup em embed font head html i iframe img input ins del label link "
    "meta noscript object param picture s small source span strike strong sub sup tbody tfoot thead u video wbr"
)
_KNOWN = _LINES | _CELLS | _UNSEEN | _OTHERS
_MARKED = re.compile(r"<!--|</?[a-z][^<>]*>|&#?\w{1,30};", re.IGNORECASE)
_MAKES_LINES = re.compile(rf"</?(?:{'|'.join(sorted(_LINES))})\b", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY = re.compile(r"\n{3,}")
_NOBODY_SEES = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def one_line(text: str) -> str:
    """A name or a value: on one line, with single ordinary spaces."""
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(text.translate(_NOBODY_SEES).split())  # of thousands one is not


def paragraphs(text: str) -> str:
    """A description: of HTML its text, with a line for each paragraph, row and item of a list."""
    text = text[:MOST]
    if _MARKED.search(text):
        text = _text_of(text)
    lines = (_SPACES.sub(" ", line).strip() for line in text.translate(_NOBODY_SEES).splitlines())
    return _EMPTY.sub("\n\n", "\n".join(lines)).strip()


def _text_of(page: str) -> str:
    """The text of HTML however broken: nothing is loaded, and what takes long is cut off by the parser itself."""
    parser = etree.HTMLParser(target=_Page(has_lines=bool(_MAKES_LINES.search(page))), no_network=True)
    parser.feed(page)
    return str(parser.close())


class _Page:
    """What the parser tells of a page. What only looks like a tag («<b-15 и d>3») is text."""

    def __init__(self, *, has_lines: bool) -> None:
        self.has_lines = has_lines  # else lines are where the text itself breaks them
        self.pieces: list[str] = []
        self.unseen = 0
        self.written = False  # whether something stands on the line

    def start(self, tag: str, attributes: Any) -> None:
        """An element begins."""
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag not in _KNOWN:
            self.data(f"<{' '.join([tag, *attributes])}>")
        else:
            self._part(tag)
            self.pieces += ["— "] if tag == "li" else []

    def end(self, tag: str) -> None:
        """An element ends."""
        self.unseen -= tag in _UNSEEN
        if tag != "br":
            self._part(tag)

    def data(self, text: str) -> None:
        """Text, in pieces of any size."""
        if not self.unseen:
            self.pieces.append(" ".join(re.split(r"\s+", text)) if self.has_lines else text)
            self.written = self.written or not text.isspace()

    def close(self) -> str:
        """The whole text."""
        return "".join(self.pieces)

    def _part(self, tag: str) -> None:
        """Ends the line that is being written; an empty one is left by a second `br` alone."""
        if tag in _LINES and (self.written or tag == "br"):
            self.pieces.append("\n")
            self.written = False
        elif tag in _CELLS and self.written:
            self.pieces.append(" ")
