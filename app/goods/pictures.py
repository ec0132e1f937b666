"""The photographs of a product, in their order. The first one stands in lists, and in what is sent and ordered.

Sent presentations and orders keep the picture that they had (PRODUCT rule 3).
"""

from collections.abc import Sequence

from app.accounts.user import User
from app.catalogue.models import Product, ProductPicture
from app.catalogue.pictures import DEFAULT
from app.database import transaction
from app.errors import RuleBroken
from app.goods.actions import locked, named
from app.goods.changes import keep_picture
from app.i18n import N_
from app.outbox import record
from app.pictures.making import Made
from app.settings import Settings

MOST = 12  # of one product


async def of_product(product_id: int) -> list[ProductPicture]:
    """All of them, the first one first."""
    return await ProductPicture.filter(product_id=product_id).order_by("position", "id")


async def add(product_id: int, made: Sequence[Made], *, by: User, settings: Settings) -> int:
    """Puts photographs after those that there are; one that is there already is no matter.

    :return: how many came. :raises RuleBroken: there would be too many, or they cannot be kept.
    """
    for one in made:
        await keep_picture(one, settings)
    async with transaction():
        product = await locked(product_id)
        there = [one.code for one in await of_product(product.id)]
        codes = [code for code in dict.fromkeys(one.code for one in made) if code not in there]
        if not codes:
            return 0
        if len(there) + len(codes) > MOST:
            raise RuleBroken(N_("A product has at most %(most)s pictures: remove some first"), most=MOST)
        for position, code in enumerate(codes, len(there) + 1):
            await ProductPicture.create(product_id=product.id, code=code, position=position)
        await show_first(product, [*there, *codes])
        counts = {"was": len(there), "now": len(there) + len(codes)}
        await record("product.pictures_added", by=by, good=product.id, **named(product), **counts)
    return len(codes)


async def move(product_id: int, picture_id: int, place: int, *, by: User) -> None:
    """Gives a photograph its place, counted from 1; what stands there already, or is gone, stays as it is."""
    async with transaction():
        product = await locked(product_id)
        order = await of_product(product.id)
        was = next((number for number, one in enumerate(order, 1) if one.id == picture_id), 0)
        now = min(place, len(order))
        if now < 1 or was in (0, now):
            return
        order.insert(now - 1, order.pop(was - 1))
        await _number(order)
        await show_first(product, [one.code for one in order])
        await record("product.picture_moved", by=by, good=product.id, **named(product), was=was, now=now)


async def remove(product_id: int, picture_id: int, *, by: User) -> None:
    """Takes a photograph away; without any the drawn symbol is shown again. One that is gone already is no matter."""
    async with transaction():
        product = await locked(product_id)
        order = await of_product(product.id)
        left = [one for one in order if one.id != picture_id]
        if len(left) == len(order):
            return
        await ProductPicture.filter(id=picture_id, product_id=product.id).delete()
        await _number(left)
        await show_first(product, [one.code for one in left])
        counts = {"was": len(order), "now": len(left)}
        await record("product.picture_removed", by=by, good=product.id, **named(product), **counts)


async def show_first(product: Product, codes: Sequence[str]) -> None:
    """In lists stands the first photograph, or the drawn symbol. In the transaction of the change that it follows."""
    shown = (
        {"picture": codes[0], "drawn": product.symbol} if codes else {"picture": product.symbol or DEFAULT, "drawn": ""}
    )
    await Product.filter(id=product.id).update(**shown)


async def _number(order: Sequence[ProductPicture]) -> None:
    for position, one in enumerate(order, 1):
        if one.position != position:
            await ProductPicture.filter(id=one.id).update(position=position)
