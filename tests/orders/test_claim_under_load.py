"""30 unclaimed orders and two managers who press ten times each: one owner, one line of the history, one letter."""

import asyncio
from zoneinfo import ZoneInfo

from app.history.models import Email, HistoryEntry
from app.orders.models import Order, Status, StatusChange
from app.settings import Settings
from jobs.relay import Relay
from tests.factories import Cast, make_order, make_product
from tests.site import Browser

ORDERS, PRESSES = 30, 10
TOGETHER = 60  # all that is pressed for three orders; the pool of connections is to hold


async def test_claim_under_load(maria: Browser, oleg: Browser, cast: Cast, settings: Settings) -> None:
    product = await make_product()
    orders = [await make_order(person=cast.nina, products=[product]) for _ in range(ORDERS)]
    managers = {cast.maria.id: (maria, cast.oleg), cast.oleg.id: (oleg, cast.maria)}

    async def press(browser: Browser, order: Order) -> tuple[int, str]:
        answer = await browser.post(f"/orders/{order.number}/claim")
        return answer.status_code, answer.text

    presses = [(browser, order) for order in orders for browser in (maria, oleg) for _ in range(PRESSES)]
    answers: list[tuple[int, str]] = []
    for first in range(0, len(presses), TOGETHER):
        together = presses[first : first + TOGETHER]
        answers += await asyncio.gather(*(press(browser, order) for browser, order in together))
    await Relay(settings).run()

    for order in orders:
        taken = await Order.get(id=order.id).select_related("manager")
        assert taken.status is Status.IN_WORK and taken.manager and taken.claimed_at
        assert await StatusChange.filter(order_id=order.id, status=Status.IN_WORK).count() == 1
        [entry] = await HistoryEntry.filter(subject=f"order:{order.number}")
        assert entry.actor_id == taken.manager_id
        [letter] = await Email.filter(event_id=entry.event_id)
        assert letter.recipient == cast.nina.email and taken.manager.name in letter.text

        winner, loser = managers[taken.manager_id or 0]
        told = f"{taken.manager.name}, сегодня, {taken.claimed_at.astimezone(ZoneInfo(loser.timezone)):%H:%M}"
        for (browser, pressed), (status, text) in zip(presses, answers, strict=True):
            if pressed is order:
                assert status == (303 if browser is winner else 409)
                assert browser is winner or (told in text and f'href="/orders/{order.number}/request"' in text)
