"""The demo's orders on their way, and what lies in carts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.accounts.models import Person
from app.cart.models import CartLine
from app.catalogue.models import Product
from app.catalogue.prices import Source
from app.demo.annals import Annals, Letter
from app.demo.days import Days
from app.demo.offers import Offer
from app.demo.people import Cast, Partner
from app.demo.rows import Rows
from app.demo.shelves import Shop, fitting
from app.demo.tales import STORE
from app.money import Vat, vat_rate
from app.orders.models import WAY, Carrier, Delivery, Order, OrderLine, Status, StatusChange
from app.presentations.models import Line

FIRST_NUMBER = 2050
MOCKED = 2065
STATUS_WORDS = {
    Status.IN_WORK: "в работе",
    Status.INVOICED: "счёт выставлен",
    Status.PAID: "оплачен",
    Status.PICKING: "собирается",
    Status.SHIPPED: "отгружен",
    Status.DONE: "выполнен",
    Status.CANCELLED: "отменён",
}
# How long after the order each step comes: working days, and the hour; the first two come within hours.
STEPS = {
    Status.PAID: (1, "10:25"),
    Status.PICKING: (1, "16:20"),
    Status.SHIPPED: (2, "15:40"),
    Status.DONE: (4, "12:10"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An order of a company (by its place), placed so many working days ago at an hour, or minutes ago; its status."""

    company: int
    workdays: int
    clock: str
    status: Status
    minutes: int = 0


