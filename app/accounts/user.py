"""The signed-in person as the rest of the code knows them: one small frozen object, loaded with the session."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from app import clock
from app.accounts.models import BUYERS, PARTNERS, STAFF, Role


@dataclass(frozen=True, slots=True)
class ManagerCard:
    """What a partner sees of a manager. Working hours are in the manager's own time zone."""

    id: int
    name: str
    about: str
    phone: str
    extension: str
    email: str
    timezone: str
    work_from: str
    work_till: str
    absent_from: date | None = None  # in the manager's own time zone, as the working hours
    absent_until: date | None = None
    substitute: str = ""

    @property
    def away(self) -> bool:
        """Whether they are absent today."""
        today = clock.today(ZoneInfo(self.timezone))
        return bool(self.absent_from and self.absent_until and self.absent_from <= today <= self.absent_until)


@dataclass(frozen=True, slots=True)
class Deputy:
    """The manager behind a session that acts for a partner (app/acting)."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class User:
    """Who acts: passed explicitly as `by=`. `ip` and `request_id` go with what they do into the history.

    When a manager acts for a partner, this is the partner, and `deputy` the manager.
    """

    id: int
    role: Role
    name: str
    login: str
    email: str
    phone: str
    timezone: str
    language: str
    company_id: int | None
    company_name: str
    company_city: str
    company_inn: str
    default_discount: int  # basis points
    manager: ManagerCard | None
    session_id: int = 0
    session_digest: str = ""
    ip: str = ""
    request_id: str = ""
    must_choose_password: bool = False  # invited, came in by a one-time password, and may go no further yet
    stands_for: tuple[int, ...] = ()  # colleagues who are away now, and whose substitute they are
    second_factor: bool = False  # signs in with one; of staff only
    deputy: Deputy | None = None
    price_type: int | None = None  # that of the company, None: retail

    @property
    def is_partner(self) -> bool:
        """Whether they work for a partner company."""
        return self.role in PARTNERS

    @property
    def is_staff(self) -> bool:
        """Whether they work for the distributor."""
        return self.role in STAFF

    @property
    def is_administrator(self) -> bool:
        """Whether they see all."""
        return self.role is Role.ADMINISTRATOR

    @property
    def cart_owner(self) -> int:
        """Whose cart is filled, and whose quantities are chosen: a manager who acts for a partner has their own."""
        return self.deputy.id if self.deputy else self.id

    @property
    def may_order(self) -> bool:
        """Whether they may fill a cart and order: owners and buyers."""
        return self.role in BUYERS

    @property
    def hands(self) -> list[int]:
        """Whose orders, tickets and partners are in their hands: their own, and of those whom they stand for."""
        return [self.id, *self.stands_for]

    @property
    def zone(self) -> ZoneInfo:
        """Their time zone, in which times are shown to them (PRODUCT rule 12)."""
        return ZoneInfo(self.timezone)

    @property
    def company(self) -> int:
        """The id of their company; only for partners."""
        if self.company_id is None:
            raise TypeError("staff have no partner company")
        return self.company_id
