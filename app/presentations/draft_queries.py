"""Reading drafts: an unsent version with its lines at today's retail prices."""

# long: a draft is one thing: its statements, its fields, and what is asked of it

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app import clock, money
from app.accounts.user import User
from app.catalogue.prices import Discounts
from app.database import Sql, as_date, as_datetime
from app.errors import NotFound
from app.presentations.models import AlreadySent
from app.presentations.sheet import Sheet, SheetLine
from app.presentations.terms import Terms, at_retail
from app.presentations.trail import Step, steps
from app.settings import Settings
from app.vat import vat_rates

# Whom a manager may draft for: their own companies and those without a manager. An administrator: everybody.
COMPANIES = "(:everything OR s.manager_id IS NULL OR s.manager_id = :person)"
# Drafts whose author `a` does not look after the partner any more: another manager has it, or the author has gone.
LEFT = "(a.blocked_at IS NOT NULL OR (a.role = 'manager' AND s.manager_id IS NOT NULL AND s.manager_id <> a.id))"

_DRAFT = Sql(
    f"""
    SELECT n.id, n.number, n.recipient_id, v.id AS version_id, v.number AS version, v.title, v.greeting, v.valid_until,
           v.revision, v.trail, v.changed_at, e.name AS changed_by,
           a.name AS author, a.phone AS author_phone, c.id AS company_id, c.name AS company, c.city,
           COALESCE((SELECT MAX(d.percent) FROM discount d WHERE d.company_id = c.id AND d.percent > c.default_discount
               AND d.brand_id IS NULL AND d.category_id IS NULL AND (d.valid_from IS NULL OR d.valid_from <= :today)
               AND (d.valid_until IS NULL OR d.valid_until >= :today)), c.default_discount) AS default_discount
    FROM presentation n
    JOIN presentation_version v ON v.presentation_id = n.id AND v.sent_at IS NULL
    JOIN person a ON a.id = v.author_id
    JOIN company c ON c.id = n.company_id
    LEFT JOIN person e ON e.id = v.changed_by_id
    LEFT JOIN assignment s ON s.company_id = c.id
    WHERE n.number = :number AND {COMPANIES} AND (:everything OR v.author_id = :person)
    """  # noqa: S608 - constant text
)
_SENT = Sql(
    """
    SELECT n.id FROM presentation n
    JOIN presentation_version v ON v.presentation_id = n.id AND v.sent_at IS NOT NULL
    LEFT JOIN assignment s ON s.company_id = n.company_id
    WHERE n.number = :number AND (:everything OR s.manager_id IN :hands OR v.author_id IN :hands)
    LIMIT 1
    """
)
_LINES = Sql(
    """
    SELECT l.id, l.position, l.quantity, l.remark, l.retail AS kept_retail, l.discount AS kept_discount,
           l.price AS kept_price, p.id AS product_id, p.article, p.name, b.name AS brand, p.unit, p.pack, p.minimum,
           p.brand_id, p.category_id, p.picture, p.retail, p.vat, p.stock, p.restock_on, p.discontinued_at
    FROM presentation_line l
    JOIN product p ON p.id = l.product_id
    JOIN brand b ON b.id = p.brand_id
    WHERE l.version_id = :version
    ORDER BY l.position
    """
)
_PEOPLE = Sql("SELECT id, name, role FROM person WHERE company_id = :company AND blocked_at IS NULL ORDER BY name, id")
_SPECIAL = Sql(
    """
    SELECT COALESCE(b.name, k.name) AS name, d.percent
    FROM discount d LEFT JOIN brand b ON b.id = d.brand_id LEFT JOIN category k ON k.id = d.category_id
    WHERE d.company_id = :company AND (d.brand_id IS NOT NULL OR d.category_id IS NOT NULL)
      AND (d.valid_from IS NULL OR d.valid_from <= :today) AND (d.valid_until IS NULL OR d.valid_until >= :today)
    ORDER BY d.percent DESC, name
    """
)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of a draft. `retail` is today's, in kopecks; `kept` are the terms as saved, at `kept_retail`;

    `terms` are those that hold: the saved ones at today's retail price, or what was just typed.
    """

    id: int
    position: int
    product_id: int
    article: str
    name: str
    brand: str
    unit: str
    pack: int
    minimum: int
    picture: str
    retail: int
    vat_rate: int | None
    stock: int
    restock_on: date | None
    discontinued: bool
    remark: str
    brand_id: int
    category_id: int
    kept_retail: int
    kept: Terms
    terms: Terms

    @property
    def sum(self) -> int:
        """Kopecks for the quantity."""
        return self.terms.price * self.terms.quantity

    @property
    def price_field(self) -> str:
        """The price as its field shows it: «11 692,20»; empty while there is none."""
        return money.amount(self.terms.price) if self.terms.price else ""

    @property
    def discount_field(self) -> str:
        """The discount as its field shows it: «12,5»."""
        return money.percent(self.terms.discount).removesuffix(f"{money.NBSP}%")

    @property
    def fields(self) -> dict[str, str]:
        """What stands in its fields, by the first letter of their names."""
        quantity = str(self.terms.quantity)
        return {"d": self.discount_field, "p": self.price_field, "q": quantity, "r": self.remark}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody at the company who can get the letter. `role` is a code of app.accounts.models.Role."""

    id: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A version that is not sent yet, of an offer to `company`. A total is the sum of the lines (PRODUCT rule 1)."""

    id: int
    number: int
    version_id: int
    version: int
    title: str
    greeting: str
    valid_until: date
    revision: int  # how often it was changed
    trail: tuple[Step, ...]  # what the last changes changed
    changed_by: str  # who changed it last, empty for nobody yet
    changed_at: datetime | None
    recipient_id: int | None
    author: str
    author_phone: str
    company_id: int
    company: str
    city: str
    default_discount: int
    special: tuple[tuple[str, int], ...]  # brands and categories with a discount of their own, in basis points
    people: tuple[Recipient, ...]
    lines: tuple[DraftLine, ...]

    @property
    def head(self) -> tuple[str, str, date, int | None]:
        """What stands above the lines."""
        return self.title, self.greeting, self.valid_until, self.recipient_id

    @property
    def fields(self) -> dict[str, str]:
        """What stands in the fields of its page, by their names."""
        texts = {"title": self.title, "greeting": self.greeting, "valid_until": self.valid_until.isoformat()}
        texts["recipient"] = str(self.recipient_id or "")
        for line in self.lines:
            texts |= {f"{letter}{line.id}": text for letter, text in line.fields.items()}
        return texts

    @property
    def brands(self) -> dict[int, str]:
        """The brands of the lines by id, by name."""
        named = {line.brand_id: line.brand for line in self.lines}
        return dict(sorted(named.items(), key=lambda one: one[1]))

    @property
    def total(self) -> int:
        """Kopecks with VAT."""
        return sum(line.sum for line in self.lines)

    @property
    def retail_total(self) -> int:
        """The same at retail prices."""
        return sum((line.retail or line.terms.price) * line.terms.quantity for line in self.lines)

    @property
    def vat_word(self) -> str:
        """What the total says about VAT: see app.money.vat_word."""
        return money.vat_word(line.vat_rate for line in self.lines) if self.lines else "mixed"

    @property
    def products(self) -> frozenset[int]:
        """The ids of the products that are in it."""
        return frozenset(line.product_id for line in self.lines)

    def line(self, line_id: int) -> DraftLine:
        """A line by its id; raises NotFound for one of another draft."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise NotFound

    def with_terms(self, terms: Mapping[int, Terms]) -> "Draft":
        """The same draft with other terms by line id, in memory: what was typed and is not saved yet."""
        return replace(self, lines=tuple(replace(one, terms=terms.get(one.id, one.terms)) for one in self.lines))

    def as_sheet(self, own: Discounts) -> Sheet:
        """What the partner would see if it were sent now; `own` are the company's prices outside of presentations."""
        fields: dict[str, Any] = {name: getattr(self, name) for name in _SHEET}
        state: dict[str, Any] = {
            "replaced": False,
            "withdrawn": False,
            "withdrawal": "",
            "expired": False,
            "opened_today": False,
            "extension_asked": False,
        }
        lines = tuple(_sheet_line(line, position, own) for position, line in enumerate(self.lines, 1))
        return Sheet(**fields, **state, newest=self.version, sent_at=clock.now(), lines=lines)


