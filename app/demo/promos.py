"""Promos of the demo: each manager offered the same cameras to their own partners, and one more promo was stopped."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from app.accounts.joining import Consent, ConsentKind
from app.accounts.models import Person
from app.catalogue.models import Product
from app.demo.offers import Offer, Offered, Offers
from app.demo.people import Partner
from app.demo.shelves import fitting
from app.demo.stage import Stage
from app.demo.tales import PROMO, STOPPED, STOPPED_THEME
from app.promos.models import Promo, PromoCompany, PromoLine, PromoState

AGREED = (0, 2, 3)  # whose owners want promotional letters, by the places of their companies
READ = ((3, 22), (2, 95), (1, 130))  # who opened it, by place, and how many minutes after
FOR = {"cable": 305, "connectors": 100}  # what the stopped one offered of each category


def make_promos(stage: Stage, offers: Offers) -> None:
    """All of them, with what became of them."""
    for place in AGREED:
        _agree(stage, stage.cast.partners[place])
    articles = stage.shop.by_article
    made = {one.presentation.number: one for one in offers.sent}
    for manager in stage.cast.managers[:3]:
        theirs = [made[number] for number in PROMO.numbers if made[number].version.author_id == manager.id]
        lines = [Offered(articles[article], 1, 0) for article in PROMO.articles]
        _sent(stage, offers, manager, theirs, lines)
    for place, minutes in READ:
        offer = made[PROMO.numbers[place]]
        offers.read(offer, offer.partner.owner, _moment(offer) + timedelta(minutes=minutes))
    _stopped(stage, offers)


def _agree(stage: Stage, partner: Partner) -> None:
    at = stage.days.at(90, "11:10")
    stage.rows.add(Consent, person_id=partner.owner.id, kind=ConsentKind.PROMO, version="1", given_at=at, ip=partner.ip)


def _sent(stage: Stage, offers: Offers, by: Person, made: Sequence[Offer], lines: Sequence[Offered]) -> None:
    at = _moment(made[0])
    promo = _promo(stage, by, made[0], at, lines)
    promo.finished_at = at + timedelta(minutes=2)
    for offer in made:
        _company(stage, offers, promo, offer)
    data = {"promo": promo.id, "title": promo.title, "companies": len(made)}
    stage.annals.note("promo.sent", at - timedelta(minutes=1), by, None, data)
    stage.annals.note("promo.finished", promo.finished_at, None, None, data)


def _stopped(stage: Stage, offers: Offers) -> None:
    """One company has it, two wait: the manager saw that something was amiss."""
    by, partners, at = stage.cast.orlova, stage.cast.partners, stage.days.ago(200)
    lines = list(_remnants(stage.shop.by_category))
    terms = [Offered(one.product, one.quantity, stage.shop.price(partners[3], one.product).discount) for one in lines]
    offer = offers.draw(STOPPED, STOPPED_THEME, partners[3], terms, at, valid=14, promo=True)
    promo = _promo(stage, by, offer, at, lines)
    promo.stopped_at = at + timedelta(minutes=1)
    _company(stage, offers, promo, offer)
    for place in (0, 2):
        stage.rows.add(PromoCompany, promo_id=promo.id, company_id=partners[place].company.id)
    data = {"promo": promo.id, "title": promo.title}
    stage.annals.note("promo.sent", at - timedelta(minutes=1), by, None, data | {"companies": 3})
    stage.annals.note("promo.stopped", promo.stopped_at, by, None, data | {"companies": 2})


def _remnants(by_category: Mapping[str, Sequence[Product]]) -> Sequence[Offered]:
    return [
        Offered(product, fitting(product, quantity), 0)
        for slug, quantity in FOR.items()
        for product in by_category[slug][:4]
    ]


def _promo(stage: Stage, by: Person, offer: Offer, at: datetime, lines: Sequence[Offered]) -> Promo:
    # long: the columns of two rows
    version = offer.version
    promo = stage.rows.add(
        Promo,
        title=version.title,
        greeting=version.greeting,
        valid_until=version.valid_until,
        author_id=by.id,
        key=f"demo-{offer.presentation.number}",
        created_at=at - timedelta(minutes=9),
        sent_at=at - timedelta(minutes=1),
    )
    for position, one in enumerate(lines, 1):
        stage.rows.add(
            PromoLine,
            promo_id=promo.id,
            position=position,
            product_id=one.product.id,
            quantity=fitting(one.product, one.quantity),
        )
    return promo


def _company(stage: Stage, offers: Offers, promo: Promo, offer: Offer) -> None:
    """The company's row; of its people only those who agreed had a letter."""
    row = stage.rows.add(
        PromoCompany,
        promo_id=promo.id,
        company_id=offer.presentation.company_id,
        presentation_id=offer.presentation.id,
        state=PromoState.MADE,
    )
    sending = offers.sendings[offer.version.id]
    sending.row, sending.data = row, sending.data | {"promo": promo.id}
    agreed = {one.person_id for one in stage.rows.of(Consent)}
    sending.letters = [letter for letter in sending.letters if letter.to.id in agreed]


def _moment(offer: Offer) -> datetime:
    if offer.version.sent_at is None:
        raise ValueError("a draft was not sent")
    return offer.version.sent_at
