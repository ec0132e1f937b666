"""Orders of the demo: what was ordered, by whom and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from app.accounts.models import Person
from app.catalogue.models import Product
from app.catalogue.prices import Source
from app.demo.annals import Letter
from app.demo.offers import Offer
from app.demo.people import Partner
from app.demo.shelves import fitting
from app.demo.stage import Stage
from app.demo.way import Lead
from app.money import STATUTORY, Vat, vat_rate
from app.orders.models import Carrier, Delivery, Order, OrderLine, Status, StatusChange
from app.presentations.models import Line

FIRST_NUMBER = 2050
STORE_ORDER = 2065  # the one whose talk is told; what is in it comes from the catalogue
STORE_LINES = (("DS-2CD2043G2-I", 8), ("DS-2CD2143G2-IS", 6), ("CDV-704MA", 2), ("ML-16HR", 2), ("SKAT-1200И7", 4))
LIKED = ("ip-cameras", "recorders", "cable", "power-supplies", "monitors", "detectors")
RECENT = 20
WAREHOUSE = "Москва, ул. Складочная, д. 3, въезд со двора"


@dataclass(frozen=True, slots=True)
class Told:
    """An order of a company (by its place), placed so many working days ago at an hour, or minutes ago; its status.

    `queued`: nobody has it, though the company has a manager by now.
    """

    company: int
    workdays: int
    clock: str
    status: Status
    minutes: int = 0
    queued: bool = False


TOLD = (
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
    Told(0, 3, "12:04", Status.PICKING),  # STORE_ORDER
    Told(3, 2, "11:11", Status.INVOICED),
    Told(0, 2, "14:26", Status.INVOICED),
    Told(0, 1, "15:10", Status.IN_WORK),
    Told(1, 1, "17:52", Status.NEW, queued=True),
    Told(2, 0, "", Status.NEW, minutes=112),
    Told(3, 0, "", Status.NEW, minutes=95),
    Told(4, 0, "", Status.NEW, minutes=70),
    Told(0, 0, "", Status.NEW, minutes=47),
    Told(5, 0, "", Status.NEW, minutes=18),
    Told(2, 0, "", Status.NEW, minutes=4),
)


def orders_of(scale: int) -> int:
    """How many orders the demo tells of: of so many times six companies, RECENT times at the most."""
    return len(TOLD) * min(scale, RECENT)


def last_number(scale: int) -> int:
    """The last number that is given out."""
    return FIRST_NUMBER + orders_of(scale) - 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line to order or to put into a cart."""

    product: Product
    quantity: int
    price: int
    discount: int
    source: Source
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Deal:
    """An order with its partner and the person who placed it."""

    order: Order
    partner: Partner
    person: Person


