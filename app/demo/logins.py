"""Who can sign in to the demo data. Exists where the demo data does: never in production (see app.cli)."""

from dataclasses import dataclass

from app.accounts.models import Person

PASSWORD = "kabinet-demo"  # noqa: S105 - told to everybody who starts the demo


@dataclass(frozen=True, slots=True)
class Login:
    """A person to sign in as, and why."""

    login: str
    name: str
    who: str


LOGINS = (
    Login("sokolov", "Дмитрий Соколов", "partner with a manager: owns «Монтаж-Сервис»"),
    Login("zhuravleva", "Ольга Журавлёва", "his colleague, a buyer"),
    Login("belov", "Антон Белов", "partner of another company, «Видеолайн»"),
    Login("kravtsova", "Лидия Кравцова", "partner of a company without a manager"),
    Login("orlova", "Марина Орлова", "manager of «Монтаж-Сервис»"),
    Login("sinitsyn", "Олег Синицын", "second manager"),
    Login("vetrova", "Анна Ветрова", "administrator"),
)


async def are_here() -> bool:
    """Whether the database at hand holds the demo people."""
    return await Person.filter(login_key=LOGINS[0].login).exists()
