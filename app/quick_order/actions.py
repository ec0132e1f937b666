"""What is done with a quick order: kept as it is typed, taken from a file, put into the cart, saved as a template."""

from collections.abc import Sequence
from typing import Any

from app import clock
from app.accounts.queries import lock_person
from app.accounts.user import User
from app.cart import actions as cart
from app.cart.models import Refill
from app.database import transaction
from app.errors import RuleBroken
from app.outbox import record
from app.quick_order import queries
from app.quick_order.lines import Kept
from app.quick_order.models import QuickOrder
from app.settings import Settings

MOST_ROWS = 400


async def keep(rows: Sequence[Kept], *, by: User) -> None:
    """Keeps the list as it is now."""
    async with transaction():
        await lock_person(by.cart_owner)
        await _keep(rows, by)


async def take(rows: Sequence[Kept], *, key: str, by: User) -> None:
    """Adds the rows of a file, once for each `key`. Raises RuleBroken when the list would be too long."""
    async with transaction():
        await lock_person(by.cart_owner)
        there = await QuickOrder.get_or_none(person_id=by.cart_owner)
        if there and there.key == key:
            return
        every = [*await queries.kept(by), *rows]
        must_hold(len(every))
        await _keep(every, by, key)


async def fill_cart(rows: Sequence[Kept], *, key: str, seen: int, by: User, settings: Settings) -> int:
    """Puts what is ready into the cart, once for each `key`, and keeps the rest; how many rows, 0 for a repeat.

    :param seen: the total in kopecks that was shown.
    :raises RuleBroken: it is another total now, nothing is ready, or a quantity does not fit with what is in the cart.
    """
    async with transaction():
        await lock_person(by.cart_owner)
        if await Refill.exists(person_id=by.cart_owner, key=key):
            return 0
        quick = await queries.answered(rows, by, settings)
        if not quick.count:
            raise RuleBroken("There is nothing to put into the cart yet: settle the rows first")
        if quick.total != seen:
            raise RuleBroken("The total is another one now. Nothing is in the cart yet: look once more")
        await cart.fill(quick.chosen, by=by)
        await Refill.create(person_id=by.cart_owner, key=key, at=clock.now())
        await _keep([line.kept for line in quick.lines if not line.ready], by)
        await record("cart.list_put", by=by, lines=quick.count)
    return quick.count


def must_hold(rows: int) -> None:
    """Raises RuleBroken for more rows than a list holds."""
    if rows > MOST_ROWS:
        raise RuleBroken(
            "A quick order holds at most %(most)s rows, and these would be %(count)s: take it in parts",
            most=MOST_ROWS,
            count=rows,
        )


async def _keep(rows: Sequence[Kept], by: User, key: str | None = None) -> None:
    kept = [[row.text, row.sought, row.quantity, row.product] for row in rows]
    values: dict[str, Any] = {"rows": kept, "changed_at": clock.now()}
    if key is not None:
        values["key"] = key
    if not await QuickOrder.filter(person_id=by.cart_owner).update(**values):
        await QuickOrder.create(person_id=by.cart_owner, **values)
