"""What stands in CommerceML, as small things: made of an element that was read to its end."""
# long: a class and a function for each kind of element

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

MOST_PROPERTIES = 200  # of a product
CHANGES = ("ИзмененияПакетаПредложений", "ИзмененияПакетПредложений")  # the second is a slip that some programs make
PACKAGES = ("ПакетПредложений", *CHANGES)

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Package:
    """A catalogue (`goods`) or a package of offers begins. `complete`: it has all, and not only what changed."""

    goods: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A group of products within another one, or within none."""

    guid: str
    name: str
    parent: str
    deleted: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A key that is but a name: of a property, of one of its values, of a unit."""

    kind: str  # property | value | unit
    guid: str
    text: str


@dataclass(frozen=True, slots=True)
class PriceKind:
    """A type of prices, and whether its prices have VAT in them."""

    guid: str
    name: str
    currency: str
    with_vat: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A warehouse."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class Good:
    """A product as the catalogue describes it; texts are as they stand, cut of spaces."""

    line: int
    guid: str
    deleted: bool
    article: str
    name: str
    unit: str
    group: str
    description: str
    brand: str
    vat: str
    properties: Pairs = ()  # keys of properties, with texts or keys of values
    features: Pairs = ()  # names and texts that make a variant
    requisites: Mapping[str, str] = field(default_factory=dict)
    pictures: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """A price of an offer: for `units` of them."""

    kind: str
    amount: str
    currency: str
    units: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What a product, or a variant of it, costs and how many there are. None: nothing is said of it here."""

    line: int
    guid: str
    deleted: bool
    article: str
    name: str
    features: Pairs
    costs: Sequence[Cost] | None
    stocks: Pairs | None  # keys of warehouses («»: of none) and quantities


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line of an order. `net`: the tax, of this rate, is not in its price and its total."""

    guid: str
    name: str
    quantity: str
    price: str
    total: str
    service: bool
    net: bool
    tax: str
    rate: str


@dataclass(frozen=True, slots=True)
class Container:
    """The papers of one order begin, as version 3.1 has them."""


@dataclass(frozen=True, slots=True)
class Document:
    """An order as 1C has it, or a paper that is based on one; `lines` None: it says nothing of them."""

    line: int
    guid: str
    number: str
    day: str
    operation: str
    based_on: str
    deleted: bool
    requisites: Mapping[str, str]
    lines: Sequence[DocumentLine] | None


Parts = dict[str, Any]  # elements by their names

Item = Package | Group | Word | PriceKind | Place | Good | Offer | Container | Document


