"""How orders change hands: back to the common queue, or to a colleague who agrees (PRODUCT rule 7).

Every action locks the order first, so that of two that meet the second finds what the first one left.
"""

from app import clock, tokens
from app.accounts.models import Person, Role
from app.accounts.user import User
from app.database import transaction
from app.errors import NotFound, RuleBroken
from app.orders.handovers import Handover, HandoverState
from app.orders.models import Order, Status, StatusChange
from app.outbox import record
from app.threads.actions import add_comment


async def release(order: Order, reason: str, *, by: User) -> None:
    """Puts an order back into the common queue; the reason stays under it as a note that partners never see.

    A repeat changes nothing. Raises RuleBroken when nobody holds it, or it is invoiced.
    """
    async with transaction():
        order = await locked(order.id)
        last = await StatusChange.filter(order_id=order.id).order_by("-id").first()
        if order.manager_id is None and last and last.author_id == by.id:
            return
        order.must_be_releasable()
        was = await Person.get(id=order.manager_id)
        await add_comment(order, reason, by=by, key=tokens.new_secret(), internal=True)
        await put_back(order, was=was, by=by)


async def put_back(order: Order, *, was: Person, by: User) -> None:
    """Puts a locked order of `was` into the common queue; its buyer and all managers are told of it."""
    await withdraw_open(order, by=by)
    order.manager_id, order.claimed_at, order.status = None, None, Status.NEW
    await order.save(update_fields=["manager_id", "claimed_at", "status"])
    await StatusChange.create(order=order, status=Status.NEW, author_id=by.id, at=clock.now())
    event = {"order": order.number, "order_id": order.id, "was": was.name}
    await record("order.released", by=by, company=order.company_id, **event)


async def offer(order: Order, taker_id: int, word: str, *, by: User) -> None:
    """Offers an order to a colleague, who has it after accepting. Another open hand-over is withdrawn by it.

    Who had asked for the order gets it at once. Raises RuleBroken: nobody holds it, it is closed, or the colleague
    holds it already or has left.
    """
    async with transaction():
        order = await locked(order.id)
        order.must_have_manager()
        order.must_be_open()
        taker = await Person.get_or_none(id=taker_id, role=Role.MANAGER, blocked_at=None)
        if taker is None:
            raise RuleBroken("This colleague does not work here any more: choose another")
        if taker.id == order.manager_id:
            raise RuleBroken("%(name)s has this order already", name=taker.name)
        opened = await Handover.get_or_none(open_for=order.id)
        if opened and opened.taker_id == taker.id:
            if opened.asked:
                await _pass(order, opened, by=by)
            return
        await withdraw_open(order, by=by)
        await _open(order, "order.handover_offered", taker_id=taker.id, word=word, by=by)


async def ask(order: Order, word: str, *, by: User) -> None:
    """Asks the manager of an order to hand it over; a repeat changes nothing.

    Raises RuleBroken: it is the asker's already, in the queue or closed, or another hand-over is open.
    """
    async with transaction():
        order = await locked(order.id)
        if order.manager_id is None:
            raise RuleBroken("Nobody has this order: take it into work yourself")
        order.must_be_open()
        if order.manager_id == by.id:
            raise RuleBroken("You have this order already")
        opened = await Handover.get_or_none(open_for=order.id).select_related("taker")
        if opened is None:
            await _open(order, "order.handover_asked", taker_id=by.id, word=word, by=by)
        elif opened.taker_id != by.id:
            raise RuleBroken("The order is being handed over already: %(name)s", name=opened.taker.name)
        elif not opened.asked:
            raise RuleBroken("The order is offered to you: accept it on its page")


async def answer(handover_id: int, accepts: bool, *, by: User) -> bool:
    """Accepts or declines: the taker what is offered, the giver (or who stands for them) what is asked for.

    A repeat of the same answer changes nothing. :return: whether the order has changed hands.
    :raises NotFound: it is not theirs to answer. RuleBroken: it was withdrawn, or answered otherwise, or the order
    or its taker are not where they were.
    """
    wanted = HandoverState.ACCEPTED if accepts else HandoverState.DECLINED
    async with transaction():
        order, handover = await _locked_handover(handover_id)
        answering = handover.giver_id if handover.asked else handover.taker_id
        if answering not in by.hands and not (handover.asked and by.is_administrator):
            raise NotFound
        if handover.state is not HandoverState.OPEN:
            if handover.state is wanted:
                return accepts
            raise RuleBroken("This hand-over is over already")
        if accepts:
            await _pass(order, handover, by=by)
        else:
            await _close(order, handover, HandoverState.DECLINED, by=by)
        return accepts


async def withdraw(handover_id: int, *, by: User) -> None:
    """Takes an offer or a request back; one that is over stays as it is. Raises NotFound: it is another's."""
    async with transaction():
        order, handover = await _locked_handover(handover_id)
        began = handover.taker_id if handover.asked else handover.giver_id
        if began not in by.hands and not by.is_administrator:
            raise NotFound
        if handover.state is HandoverState.OPEN:
            await _close(order, handover, HandoverState.WITHDRAWN, by=by)


async def withdraw_open(order: Order, *, by: User) -> None:
    """Closes the open hand-over of an order, if there is one, in the transaction of what made it pointless."""
    if opened := await Handover.get_or_none(open_for=order.id):
        await _close(order, opened, HandoverState.WITHDRAWN, by=by)


async def locked(order_id: int) -> Order:
    """The order as it is now; who else changes it waits until this transaction ends."""
    return await Order.select_for_update().get(id=order_id)


async def _locked_handover(handover_id: int) -> tuple[Order, Handover]:
    found = await Handover.get_or_none(id=handover_id)
    if found is None:
        raise NotFound
    order = await locked(found.order_id)
    return order, await Handover.get(id=handover_id)


async def _open(order: Order, event: str, *, taker_id: int, word: str, by: User) -> None:
    handover = await Handover.create(
        order=order,
        open_for=order.id,
        giver_id=order.manager_id,
        taker_id=taker_id,
        asked=taker_id == by.id,
        word=word,
        at=clock.now(),
    )
    await _tell(event, order, handover, by=by)


async def _pass(order: Order, handover: Handover, *, by: User) -> None:
    """The order changes hands, if it is still in those that it was to leave. Raises RuleBroken."""
    taker = await Person.get(id=handover.taker_id)
    if taker.blocked_at is not None:
        raise RuleBroken("%(name)s does not work here any more: choose another", name=taker.name)
    moved = {"manager_id": taker.id, "claimed_at": order.claimed_at and clock.now()}
    if not await Order.filter(id=order.id, manager_id=handover.giver_id).update(**moved):
        raise RuleBroken("The order is in other hands meanwhile: decline this hand-over")
    await _over(handover, HandoverState.ACCEPTED)
    await _tell("order.handed_over", order, handover, by=by)


async def _close(order: Order, handover: Handover, state: HandoverState, *, by: User) -> None:
    await _over(handover, state)
    await _tell(f"order.handover_{state}", order, handover, by=by)


async def _over(handover: Handover, state: HandoverState) -> None:
    await Handover.filter(id=handover.id).update(state=state, open_for=None, closed_at=clock.now())


async def _tell(event: str, order: Order, handover: Handover, *, by: User) -> None:
    """Records what became of a hand-over. What was said with it stays among staff, in its row."""
    giver, taker = await Person.get(id=handover.giver_id), await Person.get(id=handover.taker_id)
    about = {"order": order.number, "order_id": order.id, "handover_id": handover.id}
    await record(event, by=by, company=order.company_id, **about, was=giver.name, manager=taker.name)
