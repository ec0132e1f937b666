"""How people come in: registrations, invitations, one-time links, and the consents that they give."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Company, Person


class ConsentKind(StrEnum):
    """What a person agrees to: to the handling of personal data, and, as they like, to promotional letters."""

    PERSONAL_DATA = "personal_data"
    PROMO = "promo"


class Withdrawal(StrEnum):
    """How a consent was withdrawn: in the profile, on the page of a letter's link, or by the mail program's button."""

    PROFILE = "profile"
    PAGE = "page"
    ONE_CLICK = "one_click"


class Consent(Model):
    """A consent that a person gave: to which version of its text, when and from where; kept when it is withdrawn."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="consents", on_delete=fields.RESTRICT, db_index=True
    )
    kind = fields.CharEnumField(ConsentKind, max_length=20)
    version = fields.CharField(max_length=20)  # of the text: app/policies
    given_at = fields.DatetimeField()
    ip = fields.CharField(max_length=45, default="")
    withdrawn_at = fields.DatetimeField(null=True)
    withdrawn_by = fields.CharEnumField(Withdrawal, max_length=10, null=True)  # by which way, if it is known

    person_id: int

    class Meta:
        table = "consent"


class RegistrationState(StrEnum):
    """A registration waits for its address to be confirmed, then for the owner of a company that is here already."""

    NEW = "new"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Registration(Model):
    """What somebody wrote who registers alone. A person (and a company) is made of it when it is accepted."""

    id = fields.IntField(primary_key=True)
    state = fields.CharEnumField(RegistrationState, max_length=10, default=RegistrationState.NEW)
    company_name = fields.CharField(max_length=200)
    inn = fields.CharField(max_length=12, db_index=True)
    name = fields.CharField(max_length=150)
    email = fields.CharField(max_length=254)
    email_key = fields.CharField(max_length=254, db_index=True)
    phone = fields.CharField(max_length=20)  # E.164
    login = fields.CharField(max_length=60)
    password_hash = fields.CharField(max_length=200)
    timezone = fields.CharField(max_length=50, default="Europe/Moscow")
    language = fields.CharField(max_length=5, default="ru")
    manager: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="chosen_by", null=True, on_delete=fields.RESTRICT
    )
    consent_version = fields.CharField(max_length=20)  # of the consent to the handling of personal data
    promo_version = fields.CharField(max_length=20, default="")  # empty: no promotional letters
    ip = fields.CharField(max_length=45, default="")
    at = fields.DatetimeField()
    key = fields.CharField(max_length=64, unique=True)  # the form's: sent twice, kept once
    confirmed_at = fields.DatetimeField(null=True)
    company: fields.ForeignKeyNullableRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="registrations", null=True, on_delete=fields.RESTRICT, db_index=True
    )
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="registrations", null=True, on_delete=fields.RESTRICT
    )
    decided_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="registrations_decided", null=True, on_delete=fields.RESTRICT
    )
    decided_at = fields.DatetimeField(null=True)

    manager_id: int | None
    company_id: int | None
    person_id: int | None
    decided_by_id: int | None

    class Meta:
        table = "registration"
        indexes = (("manager_id", "state"),)


class Invitation(Model):
    """Somebody was invited: their one-time password is derived from the row and the site's secret, and not kept."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="invitations", on_delete=fields.RESTRICT, db_index=True
    )
    by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="invitations_sent", on_delete=fields.RESTRICT
    )
    sent_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)  # when its password let somebody in
    accepted_at = fields.DatetimeField(null=True)  # when an own password was chosen
    withdrawn_at = fields.DatetimeField(null=True)  # also when another one was sent instead
    event_id = fields.BigIntField(null=True)  # the event that its letter comes of

    person_id: int
    by_id: int

    class Meta:
        table = "invitation"


class Purpose(StrEnum):
    """What a one-time link does."""

    REGISTRATION = "registration"
    PASSWORD = "password"  # noqa: S105 - a purpose
    EMAIL = "email"


class OneTimeLink(Model):
    """A link in a letter that works once. It carries the row's signed id; `used_at` decides a race."""

    id = fields.IntField(primary_key=True)
    purpose = fields.CharEnumField(Purpose, max_length=20)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="one_time_links", null=True, on_delete=fields.RESTRICT, db_index=True
    )
    registration: fields.ForeignKeyNullableRelation[Registration] = fields.ForeignKeyField(
        "models.Registration", related_name="one_time_links", null=True, on_delete=fields.RESTRICT, db_index=True
    )
    email = fields.CharField(max_length=254, default="")  # the new address that it confirms
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    person_id: int | None
    registration_id: int | None

    class Meta:
        table = "one_time_link"
