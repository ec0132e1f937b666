"""How the demo's orders came to their status: who moved them, when, and whom it was told to."""

from datetime import datetime, timedelta

from app.accounts.models import Person
from app.demo.annals import Letter
from app.demo.people import Partner
from app.demo.stage import Stage
from app.orders.models import WAY, Order, Status, StatusChange

SOON = {Status.IN_WORK: timedelta(minutes=7), Status.INVOICED: timedelta(minutes=48)}
# The later steps: so many working days after the order, and the hour.
LATER = {
    Status.PAID: (1, "10:25"),
    Status.CANCELLED: (1, "10:25"),
    Status.PICKING: (1, "16:20"),
    Status.SHIPPED: (2, "15:40"),
    Status.DONE: (4, "12:10"),
}
WORDS = {
    Status.IN_WORK: "в работе",
    Status.INVOICED: "счёт выставлен",
    Status.PAID: "оплачен",
    Status.PICKING: "собирается",
    Status.SHIPPED: "отгружен",
    Status.DONE: "выполнен",
    Status.CANCELLED: "отменён",
}


class Lead:
    """Leads orders along their way."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def to(self, order: Order, partner: Partner, person: Person, status: Status, workdays: int) -> None:
        """Takes an order, placed so many working days ago by `person`, step by step to its status."""
        for step in _steps(status):
            at = self._moment(order, step, workdays)
            if order.manager_id is None:
                self._claim(order, partner, person, self.stage.cast.managers[order.number % 2], at)
            else:
                self._go(order, partner, person, step, at)

    def _moment(self, order: Order, step: Status, workdays: int) -> datetime:
        if step in SOON:
            return order.placed_at + SOON[step]
        later, clock = LATER[step]
        return self.stage.days.at(workdays - later, clock)

    def _claim(self, order: Order, partner: Partner, person: Person, manager: Person, at: datetime) -> None:
        """A manager took it out of the queue, and called."""
        order.manager_id, order.claimed_at = manager.id, at
        self._keep(order, Status.IN_WORK, at)
        called_at = at + timedelta(minutes=6)
        order.called_at, order.called_by_id = called_at, manager.id
        letter = self._letter("order_claimed", order, person, "взят в работу", f"С заказом работает {manager.name}.")
        data: dict[str, object] = {"order": order.number, "order_id": order.id}
        note = self.stage.annals.note
        note("order.claimed", at, manager, partner, data | {"manager": manager.name}, [letter])
        note("order.called", called_at, manager, partner, data, hidden=True)

    def _go(self, order: Order, partner: Partner, person: Person, step: Status, at: datetime) -> None:
        was = order.status
        self._keep(order, step, at)
        manager = next(one for one in self.stage.cast.managers if one.id == order.manager_id)
        letter = self._letter(
            "order_status_changed", order, person, WORDS[step], f"Новый статус заказа: {WORDS[step]}."
        )
        data = {"order": order.number, "order_id": order.id, "status": step, "was": was}
        self.stage.annals.note("order.status_changed", at, manager, partner, data, [letter])

    def _keep(self, order: Order, step: Status, at: datetime) -> None:
        order.status = step
        self.stage.rows.add(StatusChange, order_id=order.id, status=step, author_id=order.manager_id, at=at)

    def _letter(self, template: str, order: Order, to: Person, what: str, text: str) -> Letter:
        subject = self.stage.annals.subject("заказ", order.number, order.placed_at, what)
        return Letter(template, to, subject, text, f"/orders/{order.number}")


def _steps(status: Status) -> list[Status]:
    """The steps that lead to a status; an order is cancelled when the invoice is not paid."""
    if status is Status.CANCELLED:
        return [Status.IN_WORK, Status.INVOICED, Status.CANCELLED]
    return list(WAY[1 : WAY.index(status) + 1])
