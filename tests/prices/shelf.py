"""Prices for tests."""

from datetime import date, timedelta

from app import clock
from app.accounts.models import Company
from app.catalogue.columns import reprice_types
from app.catalogue.models import Product
from app.money import Currency
from app.prices import queries, retail
from app.prices.models import PriceType, ProductPrice


async def make_type(name: str = "Дилер 1", **fields: object) -> PriceType:
    """A type of prices."""
    return await PriceType.create(name=name, slug=f"t{await PriceType.all().count()}", **fields)


async def give(company: Company, price_type: PriceType) -> None:
    """A company pays this type."""
    await Company.filter(id=company.id).update(price_type_id=price_type.id)


async def write(
    product: Product,
    amount: int,
    price_type: PriceType | None = None,
    *,
    currency: Currency = Currency.RUB,
    since: date | None = None,
) -> ProductPrice:
    """A price of a type (None: retail) from a day on (None: since long ago)."""
    one = price_type or await queries.retail_type()
    price = await ProductPrice.create(
        product_id=product.id,
        price_type_id=one.id,
        amount=amount,
        currency=currency,
        valid_from=since or clock.distributor_today() - timedelta(days=30),
        set_at=clock.now(),
    )
    await retail.refresh(product.id)
    if not one.base:
        await reprice_types([product.id])
    return price
