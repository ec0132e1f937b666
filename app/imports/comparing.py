"""What the rows of a price list change: each is matched with a product and compared with what stands there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.catalogue.models import article_key
from app.imports.cells import Price, Unclear
from app.imports.models import Kind
from app.imports.rows import MINIMUM, Told
from app.imports.standing import Known, Standing
from app.imports.terms import OWN, Terms

UNIT = "шт"  # of a new product whose list names none


@dataclass(slots=True)
class Change:
    """What becomes of a product: see `ImportChange`. `link`: its code was not in the supplier's last list.

    In `before` stands as `kept` what an undoing needs besides.
    """

    kind: Kind
    place: int
    sheet: str = ""
    row: int = 0
    product_id: int | None = None
    code: str = ""
    article: str = ""
    name: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    doubt: str = ""
    link: bool = False


class _Unreadable(Exception):
    """A row that nothing can be done with."""

    def __init__(self, reason: str, doubt: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.doubt = doubt


def compare(rows: Iterable[Told], known: Known, terms: Terms) -> Iterator[Change]:
    """The changes in the list's order, then what is gone. Every row of the list is in one of them."""
    # long: what is the same for all rows stands before each
    seen: dict[int | str, Told] = {}
    codes: set[str] = set()
    place = 0
    for place, told in enumerate(rows, 1):
        about: dict[str, Any] = {
            "place": place,
            "sheet": told.sheet,
            "row": told.row,
            "article": told.article,
            "name": told.name,
        }
        code = code_of(told)
        codes.add(code)
        try:
            if told.reason:
                raise _Unreadable(told.reason, told.doubt)
            product = _product(told, code, known, terms)
            change = _of_known(told, product, code, known, terms) if product else _of_new(told, known, terms)
            which = change.product_id or f"{change.after['brand_id']}|{told.key}"
            if which in seen:
                raise _Unreadable("again", where(seen[which], told))
            seen[which] = told
        except _Unreadable as no:
            yield Change(Kind.UNREADABLE, **about, reason=no.reason, doubt=no.doubt[:120])
            continue
        change.place, change.sheet, change.row, change.code = place, told.sheet, told.row, code
        _remember(change, known)
        yield change
    yield from _gone(place, seen, codes, known, terms)


def _remember(change: Change, known: Known) -> None:
    """Whether the supplier is to be known by this code from now on, or again."""
    there = known.codes.get(change.code)
    change.link = there is None or not there.present
    if there and not there.present:
        change.before.setdefault("kept", {})["absent"] = there.hidden


def code_of(told: Told) -> str:
    """By which a supplier's list is to know the product again: its article as it is compared, and its brand."""
    return f"{told.key}|{article_key(told.brand)}"[:200] if told.brand else told.key


def where(first: Told, told: Told) -> str:
    """The row in which the same stood before."""
    return str(first.row) if first.sheet == told.sheet else f"{first.row} ({first.sheet})"


def _product(told: Told, code: str, known: Known, terms: Terms) -> Standing | None:
    """The product that a row means, None: a new one. As the supplier's lists before, by brand and article, by article.

    Raises _Unreadable when it may be several.
    """
    if code in known.codes and (found := known.products.get(known.codes[code].product_id)):
        return found
    like = known.by_key.get(told.key, [])
    brand = _brand(told, known)
    if brand:
        of_brand = [one for one in like if one.brand_id == brand]
        if of_brand or told.brand:
            return of_brand[0] if of_brand else None
    if len(like) > 1 and terms.brand and not told.brand:
        like = [one for one in like if one.brand_id == terms.brand] or like
    if len({one.brand_id for one in like}) > 1:
        raise _Unreadable("brands", ", ".join(sorted({known.brand_names[one.brand_id] for one in like})))
    return like[0] if like else None


def _brand(told: Told, known: Known) -> int:
    """The brand that a row names, or the row above it; 0: none that is known."""
    return known.brands.get((told.brand or told.heading).casefold(), 0)


def _of_known(told: Told, product: Standing, code: str, known: Known, terms: Terms) -> Change:
    after = _said(told, product, terms)
    if product.gone and code in known.codes and known.codes[code].hidden:
        after["gone"] = False
    before = product.shown(after)
    after = {name: value for name, value in after.items() if before[name] != value}
    before = {name: before[name] for name in after}
    kind = _kind(before, after)
    if after:
        before["kept"] = _kept(product, after)
        if "price" in after and told.price and told.price.net:
            before["kept"]["vat"] = product.vat
    about = {"article": product.article, "name": product.name}
    return Change(kind, 0, product_id=product.id, **about, before=before, after=after)  # type: ignore[arg-type]


