"""Drafting and sending: until it is sent a version is free to change, afterwards never (PRODUCT rule 3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app import clock, money
from app.accounts.models import BUYERS, Person
from app.accounts.queries import lock_person
from app.accounts.user import User
from app.catalogue.models import Product
from app.catalogue.prices import discounts_of_company
from app.database import Sql, transaction
from app.errors import RuleBroken
from app.numbers import next_number
from app.outbox import record
from app.presentations.draft_queries import Draft
from app.presentations.models import Line, Presentation, Version
from app.presentations.terms import Terms
from app.quantities import WrongQuantity, must_fit
from app.settings import Settings
from app.vat import vat_rates

VALID_FOR = timedelta(days=14)
MOST_LINES = 300

_EMPTY = Sql(
    """
    SELECT n.number FROM presentation n JOIN presentation_version v ON v.presentation_id = n.id
    WHERE n.company_id = :company AND v.author_id = :person AND v.number = 1 AND v.sent_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM presentation_line l WHERE l.version_id = v.id)
    ORDER BY n.id LIMIT 1
    """
)
_COPY = Sql(
    """
    INSERT INTO presentation_line (version_id, position, product_id, article, name, brand, unit, pack, minimum,
                                   picture, retail, discount, price, vat_rate, quantity, remark)
    SELECT CAST(:new AS INTEGER), position, product_id, article, name, brand, unit, pack, minimum,
           picture, retail, discount, price, vat_rate, quantity, remark
    FROM presentation_line WHERE version_id = :old
    """
)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a manager typed in a draft; lines that are not named in `terms` keep theirs."""

    title: str
    greeting: str
    valid_until: date
    recipient_id: int | None
    terms: Mapping[int, Terms]


async def begin(company_id: int, title: str, *, by: User, settings: Settings) -> int:
    """Begins a presentation for a company and returns its number; an empty one of the author's is taken up again."""
    async with transaction():
        await lock_person(by.id)
        begun: int | None = await _EMPTY.value(company=company_id, person=by.id)
        if begun is not None:
            return begun
        presentation = await Presentation.create(
            number=await next_number("presentation"), company_id=company_id, author_id=by.id
        )
        last_day = clock.today(settings.timezone) + VALID_FOR
        await Version.create(presentation=presentation, title=title, valid_until=last_day, author_id=by.id)
    return presentation.number


async def begin_version(presentation_id: int, *, by: User, settings: Settings) -> None:
    """Makes a draft of the next version out of the one that holds; the author's own draft is taken up again.

    Raises RuleBroken when somebody else drafts it.
    """
    async with transaction():
        await Presentation.select_for_update().get(id=presentation_id)
        versions = await Version.filter(presentation_id=presentation_id).order_by("number").select_related("author")
        last = versions[-1]
        if last.sent_at is None:
            if last.author_id != by.id:
                raise RuleBroken("%(author)s is drafting the next version already", author=last.author.name)
            return
        today = clock.today(settings.timezone)
        draft = await Version.create(
            presentation_id=presentation_id,
            number=last.number + 1,
            title=last.title,
            greeting=last.greeting,
            valid_until=last.valid_until if last.valid_until >= today else today + VALID_FOR,
            author_id=by.id,
        )
        await _COPY.run(old=last.id, new=draft.id)


async def save(draft: Draft, changes: Changes) -> None:
    """Keeps what was typed in a draft, with the retail prices that it was shown at. Raises AlreadySent."""
    async with transaction():
        await _lock(draft)
        await Presentation.filter(id=draft.id).update(recipient_id=changes.recipient_id)
        await Version.filter(id=draft.version_id).update(
            title=changes.title, greeting=changes.greeting, valid_until=changes.valid_until
        )
        for line in draft.lines:
            terms = changes.terms.get(line.id, line.terms)
            if terms != line.kept or line.retail != line.kept_retail:
                await Line.filter(id=line.id, version_id=draft.version_id).update(
                    price=terms.price, discount=terms.discount, quantity=terms.quantity, retail=line.retail
                )


async def add_line(draft: Draft, product: Product, quantity: int, *, settings: Settings) -> None:
    """Adds a product (its brand fetched) at the end, at the price that the company has outside of presentations.

    Raises RuleBroken for a discontinued product, one that is in the draft, and one line too many; WrongQuantity.
    """
    if product.discontinued_at is not None:
        raise RuleBroken("%(article)s is discontinued and cannot be offered", article=product.article)
    must_fit(quantity, minimum=product.minimum, pack=product.pack, unit=product.unit)
    discounts = await discounts_of_company(draft.company_id)
    price = discounts.price(product.retail, brand_id=product.brand_id, category_id=product.category_id)
    async with transaction():
        await _lock(draft)
        lines = await Line.filter(version_id=draft.version_id).order_by("position")
        if any(line.product_id == product.id for line in lines):
            raise RuleBroken("%(article)s is in the list already: change its quantity there", article=product.article)
        if len(lines) >= MOST_LINES:
            raise RuleBroken("A presentation has at most %(most)s lines", most=MOST_LINES)
        line = Line(
            version_id=draft.version_id,
            position=lines[-1].position + 1 if lines else 1,
            product_id=product.id,
            discount=price.discount,
            price=price.price,
            quantity=quantity,
        )
        await _copy_product(line, product, clock.today(settings.timezone))
        await line.save()


