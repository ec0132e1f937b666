"""What is done with orders: placing, claiming, moving on, noting a call. Every change is an event of the history."""

from dataclasses import asdict
from datetime import datetime

from tortoise.exceptions import IntegrityError

from app import clock
from app.accounts.queries import lock_person
from app.accounts.user import User
from app.cart import actions as cart_actions
from app.cart import queries as cart_queries
from app.cart.queries import Cart
from app.database import Sql, transaction
from app.errors import RuleBroken
from app.i18n import N_
from app.numbers import next_number
from app.orders import queries, words
from app.orders.handing import locked, withdraw_open
from app.orders.models import OPEN, Details, Order, OrderLine, Status, StatusChange, may_be_undone
from app.outbox import record
from app.quantities import MOST_LINES
from app.settings import Settings

_CLAIM = Sql(
    "UPDATE orders SET manager_id = :manager, claimed_at = :now, status = 'in_work' "
    "WHERE id = :order AND manager_id IS NULL AND status = 'new'"
)
_CALL = Sql("UPDATE orders SET called_at = :now, called_by_id = :manager WHERE id = :order AND called_at IS NULL")


class CartChanged(RuleBroken):
    """The cart is not what the person saw, and so nothing was ordered (PRODUCT rule 6)."""


class AlreadyClaimed(RuleBroken):
    """Another manager was quicker: `manager` is the name, `at` the moment of the claim (PRODUCT rule 7)."""

    def __init__(self, manager: str, at: datetime) -> None:
        super().__init__("The order is already in work: %(manager)s", manager=manager)
        self.manager, self.at = manager, at


async def place(details: Details, *, key: str, seen: str, by: User, settings: Settings) -> Order:
    """Turns the person's cart into an order, once for each `key`: a repeat returns the order that there is.

    :param seen: the fingerprint of the cart that was shown.
    :raises CartChanged: it is another one now, or something in it waits for a decision, or it is empty.
    """
    try:
        async with transaction():
            await lock_person(by.cart_owner)
            placed = await Order.get_or_none(person_id=by.id, key=key)
            return placed or await _place(details, key, seen, by=by, settings=settings)
    except IntegrityError:
        placed = await Order.get_or_none(person_id=by.id, key=key)
        if placed is None:
            raise
        return placed


async def claim(order: Order, *, by: User) -> None:
    """Takes an order out of the common queue; one manager wins, and a repeat by the winner changes nothing.

    :raises AlreadyClaimed: another one did. RuleBroken: it was cancelled meanwhile.
    """
    async with transaction():
        now = clock.now()
        if not await _CLAIM.run(order=order.id, manager=by.id, now=now):
            await _explain_lost_claim(order.id, by)
            return
        await StatusChange.create(order=order, status=Status.IN_WORK, author_id=by.id, at=now)
        event = {"order": order.number, "order_id": order.id, "manager": by.name}
        await record("order.claimed", by=by, company=order.company_id, **event)


async def change_status(order: Order, status: Status, *, by: User) -> None:
    """Moves an order on its way, or cancels it. A repeat by the one who moved it there changes nothing.

    :raises RuleBroken: nobody has claimed it, or the step is not the next one (any more).
    """
    async with transaction():
        order = await locked(order.id)
        last = await StatusChange.filter(order_id=order.id).order_by("-id").first()
        if order.status is status and last and last.author_id == by.id:
            return
        order.must_have_manager()
        order.must_go_to(status)
        await _go(order, status, by=by)


async def advance(order: Order, status: Status, *, by: User) -> bool:
    """Moves an order on to a later status at once, or cancels it; False when it is there already, or further.

    For what is decided elsewhere: the partner is told of the last step alone. Raises RuleBroken: nobody has claimed it,
    or it cannot be cancelled any more.
    """
    async with transaction():
        order = await locked(order.id)
        if order.status is status or (status is not Status.CANCELLED and not order.status.comes_before(status)):
            return False
        order.must_have_manager()
        if status is Status.CANCELLED:
            order.must_go_to(status)
        await _go(order, status, by=by)
    return True