def _said(told: Told, product: Standing, terms: Terms) -> dict[str, Any]:
    """What the list says of a product that is there, of what is read at all."""
    said: dict[str, Any] = {}
    if terms.price_type and told.price and (told.price.amount or product.price):
        said["price"] = _price(told.price, product.vat, terms)
    if terms.warehouse and told.stock is not None and (terms.warehouse != OWN or product.stock is not None):
        said["stock"] = told.stock
    if terms.details:
        pack = told.pack or product.pack
        least = told.minimum or product.minimum
        said |= {"name": told.name or product.name, "unit": told.unit or product.unit, "pack": pack}
        said["minimum"] = _least(least, pack)
    return said


def _price(price: Price, rate: int | None, terms: Terms) -> list[int | str]:
    """The price with VAT in the smallest units, and its currency."""
    try:
        return [price.gross(rate), (price.currency or terms.currency).value]
    except Unclear as unclear:
        raise _Unreadable(unclear.reason, unclear.text) from unclear


def _kind(before: Mapping[str, Any], after: Mapping[str, Any]) -> Kind:
    if not after:
        return Kind.UNCHANGED
    was, now = before.get("price"), after.get("price")
    if was and now and was[1] == now[1] and was[0] and now[0]:
        return Kind.DEARER if now[0] > was[0] else Kind.CHEAPER
    return Kind.CHANGED


def _kept(product: Standing, after: Mapping[str, Any]) -> dict[str, Any]:
    """What an undoing needs to know besides what is shown."""
    kept: dict[str, Any] = {}
    if "price" in after:
        kept |= {"dated": product.dated, "retail": product.retail}
    if "stock" in after:
        kept |= {"total": product.total, "at": product.stock_at}
    if "gone" in after:
        kept |= {"since": product.gone_since, "replacement": product.replacement_id}
    return kept


def _of_new(told: Told, known: Known, terms: Terms) -> Change:
    if not terms.new:
        raise _Unreadable("unknown")
    if not told.name:
        raise _Unreadable("name")
    brand = _brand(told, known)
    if told.brand and not brand:
        raise _Unreadable("no_brand", told.brand)
    brand = brand or terms.brand
    if not brand or brand not in known.brand_names:
        raise _Unreadable("brand")
    category = _category(told, known) or terms.category
    if not category or category not in known.category_names:
        raise _Unreadable("no_category", told.category or told.heading)
    pack = told.pack or 1
    after: dict[str, Any] = {"article": told.article, "name": told.name, "brand_id": brand, "category_id": category}
    after |= {"brand": known.brand_names[brand], "category": known.category_names[category]}
    after |= {"unit": told.unit or UNIT, "pack": pack, "minimum": _least(told.minimum or pack, pack)}
    if terms.price_type and told.price and told.price.amount:
        after["price"] = _price(told.price, known.new_vat, terms)
    if terms.warehouse and told.stock is not None:
        after["stock"] = told.stock
    return Change(Kind.NEW, 0, article=told.article, name=told.name, after=after)


def _category(told: Told, known: Known) -> int:
    names = (told.category.casefold(), told.heading.casefold())
    return next((known.categories[name] for name in names if name in known.categories), 0)


def _least(minimum: int, pack: int) -> int:
    """The least quantity as a multiple of the pack."""
    return min(-(-minimum // pack) * pack, MINIMUM // pack * pack)


def _gone(place: int, seen: Mapping[int | str, Told], codes: set[str], known: Known, terms: Terms) -> Iterator[Change]:
    """What came with the supplier's last list and not with this one. An unreadable row is no absence."""
    told: set[int] = set()
    for code, one in known.codes.items():
        product = known.products.get(one.product_id)
        if not one.present or code in codes or product is None or product.id in seen or product.id in told:
            continue
        told.add(product.id)
        place += 1
        change = Change(Kind.GONE, place, product_id=product.id, code=code)
        change.article, change.name = product.article, product.name
        if terms.hide and not product.gone:
            change.before, change.after = {"gone": False}, {"gone": True}
            change.before["kept"] = _kept(product, change.after)
        yield change
