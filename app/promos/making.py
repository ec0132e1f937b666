"""Making the presentations of a promo: a company at a time, each in a transaction of its own, each at most once.

The row of the company is the truth: it is locked while its presentation is made, and says afterwards what was made.
Whoever is killed in between has made nothing, and the next one makes it. Several workers may do so at once.
"""

from collections.abc import Mapping
from typing import Any

from app import clock
from app.accounts.models import BUYERS, Assignment, Person, Role
from app.catalogue.prices import discounts_of_company
from app.database import DatabaseUnavailable, Sql, transaction
from app.history.models import Event
from app.numbers import next_number
from app.outbox import Knock, record
from app.presentations import words
from app.presentations.drafts import copy_product
from app.presentations.models import Line, Presentation, Version
from app.promos.models import Promo, PromoCompany, PromoLine, PromoState
from app.quantities import least
from app.settings import Settings

TRIES = 3  # of one company, before it is left as failed

# A promo that is being stopped waits for what is being made of it, and then nothing more is.
_WAITING = """
    SELECT k.id, k.promo_id, k.company_id
    FROM promo_company k
    JOIN promo p ON p.id = k.promo_id
    JOIN person a ON a.id = p.author_id
    WHERE k.state = 'waiting' AND p.sent_at IS NOT NULL AND p.stopped_at IS NULL AND p.finished_at IS NULL
      AND p.valid_until >= :today AND a.blocked_at IS NULL
    ORDER BY k.attempts, k.id LIMIT 1 {lock}
"""
_NEXT = Sql(_WAITING.format(lock=""), postgres=_WAITING.format(lock="FOR UPDATE OF k SKIP LOCKED FOR SHARE OF p"))
_FAILED = Sql(
    """
    UPDATE promo_company SET attempts = attempts + 1,
           state = CASE WHEN attempts + 1 >= :tries THEN 'failed' ELSE 'waiting' END
    WHERE id = :id AND state = 'waiting'
    """
)
_FINISHED = Sql(
    """
    UPDATE promo SET finished_at = :now
    WHERE sent_at IS NOT NULL AND finished_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM promo_company k WHERE k.promo_id = promo.id AND k.state = 'waiting')
    RETURNING id
    """
)


class MakingFailed(Exception):
    """The presentation of a company could not be made, by a mistake of ours; its row is `row`."""

    def __init__(self, row: int) -> None:
        super().__init__(f"the company of row {row} did not get its presentation")
        self.row = row


async def make_next(settings: Settings) -> bool:
    """Makes the presentation of the next company that waits, or passes it over; False when none waits.

    :raises MakingFailed: and nothing is made: say so by `failed`.
    """
    async with transaction():
        row = await _NEXT.one(today=clock.today(settings.timezone))
        if row is None:
            return False
        try:
            await _make(row, settings)
        except DatabaseUnavailable:
            raise
        except Exception as error:
            raise MakingFailed(row["id"]) from error
    return True


async def failed(row: int) -> None:
    """Counts a failure: the others go first, and after TRIES the company is left for people to look at."""
    await _FAILED.run(id=row, tries=TRIES)


async def finish(settings: Settings) -> None:
    """Notes that a promo has no company left that waits."""
    async with transaction():
        for row in await _FINISHED.all(now=clock.now()):
            promo = await Promo.get(id=row["id"])
            made = await PromoCompany.filter(promo_id=promo.id, state=PromoState.MADE).count()
            await record("promo.finished", by=None, promo=promo.id, title=promo.title, companies=made)


async def _make(row: Mapping[str, Any], settings: Settings) -> None:
    promo = await Promo.get(id=row["promo_id"]).select_related("author")
    reason = await _in_the_way(promo.author, row["company_id"])
    lines = [] if reason else await _lines(promo, row["company_id"], settings)
    reason = reason or ("" if lines else "goods")
    if reason:
        await PromoCompany.filter(id=row["id"]).update(state=PromoState.PASSED, reason=reason)
        return
    presentation, event = await _offer(promo, row["company_id"], lines)
    made = {"state": PromoState.MADE, "presentation_id": presentation.id, "event_id": event.id}
    await PromoCompany.filter(id=row["id"]).update(**made)


async def _offer(promo: Promo, company_id: int, lines: list[Line]) -> tuple[Presentation, Event]:
    """The presentation of a company, sent, and the event that its letters come of."""
    number, author = await next_number("presentation"), promo.author_id
    presentation = await Presentation.create(number=number, company_id=company_id, author_id=author, promo=True)
    version = await Version.create(
        presentation_id=presentation.id,
        author_id=author,
        title=promo.title,
        greeting=promo.greeting,
        valid_until=promo.valid_until,
        sent_at=clock.now(),
    )
    for line in lines:
        line.version_id = version.id
    await Line.bulk_create(lines)
    await words.index(version.id)
    by, total = Knock(author, None, promo.ip, ""), sum(line.price * line.quantity for line in lines)
    about = {"presentation": number, "version": 1, "version_id": version.id, "title": promo.title, "promo": promo.id}
    event = await record("presentation.sent", by=by, company=company_id, **about, lines=len(lines), total=total)
    return presentation, event


async def _in_the_way(author: Person, company_id: int) -> str:
    """Why the company gets nothing now: nobody may sign in there, or it is another manager's. Empty: it does."""
    able = Person.filter(company_id=company_id, role__in=list(BUYERS), blocked_at=None, company__blocked_at=None)
    if not await able.exists():
        return "nobody"
    assigned = await Assignment.get_or_none(company_id=company_id)
    ours = author.role is Role.ADMINISTRATOR or assigned is None or assigned.manager_id == author.id
    return "" if ours else "others"


async def _lines(promo: Promo, company_id: int, settings: Settings) -> list[Line]:
    """What is still sold of the promo and has a price, frozen at the company's prices and today's VAT."""
    there = PromoLine.filter(promo_id=promo.id, product__discontinued_at=None)
    wanted = await there.order_by("position").select_related("product__brand")
    discounts = await discounts_of_company(company_id, [one.product_id for one in wanted])
    today, lines = clock.today(settings.timezone), list[Line]()
    for one in wanted:
        product = one.product
        price = discounts.price(
            product.retail, product_id=product.id, brand_id=product.brand_id, category_id=product.category_id
        )
        if price.on_request:
            continue
        line = Line(position=len(lines) + 1, product_id=product.id, price=price.price, discount=price.discount)
        line.rate, line.rate_on = price.rate, price.rate_on
        await copy_product(line, product, today)
        line.remark = one.remark
        line.quantity = least(max(one.quantity, product.minimum), product.pack)
        lines.append(line)
    return lines
