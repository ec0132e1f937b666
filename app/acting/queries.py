"""For whom one may act: people of partners that the reader may write to."""

from app.accounts.models import Person
from app.accounts.user import User
from app.database import Sql
from app.desk.scopes import COMPANIES, scope
from app.errors import NotFound

_PERSON = Sql(
    "SELECT p.id FROM person p LEFT JOIN assignment s ON s.company_id = p.company_id "  # noqa: S608 - constant text
    f"WHERE p.id = :wanted AND p.company_id IS NOT NULL AND {COMPANIES}"
)


async def partner(user: User, person_id: int) -> Person:
    """A person of an own or unassigned partner, of any for an administrator; raises NotFound, for staff too."""
    found = await _PERSON.value(**scope(user), wanted=person_id)
    if found is None:
        raise NotFound
    return await Person.get(id=found)
