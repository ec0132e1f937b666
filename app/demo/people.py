"""The demo's people and partner companies. All of them are made up; so are the phones and the taxpayer numbers."""

from dataclasses import dataclass, field
from random import Random

from app.accounts.logins import login_look
from app.accounts.models import Assignment, Company, Person, Role, person_search
from app.accounts.passwords import hash_password
from app.accounts.requisites import account_fits
from app.catalogue.models import Brand, Category, Discount
from app.demo.days import Days
from app.demo.logins import PASSWORD
from app.demo.rows import Rows

MOSCOW = "Europe/Moscow"
BIK = "049900999"  # of a region that Russia does not have


@dataclass(slots=True)
class Partner:
    """A partner company with its people; `discounts` by brand or category, in basis points."""

    company: Company
    people: list[Person]
    manager: Person | None
    ip: str
    by_brand: dict[int, int] = field(default_factory=dict)
    by_category: dict[int, int] = field(default_factory=dict)

    @property
    def owner(self) -> Person:
        """Who signs the contracts."""
        return self.people[0]

    @property
    def buyers(self) -> list[Person]:
        """Who may order."""
        return [one for one in self.people if one.role in (Role.OWNER, Role.BUYER) and one.blocked_at is None]


@dataclass(slots=True)
class Cast:
    """Everybody."""

    orlova: Person
    sinitsyn: Person
    klimova: Person
    vetrova: Person
    partners: list[Partner]
    colleagues: list[Person]

    @property
    def managers(self) -> tuple[Person, ...]:
        """The three managers, and those whom a scale adds."""
        return (self.orlova, self.sinitsyn, self.klimova, *self.colleagues)


# name | city | region's number | time zone | phone code | default discount | manager | people (name, login, role)
COMPANIES = """
ООО «Монтаж-Сервис» | Екатеринбург | 66 | Asia/Yekaterinburg | 343 | 1200 | orlova | Дмитрий Соколов sokolov owner, Ольга Журавлёва zhuravleva buyer, Тихон Лукин lukin viewer
ООО «Видеолайн» | Тверь | 69 | Europe/Moscow | 482 | 1000 | sinitsyn | Антон Белов belov owner, Инна Гущина gushina buyer
ИП Кравцова Л. П. | Пермь | 59 | Asia/Yekaterinburg | 342 | 500 | - | Лидия Кравцова kravtsova owner
ООО «Щит-Монтаж» | Самара | 63 | Europe/Samara | 846 | 1500 | orlova | Павел Ершов ershov owner, Зоя Малинина malinina buyer
ООО «Охрана-Юг» | Краснодар | 23 | Europe/Moscow | 861 | 1300 | klimova | Руслан Чалый chaly owner, Яна Дорошенко doroshenko buyer
ТСЖ «Речное» | Нижний Новгород | 52 | Europe/Moscow | 831 | 700 | sinitsyn | Галина Пахомова pahomova owner
"""  # noqa: E501 - a table
# Discounts in basis points by company, in the order above; a brand's or a category's slug.
DISCOUNTS: tuple[dict[str, int], ...] = (
    {"hikvision": 2200, "sunell": 1800, "rexant": 2000, "commax": 1800, "slinex": 1500, "bastion": 2500}
    | {"vers": 1500, "bft": 1000, "eldes": 1200, "detectors": 1000},
    {"hikvision": 1800, "cable": 1500},
    {},
    {"hikvision": 2000, "rexant": 1800, "readers": 1700, "locks": 1200},
    {"altonika": 2000, "vers": 1800, "detectors": 1600},
    {"commax": 1200, "slinex": 1200, "handsets": 1500},
)
NAMES = ("Видеосфера", "Сигнал", "Рубеж", "Телеком-Монтаж", "Безопасный дом", "Форпост")
CITIES = ("Казань|16|843", "Воронеж|36|473", "Тула|71|487", "Ярославль|76|485", "Рязань|62|491", "Пенза|58|841")
FIRST = ("Алексей", "Ирина", "Николай", "Светлана", "Егор", "Полина", "Роман", "Ксения", "Глеб", "Вероника")
LAST = ("Осин", "Лобан", "Гречко", "Савчук", "Дорох", "Калюжных", "Черных", "Седых", "Крук", "Шульга")


def make_people(rows: Rows, days: Days, scale: int) -> Cast:
    """The staff, six companies, and six more for each further `scale`."""
    kept = hash_password(PASSWORD)  # one for all: hashing is slow on purpose
    staff = {
        "orlova": ("Марина Орлова", Role.MANAGER, "+74950001234", "118", "видеонаблюдение, СКУД"),
        "sinitsyn": ("Олег Синицын", Role.MANAGER, "+74950001235", "121", "домофония, автоматика ворот"),
        "klimova": ("Вера Климова", Role.MANAGER, "+74950001236", "124", "охранная сигнализация, питание, кабель"),
        "vetrova": ("Анна Ветрова", Role.ADMINISTRATOR, "+74950001200", "100", ""),
    }
    people = {
        login: _person(rows, days, kept, name, login, role, phone=phone, extension=extension, about=about)
        for login, (name, role, phone, extension, about) in staff.items()
    }
    colleagues = {login: _colleague(rows, days, kept, login) for login in _logins(scale)}
    lines = [*COMPANIES.strip().splitlines(), *_more(scale)]
    hands = people | colleagues
    partners = [_partner(rows, days, kept, line, number, hands) for number, line in enumerate(lines, 1)]
    _person(
        rows, days, kept, "Степан Рябов", "ryabov", Role.BUYER, partner=partners[1], blocked_at=days.at(12, "10:30")
    )
    return Cast(**people, partners=partners, colleagues=list(colleagues.values()))


