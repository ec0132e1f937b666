"""From a list to lines of a draft: what is plain becomes lines, what is doubtful waits in the draft to be settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app import clock
from app.accounts.user import User
from app.catalogue.matches import Goods, Meant
from app.catalogue.models import Product
from app.catalogue.prices import discounts_of_company
from app.database import transaction
from app.errors import RuleBroken
from app.presentations.draft_queries import Draft
from app.presentations.drafts import MOST_LINES, copy_product, lock, touch
from app.presentations.models import Doubt, Line
from app.quantities import WrongQuantity, least, must_fit, parse_quantity
from app.settings import Settings

MOST_DOUBTS = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row to take into a draft: `goods` when it is known which product it means, `quantity` as it was written."""

    text: str
    sought: str
    quantity: str
    goods: Goods | None
    remark: str = ""

    @classmethod
    def of(cls, meant: Meant) -> "Wanted":
        """What a row of a list wants: a product only when it can be no other."""
        goods = meant.goods[0] if len(meant.goods) == 1 else None
        return cls(meant.row.text, meant.sought, meant.quantity, goods)


@dataclass(frozen=True, slots=True)
class Taken:
    """How many rows became lines, and how many wait."""

    lines: int
    doubts: int


async def take(draft: Draft, wanted: Sequence[Wanted], *, by: User, settings: Settings) -> Taken:
    """Takes rows into a draft, in their order: at the end, at the prices that the company has outside of offers.

    Raises AlreadySent, RuleBroken when more rows would wait than a draft holds.
    """
    # long: one row after another, by what the rows before it took
    products = await _products([one.goods.id for one in wanted if one.goods])
    discounts, today = await discounts_of_company(draft.company_id, products), clock.today(settings.timezone)
    async with transaction():
        version = await lock(draft)
        lines = await Line.filter(version_id=draft.version_id).order_by("position")
        held = {line.product_id for line in lines}
        position = lines[-1].position if lines else 0
        added: list[Line] = []
        doubts: list[Doubt] = []
        await touch(version, by)
        for one in wanted:
            quantity = _plain_quantity(one)
            if one.goods is None or quantity is None or one.goods.id in held or len(held) >= MOST_LINES:
                doubt = {"text": one.text[:300], "sought": one.sought[:300], "quantity": one.quantity[:20]}
                doubts.append(Doubt(version_id=draft.version_id, **doubt))
                continue
            held.add(one.goods.id)
            product = products[one.goods.id]
            price = discounts.price(
                product.retail, product_id=product.id, brand_id=product.brand_id, category_id=product.category_id
            )
            line = Line(version_id=draft.version_id, product_id=product.id, position=position + len(added) + 1)
            line.discount, line.price, line.quantity = price.discount, price.price, quantity
            line.remark = one.remark
            await copy_product(line, product, today)
            added.append(line)
        await _keep(draft, added, doubts)
    return Taken(len(added), len(doubts))


async def settle(draft: Draft, doubt_id: int, product_id: int, typed: str, *, by: User, settings: Settings) -> str:
    """Turns a waiting row into a line of a product, or adds its quantity to the product's line; its article.

    What was settled already stays as it is. Raises AlreadySent, WrongQuantity, RuleBroken.
    """
    # long: a line a field
    product = (await _products([product_id])).get(product_id)
    if product is None or product.discontinued_at is not None:
        raise RuleBroken("This product is not sold any more: choose another one")
    terms = {"minimum": product.minimum, "pack": product.pack}
    quantity = parse_quantity(typed, minimum=product.minimum, pack=product.pack, unit=product.unit)
    async with transaction():
        version = await lock(draft)
        if not await Doubt.filter(id=doubt_id, version_id=draft.version_id).delete():
            return product.article
        line = await Line.get_or_none(version_id=draft.version_id, product_id=product.id)
        if line:
            await touch(version, by, was={f"q{line.id}": str(line.quantity)})
            line.quantity = must_fit(line.quantity + quantity, **terms, unit=product.unit)
            await line.save(update_fields=["quantity"])
            return product.article
        last = await Line.filter(version_id=draft.version_id).order_by("-position").first()
        if await Line.filter(version_id=draft.version_id).count() >= MOST_LINES:
            raise RuleBroken("A presentation has at most %(most)s lines", most=MOST_LINES)
        discounts = await discounts_of_company(draft.company_id, [product.id])
        price = discounts.price(
            product.retail, product_id=product.id, brand_id=product.brand_id, category_id=product.category_id
        )
        line = Line(version_id=draft.version_id, product_id=product.id, position=last.position + 1 if last else 1)
        line.discount, line.price, line.quantity = price.discount, price.price, quantity
        await touch(version, by)
        await copy_product(line, product, clock.today(settings.timezone))
        await line.save()
    return product.article


async def dismiss(draft: Draft, doubt_id: int | None = None) -> None:
    """Lets a waiting row go, or all of them. Raises AlreadySent."""
    async with transaction():
        await lock(draft)
        doubts = Doubt.filter(version_id=draft.version_id)
        await (doubts.filter(id=doubt_id) if doubt_id is not None else doubts).delete()


async def keep_typed(draft: Draft, typed: Mapping[int, tuple[str, str]]) -> None:
    """Keeps what was typed in waiting rows: what to look for and the quantity, by their ids. Raises AlreadySent."""
    if not typed:
        return
    async with transaction():
        await lock(draft)
        for doubt_id, (sought, quantity) in typed.items():
            await Doubt.filter(id=doubt_id, version_id=draft.version_id).update(sought=sought, quantity=quantity)


async def _keep(draft: Draft, added: Sequence[Line], doubts: Sequence[Doubt]) -> None:
    if len(doubts) + await Doubt.filter(version_id=draft.version_id).count() > MOST_DOUBTS:
        raise RuleBroken("At most %(most)s rows wait in a draft: settle or dismiss some first", most=MOST_DOUBTS)
    if added:
        await Line.bulk_create(added, batch_size=100)
    if doubts:
        await Doubt.bulk_create(doubts, batch_size=200)


def _plain_quantity(one: Wanted) -> int | None:
    """The quantity of a row that can be a line as it is; without one the least. None: it must be looked at."""
    goods = one.goods
    if goods is None or goods.discontinued:
        return None
    if not one.quantity:
        return least(goods.minimum, goods.pack)
    try:
        return parse_quantity(one.quantity, minimum=goods.minimum, pack=goods.pack, unit=goods.unit)
    except WrongQuantity:
        return None


async def _products(ids: Sequence[int]) -> dict[int, Product]:
    found = await Product.filter(id__in=list(set(ids))).select_related("brand") if ids else []
    return {product.id: product for product in found}
