"""Placeholders of answer templates, and what they become where an answer is written."""

from dataclasses import dataclass

from app.database import Sql

_THINGS = {
    "order": Sql(
        "SELECT o.contact_name AS person, o.number, c.name AS company "
        "FROM orders o JOIN company c ON c.id = o.company_id WHERE o.number = :number"
    ),
    "ticket": Sql(
        "SELECT p.name AS person, k.number, c.name AS company FROM ticket k "
        "JOIN person p ON p.id = k.person_id JOIN company c ON c.id = k.company_id WHERE k.number = :number"
    ),
    "presentation": Sql(
        "SELECT p.name AS person, n.number, c.name AS company FROM presentation n "
        "LEFT JOIN person p ON p.id = n.recipient_id JOIN company c ON c.id = n.company_id WHERE n.number = :number"
    ),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What the placeholders become: whom one answers, the number of the thing, the company."""

    person: str
    number: int
    company: str

    def fill(self, text: str) -> str:
        """The text with its placeholders filled in; other braces stay as they are."""
        for placeholder, name in (
            ("{имя}", self.person),
            ("{номер}", str(self.number)),
            ("{компания}", self.company),
        ):
            text = text.replace(placeholder, name)
        return text


async def names(kind: str, number: int, answered: str = "") -> Names:
    """The Names of an order, a presentation or a ticket that its reader has found.

    :param answered: who wrote what is answered; else it is the contact, the recipient or the opener.
    """
    row = await _THINGS[kind].one(number=number) or {"person": "", "number": number, "company": ""}
    return Names(answered or row["person"] or row["company"], row["number"], row["company"])