async def remove_line(draft: Draft, line_id: int) -> None:
    """Takes a line out of a draft. Raises AlreadySent."""
    async with transaction():
        await _lock(draft)
        await Line.filter(id=line_id, version_id=draft.version_id).delete()


async def move_line(draft: Draft, line_id: int, step: int) -> None:
    """Moves a line one place up (−1) or down (1); at the end of the list it stays. Raises AlreadySent."""
    async with transaction():
        await _lock(draft)
        places = await Line.filter(version_id=draft.version_id).order_by("position").values_list("id", "position")
        where = [one for one, _ in places].index(line_id)
        if 0 <= where + step < len(places):
            other_id, other = places[where + step]
            for moved, position in ((line_id, 0), (other_id, places[where][1]), (line_id, other)):
                await Line.filter(id=moved).update(position=position)  # by way of 0: a position is never held twice


async def send(draft: Draft, changes: Changes, *, by: User, settings: Settings) -> None:
    """Saves a draft and sends it: its lines are frozen as of today, the version that held is replaced.

    Raises AlreadySent, and RuleBroken with what is missing; then nothing is saved either.
    """
    if any(line.retail != line.kept_retail for line in draft.lines):
        raise _new_prices()
    async with transaction():
        await save(draft, changes)
        today = clock.today(settings.timezone)
        lines = await Line.filter(version_id=draft.version_id).order_by("position").select_related("product__brand")
        _must_be_complete(lines, changes.valid_until, today)
        await _must_have_reader(draft, changes.recipient_id)
        await _freeze(lines, today)
        others = Version.filter(presentation_id=draft.id, replaced_at=None).exclude(id=draft.version_id)
        await others.update(replaced_at=clock.now())
        await Version.filter(id=draft.version_id).update(sent_at=clock.now())
        about = {"presentation": draft.number, "version": draft.version, "version_id": draft.version_id}
        total = sum(line.price * line.quantity for line in lines)
        event = {**about, "title": changes.title, "lines": len(lines), "total": total}
        await record("presentation.sent", by=by, company=draft.company_id, **event)


async def _lock(draft: Draft) -> None:
    """Makes the transaction the only one that changes the presentation. Raises AlreadySent."""
    await Presentation.select_for_update().get(id=draft.id)
    (await Version.get(id=draft.version_id)).must_be_draft()


async def _freeze(lines: Sequence[Line], today: date) -> None:
    """Copies into the lines what their products are today, and numbers them without gaps."""
    for position, line in enumerate(lines, 1):
        line.position = position
        await _copy_product(line, line.product, today)
        await line.save()


async def _copy_product(line: Line, product: Product, today: date) -> None:
    """What a line keeps of its product, VAT as of `today`."""
    for name in ("article", "name", "unit", "pack", "minimum", "picture", "retail"):
        setattr(line, name, getattr(product, name))
    line.brand = product.brand.name
    line.vat_rate = money.vat_rate(product.vat, today, await vat_rates())


def _must_be_complete(lines: Sequence[Line], valid_until: date, today: date) -> None:
    if not lines:
        raise RuleBroken("There is nothing to send yet: add a product")
    if any(line.retail != line.product.retail for line in lines):
        raise _new_prices()
    gone = [line.product.article for line in lines if line.product.discontinued_at]
    if gone:
        raise RuleBroken("Discontinued: %(articles)s. Take out what is not sold any more", articles=", ".join(gone))
    wrong = [line.product.article for line in lines if not _fits(line)]
    if wrong:
        raise RuleBroken("Mend the quantities first: %(articles)s", articles=", ".join(wrong))
    if valid_until < today:
        raise RuleBroken("The offer would have expired already: choose another date")


def _fits(line: Line) -> bool:
    product = line.product
    try:
        must_fit(line.quantity, minimum=product.minimum, pack=product.pack, unit=product.unit)
    except WrongQuantity:
        return False
    return True


async def _must_have_reader(draft: Draft, recipient_id: int | None) -> None:
    people = Person.filter(company_id=draft.company_id, blocked_at=None)
    if recipient_id is not None:
        if not await people.filter(id=recipient_id).exists():
            raise RuleBroken("The recipient was blocked: choose another")
    elif not await people.filter(role__in=list(BUYERS)).exists():
        raise RuleBroken("%(company)s has nobody to send to: no owner or buyer may sign in", company=draft.company)


def _new_prices() -> RuleBroken:
    return RuleBroken("Retail prices have changed since the draft was saved: recalculate, look at them and send again")
