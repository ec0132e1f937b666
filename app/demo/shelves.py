"""The demo goods as rows of the catalogue."""

from app.accounts.models import Company
from app.catalogue.models import Brand, Category, Product, article_key
from app.catalogue.prices import Discounts, Price
from app.catalogue.synonyms import proposed
from app.demo.days import Days
from app.demo.goods import catalogue
from app.demo.people import Partner
from app.demo.rows import Rows
from app.money import Vat

LATELY_DISCONTINUED = {"SN-IPR56/14ZDR": 3}  # working days ago; the others left long before


def stock_shelves(rows: Rows, days: Days, scale: int) -> None:
    """Brands, categories and products, `scale` times as many products."""
    # long: the columns of three rows
    goods = catalogue(scale)
    brands = {
        one.slug: rows.add(Brand, name=one.name, slug=one.slug, synonyms=proposed(one.name)) for one in goods.brands
    }
    categories: dict[str | None, int] = {}
    for position, one in enumerate(goods.categories):
        row = rows.add(Category, name=one.name, slug=one.slug, position=position, parent_id=categories.get(one.parent))
        categories[one.slug] = row.id
    ids = {product.article: number for number, product in enumerate(goods.products, 1)}
    for product in goods.products:
        brand = brands[product.brand]
        gone = days.at(LATELY_DISCONTINUED.get(product.article, 60), "09:00") if product.discontinued else None
        restock = product.restock_in_days
        rows.add(
            Product,
            article=product.article,
            article_key=article_key(product.article),
            name=product.name,
            search=f"{product.article} {product.name} {brand.name}".casefold(),
            brand_id=brand.id,
            category_id=categories[product.category],
            unit=product.unit,
            pack=product.pack,
            minimum=product.minimum,
            vat=Vat(product.vat),
            retail=product.retail,
            stock=product.stock,
            restock_on=days.ahead(restock) if restock is not None else None,
            picture=product.picture,
            description=product.description,
            properties=product.properties,
            discontinued_at=gone,
            replacement_id=ids[product.replacement] if product.replacement else None,
        )


class Shop:
    """The goods at hand while the demo is made: by article and by category, and what a partner pays."""

    def __init__(self, rows: Rows) -> None:
        self.by_article = {product.article: product for product in rows.of(Product)}
        self.brands = {brand.id: brand.name for brand in rows.of(Brand)}
        self.by_category: dict[str, list[Product]] = {category.slug: [] for category in rows.of(Category)}
        slugs = {category.id: category.slug for category in rows.of(Category)}
        for product in rows.of(Product):
            if product.discontinued_at is None:
                self.by_category[slugs[product.category_id]].append(product)

    def brand(self, product: Product) -> str:
        """The name of its brand."""
        return self.brands[product.brand_id]

    def price(self, partner: Partner, product: Product) -> Price:
        """What a partner pays outside of presentations."""
        company: Company = partner.company
        terms = Discounts(partner.by_brand, partner.by_category, company.default_discount)
        return terms.price(
            product.retail, product_id=product.id, brand_id=product.brand_id, category_id=product.category_id
        )


def fitting(product: Product, wanted: int) -> int:
    """The quantity nearest above `wanted` that may be ordered."""
    return -(-max(wanted, product.minimum) // product.pack) * product.pack
