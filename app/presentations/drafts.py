"""Drafting and sending: until it is sent a version is free to change, afterwards never (PRODUCT rule 3)."""

# long: every change of a draft, with the lock and the count that all of them share

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from app import clock, money
from app.accounts.queries import lock_person
from app.accounts.user import User
from app.catalogue.models import Product
from app.catalogue.prices import discounts_of_company
from app.database import Sql, transaction
from app.errors import NotFound, RuleBroken
from app.i18n import N_
from app.numbers import next_number
from app.outbox import record
from app.presentations import checks, trail, words
from app.presentations.draft_queries import Draft, DraftLine
from app.presentations.models import Line, Presentation, Version
from app.presentations.terms import Terms
from app.quantities import must_fit
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
_TURN = Sql("UPDATE presentation_line SET position = -position WHERE version_id = :version AND position < 0")
_COPY = Sql(
    """
    INSERT INTO presentation_line (version_id, position, product_id, article, name, brand, unit, pack, minimum,
                                   picture, retail, discount, price, vat_rate, quantity, remark)
    SELECT CAST(:new AS INTEGER), position, product_id, article, name, brand, unit, pack, minimum,
           picture, retail, discount, price, vat_rate, quantity, remark
    FROM presentation_line WHERE version_id = :old
    """
)


class ChangedMeanwhile(RuleBroken):
    """Somebody saved the draft between reading and writing: read it again, and look at what differs."""

    def __init__(self) -> None:
        super().__init__(N_("The draft was changed in another window: look at it and press again"))


@dataclass(frozen=True, slots=True)
class Changes:
    """What a manager typed in a draft; lines that are not named in `terms` and `remarks` keep theirs.

    `order` are the ids of all lines as they shall stand; empty: as they do.
    """

    title: str
    greeting: str
    valid_until: date
    recipient_id: int | None
    terms: Mapping[int, Terms]
    remarks: Mapping[int, str] = field(default_factory=dict)
    order: Sequence[int] = ()


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


async def save(draft: Draft, changes: Changes, *, by: User | None = None, window: str = "") -> None:
    """Keeps what was typed in a draft, with the retail prices that it was shown at.

    Raises AlreadySent, and ChangedMeanwhile when the draft is not as it was read any more.
    """
    head = (changes.title, changes.greeting, changes.valid_until, changes.recipient_id)
    typed = [(line, *_typed(line, changes)) for line in draft.lines]
    lines = [(line, terms, remark) for line, terms, remark in typed if _differs(line, terms, remark)]
    order = [line.id for line in draft.lines]
    moved = bool(changes.order) and list(changes.order) != order
    async with transaction():
        version = await lock(draft)
        if version.revision != draft.revision:
            raise ChangedMeanwhile
        if head == draft.head and not lines and not moved:
            return
        was, now = draft.fields, _changed(draft, changes).fields
        await touch(version, by, window=window, was={name: text for name, text in was.items() if text != now[name]})
        await Presentation.filter(id=draft.id).update(recipient_id=changes.recipient_id)
        await Version.filter(id=draft.version_id).update(
            title=changes.title, greeting=changes.greeting, valid_until=changes.valid_until
        )
        for line, terms, remark in lines:
            kept: dict[str, Any] = {"price": terms.price, "discount": terms.discount, "quantity": terms.quantity}
            kept |= {"retail": line.retail, "remark": remark}
            await Line.filter(id=line.id, version_id=draft.version_id).update(**kept)
        if moved:
            await _arrange(draft.version_id, changes.order)


def _typed(line: DraftLine, changes: Changes) -> tuple[Terms, str]:
    return changes.terms.get(line.id, line.terms), changes.remarks.get(line.id, line.remark)


def _differs(line: DraftLine, terms: Terms, remark: str) -> bool:
    return terms != line.kept or remark != line.remark or line.retail != line.kept_retail


def _changed(draft: Draft, changes: Changes) -> Draft:
    """The draft as it will be."""
    lines = []
    for line in draft.lines:
        terms, remark = _typed(line, changes)
        lines.append(replace(line, terms=terms, remark=remark))
    head: dict[str, Any] = {"title": changes.title, "greeting": changes.greeting, "valid_until": changes.valid_until}
    return replace(draft, **head, recipient_id=changes.recipient_id, lines=tuple(lines))


async def touch(version: Version, by: User | None, *, window: str = "", was: Mapping[str, str] | None = None) -> None:
    """Counts a change of a draft, made in a window; `was` stood before in the fields that it changed."""
    version.revision += 1
    version.trail = trail.longer(version.trail, version.revision, window, was or {})
    version.changed_by_id = by.id if by else version.changed_by_id
    version.changed_at = clock.now()
    await version.save(update_fields=["revision", "trail", "changed_by_id", "changed_at"])


async def _arrange(version_id: int, order: Sequence[int]) -> None:
    """Numbers the lines in this order; by way of negative numbers: a position is never held twice."""
    for position, line_id in enumerate(order, 1):
        await Line.filter(id=line_id, version_id=version_id).update(position=-position)
    await _TURN.run(version=version_id)