class Deals:
    """Places orders and leads them to their status."""

    def __init__(self, stage: Stage, offers: Sequence[Offer]) -> None:
        self.stage, self.offers = stage, offers
        self.products = {product.id: product for product in stage.rows.of(Product)}
        self.chance = Random("orders")  # noqa: S311 - demo data, not a secret

    def make(self, scale: int) -> list[Deal]:
        """Orders 2050–2075 of the six companies, as many again for each further six."""
        lead, deals = Lead(self.stage), []
        for index in range(orders_of(scale)):
            told = TOLD[index % len(TOLD)]
            partner = self.stage.cast.partners[told.company + index // len(TOLD) * 6]
            days = self.stage.days
            at = days.at(told.workdays, told.clock) if told.workdays else days.ago(told.minutes)
            number = FIRST_NUMBER + index
            lines = self._store_lines(partner) if number == STORE_ORDER else self._lines(partner, at)
            deal = self._place(number, partner, at, lines, queued=told.queued)
            lead.to(deal.order, partner, deal.person, told.status, told.workdays)
            deals.append(deal)
        return deals

    def bought(self, partner: Partner, article: str, quantity: int) -> Wanted:
        """A product of the catalogue at the partner's price."""
        product = self.stage.shop.by_article[article]
        price = self.stage.shop.price(partner, product)
        return Wanted(product, fitting(product, quantity), price.price, price.discount, price.source)

    def offered(self, line: Line) -> Wanted:
        """A line of a presentation."""
        product = self.products[line.product_id]
        return Wanted(product, line.quantity, line.price, line.discount, Source.PRESENTATION, line)

    def _lines(self, partner: Partner, at: datetime) -> list[Wanted]:
        """Some lines of an offer that the partner had then, or products of the catalogue."""
        had = [one for one in self.offers if one.partner is partner and (one.version.sent_at or at) < at]
        if had and self.chance.random() < 0.75:
            offer = self.chance.choice(had[-3:])
            lines = [line for line in offer.lines if self.products[line.product_id].discontinued_at is None]
            chosen = self.chance.sample(lines, min(len(lines), self.chance.randint(2, 7)))
            return [self.offered(line) for line in sorted(chosen, key=lambda line: line.position)]
        products = [self.chance.choice(self.stage.shop.by_category[slug]) for slug in self.chance.sample(LIKED, 3)]
        return [self.bought(partner, product.article, self.chance.randint(1, 6)) for product in products]

    def _store_lines(self, partner: Partner) -> list[Wanted]:
        return [self.bought(partner, article, quantity) for article, quantity in STORE_LINES]

    def _place(self, number: int, partner: Partner, at: datetime, lines: Sequence[Wanted], *, queued: bool) -> Deal:
        # long: the columns of a row
        person = partner.owner if number % 4 else partner.buyers[-1]
        rows, company = self.stage.rows, partner.company
        order = rows.add(
            Order,
            number=self.stage.rows.before.get(Order, 0) + number,
            company_id=company.id,
            person_id=person.id,
            manager_id=partner.manager.id if partner.manager and not queued else None,
            key=f"demo-{number}",
            contact_name=person.name,
            contact_phone=person.phone,
            contact_email=person.email,
            payer_name=company.name,
            payer_inn=company.inn,
            comment=_wish(number),
            total=sum(one.price * one.quantity for one in lines),
            retail_total=sum(one.product.retail * one.quantity for one in lines),
            placed_at=at,
            **_delivery(number, company.city),
        )
        for position, one in enumerate(lines, 1):
            self._line(order, position, one)
        rows.add(StatusChange, order_id=order.id, status=Status.NEW, author_id=person.id, at=at)
        deal = Deal(order, partner, person)
        self._tell_placed(deal, len(lines))
        return deal

    def _line(self, order: Order, position: int, one: Wanted) -> None:
        product = one.product
        self.stage.rows.add(
            OrderLine,
            order_id=order.id,
            position=position,
            product_id=product.id,
            presentation_line_id=one.line.id if one.line else None,
            article=product.article,
            name=product.name,
            brand=self.stage.shop.brand(product),
            unit=product.unit,
            picture=product.picture,
            quantity=one.quantity,
            retail=product.retail,
            discount=one.discount,
            price=one.price,
            price_source=one.source,
            vat_rate=vat_rate(Vat(product.vat), self.stage.days.local(order.placed_at).date(), STATUTORY),
        )

    def _tell_placed(self, deal: Deal, lines: int) -> None:
        order, managers = deal.order, self.stage.cast.managers
        subject = self.stage.annals.subject("заказ", order.number, order.placed_at, "новый заказ")
        text, path = f"{deal.partner.company.name}: {lines} позиций.", f"/orders/{order.number}"
        letters = [Letter("order_placed", deal.person, subject, text, path)]
        for manager in managers if order.manager_id is None else (deal.partner.manager or managers[0],):
            letters.append(Letter("order_arrived", manager, subject, text, path))
        data = {"order": order.number, "order_id": order.id, "lines": lines, "total": order.total}
        self.stage.annals.note("order.placed", order.placed_at, deal.person, deal.partner, data, letters)


def _wish(number: int) -> str:
    """What was written in the checkout form, if anything."""
    if number == STORE_ORDER:
        return "Нужно отгрузить одной партией до конца недели. Если камер не хватит, напишите, заменим."
    return "Позвоните за час до доставки, пропуск заказываем на машину." if number % 5 == 0 else ""


def _delivery(number: int, city: str) -> dict[str, object]:
    """How an order goes, by its number: most by a transport company."""
    if number % 4 == 2:
        return {"delivery": Delivery.PICKUP}
    if number % 4 == 3:
        return {"delivery": Delivery.ADDRESS, "address": WAREHOUSE}
    carrier = (Carrier.DELLIN, Carrier.PEK)[number % 2]
    return {"delivery": Delivery.CARRIER, "carrier": carrier.value, "address": f"{city}, терминал"}