def give_discounts(rows: Rows, days: Days, cast: Cast) -> None:
    """What each company has on brands and on categories."""
    brands = {one.slug: one.id for one in rows.of(Brand)}
    categories = {one.slug: one.id for one in rows.of(Category)}
    for index, partner in enumerate(cast.partners):
        for slug, percent in DISCOUNTS[index % len(DISCOUNTS)].items():
            by, ids = (partner.by_brand, brands) if slug in brands else (partner.by_category, categories)
            by[ids[slug]] = percent
            rows.add(
                Discount,
                company_id=partner.company.id,
                brand_id=brands.get(slug),
                category_id=categories.get(slug),
                percent=percent,
                set_by_id=cast.vetrova.id,
                set_at=days.at(40, "12:00"),
            )


def inn(region: int, serial: int, *, person: bool = False) -> str:
    """A taxpayer number with right check digits (Order of the Federal Tax Service MMV-7-6/435, 2012).

    Tax office 00 of a region gives out none, so that it is nobody's.
    """
    if not person:
        digits = f"{region:02d}00{serial:05d}"
        return digits + _check(digits, (2, 4, 10, 3, 5, 9, 4, 6, 8))
    digits = f"{region:02d}00{serial:06d}"
    digits += _check(digits, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
    return digits + _check(digits, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))


def ogrn(region: int, serial: int, *, person: bool = False) -> str:
    """A registration number with its right check digit, of a year in which nobody was registered."""
    digits = f"{3 if person else 1}99{region:02d}{serial:0{9 if person else 7}d}"
    return digits + str(int(digits) % (13 if person else 11) % 10)


def account(serial: int, *, person: bool = False) -> str:
    """A settlement account at the bank with BIK, with the key that makes it fit."""
    kind = "40802810" if person else "40702810"
    return next(one for key in range(10) if account_fits(one := f"{kind}{key}0000000{serial:04d}", BIK))


def _check(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10)


def _partner(rows: Rows, days: Days, kept: str, line: str, number: int, staff: dict[str, Person]) -> Partner:
    # long: the columns of a row, one a line
    name, city, region, zone, code, discount, manager, people = (cell.strip() for cell in line.split("|"))
    alone = name.startswith("ИП")
    number_of_taxpayer = inn(int(region), 100 + number, person=alone)
    company = rows.add(
        Company,
        name=name,
        city=city,
        inn=number_of_taxpayer,
        kpp="" if alone else f"{int(region):02d}0001001",
        search=f"{name} {city} {number_of_taxpayer}".casefold(),
        legal_address=f"г. {city}, ул. Складская, д. {number}",
        ogrn=ogrn(int(region), number, person=alone),
        actual_address=f"г. {city}, ул. Складская, д. {number}",
        bank="Учебный банк",
        bik=BIK,
        bank_account=account(number, person=alone),
        default_discount=int(discount),
        created_at=days.at(200, "10:00"),
    )
    partner = Partner(company, [], staff.get(manager), ip=f"198.51.100.{23 + number % 200}")
    for index, person in enumerate(people.split(",")):
        first, last, login, role = person.split()
        phone = f"+7{code}000{number % 100:02d}{45 + index:02d}"
        _person(rows, days, kept, f"{first} {last}", login, Role(role), partner=partner, phone=phone, timezone=zone)
    if partner.manager:
        assigned = days.ago(290) if number == 2 else days.at(190, "11:00")  # it waited for a manager till today
        rows.add(Assignment, company_id=company.id, manager_id=partner.manager.id, assigned_at=assigned)
    return partner


def _person(
    rows: Rows,
    days: Days,
    kept: str,
    name: str,
    login: str,
    role: Role,
    partner: Partner | None = None,
    **details: object,
) -> Person:
    # long: the columns of a row, and an argument a line
    person = rows.add(
        Person,
        company_id=partner.company.id if partner else None,
        role=role,
        name=name,
        login=login,
        login_key=login,
        login_look=login_look(login),
        email=f"{login}@example.ru",
        email_key=f"{login}@example.ru",
        password_hash=kept,
        created_at=days.at(199, "10:00"),
        **details,
    )
    person.search = person_search(person)
    if partner:
        partner.people.append(person)
    return person


def _logins(scale: int) -> list[str]:
    """Of further managers, one for some 170 companies."""
    return [f"manager{number}" for number in range(4, 4 + min(scale // 28, 27))]


def _colleague(rows: Rows, days: Days, kept: str, login: str) -> Person:
    number = int(login.removeprefix("manager"))
    name = f"{FIRST[number % 10]} {LAST[number // 3 % 10]}"
    return _person(rows, days, kept, name, login, Role.MANAGER, phone=f"+7495000{1300 + number}")


def _more(scale: int) -> list[str]:
    """Further companies, in the form of COMPANIES: every sixth has no manager."""
    chance = Random("companies")  # noqa: S311 - demo data, not a secret
    lines, managers = [], ("orlova", "sinitsyn", "klimova", *_logins(scale))
    for number in range(7, 6 * scale + 1):
        city, region, code = CITIES[number % 6].split("|")
        manager = "-" if number % 6 == 3 else managers[number % len(managers)]
        owner, buyer = (f"{chance.choice(FIRST)} {chance.choice(LAST)} {role}{number}" for role in ("owner", "buyer"))
        discount = chance.randrange(5, 16) * 100
        lines.append(
            f"ООО «{NAMES[number % 6]}-{number}» | {city} | {region} | {MOSCOW} | {code} | {discount} | {manager} | "
            f"{owner} owner, {buyer} buyer"
        )
    return lines