async def add_line(
    draft: Draft, product: Product, quantity: int, *, settings: Settings, by: User | None = None
) -> None:
    """Adds a product (its brand fetched) at the end, at the price that the company has outside of presentations.

    Raises RuleBroken for a discontinued product, one that is in the draft, and one line too many; WrongQuantity.
    """
    # long: a field a line
    if product.discontinued_at is not None:
        raise RuleBroken("%(article)s is discontinued and cannot be offered", article=product.article)
    must_fit(quantity, minimum=product.minimum, pack=product.pack, unit=product.unit)
    discounts = await discounts_of_company(draft.company_id, [product.id])
    price = discounts.price(
        product.retail, product_id=product.id, brand_id=product.brand_id, category_id=product.category_id
    )
    async with transaction():
        version = await lock(draft)
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
        await copy_product(line, product, clock.today(settings.timezone))
        await touch(version, by)
        await line.save()


async def remove_line(draft: Draft, line_id: int, *, by: User | None = None) -> None:
    """Takes a line out of a draft. Raises AlreadySent."""
    async with transaction():
        version = await lock(draft)
        if await Line.filter(id=line_id, version_id=draft.version_id).delete():
            await touch(version, by)


async def move_line(draft: Draft, line_id: int, step: int, *, by: User | None = None) -> None:
    """Moves a line one place up (−1) or down (1); at the end of the list it stays. Raises AlreadySent."""
    async with transaction():
        version = await lock(draft)
        order = await Line.filter(version_id=draft.version_id).order_by("position").values_list("id", flat=True)
        ids = [int(str(one)) for one in order]
        where = ids.index(line_id) if line_id in ids else -1
        if where >= 0 and 0 <= where + step < len(ids):
            ids[where], ids[where + step] = ids[where + step], ids[where]
            await touch(version, by)
            await _arrange(draft.version_id, ids)


async def give_discounts(draft: Draft, discounts: Mapping[int, int], *, by: User) -> None:
    """Gives lines, by their ids, discounts in basis points; a line without a retail price keeps its own price.

    Raises AlreadySent, ChangedMeanwhile.
    """
    terms = {
        line.id: Terms(money.discounted(line.retail, discounts[line.id]), discounts[line.id], line.terms.quantity)
        for line in draft.lines
        if line.id in discounts and line.retail
    }
    await save(draft, Changes(*draft.head, terms), by=by)


async def take_own_discounts(draft: Draft, *, by: User) -> None:
    """Gives all lines the prices that the company has outside of offers; a line without one keeps what it has.

    Raises AlreadySent, ChangedMeanwhile.
    """
    own = await discounts_of_company(draft.company_id, draft.products)
    terms = {}
    for line in draft.lines:
        price = own.price(line.retail, product_id=line.product_id, brand_id=line.brand_id, category_id=line.category_id)
        if not price.on_request:
            terms[line.id] = Terms(price.price, price.discount, line.terms.quantity)
    await save(draft, Changes(*draft.head, terms), by=by)


async def send(draft: Draft, changes: Changes, *, by: User, settings: Settings) -> None:
    """Saves a draft and sends it: its lines are frozen as of today, the version that held is replaced.

    Raises AlreadySent, and RuleBroken with what is missing; then nothing is saved either.
    """
    async with transaction():
        await save(draft, changes, by=by)
        await must_be_sendable(draft, by=by, settings=settings)
        lines = await checks.lines_of(draft.version_id)
        await _freeze(lines, draft.company_id, clock.today(settings.timezone))
        others = Version.filter(presentation_id=draft.id, replaced_at=None).exclude(id=draft.version_id)
        await others.update(replaced_at=clock.now())
        await Version.filter(id=draft.version_id).update(sent_at=clock.now())
        await words.index(draft.version_id)
        about = {"presentation": draft.number, "version": draft.version, "version_id": draft.version_id}
        total = sum(line.price * line.quantity for line in lines)
        event = {**about, "title": changes.title, "lines": len(lines), "total": total}
        await record("presentation.sent", by=by, company=draft.company_id, **event)


async def must_be_sendable(draft: Draft, *, by: User, settings: Settings) -> None:
    """Raises RuleBroken with what keeps a saved draft from being sent."""
    if any(line.retail != line.kept_retail for line in draft.lines):
        raise checks.new_prices()
    await checks.must_be_sendable(draft.version_id, by=by, settings=settings)


async def lock(draft: Draft) -> Version:
    """Makes the transaction the only one that changes the presentation.

    Raises AlreadySent, Scheduled, and NotFound for a draft that was discarded meanwhile.
    """
    await Presentation.select_for_update().get_or_none(id=draft.id)
    version = await Version.get_or_none(id=draft.version_id)
    if version is None:
        raise NotFound
    version.must_be_draft()
    return version


async def _freeze(lines: Sequence[Line], company_id: int, today: date) -> None:
    """Copies into the lines what their products are today, and numbers them without gaps.

    The rate of a currency goes with a price that follows it: a manager's own price follows none.
    """
    own = await discounts_of_company(company_id, [line.product_id for line in lines])
    for position, line in enumerate(lines, 1):
        line.position = position
        await copy_product(line, line.product, today)
        follows = own.rate_of(line.product_id, line.price, line.discount)
        line.rate, line.rate_on = (follows.rate, follows.rate_on) if follows else (None, None)
        await line.save()


async def copy_product(line: Line, product: Product, today: date) -> None:
    """What a line keeps of its product, VAT as of `today`."""
    for name in ("article", "name", "unit", "pack", "minimum", "picture", "retail"):
        setattr(line, name, getattr(product, name))
    line.brand = product.brand.name
    line.vat_rate = money.vat_rate(product.vat, today, await vat_rates())
