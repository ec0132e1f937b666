"""People, the companies that they work for, and how they are signed in."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model


class Role(StrEnum):
    """What a person may do. The first three work for a partner company, the other two for the distributor."""

    OWNER = "owner"
    BUYER = "buyer"
    VIEWER = "viewer"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


PARTNERS = frozenset({Role.OWNER, Role.BUYER, Role.VIEWER})
BUYERS = frozenset({Role.OWNER, Role.BUYER})
STAFF = frozenset({Role.MANAGER, Role.ADMINISTRATOR})


class Company(Model):
    """A partner company. `default_discount` is in basis points."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=200)
    search = fields.CharField(max_length=300, default="")  # casefolded name, city and ИНН
    city = fields.CharField(max_length=100, default="")
    inn = fields.CharField(max_length=12, default="", db_index=True)
    kpp = fields.CharField(max_length=9, default="")
    legal_address = fields.CharField(max_length=300, default="")
    ogrn = fields.CharField(max_length=15, default="", db_default="")
    actual_address = fields.CharField(max_length=300, default="", db_default="")
    bank = fields.CharField(max_length=200, default="", db_default="")
    bik = fields.CharField(max_length=9, default="", db_default="")
    bank_account = fields.CharField(max_length=20, default="", db_default="")
    default_discount = fields.IntField(default=0)
    price_type: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.PriceType", related_name="companies", null=True, on_delete=fields.RESTRICT
    )  # of app.prices.models; None: retail
    blocked_at = fields.DatetimeField(null=True)  # nobody of it comes in, and no letters go there
    block_reason = fields.CharField(max_length=500, default="", db_default="")  # for staff
    created_at = fields.DatetimeField(auto_now_add=True)

    price_type_id: int | None

    class Meta:
        table = "company"
        indexes = (("name", "id"),)


def person_search(person: "Person") -> str:
    """What a person is found by, casefolded: name, login, address, and the digits of the phone."""
    digits = "".join(sign for sign in person.phone if sign.isdigit())
    return f"{person.name} {person.login} {person.email} {digits}".casefold()[:500]


class Person(Model):
    """Somebody who signs in. Leavers are blocked, never deleted: their history stays."""

    id = fields.IntField(primary_key=True)
    company: fields.ForeignKeyNullableRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="people", null=True, on_delete=fields.RESTRICT, db_index=True
    )
    role = fields.CharEnumField(Role, max_length=20)
    name = fields.CharField(max_length=150)
    search = fields.CharField(max_length=500, default="", db_default="")  # see person_search
    login = fields.CharField(max_length=60)
    login_key = fields.CharField(max_length=60, unique=True)  # casefolded
    login_look = fields.CharField(max_length=60, null=True, unique=True)  # letters of one shape are one letter
    email = fields.CharField(max_length=254)
    email_key = fields.CharField(max_length=254, unique=True)  # casefolded
    shown_email = fields.CharField(max_length=254, default="", db_default="")  # of staff to partners; empty: `email`
    phone = fields.CharField(max_length=20, default="")  # E.164
    extension = fields.CharField(max_length=10, default="")
    about = fields.CharField(max_length=200, default="")  # what a manager knows best
    work_from = fields.CharField(max_length=5, default="09:00")  # in the person's own time zone
    work_till = fields.CharField(max_length=5, default="18:00")
    password_hash = fields.CharField(max_length=200, default="")
    timezone = fields.CharField(max_length=50, default="Europe/Moscow")
    language = fields.CharField(max_length=5, default="ru")
    must_choose_password = fields.BooleanField(default=False, db_default=False)  # invited, and not come in yet
    wants_presentations = fields.BooleanField(default=True, db_default=True)  # letters of these kinds
    wants_comments = fields.BooleanField(default=True, db_default=True)
    wants_statuses = fields.BooleanField(default=True, db_default=True)
    discount_limit = fields.IntField(null=True)  # of a manager, in basis points: past it an administrator agrees
    absent_from = fields.DateField(null=True)  # a manager's absence, first and last day in their own time zone
    absent_until = fields.DateField(null=True)
    substitute: fields.ForeignKeyNullableRelation["Person"] = fields.ForeignKeyField(  # who answers meanwhile
        "models.Person", related_name="substitutes_for", null=True, on_delete=fields.RESTRICT, db_index=True
    )
    mark_up = fields.IntField(null=True)  # basis points on the price with discount, for the installer's own client
    blocked_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(auto_now_add=True)

    company_id: int | None
    substitute_id: int | None

    @property
    def address(self) -> str:
        """Where partners write to somebody of the staff."""
        return self.shown_email or self.email

    class Meta:
        table = "person"

    async def save(self, *arguments: Any, **options: Any) -> None:
        """Keeps what the person is found by in step with the rest."""
        self.search = person_search(self)
        if options.get("update_fields"):
            options["update_fields"] = [*options["update_fields"], "search"]
        await super().save(*arguments, **options)

    @classmethod
    async def index(cls, person_id: int) -> None:
        """The same after a change that went past `save`, in its transaction."""
        await cls.filter(id=person_id).update(search=person_search(await cls.get(id=person_id)))


class Assignment(Model):
    """Which manager a company has: one or none."""

    company: fields.OneToOneRelation[Company] = fields.OneToOneField(
        "models.Company", related_name="assignment", primary_key=True, on_delete=fields.RESTRICT
    )
    manager: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="assignments", on_delete=fields.RESTRICT, db_index=True
    )
    assigned_at = fields.DatetimeField(auto_now_add=True)

    company_id: int
    manager_id: int

    class Meta:
        table = "assignment"


class Session(Model):
    """A signed-in browser. The cookie holds a signed random id, the row its digest."""

    id = fields.IntField(primary_key=True)
    digest = fields.CharField(max_length=64, unique=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="sessions", on_delete=fields.RESTRICT, db_index=True
    )
    created_at = fields.DatetimeField(auto_now_add=True)
    seen_at = fields.DatetimeField()
    stay = fields.BooleanField(default=False)
    ip = fields.CharField(max_length=45, default="")
    user_agent = fields.CharField(max_length=300, default="")
    ended_at = fields.DatetimeField(null=True)

    person_id: int

    class Meta:
        table = "session"


class SignInFailure(Model):
    """One refused sign-in, counted by account and by address while its window lasts."""

    id = fields.IntField(primary_key=True)
    key = fields.CharField(max_length=80)  # account:, device: or address:, and a person's id, a digest or an IP
    at = fields.DatetimeField()

    class Meta:
        table = "signin_failure"
        indexes = (("key", "at"),)


class KeptForm(Model):
    """A form that was sent when its session had ended: kept for its sender, who signs in and finds it again."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="kept_forms", on_delete=fields.RESTRICT, db_index=True
    )
    door = fields.CharField(max_length=500)  # the path that it was sent to
    page = fields.CharField(max_length=1000)  # the page that it stood on
    texts: fields.JSONField[dict[str, str]] = fields.JSONField(default=dict)  # by the names of its fields
    at = fields.DatetimeField()

    person_id: int

    class Meta:
        table = "kept_form"
