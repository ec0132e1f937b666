"""Who is about to come in to the first company: somebody invited by its owner, and somebody who registered alone."""

from datetime import timedelta

from app.accounts.invitations import LASTS
from app.accounts.joining import Invitation, Registration, RegistrationState
from app.accounts.models import Person, Role
from app.accounts.passwords import hash_password
from app.demo.days import Days
from app.demo.logins import PASSWORD
from app.demo.people import Cast
from app.demo.rows import Rows


def make_newcomers(rows: Rows, days: Days, cast: Cast) -> None:
    """Both of them; they stand on the owner's page of people, the invited one among the manager's invitations too."""
    partner = cast.partners[0]
    sent_at = days.ago(150)
    invited = rows.add(
        Person,
        company_id=partner.company.id,
        role=Role.BUYER,
        name="Майя Ракитина",
        login="rakitina-214",
        login_key="rakitina-214",
        email="rakitina@example.ru",
        email_key="rakitina@example.ru",
        password_hash="",
        must_choose_password=True,
        timezone=partner.owner.timezone,
        created_at=sent_at,
    )
    rows.add(Invitation, person_id=invited.id, by_id=partner.owner.id, sent_at=sent_at, expires_at=sent_at + LASTS)
    _registration(rows, days, cast)


def _registration(rows: Rows, days: Days, cast: Cast) -> None:
    # long: the columns of a row
    company = cast.partners[0].company
    at = days.ago(95)
    rows.add(
        Registration,
        state=RegistrationState.WAITING,
        company_name="Монтаж-Сервис",
        inn=company.inn,
        name="Савва Ольхин",
        email="olhin@example.ru",
        email_key="olhin@example.ru",
        phone="+73430000149",
        login="olhin",
        password_hash=hash_password(PASSWORD),
        timezone=cast.partners[0].owner.timezone,
        consent_version="1",
        ip="198.51.100.77",
        at=at,
        key="demo-registration-of-olhin",
        confirmed_at=at + timedelta(minutes=4),
        company_id=company.id,
    )
