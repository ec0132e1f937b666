"""The first version of a presentation that was sent again with everything changed that can change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.catalogue.models import Product
from app.demo.offers import Offer, Offered, Offers
from app.demo.people import Partner
from app.demo.tales import CENTRE

TITLE = replace(
    CENTRE,
    title="Бизнес-центр на Набережной: видеонаблюдение",
    greeting="{name}, это предварительная спецификация: этажность и точки уточним после осмотра.",
)


def earlier(offers: Offers, number: int, partner: Partner, lines: Sequence[Offered], sent_at: datetime) -> Offer:
    """The version before the one with these lines: some dearer, some cheaper, other quantities, one line more and two
    fewer. It was read on its day.
    """
    first, dearer, cheaper, fewer, named, taxed = lines[:6]
    was = [
        first,
        replace(dearer, discount=dearer.discount - 300),
        replace(cheaper, discount=cheaper.discount + 200),
        replace(fewer, quantity=fewer.quantity * 2),
        named,
        replace(taxed, remark="Срок поставки уточняется."),
        *lines[6:-2],
        replace(first, product=_left_out(offers, lines), quantity=3),
    ]
    offer = offers.draw(number, TITLE, partner, was, sent_at - timedelta(days=3), valid=7)
    offer.lines[4].name = f"{named.product.name}, уточняется"
    offer.lines[5].vat_rate = 20
    offers.read(offer, partner.owner, sent_at - timedelta(days=3) + timedelta(minutes=41))
    return offer


def _left_out(offers: Offers, lines: Sequence[Offered]) -> Product:
    """The first barrier that the lines do without."""
    chosen = {line.product.id for line in lines}
    return next(one for one in offers.stage.shop.by_category["gates"] if one.id not in chosen)
