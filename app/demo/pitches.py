"""Which presentations the demo has: some told line by line, the others dealt by a seeded chance."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from app.catalogue.models import Product
from app.demo import revisions
from app.demo.deals import RECENT
from app.demo.offers import Offer, Offered, Offers
from app.demo.people import Partner
from app.demo.shelves import fitting
from app.demo.stage import Stage
from app.demo.tales import (
    DRAFTS,
    ORDINARY,
    PROMO,
    REMARKS,
    REVISED,
    STOPPED,
    STORE,
    STORE_LINES,
    STORE_THEME,
    TOLD,
    Draft,
    Theme,
    Told,
)

FIRST_NUMBER, LAST_NUMBER = 1150, 1193
TURNS = (0, 1, 3, 4, 5, 0, 1, 3, 0, 4, 2)  # whose turn it is among the six companies: some buy more than others


def last_number(scale: int) -> int:
    """The last number that is given out."""
    return LAST_NUMBER + (LAST_NUMBER - FIRST_NUMBER + 1) * (min(scale, RECENT) - 1)


class Pitches:
    """Deals the presentations out."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.offers = Offers(stage)
        self.drafts: dict[int, Offer] = {}
        self.chance = Random("presentations")  # noqa: S311 - demo data, not a secret

    def make(self, scale: int) -> list[Offer]:
        """Numbers 1150–1192 for the six companies, as many again for each further six; those that were sent."""
        partners = self.stage.cast.partners
        for number in range(FIRST_NUMBER, STOPPED):  # which its promo draws: app.demo.promos
            workdays = 28 - (number - FIRST_NUMBER) * 24 // (STORE - FIRST_NUMBER)  # the first 28 ago, the store 4
            self._numbered(number, workdays)
        for index, number in enumerate(range(LAST_NUMBER + 1, last_number(scale) + 1)):
            self._ordinary(number, partners[6 + index % (len(partners) - 6)], 1 + index % 29)
        return self.offers.sent

    def _numbered(self, number: int, workdays: int) -> None:
        partners, days = self.stage.cast.partners, self.stage.days
        if number == STORE:
            self._store(partners[0])
        elif number in DRAFTS:
            self._draft(number, DRAFTS[number])
        elif number in PROMO.numbers:
            partner = partners[PROMO.numbers.index(number)]
            lines = self._promo(partner)
            self.offers.draw(number, PROMO.theme, partner, lines, days.at(1, "10:05"), valid=7, promo=True)
        elif number in TOLD:
            self._told(number, TOLD[number], workdays)
        else:
            self._ordinary(number, partners[TURNS[number % len(TURNS)]], workdays)

    def _draft(self, number: int, draft: Draft) -> None:
        partner = self.stage.cast.partners[draft.company]
        lines = self._lines(partner, draft.theme, draft.lines)
        lines = [replace(one, discount=draft.discount or one.discount) for one in lines]
        self.drafts[number] = self.offers.draw(number, draft.theme, partner, lines, None, valid=14)

    def _told(self, number: int, told: Told, workdays: int) -> None:
        partner, at = self.stage.cast.partners[told.company], self.stage.days.at(workdays, told.clock)
        lines = self._lines(partner, told.theme, told.lines)
        before = revisions.earlier(self.offers, number, partner, lines, at) if number == REVISED else None
        offer = self.offers.draw(number, told.theme, partner, lines, at, valid=told.valid, before=before)
        if told.opened:
            self.offers.read(offer, partner.owner, at + timedelta(minutes=37))
        if told.extension:
            self.offers.ask_extension(offer, self.stage.days.ago(205))

    def _store(self, partner: Partner) -> None:
        """The presentation that everything is shown on: two versions, read, and changed by its reader."""
        by_article, days = self.stage.shop.by_article, self.stage.days
        was = [Offered(by_article[line.article], line.quantity, line.was) for line in STORE_LINES]
        now = [Offered(by_article[line.article], line.quantity, line.discount) for line in STORE_LINES]
        sent_at = days.at(4, "11:05")
        first = self.offers.draw(STORE, STORE_THEME, partner, was, sent_at, valid=10)
        self.offers.read(first, partner.owner, sent_at + timedelta(minutes=52))
        second = self.offers.draw(STORE, STORE_THEME, partner, now, days.at(1, "17:20"), valid=10, before=first)
        self.offers.read(second, partner.owner, days.ago(37))
        self.offers.choose(second, partner.owner, len(now), 6, days.ago(36))

    def _ordinary(self, number: int, partner: Partner, workdays: int) -> None:
        """A presentation like many: most are read, the owner first, and half of those changed."""
        chance, theme = self.chance, ORDINARY[number % len(ORDINARY)]
        sent_at = self.stage.days.at(workdays, f"{chance.randint(9, 17):02d}:{chance.randint(0, 59):02d}")
        lines = self._lines(partner, theme, chance.randint(5, 24))
        offer = self.offers.draw(number, theme, partner, lines, sent_at, valid=21 - workdays * 7 // 5)
        if chance.random() > 0.85:
            return
        for reader in partner.buyers[: chance.randint(1, len(partner.buyers))]:
            self.offers.read(offer, reader, sent_at + timedelta(minutes=chance.randint(8, 55)))
        if chance.random() < 0.5:
            position = chance.randint(1, len(lines))
            product, line = lines[position - 1].product, offer.lines[position - 1]
            more = fitting(product, line.quantity + chance.randint(1, 3) * line.pack)
            self.offers.choose(offer, partner.owner, position, more, sent_at + timedelta(minutes=58))

    def _lines(self, partner: Partner, theme: Theme, count: int) -> list[Offered]:
        """Products of the theme, together by category, each at the partner's own discount or a little more."""
        shop = self.stage.shop
        pool = [product for slug in theme.categories for product in shop.by_category[slug]]
        pool = [product for product in pool if theme.brand in ("", shop.brand(product))]
        chosen = sorted(self.chance.sample(pool, min(count, len(pool))), key=lambda product: product.id)
        return list(self._priced(partner, chosen))

    def _priced(self, partner: Partner, products: Sequence[Product]) -> Iterator[Offered]:
        for product in products:
            discount = self.stage.shop.price(partner, product).discount + self.chance.choice((0, 0, 0, 100, 200, 300))
            cheap = product.retail * product.pack < 300_000
            quantity = self.chance.randint(1, 8) * product.pack if cheap else self.chance.choice((1, 1, 2, 2, 4, 6, 8))
            remark = self.chance.choice(REMARKS) if self.chance.random() < 0.06 else ""
            yield Offered(product, quantity, discount, remark)

    def _promo(self, partner: Partner) -> list[Offered]:
        """The same goods for all, each partner at their own discount and 3 % more."""
        for_all = [self.stage.shop.by_article[article] for article in PROMO.articles]
        return [Offered(product, 1, self.stage.shop.price(partner, product).discount + 300) for product in for_all]
