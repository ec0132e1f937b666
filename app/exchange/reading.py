"""Reading CommerceML: a file of any size piece by piece, from 2.03 to 3.1, in whatever encoding it really is.

Only local names count: each version has a namespace of its own, and some programs none. Nothing is loaded, no entity is
defined: a DOCTYPE without entities does no harm and stands in real files, one with entities is refused before the
parser sees it. Without `huge_tree` the parser itself refuses what is too deep.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own

from app.exchange import items
from app.exchange.telling import Refusal
from app.i18n import N_

ROOT = "КоммерческаяИнформация"
HEAD = 64 * 1024  # bytes in which the first element must begin
PIECE = 64 * 1024
HEAVIEST = 2 * 1024 * 1024  # bytes of one product or document
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CANDIDATES = ("utf-8", "windows-1251", "utf-16-le", "utf-16-be")
_DECLARED = re.compile(r"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,20})["']""")
_FIRST = re.compile(r"<(?:[\w.-]+:)?(\w+)[\s>/]")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ASIDE = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)

_CUT_OFF = (etree.ErrorTypes.ERR_TAG_NOT_FINISHED, etree.ErrorTypes.ERR_CDATA_NOT_FINISHED)
_NAMES = {"utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}  # as the parser calls them

Made = items.Item | None
_MAKERS: dict[str, Callable[[Any], Made]] = {
    "Каталог": items.package,
    **dict.fromkeys(items.PACKAGES, items.package),
    "Группа": items.group,
    "Свойство": items.prop,
    "СвойствоНоменклатуры": items.prop,  # 2.03
    "Справочник": items.value,
    "ТипЦены": items.price_kind,
    "Склад": items.place,
    "ЕдиницаИзмерения": items.unit,
    "Товар": items.good,
    "Предложение": items.offer,
    "Контейнер": items.container,
    "Документ": items.document,
}
_AT_START = ("Каталог", *items.PACKAGES, "Контейнер")


class Reader:
    """The products, offers, documents and other things of a file, one after the other; `percent` is how far it is.

    :raises Refusal: while it is gone through: the file is no CommerceML, broken, or too much; with its line.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size
        self.read = 0

    @property
    def percent(self) -> int:
        """How much was read."""
        return min(99, self.read * 100 // max(self.size, 1))

    def __iter__(self) -> Iterator[items.Item]:
        with self.path.open("rb") as file:
            encoding, skipped = _encoding(file.read(HEAD), self.path.name)
            file.seek(skipped)
            parser, weight, last = _parser(encoding), 0, False
            while piece := file.read(PIECE):
                self.read += len(piece)
                weight += len(piece)
                last = self.read >= self.size and not piece.rstrip(b"\x00 \r\n\t").endswith(b">")
                _feed(parser, piece, cut=last)
                for item, cleared in _made(parser):
                    weight = 0 if cleared else weight
                    if item is not None:
                        yield item
                if weight > HEAVIEST:
                    raise Refusal(N_("One element of the file is larger than %(most)s MB"), most=HEAVIEST >> 20)
            _close(parser, cut=last)


def _parser(encoding: str) -> Any:
    return etree.XMLPullParser(
        events=("start", "end"),
        tag=[f"{{*}}{name}" for name in (ROOT, *_MAKERS)],
        encoding=_NAMES.get(encoding, encoding),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _made(parser: Any) -> Iterator[tuple[Made, bool]]:
    """What has come since the last piece, and whether its element was let go of."""
    for event, element in parser.read_events():
        name = items.local(element)
        if event == "start":
            if name == ROOT:
                _must_define_nothing(element)
            if name in _AT_START:
                yield _MAKERS[name](element), False
            continue
        if name in _AT_START or name == ROOT:
            continue
        item = _MAKERS[name](element)
        if item is not None:
            _forget(element)
        yield item, item is not None


def _forget(element: Any) -> None:
    """Lets go of an element and of those before it: a file of any size takes no more room than one of them."""
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def _must_define_nothing(root: Any) -> None:
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _entity in dtd.iterentities()):
        raise Refusal(N_("The file defines entities (<!ENTITY): that is not allowed"), line=1)


def _feed(parser: Any, piece: bytes, *, cut: bool) -> None:
    try:
        parser.feed(piece)
    except etree.XMLSyntaxError as error:
        raise _broken(error, cut=cut) from error


def _close(parser: Any, *, cut: bool) -> None:
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        raise _broken(error, cut=cut) from error


def _broken(error: Any, *, cut: bool) -> Refusal:
    """What is wrong; a file that is `cut` does not end as XML does."""
    text = str(error.msg or "")
    if cut or error.code in _CUT_OFF or "remature end" in text:
        return Refusal(N_("The file breaks off: it did not arrive whole"), line=_line(error))
    if "encod" in text.lower() or "UTF-8" in text:
        return Refusal(N_("The letters are in another encoding than the file says"), line=_line(error))
    return Refusal(N_("The XML is broken here: %(what)s"), line=_line(error), what=text[:200])


def _line(error: Any) -> int:
    return int((error.position or (0, 0))[0] or 0)


def _encoding(head: bytes, name: str) -> tuple[str, int]:
    """The encoding that the file really is in, and how many bytes to skip. Raises Refusal for no CommerceML."""
    if not head:
        raise Refusal(N_("The file %(name)s is empty"), name=name)
    if head[:2] == b"PK":
        raise Refusal(N_("The file %(name)s is an archive: send it under a name that ends with .zip"), name=name)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            _must_be_ours(head[len(bom) :].decode(encoding, "replace"), name)
            return encoding, len(bom)
    declared = _DECLARED.search(head[:300].decode("ascii", "ignore").replace("\x00", ""))
    said = declared[1].lower() if declared else "utf-8"
    for encoding in dict.fromkeys([said, *_CANDIDATES] if said in _CANDIDATES else _CANDIDATES):
        text = head.decode(encoding, "replace")
        if _root(text) == ROOT:
            _must_be_ours(text, name)
            return encoding, 0
    raise Refusal(N_("The file %(name)s is no CommerceML: it does not begin with %(root)s"), name=name, root=ROOT)


def _must_be_ours(text: str, name: str) -> None:
    if _root(text) != ROOT:
        raise Refusal(N_("The file %(name)s is no CommerceML: it does not begin with %(root)s"), name=name, root=ROOT)
    if "<!ENTITY" in text:
        raise Refusal(N_("The file defines entities (<!ENTITY): that is not allowed"), line=1)


def _root(text: str) -> str:
    """The local name of the first element."""
    plain = _ASIDE.sub("", text)
    begin = plain.find("<!DOCTYPE")
    if begin >= 0:
        end = _DOCTYPE.match(plain, begin)
        plain = plain[end.end() :] if end else ""
    found = _FIRST.search(plain)
    return found[1] if found else ""
