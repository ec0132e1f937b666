"""Calling off promotional letters from a letter, without signing in: by its link, or in one click (RFC 8058)."""

from tortoise.queryset import QuerySet

from app import clock, tokens
from app.accounts.joining import Consent, ConsentKind, Withdrawal
from app.accounts.models import Person
from app.database import transaction
from app.errors import NotFound
from app.outbox import Knock, record
from app.settings import Settings

_PURPOSE = "unsubscribe"
_FOREVER = 100 * 365 * 86400  # seconds: a letter of years ago must let its reader go, too


def address(settings: Settings, person_id: int) -> str:
    """Where a letter to a person leads for this."""
    return f"{settings.origin}/unsubscribe/{tokens.sign(settings, _PURPOSE, str(person_id))}"


async def find(settings: Settings, token: str) -> Person:
    """Whose letter it was, blocked or not; raises NotFound for a token that was never given out."""
    number = tokens.unsign(settings, _PURPOSE, token, _FOREVER)
    person = await Person.get_or_none(id=int(number)) if number else None
    if person is None:
        raise NotFound
    return person


async def is_subscribed(person: Person) -> bool:
    """Whether there is a consent to call off."""
    return await _given(person).exists()


async def unsubscribe(person: Person, how: Withdrawal, *, ip: str, request_id: str) -> None:
    """Withdraws the consent, which is kept with the time and the way; done twice it is done once."""
    async with transaction():
        if await _given(person).update(withdrawn_at=clock.now(), withdrawn_by=how):
            by = Knock(person.id, person.company_id, ip, request_id)
            await record("person.unsubscribed", by=by, company=person.company_id, how=how)


def _given(person: Person) -> QuerySet[Consent]:
    return Consent.filter(person_id=person.id, kind=ConsentKind.PROMO, withdrawn_at__isnull=True)
