"""What is done with price lists: asked for, made by the worker; and addresses of theirs: created and revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app import clock, tokens
from app.accounts.user import User
from app.database import Sql, transaction
from app.errors import NotFound, RuleBroken
from app.exports.making import PATIENCE, Made
from app.exports.models import TRIES, Format, PriceList, PriceListToken
from app.exports.queries import MOST_TOKENS
from app.outbox import record
from app.settings import Settings

MOST_WAITING = 5  # price lists of one company at a time
LEASE = timedelta(seconds=PATIENCE + 30)  # after which another worker may begin anew

_LOCK = Sql(
    "SELECT id FROM company WHERE id = :company",
    postgres="SELECT id FROM company WHERE id = :company FOR NO KEY UPDATE",
)
_CLAIM = """
    UPDATE price_list SET begun_at = :now, attempts = attempts + 1
    WHERE id = (SELECT id FROM price_list
                WHERE made_at IS NULL AND attempts < :tries AND (begun_at IS NULL OR begun_at < :lost)
                ORDER BY attempts, id LIMIT 1 {lock})
    RETURNING id
"""
_NEXT = Sql(_CLAIM.format(lock=""), postgres=_CLAIM.format(lock="FOR UPDATE SKIP LOCKED"))
# Who died with its last try in hand gives it back as failed.
_LOST = Sql("UPDATE price_list SET begun_at = NULL WHERE made_at IS NULL AND attempts >= :tries AND begun_at < :lost")


@dataclass(frozen=True, slots=True)
class Choice:
    """A price list as somebody wants it: ids of brands and categories, none of a kind means all."""

    format: Format
    brands: Sequence[int]
    categories: Sequence[int]


async def ask(choice: Choice, *, key: str, by: User) -> PriceList:
    """Has a price list made; the same form, or the same list while it waits, is one job. Raises RuleBroken."""
    async with transaction():
        await _LOCK.value(company=by.company)
        there = await PriceList.get_or_none(person_id=by.id, key=key)
        waiting = [one for one in await PriceList.filter(company_id=by.company, made_at=None) if one.state == "waiting"]
        there = there or next((one for one in waiting if _same(one, choice, by.language)), None)
        if there:
            return there
        if len(waiting) >= MOST_WAITING:
            raise RuleBroken("%(most)s price lists are being made already: wait for them", most=MOST_WAITING)
        price_list = await PriceList.create(
            company_id=by.company,
            person_id=by.id,
            format=choice.format,
            brands=list(choice.brands),
            categories=list(choice.categories),
            language=by.language,
            key=key,
            asked_at=clock.now(),
        )
        await record("price_list.asked", by=by, price_list=price_list.id, format=choice.format.value)
    return price_list


async def claim() -> PriceList | None:
    """The next price list to make, for the caller alone; None when none waits."""
    now = clock.now()
    lost = {"tries": TRIES, "lost": now - LEASE}
    async with transaction():
        await _LOST.run(**lost)
        found = await _NEXT.value(now=now, **lost)
    return await PriceList.get(id=found).select_related("company") if found else None


async def keep(price_list: PriceList, made: Made, size: int) -> None:
    """Notes that the file is there."""
    await PriceList.filter(id=price_list.id).update(made_at=clock.now(), lines=made.lines, size=size)


async def give_back(price_list: PriceList, *, failed: bool) -> None:
    """Lets another one try; one that failed TRIES times is left."""
    attempts = price_list.attempts if failed else price_list.attempts - 1
    await PriceList.filter(id=price_list.id, made_at=None).update(begun_at=None, attempts=attempts)


async def create_token(name: str, *, key: str, by: User, settings: Settings) -> str:
    """A new secret address of the company's price list: its token, which is nowhere kept.

    The same form gives the same token. Raises RuleBroken: too many, or the form's was revoked meanwhile.
    """
    secret = tokens.derived(settings, "price-list", f"{by.id}:{key}")
    async with transaction():
        await _LOCK.value(company=by.company)
        there = await PriceListToken.get_or_none(digest=tokens.digest(secret))
        if there is None:
            if await PriceListToken.filter(company_id=by.company, revoked_at=None).count() >= MOST_TOKENS:
                raise RuleBroken("A company has at most %(most)s addresses: revoke one first", most=MOST_TOKENS)
            digest, now = tokens.digest(secret), clock.now()
            token = await PriceListToken.create(
                company_id=by.company, person_id=by.id, name=name, digest=digest, created_at=now
            )
            await record("price_list_token.created", by=by, token=token.id, name=name)
        elif there.revoked_at:
            raise RuleBroken("This address was revoked: create another one")
    return secret


async def revoke_token(number: int, *, by: User) -> str:
    """Ends an address; a second time changes nothing. :return: its name. Raises NotFound."""
    async with transaction():
        token = await PriceListToken.get_or_none(id=number, company_id=by.company)
        if token is None:
            raise NotFound
        if await PriceListToken.filter(id=token.id, revoked_at=None).update(revoked_at=clock.now()):
            await record("price_list_token.revoked", by=by, token=token.id, name=token.name)
    return token.name


def _same(one: PriceList, choice: Choice, language: str) -> bool:
    wanted = (choice.format, list(choice.brands), list(choice.categories), language)
    return (one.format, one.brands, one.categories, one.language) == wanted
