"""Around the demo's goods: warehouses and what lies in them, analogues, prices in dollars, a partner's own codes."""

from random import Random

from app.analogues.models import Analogue
from app.catalogue.models import Product, article_key
from app.demo.annals import Annals
from app.demo.days import Days
from app.demo.people import Cast
from app.demo.rows import Rows
from app.demo.shelves import Shop
from app.money import Currency, marked_up
from app.own_codes.models import OwnCode
from app.prices.models import PriceType, ProductPrice
from app.rates.models import CurrencyRate, RateState
from app.warehouses.models import Warehouse, WarehouseStock

WAREHOUSES = ("Центральный склад, Подольск", "Склад в Екатеринбурге", "Магазин на Складочной")
ANALOGUES = (
    ("DS-2CD2043G2-I", "SN-IPR54/04AKDN"),
    ("DS-2CD2043G2-I", "DS-2CD2143G2-IS"),
    ("CDV-704MA", "CDV-43M"),
    ("SKAT-1200И7", "ББП-12/1"),
)
PROJECT = "Проектная"
BUYER = 1  # the place of the company that pays prices of this type
IN_DOLLARS = {  # dollars for one
    "SN-IPR54/04AKDN": "61,40",
    "SN-IPR80/04AKDN": "104,90",
    "SN-IPR80/12APDN": "116,00",
    "SN-IPR80/14ZDR": "134,50",
}
RATE, PERCENT = 92_15_00, 200  # ten-thousandths of a rouble, basis points on top
OWN_CODES = {  # of the first company
    "К-0101": "DS-2CD2043G2-I",
    "К-0102": "DS-2CD2143G2-IS",
    "К-0205": "DS-7616NI-Q2/16P",
    "К-0310": "01-0043",
    "К-0311": "05-1021",
}


def fill_stores(rows: Rows, days: Days) -> None:
    """What lies where of everything on sale: the stock of each product in two or three parts, whole packs each."""
    stores = [rows.add(Warehouse, name=name, position=place) for place, name in enumerate(WAREHOUSES, 1)]
    known = (days.ago(35), days.ago(35), days.at(1, "18:20"))
    for product in rows.of(Product):
        if product.discontinued_at is None:
            parts = _parted(product)
            for store, quantity, at in zip(stores, parts, known, strict=True):
                if quantity or store is stores[0]:
                    rows.add(WarehouseStock, product_id=product.id, warehouse_id=store.id, quantity=quantity, at=at)


def _parted(product: Product) -> tuple[int, int, int]:
    packs = product.stock // product.pack
    chance = Random(f"stores {product.article}")  # noqa: S311  # demo data, not a secret
    near = int(packs * chance.uniform(0.15, 0.35))
    shop = min(int(packs * chance.uniform(0, 0.1)), 12)
    return product.stock - (near + shop) * product.pack, near * product.pack, shop * product.pack


def set_out(rows: Rows, days: Days, cast: Cast, shop: Shop, annals: Annals) -> None:
    """The rest of it."""
    for pair in ANALOGUES:
        for one, other in (pair, pair[::-1]):
            rows.add(Analogue, product_id=shop.by_article[one].id, analogue_id=shop.by_article[other].id)
    _price_in_dollars(rows, days, cast, shop)
    _give_codes(rows, days, cast, shop, annals)


def _price_in_dollars(rows: Rows, days: Days, cast: Cast, shop: Shop) -> None:
    """A type of prices in dollars, the bank's rate, and a company that pays them."""
    rate = marked_up(RATE, PERCENT)
    kept = {"currency": Currency.USD, "state": RateState.KEPT, "day": days.day(1), "taken_at": days.at(1, "14:05")}
    rows.add(CurrencyRate, **kept, value=RATE, percent=PERCENT, rate=rate)
    rows.add(PriceType, name="Розничная", slug="retail", base=True)
    project = rows.add(PriceType, name=PROJECT, slug="project", position=1, currency=Currency.USD)
    cast.partners[BUYER].company.price_type_id = project.id
    for article, dollars in IN_DOLLARS.items():
        rows.add(
            ProductPrice,
            product_id=shop.by_article[article].id,
            price_type_id=project.id,
            amount=int(dollars.replace(",", "")),
            currency=Currency.USD,
            valid_from=days.day(20),
            set_at=days.at(20, "11:30"),
            set_by_id=cast.vetrova.id,
        )


def _give_codes(rows: Rows, days: Days, cast: Cast, shop: Shop, annals: Annals) -> None:
    partner, at = cast.partners[0], days.at(28, "10:15")
    for code, article in OWN_CODES.items():
        about = {"company_id": partner.company.id, "author_id": partner.owner.id, "at": at}
        rows.add(OwnCode, code=code, key=article_key(code), product_id=shop.by_article[article].id, **about)
    told = [[code, article, ""] for code, article in OWN_CODES.items()]
    annals.note("own_code.kept", at, partner.owner, partner, {"codes": told, "count": len(told)})
