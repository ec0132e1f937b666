"""What searches and lists of products read: written by app.catalogue.indexing alone, from products and brands.

No column refers to another table: a row without its product is found by nobody, and goes with the next indexing.
On PostgreSQL texts that are compared or sorted here are in the order of their code points, as SQLite has them.
"""

from tortoise import fields
from tortoise.models import Model

UNPRICED = 10**15  # the price of what has it on request: behind all others, and in no range


class ProductEntry(Model):
    """A product as lists sort and narrow it, in a row so small that many of them are read at once.

    `gone` is 1 for a discontinued one; `stocked` is 1 for what is in stock and not gone. `title` is the folded name.
    `price` is retail in kopecks, or UNPRICED.
    """

    product_id = fields.IntField(primary_key=True)  # of the product: given, never counted on
    brand_id = fields.IntField()
    category_id = fields.IntField()
    gone = fields.SmallIntField()
    stocked = fields.SmallIntField()
    article_key = fields.CharField(max_length=80)
    title = fields.CharField(max_length=250)
    price = fields.BigIntField(default=0, db_default=0)
    digest = fields.CharField(max_length=24)  # of what its tokens were made of

    class Meta:
        table = "product_entry"
        indexes = (
            ("gone", "title", "product_id"),
            ("brand_id", "gone", "title", "product_id"),
            ("category_id", "gone", "title", "product_id"),
            ("brand_id", "category_id", "stocked"),
            ("article_key", "product_id"),
            ("gone", "price", "product_id"),
            ("category_id", "gone", "price", "product_id"),
            ("brand_id", "category_id", "price", "stocked"),
        )


class ProductToken(Model):
    """A word that a product is found by, or a part of its article: see app.catalogue.spelling."""

    id = fields.BigIntField(primary_key=True)
    token = fields.CharField(max_length=90)
    product_id = fields.IntField(db_index=True)

    class Meta:
        table = "product_token"
        indexes = (("token", "product_id"),)


class SearchWord(Model):
    """A word that some product has or had: among them the one is looked for that somebody mistyped."""

    word = fields.CharField(max_length=40, primary_key=True)
    length = fields.SmallIntField(db_index=True)

    class Meta:
        table = "search_word"


class ShelfCount(Model):
    """How many products of a brand stand in a category, and how many of them are in stock."""

    id = fields.IntField(primary_key=True)
    brand_id = fields.IntField()
    category_id = fields.IntField()
    products = fields.IntField()
    stocked = fields.IntField()

    class Meta:
        table = "shelf_count"
        unique_together = (("brand_id", "category_id"),)


class ProductCodes(Model):
    """The codes of a product's properties (PropertyValue), each behind a space."""

    product_id = fields.IntField(primary_key=True)  # of the product: given, never counted on
    codes = fields.TextField()

    class Meta:
        table = "product_codes"


class PropertyValue(Model):
    """A property with a value that some product has or had, under a code made of both: the same one everywhere."""

    code = fields.CharField(max_length=8, primary_key=True)
    name = fields.CharField(max_length=100)
    value = fields.CharField(max_length=60)

    class Meta:
        table = "property_value"


class CategoryShelf(Model):
    """All products of a category in the order of lists, to narrow and count them by bits: see app.catalogue.shelves.

    `stale`: something on it became another, and it is to be written anew.
    """

    category_id = fields.IntField(primary_key=True)  # of the category: given, never counted on
    digest = fields.CharField(max_length=32)  # of the content, by which processes keep it; empty: nothing is written
    content = fields.TextField()
    stale = fields.BooleanField(default=False)

    class Meta:
        table = "category_shelf"