ORDERS = (
    Told(0, 24, "11:20", Status.DONE),
    Told(1, 22, "15:05", Status.DONE),
    Told(3, 20, "09:40", Status.DONE),
    Told(0, 18, "16:32", Status.CANCELLED),
    Told(4, 16, "10:18", Status.DONE),
    Told(5, 15, "13:51", Status.DONE),
    Told(0, 14, "12:44", Status.DONE),
    Told(2, 13, "14:09", Status.DONE),
    Told(3, 10, "11:37", Status.SHIPPED),
    Told(4, 8, "10:02", Status.PAID),
    Told(1, 7, "12:55", Status.SHIPPED),
    Told(0, 7, "15:13", Status.SHIPPED),
    Told(5, 6, "09:26", Status.PICKING),
    Told(0, 5, "16:48", Status.PAID),
    Told(2, 4, "10:33", Status.IN_WORK),
    Told(0, 3, "12:04", Status.PICKING),  # 2065
    Told(3, 2, "11:11", Status.INVOICED),
    Told(0, 2, "14:26", Status.INVOICED),
    Told(0, 1, "15:10", Status.IN_WORK),
    Told(1, 1, "17:52", Status.NEW),
    Told(2, 0, "", Status.NEW, 112),
    Told(3, 0, "", Status.NEW, 95),
    Told(4, 0, "", Status.NEW, 70),
    Told(0, 0, "", Status.NEW, 47),
    Told(5, 0, "", Status.NEW, 18),
    Told(2, 0, "", Status.NEW, 4),
)
MOCKED_LINES = (("DS-2CD2043G2-I", 8), ("DS-2CD2143G2-IS", 6), ("CDV-704MA", 2), ("ML-16HR", 2), ("SKAT-1200И7", 4))
IN_CARTS = {  # by the place of the company: positions of the store's presentation, articles of the catalogue
    0: ((1, 2, 6, 7, 10, 13), ()),
    1: ((), (("DS-7608NI-K1/8P", 1), ("DS-2CD2023G2-I", 8), ("01-0043", 305))),
    2: ((), (("CDV-704MA", 1),)),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line to order."""

    product: Product
    quantity: int
    price: int
    discount: int
    source: Source
    line: Line | None = None


class Deals:
    """Makes orders; `placed` are all of them with their partners."""

    def __init__(self, rows: Rows, days: Days, shop: Shop, cast: Cast, annals: Annals, offers: list[Offer]) -> None:
        self.rows, self.days, self.shop, self.cast, self.annals, self.offers = rows, days, shop, cast, annals, offers
        self.products = {product.id: product for product in rows.of(Product)}
        self.chance = Random("orders")  # noqa: S311 - demo data, not a secret
        self.placed: list[tuple[Order, Partner]] = []

    def make(self, scale: int) -> None:
        """Orders 2050–2075 of the six companies, as many again for each further six, and the carts."""
        for index in range(len(ORDERS) * scale):
            told = ORDERS[index % len(ORDERS)]
            partner = self.cast.partners[told.company + index // len(ORDERS) * 6]
            at = self.days.at(told.workdays, told.clock) if told.workdays else self.days.ago(told.minutes)
            number = FIRST_NUMBER + index
            lines = self._mocked_lines(partner) if number == MOCKED else self._lines(partner, at)
            order = self._place(number, partner, at, lines)
            self._lead(order, partner, told)
        self._fill_carts()

    def _place(self, number: int, partner: Partner, at: datetime, lines: Sequence[Wanted]) -> Order:
        person = partner.owner if number % 4 else partner.buyers[-1]
        delivery = (Delivery.CARRIER, Delivery.CARRIER, Delivery.ADDRESS, Delivery.PICKUP)[
            number % 4 if partner.manager else 0
        ]
        company = partner.company
        order = self.rows.add(
            Order,
            number=number,
            company_id=company.id,
            person_id=person.id,
            manager_id=None,
            key=f"demo-{number}",
            contact_name=person.name,
            contact_phone=person.phone,
            contact_email=person.email,
            payer_name=company.name,
            payer_inn=company.inn,
            delivery=delivery,
            carrier=(Carrier.DELLIN, Carrier.PEK)[number % 2].value if delivery is Delivery.CARRIER else "",
            address=self._address(delivery, company.city),
            comment="Позвоните за час до доставки, пропуск заказываем на машину." if number % 5 == 0 else "",
            total=sum(one.price * one.quantity for one in lines),
            retail_total=sum(one.product.retail * one.quantity for one in lines),
            placed_at=at,
        )
        for position, one in enumerate(lines, 1):
            self._line(order, position, one)
        self.rows.add(StatusChange, order_id=order.id, status=Status.NEW, author_id=person.id, at=at)
        self._tell_placed(order, partner, person, len(lines))
        self.placed.append((order, partner))
        return order

    def _line(self, order: Order, position: int, one: Wanted) -> None:
        product = one.product
        self.rows.add(
            OrderLine,
            order_id=order.id,
            position=position,
            product_id=product.id,
            presentation_line_id=one.line.id if one.line else None,
            article=product.article,
            name=product.name,
            brand=self.shop.brand(product),
            unit=product.unit,
            picture=product.picture,
            quantity=one.quantity,
            retail=product.retail,
            discount=one.discount,
            price=one.price,
            price_source=one.source,
            vat_rate=vat_rate(Vat(product.vat), self.days.local(order.placed_at).date()),
        )

    def _tell_placed(self, order: Order, partner: Partner, person: Person, lines: int) -> None:
        subject = self.annals.subject("заказ", order.number, order.placed_at, "новый заказ")
        others = [partner.manager] if partner.manager else list(self.cast.managers)
        letters = [
            Letter("order_placed", to, subject, f"{partner.company.name}: {lines} позиций.", f"/orders/{order.number}")
            for to in (person, *others)
        ]
        data = {"order": order.number, "order_id": order.id, "lines": lines, "total": order.total}
        self.annals.note("order.placed", order.placed_at, person, partner, data, letters)

    def _lead(self, order: Order, partner: Partner, told: Told) -> None:
        """Takes the order to its status, step by step; one of a company without a manager is claimed first."""
        waits = partner.manager is None or (told.company == 1 and told.status is Status.NEW)
        if waits and told.status is Status.NEW:
            return
        manager = partner.manager or self.cast.managers[order.number % 2]
        order.manager_id = manager.id
        if told.status is Status.NEW:
            return
        self._claim(order, partner, manager, told) if waits else None
        for status in WAY[1:]:
            if status is Status.CANCELLED or WAY.index(status) > self._goes_to(told):
                break
            at = self._step(order, told, status)
            if status is Status.IN_WORK and waits:
                self._keep_step(order, status, manager, at)
            else:
                self._go(order, partner, status, manager, at)
        if told.status is Status.CANCELLED:
            self._go(order, partner, Status.CANCELLED, partner.owner, self._step(order, told, Status.PAID))

    @staticmethod
    def _goes_to(told: Told) -> int:
        return WAY.index(Status.INVOICED if told.status is Status.CANCELLED else told.status)

    def _step(self, order: Order, told: Told, status: Status) -> datetime:
        if status is Status.IN_WORK:
            return order.placed_at + timedelta(minutes=7)
        if status is Status.INVOICED:
            return order.placed_at + timedelta(minutes=48)
        workdays, clock = STEPS[status]
        return self.days.at(told.workdays - workdays, clock)

    def _claim(self, order: Order, partner: Partner, manager: Person, told: Told) -> None:
        at = self._step(order, told, Status.IN_WORK)
        order.claimed_at = at
        order.called_at, order.called_by_id = at + timedelta(minutes=6), manager.id
        subject = self.annals.subject("заказ", order.number, order.placed_at, "взят в работу")
        person = next(one for one in partner.people if one.id == order.person_id)
        letter = Letter(
            "order_claimed", person, subject, f"С заказом работает {manager.name}.", f"/orders/{order.number}"
        )
        data: dict[str, object] = {"order": order.number, "order_id": order.id}
        self.annals.note("order.claimed", at, manager, partner, data | {"manager": manager.name}, [letter])
        self.annals.note("order.called", order.called_at, manager, partner, data, hidden=True)

    def _keep_step(self, order: Order, status: Status, author: Person, at: datetime) -> Status:
        was, order.status = order.status, status
        self.rows.add(StatusChange, order_id=order.id, status=status, author_id=author.id, at=at)
        return was

    def _go(self, order: Order, partner: Partner, status: Status, author: Person, at: datetime) -> None:
        was = self._keep_step(order, status, author, at)
        word = STATUS_WORDS[status]
        person = next(one for one in partner.people if one.id == order.person_id)
        letter = Letter(
            "order_status_changed",
            person,
            self.annals.subject("заказ", order.number, order.placed_at, word),
            f"Новый статус заказа: {word}.",
            f"/orders/{order.number}",
        )
        data = {"order": order.number, "order_id": order.id, "status": status, "was": was}
        self.annals.note("order.status_changed", at, author, partner, data, [letter])

    def _lines(self, partner: Partner, at: datetime) -> list[Wanted]:
        """Some lines of an offer that the partner had then, or products of the catalogue."""
        had = [one for one in self.offers if one.partner is partner and (one.version.sent_at or at) < at]
        if had and self.chance.random() < 0.75:
            offer = self.chance.choice(had[-3:])
            lines = [line for line in offer.lines if self.products[line.product_id].discontinued_at is None]
            chosen = sorted(self.chance.sample(lines, min(len(lines), self.chance.randint(2, 7))), key=lines.index)
            return [self._offered(line) for line in chosen]
        slugs = ("ip-cameras", "recorders", "cable", "power-supplies", "monitors", "detectors")
        products = [self.chance.choice(self.shop.by_category[slug]) for slug in self.chance.sample(slugs, 3)]
        return [self._bought(partner, product, self.chance.randint(1, 6)) for product in products]

    def _offered(self, line: Line) -> Wanted:
        return Wanted(
            self.products[line.product_id], line.quantity, line.price, line.discount, Source.PRESENTATION, line
        )

    def _bought(self, partner: Partner, product: Product, quantity: int) -> Wanted:
        price = self.shop.price(partner, product)
        return Wanted(product, fitting(product, quantity), price.price, price.discount, price.source)

    def _mocked_lines(self, partner: Partner) -> list[Wanted]:
        return [self._bought(partner, self.shop.by_article[article], quantity) for article, quantity in MOCKED_LINES]

    def _fill_carts(self) -> None:
        """What is in the carts of the first three companies' owners now."""
        store = next(one for one in self.offers if one.presentation.number == STORE)
        for place, (positions, articles) in IN_CARTS.items():
            partner = self.cast.partners[place]
            for position in positions:
                self._put(partner, self._offered(store.lines[position - 1]), 30 - position)
            for article, quantity in articles:
                self._put(partner, self._bought(partner, self.shop.by_article[article], quantity), 60)

    def _put(self, partner: Partner, one: Wanted, minutes: int) -> None:
        at = self.days.ago(minutes)
        self.rows.add(
            CartLine,
            person_id=partner.owner.id,
            product_id=one.product.id,
            presentation_line_id=one.line.id if one.line else None,
            source=f"line:{one.line.id}" if one.line else f"product:{one.product.id}",
            quantity=one.quantity,
            price=one.price,
            price_source=one.source,
            added_at=at,
        )
        data: dict[str, object] = {
            "article": one.product.article,
            "name": one.product.name,
            "quantity": one.quantity,
            "unit": one.product.unit,
        }
        if one.line:
            data["presentation"] = STORE
        self.annals.note("cart.line_put", at, partner.owner, partner, data)

    def _address(self, delivery: Delivery, city: str) -> str:
        return {
            Delivery.PICKUP: "",
            Delivery.ADDRESS: "Москва, ул. Складочная, д. 3, въезд со двора",
            Delivery.CARRIER: f"{city}, терминал",
        }[delivery]


def last_number(scale: int) -> int:
    """The last number that is given out."""
    return FIRST_NUMBER + len(ORDERS) * scale - 1