@lru_cache(1000)  # of a file each comes a hundred thousand times
def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for what is none."""
    return _local(element.tag)


def package(element: Any) -> Package:
    """The beginning of a catalogue or of a package of offers."""
    name = local(element)
    partial = name in CHANGES or _true(element.get("СодержитТолькоИзменения", ""))
    return Package(name == "Каталог", not partial)


def group(element: Any) -> Group | None:
    """A group, with the key of the one that it stands in."""
    within = element.getparent()
    within = within.getparent() if within is not None else None
    parent = _text(within, "Ид") if within is not None and local(within) == "Группа" else ""
    return Group(_text(element, "Ид"), _text(element, "Наименование"), parent, _deleted(element, _parts(element)))


def prop(element: Any) -> Word | None:
    """The name of a property; its values came before."""
    return Word("property", _text(element, "Ид"), _text(element, "Наименование")) if _in(element, "Свойства") else None


def value(element: Any) -> Word | None:
    """A value that properties are chosen from."""
    if not _in(element, "ВариантыЗначений"):
        return None
    return Word("value", _text(element, "ИдЗначения"), _text(element, "Значение"))


def unit(element: Any) -> Word:
    """A unit of measurement."""
    return Word("unit", _text(element, "Код") or _text(element, "Ид"), _text(element, "НаименованиеКраткое"))


def price_kind(element: Any) -> PriceKind | None:
    """A type of prices."""
    if not _in(element, "ТипыЦен"):
        return None
    tax = _child(element, "Налог")
    included = _text(tax, "УчтеноВСумме") if tax is not None else ""
    return PriceKind(
        _text(element, "Ид"), _text(element, "Наименование"), _text(element, "Валюта"), not included or _true(included)
    )


def place(element: Any) -> Place | None:
    """A warehouse of the list of them; within an offer it is a part of that."""
    if not _in(element, "Склады"):
        return None
    return Place(_text(element, "Ид"), _text(element, "Наименование"))


def good(element: Any) -> Good | None:
    """A product of the catalogue; in an order it is a line of that."""
    within = element.getparent()
    within = within.getparent() if within is not None else None
    if within is None or local(within) != "Каталог":
        return None
    parts = _parts(element)
    requisites = _named(parts.get("ЗначенияРеквизитов"), "Наименование")
    groups = parts.get("Группы")
    maker = parts.get("Изготовитель")
    return Good(
        line=element.sourceline or 0,
        guid=_of(parts, "Ид"),
        deleted=_deleted(element, parts),
        article=_of(parts, "Артикул"),
        name=_of(parts, "Наименование"),
        unit=_unit(parts.get("БазоваяЕдиница")),
        group=_text(groups, "Ид") if groups is not None else "",
        description=_of(parts, "Описание"),
        brand=(_text(maker, "Наименование") if maker is not None else "") or _of(parts, "ТорговаяМарка"),
        vat=_vat(parts.get("СтавкиНалогов")),
        properties=_pairs(parts.get("ЗначенияСвойств"), "Ид"),
        features=_pairs(parts.get("ХарактеристикиТовара"), "Наименование"),
        requisites={**requisites, "Код": requisites.get("Код") or _of(parts, "Код")},
        pictures=_texts(element, "Картинка") if "Картинка" in parts else (),
    )


def offer(element: Any) -> Offer:
    """An offer."""
    parts = _parts(element)
    prices = parts.get("Цены")
    return Offer(
        line=element.sourceline or 0,
        guid=_of(parts, "Ид"),
        deleted=_deleted(element, parts),
        article=_of(parts, "Артикул"),
        name=_of(parts, "Наименование"),
        features=_pairs(parts.get("ХарактеристикиТовара"), "Наименование"),
        costs=None if prices is None else [_cost(one) for one in _children(prices, "Цена")],
        stocks=_stocks(element, parts),
    )


def container(_element: Any) -> Container:
    """The beginning of the papers of one order."""
    return Container()


def document(element: Any) -> Document:
    """An order, or a paper that is based on one."""
    requisites = _named(_child(element, "ЗначенияРеквизитов"), "Наименование")
    lines, net = _child(element, "Товары"), _net(_tax(element))
    if number := _text(element, "Номер1С"):
        requisites.setdefault("Номер по 1С", number)
    return Document(
        line=element.sourceline or 0,
        guid=_text(element, "Ид"),
        number=_text(element, "Номер"),
        day=_text(element, "Дата"),
        operation=_text(element, "ХозОперация"),
        based_on=_text(element, "Основание"),
        deleted=_deleted(element, _parts(element)) or _true(requisites.get("ПометкаУдаления", "")),
        requisites=requisites,
        lines=None if lines is None else [_line(one, net=bool(net)) for one in _children(lines, "Товар")],
    )


def _line(element: Any, *, net: bool) -> DocumentLine:
    """A line; `net` is what the whole document says of taxes, for lines that say nothing."""
    requisites = _named(_child(element, "ЗначенияРеквизитов"), "Наименование")
    tax = _tax(element)
    own = _net(tax)
    return DocumentLine(
        guid=_text(element, "Ид"),
        name=_text(element, "Наименование"),
        quantity=_text(element, "Количество"),
        price=_text(element, "ЦенаЗаЕдиницу") or _text(element, "Цена"),
        total=_text(element, "Сумма"),
        service="услуга" in (requisites.get("ТипНоменклатуры", "") + requisites.get("ВидНоменклатуры", "")).casefold(),
        net=net if own is None else own,
        tax="" if tax is None else _text(tax, "Сумма"),
        rate=_vat(_child(element, "СтавкиНалогов")) or ("" if tax is None else _text(tax, "Ставка")),
    )


def _tax(element: Any) -> Any:
    """What a document, or a line of it, says of the VAT in it; None: nothing."""
    taxes = _child(element, "Налоги")
    every = [] if taxes is None else list(_children(taxes, "Налог"))
    return next((one for one in every if _text(one, "Наименование").upper() in ("НДС", "")), None)


def _net(tax: Any) -> bool | None:
    """Whether sums are without the tax; None: it does not say."""
    included = "" if tax is None else _text(tax, "УчтеноВСумме")
    return not _true(included) if included else None


def _cost(element: Any) -> Cost:
    parts = _parts(element)
    return Cost(*(_of(parts, name) for name in ("ИдТипаЦены", "ЦенаЗаЕдиницу", "Валюта", "Коэффициент")))


def _stocks(element: Any, parts: Parts) -> Pairs | None:
    """Quantities by warehouse in any of three forms; else the whole quantity, of no warehouse."""
    said = [
        (one.get("ИдСклада", ""), one.get("КоличествоНаСкладе", ""))
        for one in (element if "Склад" in parts or "Склады" in parts else ())
        if local(one) in ("Склад", "Склады") and one.get("ИдСклада")
    ]
    rests = parts.get("Остатки")
    for rest in _children(rests, "Остаток") if rests is not None else ():
        stores = list(_children(rest, "Склад"))
        said += [(_text(one, "Ид"), _text(one, "Количество")) for one in stores]
        said += [] if stores else [("", _text(rest, "Количество"))]
    if said:
        return said
    if rests is not None and "Количество" not in parts:
        return [("", "0")]  # there is none anywhere
    return [("", _of(parts, "Количество"))] if "Количество" in parts else None


def _unit(element: Any) -> str:
    if element is None:
        return ""
    return (
        (element.text or "").strip() or element.get("НаименованиеКраткое", "").strip() or element.get("Код", "").strip()
    )


def _vat(element: Any) -> str:
    rates = [] if element is None else list(_children(element, "СтавкаНалога"))
    return next((_text(one, "Ставка") for one in rates if _text(one, "Наименование").upper() in ("НДС", "")), "")


def _named(element: Any, key: str) -> dict[str, str]:
    return {name: text for name, text in _pairs(element, key) if name}


def _pairs(element: Any, key: str) -> list[tuple[str, str]]:
    if element is None:
        return []
    pairs = [_parts(one) for one in element if isinstance(one.tag, str)]
    return [(_of(one, key), _of(one, "Значение") or _of(one, "ИдЗначения")) for one in pairs[:MOST_PROPERTIES]]


def _deleted(element: Any, parts: Parts) -> bool:
    status = (element.get("Статус") or _of(parts, "Статус")).casefold()
    return _true(_of(parts, "ПометкаУдаления")) or status.startswith("удал")


def _parts(element: Any) -> Parts:
    """The children by name: of several of one name the first."""
    parts: Parts = {}
    for child in element:
        parts.setdefault(_local(child.tag), child)
    return parts


def _of(parts: Parts, name: str) -> str:
    """The text of a child; empty where there is none."""
    child = parts.get(name)
    return (child.text or "").strip() if child is not None else ""


def _texts(element: Any, name: str) -> list[str]:
    return [text for child in _children(element, name) if (text := (child.text or "").strip())]


def _true(text: str) -> bool:
    return text.strip().casefold() in ("true", "1", "да", "истина")


def _in(element: Any, name: str) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == name


def _children(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element if local(child) == name)


def _child(element: Any, name: str) -> Any:
    return next(_children(element, name), None)


def _text(element: Any, name: str) -> str:
    """The text of a child, with single spaces at its ends cut off; empty where there is none."""
    for child in element:
        if _local(child.tag) == name:
            return (child.text or "").strip()
    return ""
