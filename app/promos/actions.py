"""What a manager does with a promo: chooses whom it goes to, sends it, stops it and lets it go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app import clock
from app.accounts.models import Person
from app.accounts.queries import lock_person
from app.accounts.user import User
from app.catalogue.models import Product
from app.database import Sql, transaction
from app.errors import RuleBroken
from app.outbox import record
from app.promos.models import Promo, PromoCompany, PromoLine, PromoState
from app.quantities import WrongQuantity, must_fit
from app.settings import Settings

_LINES = Sql(
    """
    INSERT INTO promo_line (promo_id, position, product_id, quantity, remark)
    SELECT CAST(:promo AS INTEGER), position, product_id, quantity, remark
    FROM presentation_line WHERE version_id = :version
    """
)


@dataclass(frozen=True, slots=True)
class Text:
    """What a promo says: its last day is in the distributor's time zone."""

    title: str
    greeting: str
    valid_until: date


async def begin(version_id: int, text: Text, companies: Sequence[int], *, key: str, by: User) -> int:
    """Keeps a promo of a version's lines to be looked at before it is sent; the same form gives the same one.

    :param companies: ids that the author may write to.
    :return: its id. Raises RuleBroken for a version without lines.
    """
    async with transaction():
        await lock_person(by.id)
        there = await Promo.get_or_none(author_id=by.id, key=key)
        if there:
            return there.id
        promo = await Promo.create(
            author_id=by.id, key=key, title=text.title, greeting=text.greeting, valid_until=text.valid_until
        )
        if not await _LINES.run(promo=promo.id, version=version_id):
            raise RuleBroken("There is nothing to send yet: add a product")
        await PromoCompany.bulk_create([PromoCompany(promo_id=promo.id, company_id=one) for one in companies])
    return promo.id


async def send(promo_id: int, *, by: User, settings: Settings) -> None:
    """Lets the worker begin. Raises RuleBroken with what is in the way; sent twice it is sent once."""
    async with transaction():
        promo = await Promo.select_for_update().get(id=promo_id)
        if promo.sent_at is not None:
            return
        await _must_be_good(promo, settings)
        await Promo.filter(id=promo_id).update(sent_at=clock.now(), ip=by.ip)
        companies = await PromoCompany.filter(promo_id=promo_id).count()
        await record("promo.sent", by=by, promo=promo_id, title=promo.title, companies=companies)


async def discard(promo_id: int) -> None:
    """Forgets a promo that was not sent. Raises RuleBroken for one that was."""
    async with transaction():
        promo = await Promo.select_for_update().get(id=promo_id)
        if promo.sent_at is not None:
            raise RuleBroken("The promo is being sent already: it can be stopped")
        await PromoLine.filter(promo_id=promo_id).delete()
        await PromoCompany.filter(promo_id=promo_id).delete()
        await Promo.filter(id=promo_id).delete()


async def stop(promo_id: int, *, by: User) -> None:
    """From here on no company gets its presentation; those that have one keep it. Stopped twice is stopped once."""
    async with transaction():
        at_work = Promo.filter(id=promo_id, sent_at__isnull=False, finished_at=None, stopped_at=None)
        if await at_work.update(stopped_at=clock.now()):
            await _record("promo.stopped", promo_id, by)


async def stop_all_of(author_id: int, *, by: User) -> None:
    """Stops what is being sent in the name of somebody who is leaving, in the transaction that closes their door."""
    at_work = Promo.filter(author_id=author_id, sent_at__isnull=False, finished_at=None, stopped_at=None)
    for promo in await at_work.order_by("id"):
        await stop(promo.id, by=by)


async def resume(promo_id: int, *, by: User, settings: Settings) -> None:
    """The worker goes on with those that wait. Raises RuleBroken when the offer has expired meanwhile."""
    async with transaction():
        promo = await Promo.select_for_update().get(id=promo_id)
        if promo.stopped_at is None or promo.finished_at is not None:
            return
        await _must_be_good(promo, settings)
        await Promo.filter(id=promo_id).update(stopped_at=None)
        await _record("promo.resumed", promo_id, by)


async def _record(event: str, promo_id: int, by: User) -> None:
    promo = await Promo.get(id=promo_id)
    waiting = await PromoCompany.filter(promo_id=promo_id, state=PromoState.WAITING).count()
    await record(event, by=by, promo=promo_id, title=promo.title, companies=waiting)


async def _must_be_good(promo: Promo, settings: Settings) -> None:
    author = await Person.get(id=promo.author_id)
    if author.blocked_at is not None:
        raise RuleBroken("%(name)s does not work here any more: nothing is sent in their name", name=author.name)
    products = await Product.filter(promo_lines__promo_id=promo.id).order_by("promo_lines__position")
    gone = [product.article for product in products if product.discontinued_at]
    if gone:
        raise RuleBroken("Discontinued: %(articles)s. Take out what is not sold any more", articles=", ".join(gone))
    if wrong := await _wrong(promo.id):
        raise RuleBroken("Mend the quantities first: %(articles)s", articles=", ".join(wrong))
    if promo.valid_until < clock.today(settings.timezone):
        raise RuleBroken("The offer would have expired already: choose another date")


async def _wrong(promo_id: int) -> list[str]:
    """The articles whose quantity cannot be ordered."""
    wrong = []
    for line in await PromoLine.filter(promo_id=promo_id).order_by("position").select_related("product"):
        product = line.product
        try:
            must_fit(line.quantity, minimum=product.minimum, pack=product.pack, unit=product.unit)
        except WrongQuantity:
            wrong.append(product.article)
    return wrong
