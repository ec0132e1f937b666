"""Putting a repeated order into the cart. Nothing is ordered by it."""

from typing import Any

from app import clock
from app.accounts.queries import lock_person
from app.accounts.user import User
from app.cart import actions as cart
from app.cart import queries as cart_queries
from app.cart.models import Refill
from app.database import transaction
from app.errors import RuleBroken
from app.i18n import N_
from app.outbox import record
from app.repeat import queries
from app.repeat.draft import Draft, Typed
from app.repeat.queries import Origin
from app.settings import Settings


class DraftChanged(RuleBroken):
    """Products or prices are not those that the person saw, and so nothing was put into the cart."""


class CartNotEmpty(RuleBroken):
    """What is in the cart would be thrown out, which the person has not agreed to yet."""


async def fill_cart(
    origin: Origin, form: Typed, *, key: str, seen: str, replacing: str | None, by: User, settings: Settings
) -> int:
    """Puts what is taken of a draft into the cart, once for each `key`; how many products, 0 for a repeat of the form.

    :param seen: the fingerprint of the draft that was shown.
    :param replacing: None to add to the cart; else the fingerprint of the cart that may be thrown out, or "".
    :raises DraftChanged: products, packs or prices are others now. CartNotEmpty: the cart is not that one.
    :raises RuleBroken: nothing is taken, or a quantity does not fit together with what is in the cart.
    """
    async with transaction():
        await lock_person(by.cart_owner)
        if await Refill.exists(person_id=by.cart_owner, key=key):
            return 0
        draft = (await queries.draft(by, origin, settings)).with_typed(form)
        _must_be_as_seen(draft, seen)
        if replacing is not None:
            await _empty(replacing, by, settings)
        chosen = draft.chosen
        await cart.fill(chosen, by=by)
        await Refill.create(person_id=by.cart_owner, key=key, at=clock.now())
        await record("cart.repeated", by=by, **_told(draft), lines=len(chosen), mode=_mode(replacing))
        return len(chosen)


async def _empty(agreed: str, by: User, settings: Settings) -> None:
    there = await cart_queries.checked(by, settings)
    if there.lines and there.fingerprint != agreed:
        raise CartNotEmpty(N_("The cart is not empty. Look at what would be thrown out of it, and press once more"))
    await cart.empty(by)


def _must_be_as_seen(draft: Draft, seen: str) -> None:
    if draft.fingerprint != seen:
        raise DraftChanged(N_("Products or prices have changed meanwhile. Nothing is in the cart yet: look once more"))
    if not draft.chosen:
        raise RuleBroken("Nothing is chosen: tick the products that you need")


def _told(draft: Draft) -> dict[str, Any]:
    if draft.template is None:
        return {"orders": list(draft.orders)}
    return {"template": draft.template, "name": draft.template_name}


def _mode(replacing: str | None) -> str:
    return "merge" if replacing is None else "replace"
