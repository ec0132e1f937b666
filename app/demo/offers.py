"""The demo's presentations: some told line by line, the others dealt by a seeded chance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.accounts.models import Person
from app.catalogue.models import Product
from app.demo.annals import Annals, Letter
from app.demo.days import Days
from app.demo.people import Cast, Partner
from app.demo.rows import Rows
from app.demo.shelves import Shop, fitting
from app.demo.tales import DRAFT, ORDINARY, PROMO, REMARKS, STORE, STORE_GREETING, STORE_TITLE, TOLD, Theme
from app.money import Vat, discounted, vat_rate
from app.presentations.models import ChosenQuantity, ExtensionRequest, Line, Opening, Presentation, Version

FIRST_NUMBER = 1150
LAST_NUMBER = 1190


@dataclass(frozen=True, slots=True)
class Offered:
    """A line to be: a product, how much of it, its discount in basis points and the manager's remark."""

    product: Product
    quantity: int
    discount: int
    remark: str = ""


@dataclass(slots=True)
class Offer:
    """A version with its presentation, its partner and its lines."""

    presentation: Presentation
    version: Version
    partner: Partner
    lines: list[Line]


class Offers:
    """Makes presentations; `sent` are those that partners can read, in the order of their numbers."""

    def __init__(self, rows: Rows, days: Days, shop: Shop, cast: Cast, annals: Annals) -> None:
        self.rows, self.days, self.shop, self.cast, self.annals = rows, days, shop, cast, annals
        self.chance = Random("presentations")  # noqa: S311 - demo data, not a secret
        self.sent: list[Offer] = []

    def make(self, scale: int) -> None:
        """Numbers 1150–1190 for the six companies; as many again for each further six."""
        for number in range(FIRST_NUMBER, LAST_NUMBER + 1):
            self._numbered(number)
        partners = self.cast.partners
        for index in range((LAST_NUMBER - FIRST_NUMBER + 1) * (scale - 1)):
            self._ordinary(LAST_NUMBER + 1 + index, partners[6 + index % (len(partners) - 6)], 1 + index % 29)

    def _numbered(self, number: int) -> None:
        partners = self.cast.partners
        workdays = 28 - (number - FIRST_NUMBER) * 24 // (STORE - FIRST_NUMBER)  # 1150 was 28 ago, the store 4
        if number == STORE:
            self._store()
        elif number == DRAFT:
            theme = Theme("Офис на Малышева: контроль доступа", ("readers", "locks"), "Черновик: жду размеры дверей.")
            self.draw(number, theme, partners[0], self._lines(partners[0], theme, 9), None, valid=14)
        elif number in PROMO.numbers:
            partner = partners[number - PROMO.numbers[0]]
            self.draw(number, PROMO.theme, partner, self._promo_lines(partner), self.days.at(1, "10:05"), 7, promo=True)
        elif number in TOLD:
            told = TOLD[number]
            partner = partners[told.company]
            offer = self.draw(
                number,
                told.theme,
                partner,
                self._lines(partner, told.theme, told.lines),
                self.days.at(workdays, told.clock),
                told.valid,
            )
            if told.opened:
                self._read(offer, partner.owner, 37)
            if told.extension:
                self._ask_extension(offer)
        else:
            self._ordinary(number, partners[(0, 1, 3, 4, 5, 0, 1, 3, 0, 4, 2)[number % 11]], workdays)

    def draw(
        self,
        number: int,
        theme: Theme,
        partner: Partner,
        lines: Sequence[Offered],
        sent_at: datetime | None,
        valid: int,
        *,
        version: int = 1,
        presentation: Presentation | None = None,
        promo: bool = False,
    ) -> Offer:
        """A version of a presentation, sent unless `sent_at` is None; valid for so many days from today."""
        author = partner.manager or self.cast.sinitsyn
        drawn_at = (sent_at or self.days.ago(55)) - timedelta(minutes=25)
        presentation = presentation or self.rows.add(
            Presentation,
            number=number,
            company_id=partner.company.id,
            author_id=author.id,
            recipient_id=None if promo else partner.owner.id,
            promo=promo,
            created_at=drawn_at,
        )
        row = self.rows.add(
            Version,
            presentation_id=presentation.id,
            number=version,
            title=theme.title,
            greeting=theme.greeting.format(name=partner.owner.name.split()[0]),
            valid_until=self.days.ahead(valid),
            author_id=author.id,
            created_at=drawn_at,
            sent_at=sent_at,
        )
        made = [self._line(row, position, one, drawn_at) for position, one in enumerate(lines, 1)]
        offer = Offer(presentation, row, partner, made)
        if sent_at:
            self._tell(offer, author, sent_at)
        return offer

    def _line(self, version: Version, position: int, offered: Offered, at: datetime) -> Line:
        product = offered.product
        return self.rows.add(
            Line,
            version_id=version.id,
            position=position,
            product_id=product.id,
            article=product.article,
            name=product.name,
            brand=self.shop.brand(product),
            unit=product.unit,
            pack=product.pack,
            minimum=product.minimum,
            picture=product.picture,
            retail=product.retail,
            discount=offered.discount,
            price=discounted(product.retail, offered.discount),
            vat_rate=vat_rate(Vat(product.vat), self.days.local(at).date()),
            quantity=fitting(product, offered.quantity),
            remark=offered.remark,
        )

    def _tell(self, offer: Offer, author: Person, at: datetime) -> None:
        """The event and the letters: to the recipient, or to everybody who may order."""
        self.sent.append(offer)
        number, title = offer.presentation.number, offer.version.title
        to = [offer.partner.owner] if offer.presentation.recipient_id else offer.partner.buyers
        letters = [
            Letter(
                "presentation_sent",
                person,
                self.annals.subject("презентация", number, at, title),
                offer.version.greeting,
                f"/presentations/{number}",
            )
            for person in to
        ]
        self.annals.note(
            "presentation.sent",
            at,
            author,
            offer.partner,
            {
                "presentation": number,
                "version": offer.version.number,
                "title": title,
                "version_id": offer.version.id,
                "lines": len(offer.lines),
                "total": sum(line.price * line.quantity for line in offer.lines),
            },
            letters,
        )

    def _store(self) -> None:
        """The presentation that everything is shown on: two versions, read, changed and half in the cart."""
        partner, at = self.cast.partners[0], self.days.at
        theme = Theme(STORE_TITLE, (), STORE_GREETING)
        now = [(self.shop.by_article[article], quantity, discount) for article, quantity, discount, _ in STORE_LINES]
        before = [(self.shop.by_article[article], quantity, was) for article, quantity, _, was in STORE_LINES]
        first = self.draw(STORE, theme, partner, [Offered(*line) for line in before], at(4, "11:05"), 10)
        self._read(first, partner.owner, 52)
        first.version.replaced_at = at(1, "17:20")
        second = self.draw(
            STORE,
            theme,
            partner,
            [Offered(*line) for line in now],
            at(1, "17:20"),
            10,
            version=2,
            presentation=first.presentation,
        )
        self.sent.remove(first)
        self._read(second, partner.owner, 31)
        self._choose(second, partner.owner, 13, 6, self.days.ago(36))

    def _ordinary(self, number: int, partner: Partner, workdays: int) -> None:
        theme = ORDINARY[number % len(ORDINARY)]
        sent_at = self.days.at(workdays, f"{self.chance.randint(9, 17):02d}:{self.chance.randint(0, 59):02d}")
        lines = self._lines(partner, theme, self.chance.randint(5, 24))
        offer = self.draw(number, theme, partner, lines, sent_at, valid=21 - workdays * 7 // 5)
        if self.chance.random() < 0.7:
            for reader in self.chance.sample(partner.buyers, self.chance.randint(1, len(partner.buyers))):
                self._read(offer, reader, self.chance.randint(8, 55))
            if self.chance.random() < 0.5:
                index = self.chance.randrange(len(lines))
                line = offer.lines[index]
                more = fitting(lines[index].product, line.quantity + self.chance.randint(1, 3) * line.pack)
                self._choose(offer, partner.owner, index, more, sent_at + timedelta(minutes=58))

    def _lines(self, partner: Partner, theme: Theme, count: int) -> list[Offered]:
        """Products of the theme, together by category, each at the partner's own discount or a little more."""
        pool = [product for slug in theme.categories for product in self.shop.by_category[slug]]
        pool = [product for product in pool if theme.brand in ("", self.shop.brand(product))]
        chosen = sorted(self.chance.sample(pool, min(count, len(pool))), key=pool.index)
        return list(self._priced(partner, chosen))

    def _priced(self, partner: Partner, products: Sequence[Product]) -> Iterator[Offered]:
        for product in products:
            discount = self.shop.price(partner, product).discount + self.chance.choice((0, 0, 0, 100, 200, 300))
            cheap = product.retail * product.pack < 300_000
            quantity = self.chance.randint(1, 8) * product.pack if cheap else self.chance.choice((1, 1, 2, 2, 4, 6, 8))
            remark = self.chance.choice(REMARKS) if self.chance.random() < 0.06 else ""
            yield Offered(product, quantity, discount, remark)

    def _promo_lines(self, partner: Partner) -> list[Offered]:
        """The same goods for all, each partner at their own discount and 3 % more."""
        for_all = [self.shop.by_article[article] for article in PROMO.articles]
        return [Offered(product, 1, self.shop.price(partner, product).discount + 300) for product in for_all]

    def _read(self, offer: Offer, person: Person, minutes: int) -> None:
        """A person opened it so many minutes after it was sent; the one of yesterday: so many minutes ago."""
        sent_at = offer.version.sent_at
        if sent_at is None:
            raise ValueError("nobody reads a draft")
        at = sent_at + timedelta(minutes=minutes)
        if offer.presentation.number == STORE and offer.version.number == 2:
            at = self.days.ago(minutes + 6)
        self.rows.add(Opening, version_id=offer.version.id, person_id=person.id, day=self.days.local(at).date(), at=at)
        data = {"presentation": offer.presentation.number, "version": offer.version.number}
        self.annals.note("presentation.opened", at, person, offer.partner, data)

    def _choose(self, offer: Offer, person: Person, index: int, quantity: int, at: datetime) -> None:
        """A person took another quantity of a line."""
        line = offer.lines[index]
        self.rows.add(ChosenQuantity, line_id=line.id, person_id=person.id, quantity=quantity)
        self.annals.note(
            "presentation.quantity_changed",
            at,
            person,
            offer.partner,
            {
                "presentation": offer.presentation.number,
                "line_id": line.id,
                "article": line.article,
                "was": line.quantity,
                "quantity": quantity,
                "unit": line.unit,
            },
        )

    def _ask_extension(self, offer: Offer) -> None:
        """The partner came too late and asked for the old prices."""
        number, title, at = offer.presentation.number, offer.version.title, self.days.ago(205)
        self.rows.add(ExtensionRequest, version_id=offer.version.id, person_id=offer.partner.owner.id, at=at)
        letter = Letter(
            "extension_asked",
            offer.partner.manager or self.cast.sinitsyn,
            self.annals.subject("презентация", number, at, "просьба продлить"),
            f"{offer.partner.owner.name} просит продлить презентацию «{title}».",
            f"/presentations/{number}",
        )
        data = {"presentation": number, "version": offer.version.number, "title": title}
        self.annals.note("presentation.extension_asked", at, offer.partner.owner, offer.partner, data, [letter])


# The lines of the store: article, quantity, discount now and in version 1 (positions 1, 2 and 10 became cheaper).
STORE_LINES = (
    ("DS-2CD2043G2-I", 8, 2200, 1800),
    ("DS-2CD2143G2-IS", 6, 2200, 1800),
    ("DS-7616NI-Q2/16P", 1, 2000, 2000),
    ("SN-IPR56/14ZDR", 4, 1800, 1800),
    ("01-0043", 610, 2000, 2000),
    ("05-1021", 200, 2000, 2000),
    ("CDV-704MA", 2, 1800, 1800),
    ("ML-16HR", 2, 1500, 1500),
    ("DP-2S", 12, 1800, 1800),
    ("SKAT-1200И7", 4, 2500, 2000),
    ("ВЭРС-ПК 4П", 1, 1500, 1500),
    ("ECB-12L", 1, 1000, 1000),
    ("EWP3", 6, 1200, 1200),
    ("ББП-12/1", 4, 2500, 2500),
)


def last_number(scale: int) -> int:
    """The last number that is given out."""
    return LAST_NUMBER + (LAST_NUMBER - FIRST_NUMBER + 1) * (scale - 1)