async def draft(user: User, number: int, settings: Settings) -> Draft:
    """The draft of a presentation that the reader may edit; raises AlreadySent, NotFound."""
    scope: dict[str, Any] = {"person": user.id, "everything": user.is_administrator, "number": number}
    today = clock.today(settings.timezone)
    head = await _DRAFT.one(**scope, today=today)
    if head is None:
        raise await none(user, number)
    people = await _PEOPLE.all(company=head["company_id"])
    special = await _SPECIAL.all(company=head["company_id"], today=today)
    rows = await _LINES.all(version=head["version_id"])
    rates = await vat_rates()
    return Draft(
        **{
            **head,
            "valid_until": as_date(head["valid_until"]),
            "changed_at": as_datetime(head["changed_at"]),
            "changed_by": head["changed_by"] or "",
            "trail": steps(head["trail"]),
        },
        special=tuple((row["name"], row["percent"]) for row in special),
        people=tuple(Recipient(**row) for row in people),
        lines=tuple(_line(row, today, rates) for row in rows),
    )


async def none(user: User, number: int) -> AlreadySent | NotFound:
    """Why the reader finds no draft to edit: the presentation is sent, or is none of theirs."""
    who: dict[str, Any] = {"hands": user.hands, "everything": user.is_administrator}
    return AlreadySent() if await _SENT.value(**who, number=number) else NotFound()


def _line(row: Mapping[str, Any], today: date, rates: money.Rates) -> DraftLine:
    kept = Terms(row["kept_price"], row["kept_discount"], row["quantity"])
    return DraftLine(
        **{name: row[name] for name in _AS_THEY_ARE},
        vat_rate=money.vat_rate(money.Vat(row["vat"]), today, rates),
        restock_on=as_date(row["restock_on"]),
        discontinued=row["discontinued_at"] is not None,
        kept=kept,
        terms=at_retail(kept, row["kept_retail"], row["retail"]),
    )


def _sheet_line(line: DraftLine, position: int, own: Discounts) -> SheetLine:
    fields: dict[str, Any] = {name: getattr(line, name) for name in _SHEET_LINE}
    terms = line.terms
    follows = own.rate_of(line.product_id, terms.price, terms.discount)
    return SheetLine(
        **fields,
        price=terms.price,
        discount=terms.discount,
        quantity=terms.quantity,
        position=position,
        in_cart=None,
        replacement=None,
        rate=follows.rate if follows else None,
        rate_on=follows.rate_on if follows else None,
    )


_SHEET = (
    "id",
    "number",
    "company_id",
    "version_id",
    "version",
    "title",
    "greeting",
    "valid_until",
    "author",
    "author_phone",
)
_OF_PRODUCT = ("product_id", "article", "name", "brand", "unit", "pack", "minimum", "picture", "retail", "stock")
_AS_THEY_ARE = ("id", "position", *_OF_PRODUCT, "remark", "brand_id", "category_id", "kept_retail")
_SHEET_LINE = ("id", *_OF_PRODUCT, "vat_rate", "restock_on", "discontinued", "remark")
