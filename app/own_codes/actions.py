"""What partners do to their company's own codes."""

from collections.abc import Mapping

from app import clock
from app.accounts.user import User
from app.catalogue.models import Product, article_key
from app.database import Sql, transaction
from app.errors import RuleBroken
from app.i18n import N_
from app.outbox import record
from app.own_codes.models import OwnCode

MOST_CODES = 10_000  # of a company
TOLD = 5  # codes that the history names

_LOCK = Sql(
    "SELECT id FROM company WHERE id = :company",
    postgres="SELECT id FROM company WHERE id = :company FOR NO KEY UPDATE",
)


async def keep(codes: Mapping[str, int], *, by: User) -> int:
    """Keeps codes with the ids of their products; a code that is there means the new product from now on.

    :return: how many became other than they were. :raises RuleBroken: too many codes.
    """
    wanted = {article_key(code): (code, product) for code, product in codes.items()}
    async with transaction():
        await _LOCK.value(company=by.company)
        present = {one.key: one for one in await OwnCode.filter(company_id=by.company, key__in=list(wanted))}
        changed = {key: one for key, one in wanted.items() if key not in present or _differs(present[key], *one)}
        added = [key for key in changed if key not in present]
        if added and await OwnCode.filter(company_id=by.company).count() + len(added) > MOST_CODES:
            raise RuleBroken(N_("A company keeps at most %(most)s codes: remove some first"), most=MOST_CODES)
        kept = {"author_id": by.id, "at": clock.now()}
        for key, (code, product) in changed.items():
            if key in present:
                await OwnCode.filter(id=present[key].id).update(code=code, product_id=product, **kept)
        rows = [
            OwnCode(company_id=by.company, key=key, code=wanted[key][0], product_id=wanted[key][1], **kept)
            for key in added
        ]
        await OwnCode.bulk_create(rows, batch_size=500)
        if changed:
            await record("own_code.kept", by=by, codes=await _told(changed, present), count=len(changed))
    return len(changed)


async def remove(own: OwnCode, *, by: User) -> None:
    """Removes a code; a second time changes nothing."""
    product = await Product.get(id=own.product_id)
    async with transaction():
        if await OwnCode.filter(id=own.id, company_id=by.company).delete():
            await record("own_code.removed", by=by, code=own.code, good=product.id, article=product.article)


def _differs(own: OwnCode, code: str, product_id: int) -> bool:
    return own.code != code or own.product_id != product_id


async def _told(changed: Mapping[str, tuple[str, int]], present: Mapping[str, OwnCode]) -> list[list[str]]:
    """The first of the codes: each with the article of its product, and the one before."""
    first = list(changed.items())[:TOLD]
    ids = {product for _, (_, product) in first} | {present[key].product_id for key, _ in first if key in present}
    articles = {one.id: one.article for one in await Product.filter(id__in=sorted(ids)).only("id", "article")}
    was = {key: articles[present[key].product_id] for key, _ in first if key in present}
    return [[code, articles[product], was.get(key, "")] for key, (code, product) in first]
