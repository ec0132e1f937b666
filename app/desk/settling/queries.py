"""What waits on the desk and can be dealt with by hand, for those who see it there."""

from dataclasses import dataclass

from app.accounts.user import User
from app.database import Sql
from app.desk.letter_queries import MAILED
from app.desk.scopes import SENT, UNDELIVERED, scope
from app.desk.waiting_queries import REQUESTS
from app.errors import NotFound

_LETTER = Sql(f"SELECT m.id, m.subject, m.recipient, c.id AS company_id {MAILED} WHERE m.id = :id AND {UNDELIVERED}")
_REQUEST = Sql(
    f"""
    SELECT e.id, n.id AS presentation_id, n.number, v.number AS version, v.title, c.id AS company_id,
           c.name AS company, p.name AS person, p.phone
    {REQUESTS} WHERE e.id = :id AND {SENT}
    """
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the site; `company_id` is None for one that is no partner's affair."""

    id: int
    subject: str
    recipient: str
    company_id: int | None


@dataclass(frozen=True, slots=True)
class ExtensionWish:
    """Somebody's request to prolong a version of a presentation."""

    id: int
    presentation_id: int
    number: int
    version: int
    title: str
    company_id: int
    company: str
    person: str
    phone: str


async def letter(user: User, number: int) -> Letter:
    """A letter to the reader, or to a partner of theirs or of nobody; raises NotFound."""
    row = await _LETTER.one(**scope(user), id=number)
    if row is None:
        raise NotFound
    return Letter(**row)


async def wish(user: User, number: int) -> ExtensionWish:
    """A request of a partner of the reader's, or about what the reader sent; raises NotFound."""
    row = await _REQUEST.one(**scope(user), id=number)
    if row is None:
        raise NotFound
    return ExtensionWish(**row)
