"""Presentations of the demo: drawn, sent, read, and changed by their readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.accounts.models import Person
from app.catalogue.models import Product
from app.demo.annals import Happening, Letter
from app.demo.people import Partner
from app.demo.shelves import fitting
from app.demo.stage import Stage
from app.demo.tales import Theme
from app.money import STATUTORY, Vat, discounted, vat_rate
from app.presentations.models import ChosenQuantity, ExtensionRequest, Line, Opening, Presentation, Version


@dataclass(frozen=True, slots=True)
class Offered:
    """A line to be: a product, how much of it, its discount in basis points and the manager's remark."""

    product: Product
    quantity: int
    discount: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A version with its presentation, its partner and its lines."""

    presentation: Presentation
    version: Version
    partner: Partner
    lines: list[Line]

    @property
    def data(self) -> dict[str, object]:
        """What each event about it says."""
        return {"presentation": self.presentation.number, "version": self.version.number}


class Offers:
    """Makes presentations; `sent` are those that partners can read, without the replaced ones.

    `sendings` are the events of their sending, by the ids of the versions.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.sent: list[Offer] = []
        self.sendings: dict[int, Happening] = {}

    def draw(
        self,
        number: int,
        theme: Theme,
        partner: Partner,
        lines: Sequence[Offered],
        sent_at: datetime | None,
        *,
        valid: int,
        promo: bool = False,
        before: Offer | None = None,
    ) -> Offer:
        """A version, sent unless `sent_at` is None, valid for so many days from today; `before` is replaced by it."""
        # long: the columns of a row, and an argument a line
        author = partner.manager or self.stage.cast.sinitsyn
        drawn_at = (sent_at or self.stage.days.ago(55)) - timedelta(minutes=25)
        presentation = before.presentation if before else self._head(number, partner, author, drawn_at, promo)
        version = self.stage.rows.add(
            Version,
            presentation_id=presentation.id,
            number=before.version.number + 1 if before else 1,
            title=theme.title,
            greeting=theme.greeting.format(name=partner.owner.name.split()[0]),
            valid_until=self.stage.days.ahead(valid),
            author_id=author.id,
            created_at=drawn_at,
            sent_at=sent_at,
        )
        drawn = [self._line(version, position, one, drawn_at) for position, one in enumerate(lines, 1)]
        offer = Offer(presentation, version, partner, drawn)
        if before:
            before.version.replaced_at = sent_at
            self.sent.remove(before)
        if sent_at:
            self.sent.append(offer)
            self._tell_sent(offer, author, sent_at)
        return offer

    def read(self, offer: Offer, person: Person, at: datetime) -> None:
        """A person opened it."""
        day = self.stage.days.local(at).date()
        self.stage.rows.add(Opening, version_id=offer.version.id, person_id=person.id, day=day, at=at)
        self.stage.annals.note("presentation.opened", at, person, offer.partner, offer.data)

    def choose(self, offer: Offer, person: Person, position: int, quantity: int, at: datetime) -> None:
        """A person took another quantity of a line."""
        line = offer.lines[position - 1]
        self.stage.rows.add(ChosenQuantity, line_id=line.id, person_id=person.id, quantity=quantity)
        data = {
            "presentation": offer.presentation.number,
            "line_id": line.id,
            "article": line.article,
            "was": line.quantity,
            "quantity": quantity,
            "unit": line.unit,
        }
        self.stage.annals.note("presentation.quantity_changed", at, person, offer.partner, data)

    def ask_extension(self, offer: Offer, at: datetime) -> None:
        """The partner came too late and asks for the old prices."""
        number, title, person = offer.presentation.number, offer.version.title, offer.partner.owner
        self.stage.rows.add(ExtensionRequest, version_id=offer.version.id, person_id=person.id, at=at)
        letter = Letter(
            "presentation_extension_asked",
            offer.partner.manager or self.stage.cast.sinitsyn,
            self.stage.annals.subject("презентация", number, None, "просьба продлить"),
            f"{person.name} просит продлить презентацию «{title}».",
            f"/presentations/{number}",
        )
        data = offer.data | {"title": title}
        self.stage.annals.note("presentation.extension_asked", at, person, offer.partner, data, [letter])

    def _head(self, number: int, partner: Partner, author: Person, at: datetime, promo: bool) -> Presentation:
        return self.stage.rows.add(
            Presentation,
            number=number,
            company_id=partner.company.id,
            author_id=author.id,
            recipient_id=None if promo else partner.owner.id,
            promo=promo,
            created_at=at,
        )

    def _line(self, version: Version, position: int, offered: Offered, at: datetime) -> Line:
        product = offered.product
        return self.stage.rows.add(
            Line,
            version_id=version.id,
            position=position,
            product_id=product.id,
            article=product.article,
            name=product.name,
            brand=self.stage.shop.brand(product),
            unit=product.unit,
            pack=product.pack,
            minimum=product.minimum,
            picture=product.picture,
            retail=product.retail,
            discount=offered.discount,
            price=discounted(product.retail, offered.discount),
            vat_rate=vat_rate(Vat(product.vat), self.stage.days.local(at).date(), STATUTORY),
            quantity=fitting(product, offered.quantity),
            remark=offered.remark,
        )

    def _tell_sent(self, offer: Offer, author: Person, at: datetime) -> None:
        """The event and the letters: to the recipient, or to everybody who may order."""
        number, title = offer.presentation.number, offer.version.title
        subject = self.stage.annals.subject("презентация", number, None, title)
        data = offer.data | {
            "title": title,
            "version_id": offer.version.id,
            "lines": len(offer.lines),
            "total": sum(line.price * line.quantity for line in offer.lines),
        }
        letters = [
            Letter("presentation_sent", person, subject, offer.version.greeting, f"/presentations/{number}")
            for person in ([offer.partner.owner] if offer.presentation.recipient_id else offer.partner.buyers)
        ]
        sending = self.stage.annals.note("presentation.sent", at, author, offer.partner, data, letters)
        self.sendings[offer.version.id] = sending
