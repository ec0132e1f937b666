"""Where the demo's catalogue comes from: a supplier's price list that was imported, and the exchange with a 1C."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from app import tokens
from app.accounts.passwords import hash_password
from app.catalogue.models import Brand, Product, article_key
from app.demo.logins import PASSWORD
from app.demo.stage import Stage
from app.exchange.models import Connection, Exchange, ExchangeFile, FileState, State
from app.imports import models as imports
from app.imports.models import ImportChange, ImportRun, Kind, Supplier, SupplierCode
from app.imports.terms import Terms
from app.money import Currency, marked_up
from app.prices.models import PriceType, ProductPrice

SUPPLIER, BRAND, FILE = "Бастион, отдел продаж", "bastion", "Прайс Бастион.xlsx"
LISTED = 5  # working days ago
UNREADABLE = ("4-05", "Стабилизатор напряжения", "price", "по акции")  # what stood in a row of it
CHANGES = {0: -300, 1: 450, 2: 450, 4: -250}  # basis points by the place of a product, of each seven
EXCHANGES = (  # working days ago, when, and what came of import.xml and offers.xml
    (3, "07:30", {"added": 6, "changed": 2, "same": 504, "troubles": 1}, {"offers": 512, "prices": 31, "stocks": 204}),
    (2, "07:30", {"changed": 1, "same": 511, "troubles": 1}, {"offers": 512, "stocks": 187}),
    (1, "07:30", {"same": 512, "troubles": 1}, {"offers": 512, "prices": 4, "stocks": 166}),
)
TROUBLE = [1204, "the VAT rate %(rate)s is not known", {"rate": "18"}]
SIZE, ADDRESS = 1_420_000, "192.0.2.15"


def deliver(stage: Stage) -> None:
    """Both."""
    _import(stage)
    _exchange(stage)


def _import(stage: Stage) -> None:
    """A list that changed prices; it can be looked at, and undone."""
    # long: the columns of its row
    rows, at, by = stage.rows, stage.days.at(LISTED, "10:42"), stage.cast.vetrova
    brand = next(one for one in rows.of(Brand) if one.slug == BRAND)
    goods = [one for one in rows.of(Product) if one.brand_id == brand.id and not one.discontinued_at]
    retail = next(one for one in rows.of(PriceType) if one.base)
    terms = Terms(sheets=("Прайс",), price_type=retail.id, brand=brand.id).as_json()
    supplier = rows.add(Supplier, name=SUPPLIER, key=SUPPLIER.casefold(), terms=terms)
    run = rows.add(
        ImportRun,
        supplier_id=supplier.id,
        author_id=by.id,
        key="demo-import",
        file_name=FILE,
        stored="",
        size=38_400,
        state=imports.State.APPLIED,
        created_at=at,
        terms=terms,
        day=stage.days.day(LISTED),
        applied_at=at + timedelta(minutes=3),
        applied_by_id=by.id,
        ip=ADDRESS,
    )
    counts = dict.fromkeys((kind.value for kind in Kind), 0)
    for place, product in enumerate(goods):
        kind = _changed(stage, run, retail, place, product)
        counts[kind] += 1
        kept = {"supplier_id": supplier.id, "product_id": product.id, "run_id": run.id}
        rows.add(SupplierCode, code=article_key(product.article), **kept)
    article, name, reason, doubt = UNREADABLE
    about = {"article": article, "name": name, "reason": reason, "doubt": doubt}
    rows.add(ImportChange, run_id=run.id, kind=Kind.UNREADABLE, **_place(len(goods)), **about)
    counts[Kind.UNREADABLE] += 1
    run.counts = {**counts, "links": 0}
    told = {kind.value: counts[kind] for kind in imports.CHANGING}
    data = {"run": run.id, "supplier": SUPPLIER, "file": FILE}
    stage.annals.note("import.begun", at, by, None, data)
    since = run.day.isoformat() if run.day else ""
    stage.annals.note("import.applied", at + timedelta(minutes=3), by, None, {**data, **told, "since": since})


def _changed(stage: Stage, run: ImportRun, retail: PriceType, place: int, product: Product) -> Kind:
    """What the list did to a product: today's price is what it said."""
    # long: the columns of two rows
    by = CHANGES.get(place % 7, 0)
    kind = Kind.DEARER if by < 0 else Kind.CHEAPER if by else Kind.UNCHANGED
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    if by:
        was = marked_up(product.retail, by)
        before = {"price": [was, Currency.RUB.value], "kept": {"dated": False, "retail": was}}
        after = {"price": [product.retail, Currency.RUB.value]}
        stage.rows.add(
            ProductPrice,
            product_id=product.id,
            price_type_id=retail.id,
            amount=product.retail,
            valid_from=run.day,
            set_at=run.applied_at,
            set_by_id=run.applied_by_id,
        )
    named = {"code": article_key(product.article), "article": product.article, "name": product.name}
    stage.rows.add(
        ImportChange,
        run_id=run.id,
        kind=kind,
        product_id=product.id,
        before=before,
        after=after,
        **_place(place),
        **named,
    )
    return kind


def _place(place: int) -> dict[str, Any]:
    return {"place": place + 1, "sheet": "Прайс", "row": place + 4}


def _exchange(stage: Stage) -> None:
    """A connection, and its exchanges of the last days."""
    rows, begun = stage.rows, stage.days.at(9, "15:20")
    connection = rows.add(
        Connection,
        name="1С: Управление торговлей",
        login="ut11",
        password_hash=hash_password(PASSWORD),
        orders_since=stage.days.day(9),
        person_id=stage.cast.vetrova.id,
        created_at=begun,
    )
    about = {"connection": connection.id, "name": connection.name, "login": connection.login}
    stage.annals.note("exchange.connection_created", begun, stage.cast.vetrova, None, about)
    for ago, clock, goods, offers in EXCHANGES:
        _one(stage, connection, stage.days.at(ago, clock), (goods, offers))


def _one(stage: Stage, connection: Connection, at: datetime, counts: Sequence[dict[str, int]]) -> None:
    # long: the columns of two rows
    ended = at + timedelta(seconds=48)
    one = stage.rows.add(
        Exchange,
        connection_id=connection.id,
        digest=tokens.digest(f"demo {at}"),
        ip=ADDRESS,
        begun_at=at,
        seen_at=ended,
        ended_at=ended,
        state=State.DONE,
        size=2 * SIZE,
    )
    for name, told in zip(("import.xml", "offers.xml"), counts, strict=True):
        stage.rows.add(
            ExchangeFile,
            exchange_id=one.id,
            name=name,
            size=SIZE,
            parts=1,
            state=FileState.DONE,
            attempts=1,
            done_at=ended,
            progress=100,
            complete=True if name == "import.xml" else None,
            complete_offers=None if name == "import.xml" else True,
            counts=told,
            troubles=[TROUBLE] if told.get("troubles") else [],
        )
    summed = {
        name: counts[0].get(name, 0) + counts[1].get(name, 0) for name in ("added", "changed", "prices", "stocks")
    }
    data = {"exchange": one.id, "connection": connection.name, "orders_sent": 0, "failed": 0}
    stage.annals.note("exchange.finished", ended, None, None, {**data, "counts": {**summed, "troubles": 1}})
