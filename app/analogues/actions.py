"""What administrators do about analogues. What does instead of one, that one does instead of it."""

from app.accounts.user import User
from app.analogues.models import Analogue
from app.catalogue.models import Product
from app.database import transaction
from app.errors import NotFound, RuleBroken
from app.goods.actions import named
from app.i18n import N_
from app.outbox import record

MOST = 30  # of one product


async def add(product_id: int, analogue_id: int, *, by: User) -> None:
    """Keeps two products as analogues; twice is as once.

    :raises RuleBroken: it is the same product, there is none such, or one of them has too many. NotFound.
    """
    async with transaction():
        product, analogue = await _both(product_id, analogue_id)
        if analogue is None:
            raise RuleBroken(N_("There is no such product: choose another"))
        if analogue.id == product.id:
            raise RuleBroken(N_("A product is no analogue of itself: choose another"))
        if await Analogue.filter(product_id=product.id, analogue_id=analogue.id).exists():
            return
        for one in (product, analogue):
            if await Analogue.filter(product_id=one.id).count() >= MOST:
                words = N_("%(article)s has %(most)s analogues already: remove some first")
                raise RuleBroken(words, article=one.article, most=MOST)
        for one, other in ((product, analogue), (analogue, product)):
            await Analogue.create(product_id=one.id, analogue_id=other.id)
        about = {"good": product.id, **named(product), "other": analogue.id, "analogue": analogue.article}
        await record("product.analogue_added", by=by, **about)


async def remove(product_id: int, analogue_id: int, *, by: User) -> None:
    """Parts them again; those that are none are no matter. Raises NotFound."""
    async with transaction():
        product, analogue = await _both(product_id, analogue_id)
        pairs = Analogue.filter(product_id__in=(product_id, analogue_id), analogue_id__in=(product_id, analogue_id))
        if analogue is None or not await pairs.exists():
            return
        await pairs.delete()
        about = {"good": product.id, **named(product), "other": analogue.id, "analogue": analogue.article}
        await record("product.analogue_removed", by=by, **about)


async def _both(product_id: int, analogue_id: int) -> tuple[Product, Product | None]:
    """The two, which nobody else changes meanwhile: locked in one order, whoever begins."""
    ids = (product_id, analogue_id)
    found = {one.id: one for one in await Product.filter(id__in=ids).order_by("id").select_for_update()}
    if product_id not in found:
        raise NotFound
    return found[product_id], found.get(analogue_id)
