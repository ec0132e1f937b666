"""What is sold, and the discounts that partner companies have on it."""

import re

from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Company, Person
from app.money import Vat

_NOT_IN_KEY = re.compile(r"[\W_]+")
LOOKALIKES = str.maketrans("авекмнорстух", "abekmhopctyx")  # Cyrillic letters with the shape of Latin ones


def article_key(text: str) -> str:
    """An article as search compares it: casefolded letters and digits only (DS-2CD2043G2-I → ds2cd2043g2i).

    Nobody sees whether the last letter of «SKAT-1200А» is Cyrillic: letters of one shape are one letter.
    """
    return _NOT_IN_KEY.sub("", text.casefold()).translate(LOOKALIKES)


def search_text(article: str, name: str, brand: str) -> str:
    """What the words of a search are looked for in."""
    return f"{article} {name} {brand}".casefold()[:500]


def is_photograph(picture: str) -> bool:
    """Whether a picture is an uploaded one (its code: see app.pictures) and not a drawn kind."""
    return picture.startswith("@")


class Brand(Model):
    """A maker.

    The slug is made of the first name and stays: addresses that were given out hold. A hidden one is not among the
    brands to choose from; its products stay where they are. `version` counts changes by hand.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80, unique=True)
    slug = fields.CharField(max_length=80, unique=True)
    position = fields.IntField(default=0, db_default=0)
    hidden = fields.BooleanField(default=False, db_default=False)
    picture = fields.CharField(max_length=20, default="", db_default="")  # the logo: a code of app.pictures, or none
    synonyms = fields.CharField(
        max_length=300, default="", db_default=""
    )  # how people also write it, divided by commas
    version = fields.IntField(default=1, db_default=1)

    class Meta:
        table = "brand"


class Category(Model):
    """A kind of product, two levels deep.

    Slug, `hidden` and `version` are as a brand's.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=120)
    slug = fields.CharField(max_length=120, unique=True)
    position = fields.IntField(default=0)
    parent: fields.ForeignKeyNullableRelation["Category"] = fields.ForeignKeyField(
        "models.Category", related_name="children", null=True, on_delete=fields.RESTRICT
    )
    hidden = fields.BooleanField(default=False, db_default=False)
    version = fields.IntField(default=1, db_default=1)

    parent_id: int | None

    class Meta:
        table = "category"


class FormerSlug(Model):
    """The slug of a brand or category that was merged into another: its address leads there.

    `kind` is brand or category, `former` the id that it had.
    """

    id = fields.IntField(primary_key=True)
    kind = fields.CharField(max_length=10)
    slug = fields.CharField(max_length=120)
    former = fields.IntField()
    brand: fields.ForeignKeyNullableRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="former_slugs", null=True, on_delete=fields.RESTRICT, db_index=True
    )
    category: fields.ForeignKeyNullableRelation[Category] = fields.ForeignKeyField(
        "models.Category", related_name="former_slugs", null=True, on_delete=fields.RESTRICT, db_index=True
    )

    brand_id: int | None
    category_id: int | None

    class Meta:
        table = "former_slug"
        unique_together = (("kind", "slug"),)


class Product(Model):
    """A product. `retail` is kopecks with VAT for one `unit`; quantities are at least `minimum`, multiples of `pack`.

    Never deleted: `discontinued_at` keeps it readable and not orderable (PRODUCT rule 9).
    """

    id = fields.IntField(primary_key=True)
    article = fields.CharField(max_length=80)
    article_key = fields.CharField(max_length=80, db_index=True)
    name = fields.CharField(max_length=250)
    search = fields.CharField(max_length=500, default="")  # casefolded article, name and brand
    brand: fields.ForeignKeyRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="products", on_delete=fields.RESTRICT, db_index=True
    )
    category: fields.ForeignKeyRelation[Category] = fields.ForeignKeyField(
        "models.Category", related_name="products", on_delete=fields.RESTRICT, db_index=True
    )
    unit = fields.CharField(max_length=10, default="шт")
    pack = fields.IntField(default=1)
    minimum = fields.IntField(default=1)
    vat = fields.CharEnumField(Vat, max_length=10, default=Vat.STANDARD)
    retail = fields.BigIntField()
    stock = fields.IntField(default=0)
    restock_on = fields.DateField(null=True)
    picture = fields.CharField(max_length=20, default="")  # a kind of app.catalogue.pictures, or a code of app.pictures
    drawn = fields.CharField(max_length=20, default="", db_default="")  # the kind behind a photograph
    description = fields.TextField(default="")
    properties: fields.JSONField[dict[str, str]] = fields.JSONField(default=dict)
    discontinued_at = fields.DatetimeField(null=True)
    replacement: fields.ForeignKeyNullableRelation["Product"] = fields.ForeignKeyField(
        "models.Product", related_name="replaces", null=True, on_delete=fields.RESTRICT
    )
    version = fields.IntField(default=1, db_default=1)  # counts changes by hand

    brand_id: int
    category_id: int
    replacement_id: int | None

    class Meta:
        table = "product"
        unique_together = (("brand", "article"),)
        indexes = (("replacement_id",),)

    @property
    def symbol(self) -> str:
        """The kind of its drawn picture, which stands where there is no photograph."""
        return self.drawn if is_photograph(self.picture) else self.picture


class ProductPicture(Model):
    """A photograph of a product: a code of app.pictures. The first by `position` is the product's `picture` as well."""

    id = fields.IntField(primary_key=True)
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField(
        "models.Product", related_name="pictures", on_delete=fields.RESTRICT
    )
    code = fields.CharField(max_length=20, db_index=True)
    position = fields.IntField()

    product_id: int

    class Meta:
        table = "product_picture"
        unique_together = (("product", "code"),)


class Discount(Model):
    """A partner company's discount on a brand or on a category, in basis points.

    With neither it is on everything else. It holds from `valid_from` to `valid_until`, days of the distributor's
    calendar, both included; None is open-ended.
    """

    id = fields.IntField(primary_key=True)
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name="discounts", on_delete=fields.RESTRICT
    )
    brand: fields.ForeignKeyNullableRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="discounts", null=True, on_delete=fields.RESTRICT
    )
    category: fields.ForeignKeyNullableRelation[Category] = fields.ForeignKeyField(
        "models.Category", related_name="discounts", null=True, on_delete=fields.RESTRICT
    )
    percent = fields.IntField()
    valid_from = fields.DateField(null=True)
    valid_until = fields.DateField(null=True)
    set_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="discounts_set", null=True, on_delete=fields.RESTRICT
    )
    set_at = fields.DatetimeField(auto_now_add=True)

    company_id: int
    brand_id: int | None
    category_id: int | None

    class Meta:
        table = "discount"
        unique_together = (("company", "brand", "category"),)
