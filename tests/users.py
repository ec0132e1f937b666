"""Users for tests that call queries and actions without a browser."""

from app import clock, tokens
from app.accounts import queries
from app.accounts.models import Person, Session
from app.accounts.user import User


async def make_user(person: Person) -> User:
    """The User behind a new session of `person`."""
    digest = tokens.digest(tokens.new_secret())
    await Session.create(digest=digest, person_id=person.id, seen_at=clock.now())
    row = await queries.session(digest)
    assert row is not None
    return queries.user(row, ip="198.51.100.24", request_id="test")
