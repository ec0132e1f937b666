"""The waiting rows of a draft as its page shows them: why each is doubtful, and what it may mean."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.catalogue.lists import Row
from app.catalogue.matches import Goods, by_id, like, meaning, meant
from app.catalogue.prices import discounts_of_company
from app.presentations.draft_queries import Draft
from app.presentations.models import Doubt
from app.quantities import WrongQuantity, least, parse_quantity

PAGE = 10  # rows on a page: the others come when these are settled


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product that a row may mean; `price` is the company's own in kopecks, `nearest` the quantities it is sold in.

    `quantity` is what the row asks for, when it can be had; `wrong` says why not.
    """

    goods: Goods
    price: int
    held: bool  # it is in the draft already
    quantity: int | None
    wrong: str
    nearest: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A waiting row. `why` is one of: quantity, choose, like, discontinued, repeated, ready, unknown."""

    id: int
    text: str
    sought: str
    quantity: str
    why: str
    gone: Goods | None  # the discontinued product that is meant
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Doubts:
    """The first waiting rows of a draft, of `total`."""

    rows: tuple[Doubtful, ...] = ()
    total: int = 0


async def doubts(draft: Draft, typed: Mapping[int, tuple[str, str]] | None = None) -> Doubts:
    """The waiting rows of a draft, with what was typed in them (sought, quantity, by id) instead of what is kept."""
    # long: what each candidate costs is asked with the discounts at hand
    total = await Doubt.filter(version_id=draft.version_id).count()
    if not total:
        return Doubts()
    rows = [_as_typed(row, typed or {}) for row in await _first(draft)]
    found = await meant([Row(row.text, ((row.sought, row.quantity),)) for row in rows], draft.company_id)
    near = await like([row.sought for row in rows])
    instead = await by_id([one.replacement_id for row in found for one in row.goods if one.replacement_id])
    offered = [*(one.id for row in found for one in row.goods), *(one.id for row in near for one in row), *instead]
    discounts = await discounts_of_company(draft.company_id, offered)

    def candidate(goods: Goods, quantity: str) -> Candidate:
        price = discounts.price(
            goods.retail, product_id=goods.id, brand_id=goods.brand_id, category_id=goods.category_id
        ).price
        held = goods.id in draft.products
        try:
            typed = quantity or str(least(goods.minimum, goods.pack))
            number = parse_quantity(typed, minimum=goods.minimum, pack=goods.pack, unit=goods.unit)
        except WrongQuantity as wrong:
            return Candidate(goods, price, held, None, wrong.text, wrong.nearest)
        return Candidate(goods, price, held, number, "", ())

    shown = []
    for row, one, alike in zip(rows, found, near, strict=True):
        why, gone, goods = meaning(one.goods, alike, instead)
        candidates = tuple(candidate(each, row.quantity) for each in goods)
        if why == "found":
            why = "repeated" if candidates[0].held else "quantity" if candidates[0].wrong else "ready"
        shown.append(Doubtful(row.id, row.text, row.sought, row.quantity, why, gone, candidates))
    return Doubts(tuple(shown), total)


def _as_typed(row: Doubt, typed: Mapping[int, tuple[str, str]]) -> Doubt:
    row.sought, row.quantity = typed.get(row.id, (row.sought, row.quantity))
    return row


async def _first(draft: Draft) -> list[Doubt]:
    return await Doubt.filter(version_id=draft.version_id).order_by("id").limit(PAGE)