async def undo_step(order: Order, status: Status, *, by: User) -> None:
    """Takes the step to `status` back, within a minute and by the one who took it; a repeat changes nothing.

    The partner was told of the step by a letter and is told of this by another: a letter that waited for the minute to
    pass would say later than the page what the page says at once.

    :raises RuleBroken: the minute is over, another has gone on, or it was no step (a claim is released, not undone).
    """
    async with transaction():
        order = await locked(order.id)
        if order.status is not status and status in (order.status.next, Status.CANCELLED):
            return
        steps = await StatusChange.filter(order_id=order.id).order_by("-id").limit(2)
        if order.status is not status or len(steps) < 2 or not _may_be_undone(order, steps[0], by):
            raise RuleBroken("A step can be taken back within a minute, by the one who took it")
        await StatusChange.filter(id=steps[0].id).delete()
        order.status = steps[1].status
        await order.save(update_fields=["status"])
        event = {"order": order.number, "order_id": order.id, "status": order.status, "was": status}
        await record("order.step_undone", by=by, company=order.company_id, **event)


async def note_call(order: Order, *, by: User) -> None:
    """Notes that the contact was called. The first note stays; a second one changes nothing.

    :raises RuleBroken: nobody has claimed the order, and so nobody is to call yet.
    """
    order.must_have_manager()
    async with transaction():
        if await _CALL.run(order=order.id, manager=by.id, now=clock.now()):
            await record("order.called", by=by, company=order.company_id, order=order.number, order_id=order.id)


async def _go(order: Order, status: Status, *, by: User) -> None:
    was, order.status = order.status, status
    await order.save(update_fields=["status"])
    await StatusChange.create(order=order, status=status, author_id=by.id, at=clock.now())
    if status not in OPEN:
        await withdraw_open(order, by=by)
    event = {"order": order.number, "order_id": order.id, "status": status, "was": was}
    await record("order.status_changed", by=by, company=order.company_id, **event)


async def _place(details: Details, key: str, seen: str, *, by: User, settings: Settings) -> Order:
    cart = await cart_queries.checked(by, settings)
    _must_be_as_seen(cart, seen)
    now = clock.now()
    order = await Order.create(
        number=await next_number("order"),
        company_id=by.company,
        person_id=by.id,
        manager_id=await queries.manager_of(by.company),
        key=key,
        total=cart.total,
        retail_total=cart.retail_total,
        placed_at=now,
        **asdict(details),
    )
    await OrderLine.bulk_create(_lines(order, cart))
    await words.index_products(order.id)
    await words.index_text(order.id, order.comment)
    author = by.deputy.id if by.deputy else by.id  # the order's page names who acted for the partner
    await StatusChange.create(order=order, status=Status.NEW, author_id=author, at=now)
    await cart_actions.empty(by)
    await record("order.placed", by=by, order=order.number, order_id=order.id, lines=cart.count, total=order.total)
    return order


def _may_be_undone(order: Order, last: StatusChange, by: User) -> bool:
    merged = order.merged_into_id is not None
    return not merged and may_be_undone(last.status, last.at, last.author_id, order.claimed_at, by)


def _must_be_as_seen(cart: Cart, seen: str) -> None:
    if not cart.lines:
        raise CartChanged(N_("The cart is empty, nothing was ordered. Perhaps the order is placed already"))
    if cart.blocked:
        raise CartChanged(N_("Something in the cart waits for your decision. Nothing is ordered yet"))
    if len(cart.lines) > MOST_LINES:
        words = N_("An order has at most %(most)s lines. Nothing is ordered yet: take something out of the cart")
        raise CartChanged(words, most=MOST_LINES)
    if cart.fingerprint != seen:
        raise CartChanged(N_("The cart or its prices have changed. Nothing is ordered yet: check and order again"))


def _lines(order: Order, cart: Cart) -> list[OrderLine]:
    """The order's own copies of what is in the cart, at the prices of today."""
    return [
        OrderLine(
            order=order,
            position=position,
            product_id=line.product_id,
            presentation_line_id=line.presentation_line_id,
            article=line.article,
            name=line.name,
            brand=line.brand,
            unit=line.unit,
            picture=line.picture,
            quantity=line.quantity,
            retail=line.retail,
            discount=line.discount,
            price=line.price,
            price_source=line.price_source,
            rate=line.rate,
            rate_on=line.rate_on,
            vat_rate=line.vat_rate,
        )
        for position, line in enumerate(cart.lines, 1)
    ]


async def _explain_lost_claim(order_id: int, by: User) -> None:
    order = await Order.get(id=order_id).select_related("manager")
    if order.manager is None:
        raise RuleBroken("The order was cancelled")
    if order.manager_id != by.id:
        raise AlreadyClaimed(order.manager.name, order.claimed_at or order.placed_at)
