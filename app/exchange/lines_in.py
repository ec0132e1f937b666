"""The lines of an order as 1C has them, one by one: quantities and prices change, lines go, others are added."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from app import money
from app.accounts.user import User
from app.database import Sql
from app.exchange import offers
from app.exchange.items import Document, DocumentLine
from app.exchange.models import Connection
from app.exchange.offers import number
from app.exchange.work import Work
from app.i18n import N_, gettext, speaking
from app.orders.editing import Changes, change_lines, last_change
from app.orders.models import Order, OrderLine
from app.presentations.terms import Terms

REASON = N_("Changed in 1C")
_PRODUCT = Sql(
    """
    SELECT k.guid, k.object_id FROM external_key k
    WHERE k.connection_id = :connection AND k.kind = 'product' AND k.guid IN :guids
    """
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line as 1C has it; the price of one and the total in kopecks, with the tax."""

    product_id: int
    quantity: int
    price: int
    total: int


@dataclass
class _Difference:
    """How our lines become those of 1C; `clash`: a product that it has too many lines of."""

    terms: dict[int, Terms] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    added: dict[int, Wanted] = field(default_factory=dict)
    clash: bool = False


async def change(work: Work, order: Order, document: Document, by: User) -> bool:
    """Makes the lines what a document says of them. Raises RuleBroken."""
    goods = [one for one in document.lines or () if not one.service]
    wanted = await _wanted(work, document, goods)
    if not wanted:
        return False
    _tell_of_kopecks(work, document, wanted)
    there = await OrderLine.filter(order_id=order.id).order_by("position")
    seen, order = await last_change(order.id), await Order.get(id=order.id)
    found = _difference(there, wanted)
    if found.clash:
        told = N_("order № %(number)s: its lines cannot be told apart from ours, so they stay as they are")
        work.trouble(document.line, told, number=document.number[:40])
        return False
    if not (found.terms or found.removed or found.added):
        return False
    order.must_be_unshipped()
    with speaking("ru"):
        reason = gettext(REASON)
    added = {one: wanted.quantity for one, wanted in found.added.items()}
    prices = {one: wanted.price for one, wanted in found.added.items()}
    changes = Changes(reason, seen, found.terms, frozenset(found.removed), added, prices)
    await change_lines(order, changes, by=by, settings=work.settings)
    return True


def _difference(there: Sequence[OrderLine], wanted: Sequence[Wanted]) -> _Difference:
    found = _Difference()
    for product_id in dict.fromkeys([*(one.product_id for one in there), *(one.product_id for one in wanted)]):
        mine = [one for one in there if one.product_id == product_id]
        theirs = [one for one in wanted if one.product_id == product_id]
        if _quantities(mine) != _quantities(theirs):
            _match(found, mine, _merged(mine, theirs))
    return found


def _match(found: _Difference, mine: list[OrderLine], theirs: list[Wanted]) -> None:
    """Pairs lines of one product: of the same quantity and price, then of the same price, then in their order."""
    for same in (
        lambda one, other: (one.price, one.quantity) == (other.price, other.quantity),
        lambda one, other: one.price == other.price,
        lambda _one, _other: True,
    ):
        for wanted in list(theirs):
            line = next((one for one in mine if same(one, wanted)), None)
            if line:
                mine.remove(line)
                theirs.remove(wanted)
                _set(found, line, wanted)
    found.removed |= {line.id for line in mine}
    found.added |= {one.product_id: one for one in theirs}
    found.clash = found.clash or len(theirs) > 1


def _set(found: _Difference, line: OrderLine, wanted: Wanted) -> None:
    same = wanted.price == line.price
    if not same or wanted.quantity != line.quantity:
        discount = line.discount if same else money.discount_of(line.retail, wanted.price)
        found.terms[line.id] = Terms(wanted.price, discount, wanted.quantity)


def _merged(mine: Sequence[OrderLine], theirs: Sequence[Wanted]) -> list[Wanted]:
    """Lines of one product: those of one price become one, as long as there are more of them than ours."""
    left, ours = list(theirs), Counter(one.price for one in mine)
    while len(left) > len(mine):
        prices = Counter(one.price for one in left)
        price = max((one for one in prices if prices[one] > 1), key=lambda one: prices[one] - ours[one], default=None)
        if price is None:
            break
        first, second = [at for at, one in enumerate(left) if one.price == price][:2]
        left[first] = replace(left[first], quantity=left[first].quantity + left[second].quantity)
        del left[second]
    return left


def _quantities(lines: Sequence[OrderLine] | Sequence[Wanted]) -> Counter[int]:
    """How many of a product there are of each price."""
    found: Counter[int] = Counter()
    for line in lines:
        found[line.price] += line.quantity
    return found


async def _wanted(work: Work, document: Document, lines: Sequence[DocumentLine]) -> list[Wanted] | None:
    """What the lines say; None, with a word, when one of them cannot be read."""
    products = await _products(work.connection, lines) if lines else {}
    wanted = []
    for line in lines:
        one = _read(line, products)
        if one is None:
            told = N_("order № %(number)s: the line «%(name)s» cannot be read, so its lines stay as they are")
            work.trouble(document.line, told, number=document.number[:40], name=line.name[:80])
            return None
        wanted.append(one)
    return wanted


def _read(line: DocumentLine, products: Mapping[str, int]) -> Wanted | None:
    product_id, quantity = products.get(offers.key_of(line)), number(line.quantity)
    if product_id is None or not quantity or not 0 < quantity <= offers.LARGEST or quantity != int(quantity):
        return None
    total = number(line.total) or (number(line.price) or Decimal(0)) * quantity
    tax = _tax(line, total) if line.net else Decimal(0)
    if tax is None or not 0 <= (total + tax) * 100 < offers.DEAREST:
        return None
    kopecks = money.rounded(total * 100 + tax * 100)
    return Wanted(product_id, int(quantity), money.rounded(kopecks / quantity), kopecks)


def _tax(line: DocumentLine, total: Decimal) -> Decimal | None:
    """The tax that is to be added: as 1C has it, or at the rate of the line; None: it says neither."""
    said = number(line.tax)
    if said:
        return said
    if line.rate.strip().casefold().startswith("без"):
        return Decimal(0)
    rate = number(re.sub("%|ндс", "", line.rate, flags=re.IGNORECASE))
    return None if rate is None or not 0 <= rate <= 100 else Decimal(money.rounded(total * rate)) / 100


def _tell_of_kopecks(work: Work, document: Document, wanted: Sequence[Wanted]) -> None:
    """A total that is no price of one times the quantity cannot be had to the kopeck: 1C is told."""
    theirs, ours = sum(one.total for one in wanted), sum(one.price * one.quantity for one in wanted)
    if theirs != ours:
        told = N_("order № %(number)s: its goods cost %(theirs)s in 1C and %(ours)s here: the price of one is rounded")
        values = {"theirs": money.money(theirs), "ours": money.money(ours)}
        work.trouble(document.line, told, number=document.number[:40], **values)


async def _products(connection: Connection, lines: Sequence[DocumentLine]) -> dict[str, int]:
    """Products by the keys in lines: of 1C, or the ones that the site gave to what has none."""
    guids = sorted({offers.key_of(line) for line in lines})
    found = {row["guid"]: int(row["object_id"]) for row in await _PRODUCT.all(connection=connection.id, guids=guids)}
    own = {guid: re.fullmatch(r"kabinet-([0-9]{1,9})", guid, re.ASCII) for guid in guids}
    return found | {guid: int(one[1]) for guid, one in own.items() if one and guid not in found}
