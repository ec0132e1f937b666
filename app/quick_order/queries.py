"""Reading a quick order: the kept rows, and what each of them means today at the reader's own prices."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from app import clock, money
from app.accounts.user import User
from app.analogues.queries import kept_on_sale
from app.catalogue.lists import Row
from app.catalogue.matches import Goods, Meant, by_id, like, meaning, meant
from app.catalogue.prices import Discounts, Price, discounts_of
from app.quantities import WrongQuantity, least, parse_quantity
from app.quick_order.lines import Candidate, Kept, Line, Quick
from app.quick_order.models import QuickOrder
from app.settings import Settings
from app.vat import vat_rates

ANALOGUES = 4  # of a row
LIKE = 10  # rows for which something like them is looked for at once: it is dear among many products


async def kept(user: User) -> list[Kept]:
    """The rows that the reader has."""
    found = await QuickOrder.get_or_none(person_id=user.cart_owner)
    return [Kept(str(row[0]), str(row[1]), str(row[2]), int(str(row[3]))) for row in found.rows] if found else []


async def of_rows(rows: Sequence[Row]) -> list[Kept]:
    """Rows of a list that was read: of each its likeliest article and quantity."""
    return [Kept(one.row.text, one.sought, one.quantity) for one in await meant(rows)]


async def answered(rows: Sequence[Kept], user: User, settings: Settings, *, near: int = 0) -> Quick:
    """What the rows mean; `near` is one for which something like it is to be looked for, besides the first LIKE."""
    found = await meant([Row(row.text, ((row.sought, row.quantity),)) for row in rows])
    lost = [place for place, one in enumerate(found) if not one.goods and not rows[place].product]
    asked = list(dict.fromkeys([*([near - 1] if near - 1 in lost else []), *lost]))[:LIKE]
    alike = dict(zip(asked, await like([rows[place].sought for place in asked]), strict=True))
    heirs = [one.replacement_id for row in found for one in row.goods if one.replacement_id]
    gone = [one.goods[0].id for one in found if one.goods and all(goods.discontinued for goods in one.goods)]
    analogues = {product: ids[: ANALOGUES + 1] for product, ids in (await kept_on_sale(gone)).items()}
    instead = chain(heirs, *analogues.values())
    others = await by_id([*instead, *(row.product for row in rows if row.product)])
    said = (goods for row in found for goods in row.goods)
    discounts = await discounts_of(user, {one.id for one in (*said, *others.values(), *chain(*alike.values()))})
    today, rates = clock.today(settings.timezone), await vat_rates()

    def line(place: int, row: Kept) -> Line:
        answer = _answer(place, row, found[place], alike, others, discounts)
        if answer.goods is None:
            return _with_analogues(answer, analogues, others, discounts)
        return _counted(answer, answer.goods, discounts, money.vat_rate(money.Vat(answer.goods.vat), today, rates))

    return Quick([line(place, row) for place, row in enumerate(rows)])


def _answer(
    place: int,
    row: Kept,
    one: Meant,
    alike: Mapping[int, Sequence[Goods]],
    others: Mapping[int, Goods],
    discounts: Discounts,
) -> Line:
    """What a row means, before its quantity is looked at."""
    chosen = others.get(row.product)
    if chosen and not chosen.discontinued:
        return Line(place + 1, row, "ready", chosen)
    state, gone, goods = meaning(one.goods, alike.get(place, ()), others)
    if state == "found":
        return Line(place + 1, row, "ready", goods[0])
    if state == "unknown" and place not in alike:
        state = "unsearched"
    candidates = tuple(Candidate(each, _price(each, discounts).price) for each in goods)
    return Line(place + 1, row, state, gone=gone, candidates=candidates)


def _with_analogues(
    line: Line, analogues: Mapping[int, Sequence[int]], others: Mapping[int, Goods], discounts: Discounts
) -> Line:
    """The line of a discontinued product with what is kept as its analogues, but for its replacement."""
    there = {one.goods.id for one in line.candidates}
    ids = analogues.get(line.gone.id, ()) if line.gone else ()
    found = [others[one] for one in ids if one in others and one not in there]
    return replace(line, analogues=tuple(Candidate(one, _price(one, discounts).price) for one in found[:ANALOGUES]))


def _counted(line: Line, goods: Goods, discounts: Discounts, rate: int | None) -> Line:
    """The line at the reader's price; without a quantity it is the least that is sold."""
    price = _price(goods, discounts)
    typed, state, error = line.kept.quantity.strip(), "request" if price.on_request else "ready", None
    try:
        if typed:
            quantity = parse_quantity(typed, minimum=goods.minimum, pack=goods.pack, unit=goods.unit)
        else:
            quantity = least(goods.minimum, goods.pack)
    except WrongQuantity as wrong:
        state, error, quantity = "quantity", wrong, 0
    return Line(line.id, line.kept, state, goods, price, rate, quantity, error)


def _price(goods: Goods, discounts: Discounts) -> Price:
    return discounts.price(goods.retail, product_id=goods.id, brand_id=goods.brand_id, category_id=goods.category_id)
