"""What stands behind the doors of the table: things of Alice's company, unless said otherwise.

`queued` and `taken` are orders of Nina's company, which has no manager; Maria took the second. `aside` and `inner` are
comments for staff only, on the offer and on the order. `passing` is an order that Maria
offers to Oleg. `mixed` and `crossed` are an offer and a draft of Charlie's company in the address, with a line of
Alice's.
"""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from app import clock
from app.accounts import codes, links, unsubscribing
from app.accounts.invitations import Newcomer, invite
from app.accounts.joining import Invitation, Purpose, RegistrationState
from app.accounts.models import KeptForm, Person, Role
from app.accounts.second_factor_models import RecoveryCode, SecondFactor
from app.administration import staff_invitations
from app.administration.models import VatRate
from app.answer_templates.models import AnswerTemplate
from app.attachments.kinds import Kind
from app.cart import queries as cart_queries
from app.cart.models import CartLine
from app.catalogue.models import Brand, Category, Discount, Product, ProductPicture, article_key
from app.desk.partners.models import DiscountRequest
from app.devmail import Keeper
from app.documents import store as documents
from app.documents.models import ProductDocument
from app.exchange.models import Connection, Exchange, State
from app.exports import store as price_lists
from app.exports.actions import create_token
from app.exports.models import Format, PriceList, PriceListToken
from app.goods.merging import plan
from app.history.models import Email, EmailState, Event
from app.imports.models import ImportChange, ImportRun, Supplier
from app.imports.models import Kind as ChangeKind
from app.imports.models import State as ImportState
from app.imports.terms import Terms
from app.money import Vat
from app.orders import merging
from app.orders.handovers import Handover
from app.orders.models import Order, OrderLine, Status
from app.orders.templates import OrderTemplate, OrderTemplateLine
from app.own_codes.models import OwnCode
from app.pictures import store
from app.pictures.making import make
from app.presentations.checks import digest
from app.presentations.models import Approval, Doubt, ExtensionRequest, Line, Presentation, Version
from app.presentations.templates import PresentationTemplate, PresentationTemplateLine
from app.prices.models import PriceType, ProductPrice
from app.prices.queries import retail_type
from app.profile import companies
from app.promos.models import Promo, PromoCompany, PromoLine
from app.rates.actions import take
from app.rates.bank import Quoted
from app.rates.models import CurrencyRate, RateState
from app.settings import Settings
from app.threads.models import Comment
from app.warehouses.models import Warehouse, WarehouseStock
from jobs.history import write
from tests.architecture.doors import Row
from tests.events import happened
from tests.factories import (
    Cast,
    make_attachment,
    make_brand,
    make_cart_line,
    make_comment,
    make_order,
    make_person,
    make_presentation,
    make_product,
    make_registration,
    make_ticket,
)
from tests.goods import samples
from tests.prices.shelf import make_type
from tests.prices.shelf import write as write_price
from tests.users import make_user

PASSWORD = "за-три-моря 1469"
RECOVERY_CODE = "4821-9057-1138"
KEY = "a-key-that-a-form-was-given"


@dataclass(frozen=True, slots=True)
class Things:
    """What stands behind the doors: parameters of paths by name of the thing, and the least form of each door."""

    ids: dict[str, dict[str, int | str]]
    forms: dict[str, dict[str, str]]

    def path(self, row: Row) -> str:
        """The path of a door, leading to the row's thing."""
        return row.path.format(**self.ids[row.thing])


async def make_things(cast: Cast, settings: Settings) -> Things:
    """Makes them all. Alice's cart holds a line of the offer."""
    assert settings.mailbox
    product, replacement = await make_product(), await make_product()
    gone = await make_product(discontinued_at=clock.now(), replacement=replacement)
    offer = await _offer(cast, products=[product, gone])
    draft = await _offer(cast, products=[product], sent=False, title="Камеры для причала")
    (line, gone_line), [draft_line] = await _lines(offer), await _lines(draft)
    cart_line = await make_cart_line(person=cast.alice, line=line)
    lost = await _lose_letter(cast)
    await retail_type()
    column = await make_type()
    ids: dict[str, dict[str, int | str]] = {
        "-": {},
        "brand": {"slug": "hikvision"},
        "policy": {"policy": "personal-data", "version": 1},
        "category": {"slug": "ip-cameras"},
        "product": {
            **{"product": product.id, "picture": (await _picture_of(product)).id, "analogue": replacement.id},
            "document": (paper := await _document_of(product, settings)).id,
        },
        "paper": {"stored": paper.stored},
        "sitemap": {"part": 1},
        "store": {"warehouse": (await _store_of(product)).id},
        "column": {"type": column.id},
        "dearer": {"product": product.id, "price": (await _later_price(product, column)).id},
        "jumped": {"rate": await _jumped_rate()},
        **await _exchanges(cast),
        "list": {"run": await _import(cast, ImportState.READY)},
        "imported": {"run": await _import(cast, ImportState.APPLIED)},
        "maker": {"brand": (await make_brand(name="Маяк")).id},
        "kind": {"category": (await Category.create(name="Кабель", slug="kabel")).id},
        "photo": {"name": await _keep_photo(settings)},
        "offer": {"number": offer.number, "version": 1, "line": line.id, "comment": 1},
        "aside": {"number": offer.number, "comment": 2},
        "changed": {"number": await _changed_offer(cast), "version": 2},
        "gone": {"number": offer.number, "line": gone_line.id},
        "expired": {"number": (await _offer(cast, valid_until=clock.distributor_today() - timedelta(days=3))).number},
        "wished": {"request": await _wish(cast)},
        "mixed": {"number": (await _others_offer(cast)).number, "line": line.id},
        "draft": {"number": draft.number, "version": 1, "line": draft_line.id},
        "left": {"number": await _left_draft(cast, product)},
        "pasted": await _pasted(cast, product),
        "plea": {"approval": await _plea(cast, draft_line)},
        "stencil": {"template": await _stencil(cast, product)},
        "crossed": {"number": (await _others_offer(cast, sent=False)).number, "line": draft_line.id},
        "cart": {"line": cart_line.id},
        "kept": {"number": await _keep_form(cast)},
        "newcomer": await _newcomer(cast),
        **await _partners(cast),
        "bob": {"person": cast.bob.id},
        "member": {"person": (await make_person(name="Глеб Лугов", role=Role.MANAGER)).id},
        "recruit": {"person": await _recruit(cast)},
        "lost": {"letter": lost},
        "stuck": {"event": await _stick(cast)},
        "rate": {"rate": await _later_rate()},
        "oleg": {"person": await _with_second_factor(cast.oleg)},
        "blocked": {"person": await _blocked(cast)},
        "asking": {"registration": (await make_registration(company=cast.company)).id},
        "address": {"token": await _ask_for_address(cast, settings)},
        "applying": {"token": await _apply(cast, settings)},
        "forgot": {"token": await _forget(cast, settings)},
        "letter": {"number": _keep_letter(settings.mailbox)},
        "posted": {"letter": await _post_letter(cast)},
        "promo": {"promo": await _promo(cast, product)},
        "promoted": {"token": unsubscribing.address(settings, cast.alice.id).rpartition("/")[2]},
        **await _orders(cast),
        "template": {"template": await _template(cast, product)},
        **await _price_lists(cast, settings),
        "code": {"code": await _own_code(cast, product)},
        "saying": {"template": await _saying(cast.maria)},
        "common": {"template": await _saying(None)},
        **await _tickets(cast, settings),
    }
    await _talk(cast, offer)
    return Things(ids, await _forms(cast, settings, (product, replacement), line, draft_line, cart_line))


async def _picture_of(product: Product) -> ProductPicture:
    return await ProductPicture.create(product=product, code=f"@{'a' * 18}", position=1)


async def _import(cast: Cast, state: ImportState) -> int:
    """A price list with its preview, applied or not."""
    supplier, _made = await Supplier.get_or_create(key="причал", defaults={"name": "Причал"})
    sheet = [["", [[1, ["Артикул", "Цена"]], [2, ["A-1", 5]]]]]
    layout = {
        "header": 1,
        "columns": {"article": 0, "price": 1},
        "titles": {"article": "артикул", "price": "цена"},
        "sheet": "",
    }
    about = {
        "file_name": "причал.csv",
        "stored": "none.csv",
        "size": 8,
        "counts": {"gone": 1, "links": 1},
        "sample": sheet,
    }
    when = {"created_at": clock.now(), "day": clock.distributor_today(), "applied_at": clock.now()}
    terms = Terms(price_type=(await retail_type()).id).as_json()
    run = await ImportRun.create(
        supplier=supplier, author=cast.anna, applied_by=cast.anna, key=f"{KEY}-{state}", state=state, layout=layout,
        terms=terms, **about, **when,
    )  # fmt: skip
    product = await Product.all().order_by("id").first()
    await ImportChange.create(run=run, kind=ChangeKind.GONE, place=1, row=0, product=product, code="a1", article="A-1")
    return run.id


async def _document_of(product: Product, settings: Settings) -> ProductDocument:
    stored = await documents.keep(documents.folder(settings), BytesIO(b"0042"))
    values = {"title": "Паспорт", "name": "паспорт.txt", "kind": Kind.TXT, "size": 4, "at": clock.now()}
    return await ProductDocument.create(product=product, stored=stored, **values)


async def _store_of(product: Product) -> Warehouse:
    """A warehouse in which some of a product lies."""
    store = await Warehouse.create(name="Склад у моста", position=1)
    await WarehouseStock.create(product=product, warehouse=store, quantity=4, at=clock.now())
    return store


async def _into_first(model: type[Brand] | type[Category], name: str) -> dict[str, str]:
    """The form that merges the one with this name into the first there is."""
    gone, stays = await model.get(name=name), await model.exclude(name=name).order_by("id").first()
    assert stays
    return {"into": str(stays.id), "seen": (await plan(gone, stays)).seen}


async def _ask_for_address(cast: Cast, settings: Settings) -> str:
    """The link to a new e-mail address of Alice's."""
    link = await links.new(Purpose.EMAIL, person=cast.alice.id, email="alice@example.com")
    return links.token(settings, link.id)


async def _apply(cast: Cast, settings: Settings) -> str:
    """The link that confirms the address of somebody whose company is new here."""
    applying = await make_registration(
        company=cast.company, email="novikov@example.com", state=RegistrationState.NEW, inn="9990003531"
    )
    return links.token(settings, (await links.new(Purpose.REGISTRATION, registration=applying.id)).id)


async def _forget(cast: Cast, settings: Settings) -> str:
    """The link to a new password of Alice's."""
    return links.token(settings, (await links.new(Purpose.PASSWORD, person=cast.alice.id)).id)


async def _promo(cast: Cast, product: Product) -> int:
    """A promo of Maria's to Alice's company, checked and not sent."""
    last_day = clock.distributor_today() + timedelta(days=10)
    promo = await Promo.create(title="Неделя домофонов", valid_until=last_day, author=cast.maria, key=KEY)
    await PromoLine.create(promo=promo, position=1, product=product, quantity=1)
    await PromoCompany.create(promo=promo, company=cast.company)
    return promo.id


async def _orders(cast: Cast) -> dict[str, dict[str, int | str]]:
    order = await make_order(person=cast.alice, manager=cast.maria, contact_name="Инна Заречная")
    await make_order(person=cast.bob, manager=cast.maria)
    queued = await make_order(person=cast.nina)
    taken = await make_order(person=cast.nina, manager=cast.maria, status=Status.IN_WORK, claimed_at=clock.now())
    passing = await make_order(person=cast.nina, manager=cast.maria, status=Status.IN_WORK, claimed_at=clock.now())
    people = {"giver": cast.maria, "taker": cast.oleg}
    await Handover.create(order=passing, open_for=passing.id, **people, at=clock.now())
    await _talk(cast, order)
    return {
        "order": {"number": order.number, "comment": 1},
        "inner": {"number": order.number, "comment": 2},
        "queued": {"number": queued.number},
        "taken": {"number": taken.number},
        "passing": {"number": passing.number},
    }


async def _price_lists(cast: Cast, settings: Settings) -> dict[str, dict[str, int | str]]:
    """A price list of Alice's company that was made, and an address of another one."""
    asked = await PriceList.create(
        **{"company": cast.company, "person": cast.alice, "format": Format.CSV, "language": "ru", "key": KEY},
        **{"asked_at": clock.now(), "made_at": clock.now(), "lines": 1, "size": 8},
    )
    file = price_lists.place(settings, asked)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("Артикул")
    by = await make_user(cast.alice)
    secret = await create_token("Витрина на Портовой", key=KEY, by=by, settings=settings)
    token = await PriceListToken.get()
    return {
        "pricing": {"number": asked.id},
        "pass": {"token": token.id},
        "feed": {"token": secret, "form": "csv"},
    }


async def _tickets(cast: Cast, settings: Settings) -> dict[str, dict[str, int | str]]:
    """Of Alice's company with a file in it and another in a note; of Nina's, one nobody's and one that Maria took."""
    ticket = await make_ticket(person=cast.alice, manager=cast.maria, subject="Акты за ноябрь")
    asked = await make_ticket(person=cast.nina)
    promised = await make_ticket(person=cast.nina, manager=cast.maria, taken_at=clock.now())
    note = await make_comment(on=ticket, author=cast.maria, text="Скидки больше не дадим", internal=True)
    file = await make_attachment(comment=await Comment.get(thread__ticket_id=ticket.id, number=1), root=settings.files)
    inside = await make_attachment(comment=note, root=settings.files)
    return {
        "ticket": {"number": ticket.number, "comment": 1},
        "private": {"number": ticket.number, "comment": note.number},
        "asked": {"number": asked.number},
        "promised": {"number": promised.number},
        "file": {"number": file.id},
        "inside": {"number": inside.id},
    }


async def _saying(owner: Person | None) -> int:
    """A template of answers: Maria's, or everybody's."""
    key = f"{KEY}-{owner.id if owner else 0}"
    values = {"name": "Счёт готов", "text": "{имя}, счёт готов", "key": key, "changed_at": clock.now()}
    return (await AnswerTemplate.create(owner=owner, **values)).id


async def _own_code(cast: Cast, product: Product) -> int:
    """A code of Alice's company."""
    values = {"company": cast.company, "author": cast.alice, "product": product, "at": clock.now()}
    return (await OwnCode.create(code="К-17", key=article_key("К-17"), **values)).id


async def _template(cast: Cast, product: Product) -> int:
    values = {"created_at": clock.now(), "changed_at": clock.now(), "key": KEY}
    template = await OrderTemplate.create(company=cast.company, author=cast.alice, name="Склад на Заречной", **values)
    await OrderTemplateLine.create(template=template, position=1, product=product, quantity=2, price=100)
    return template.id


async def _left_draft(cast: Cast, product: Product) -> int:
    """A draft for Alice's company by a manager who does not work here any more."""
    gone = await make_person(name="Инна Былинина", role=Role.MANAGER, blocked_at=clock.now())
    title = "Камеры для пирса"
    left = await make_presentation(company=cast.company, author=gone, products=[product], sent=False, title=title)
    return left.number


async def _pasted(cast: Cast, product: Product) -> dict[str, int | str]:
    """A draft in which a row of a pasted list waits."""
    draft = await _offer(cast, products=[product], sent=False, title="Камеры для рынка")
    version = await Version.get(presentation_id=draft.id)
    doubt = await Doubt.create(version=version, text="CDV 70 – 2", sought="CDV 70", quantity="2")
    return {"number": draft.number, "doubt": doubt.id}


async def _plea(cast: Cast, line: Line) -> int:
    """Maria asks to allow the terms of the draft."""
    terms = digest([line])
    plea = await Approval.create(version_id=line.version_id, terms=terms, author=cast.maria, asked_at=clock.now())
    return plea.id


async def _stencil(cast: Cast, product: Product) -> int:
    """A template of Maria's, which she shares."""
    stencil = await PresentationTemplate.create(
        author=cast.maria, name="Камеры в цех", shared=True, changed_at=clock.now()
    )
    await PresentationTemplateLine.create(template=stencil, position=1, product=product, quantity=2)
    return stencil.id


async def _offer(cast: Cast, **fields: Any) -> Presentation:
    fields = {"title": "Камеры для ангара", **fields}
    return await make_presentation(company=cast.company, author=cast.maria, **fields)


async def _wish(cast: Cast) -> int:
    """Alice's request to prolong an offer that has expired."""
    offer = await _offer(cast, valid_until=clock.distributor_today() - timedelta(days=3))
    version = await Version.get(presentation_id=offer.id)
    return (await ExtensionRequest.create(version=version, person=cast.alice, at=clock.now())).id


async def _changed_offer(cast: Cast) -> int:
    """An offer that a second version has replaced."""
    offer = await _offer(cast)
    last_day, now = clock.distributor_today() + timedelta(days=10), clock.now()
    await Version.filter(presentation_id=offer.id).update(replaced_at=now)
    await Version.create(
        presentation=offer, number=2, title="Камеры для ангара", valid_until=last_day, author=cast.maria, sent_at=now
    )
    return offer.number


async def _others_offer(cast: Cast, **fields: Any) -> Presentation:
    return await make_presentation(company=cast.other_company, author=cast.oleg, **fields)


async def _talk(cast: Cast, on: Order | Presentation) -> None:
    await make_comment(on=on, author=cast.alice, text="Позвоните до обеда")
    await make_comment(on=on, author=cast.maria, text="Скидки больше не дадим", internal=True)


async def _forms(
    cast: Cast, settings: Settings, products: tuple[Product, Product], line: Line, draft_line: Line, cart_line: CartLine
) -> dict[str, dict[str, str]]:
    """What each form sends, at the least; the checkout's is about Alice's cart as it is."""
    # long: one line for each door
    product, other = (one.id for one in products)
    cart = await cart_queries.checked(await make_user(cast.alice), settings)
    talk = {"key": KEY, "text": "Спасибо"}
    goods = {
        **{"article": "DS-7", "name": "Камера", "brand": str(products[0].brand_id), "unit": "шт", "pack": "1"},
        **{"category": str(products[0].category_id), "minimum": "1", "vat": "standard", "retail": "100", "stock": "1"},
    }
    ordered = await OrderLine.get(order__contact_name="Инна Заречная")
    column, day = await PriceType.get(name="Дилер 1"), clock.distributor_today().isoformat()
    quantity, here = {f"q{line.id}": "3"}, f"/catalogue/products/{product}"
    return {
        "POST /sign-in": {"login": "alice", "password": PASSWORD},
        "POST /people": {"name": "Нора Ладова", "email": "ladova@example.ru", "role": "viewer"},
        "POST /people/{person}/role": {"role": "viewer"},
        "POST /people/registrations/{registration}/acceptance": {"role": "buyer"},
        "POST /desk/partners/invitations": {
            **{"company": str(cast.company.id), "name": "Нора Ладова", "email": "ladova@example.ru"},
            **{"role": "buyer"},
        },
        "POST /registration": {
            **{"key": KEY, "company": "ООО «Ручей»", "inn": "9990004648", "name": "Глеб Ручьёв", "consent": "1"},
            **{"email": "gleb@example.com", "phone": "+7 495 000-12-34", "login": "gleb", "password": PASSWORD},
        },
        "POST /forgotten-password": {"login": "alice"},
        "POST /forgotten-password/{token}": {"password": PASSWORD},
        "POST /language": {"language": "en", "next": "/help"},
        "POST /catalogue/recalculation": {"from": here, f"q{product}": "3"},
        "POST /catalogue/products/{product}/quantity": {"from": here, f"q{product}": "3"},
        "POST /catalogue/products/{product}/cart": {"from": here, f"q{product}": "3"},
        "POST /presentations/{number}/recalculation": quantity,
        "POST /presentations/{number}/cart": quantity,
        "POST /presentations/{number}/comments": talk,
        "POST /presentations/{number}/lines/{line}/quantity": quantity,
        "POST /presentations/{number}/lines/{line}/cart": quantity,
        "POST /cart/recalculation": {f"q{cart_line.id}": "3"},
        "POST /cart/checkout": {f"q{cart_line.id}": "3"},
        "POST /cart/lines/{line}/quantity": {f"q{cart_line.id}": "3"},
        "POST /orders": {
            **{"key": KEY, "seen": cart.fingerprint, "name": "Павел Ершов", "phone": "+7 495 000-12-34"},
            **{"email": "pavel@example.ru", "payer": "ООО «Монтаж-Сервис»", "delivery": "pickup"},
        },
        "POST /orders/{number}/status": {"status": "cancelled"},
        "POST /orders/{number}/merging": await _merging(ordered),
        "POST /orders/{number}/lines": {
            **{"seen": "0", "reason": "Попросили", f"q{ordered.id}": "3"},
        },
        "POST /orders/{number}/undoing": {"status": "in_work"},
        "POST /orders/{number}/release": {"word": "Не успею"},
        "POST /orders/{number}/handover": {"colleague": str(cast.oleg.id)},
        "POST /orders/{number}/handover/answer": {
            **{"handover": str((await Handover.get()).id), "answer": "accept"},
        },
        "POST /own-codes": {"codes": f"К-18 = {products[0].article}"},
        "POST /order-templates/{template}": {"name": "Склад на Заречной", f"q{product}": "3"},
        "POST /repeat": {"orders": "1", "key": KEY},
        "POST /quick-order": {"key": KEY, "t1": "CAM-1", "q1": "2"},
        "POST /quick-order/file": {"key": KEY},
        "POST /price-lists": {"key": KEY, "format": "csv"},
        "POST /price-lists/tokens": {"key": f"{KEY}-2", "name": "Витрина"},
        "POST /orders/{number}/comments": talk,
        "POST /tickets": {"key": KEY, "topic": "question", "subject": "Прайс", "text": "Когда будет?"},
        "POST /tickets/{number}/comments": talk,
        "POST /tickets/{number}/assignment": {"key": KEY, "to": str(cast.anna.id)},
        "POST /profile/person": {
            **{"name": "Пётр Лебедев", "phone": "+7 495 000-12-34", "timezone": "Asia/Omsk", "language": "ru"},
            **{"work_from": "10:00", "work_till": "19:00"},
        },
        "POST /administration/staff": {"name": "Лев Ручьёв", "email": "ruchyov@example.ru", "role": "manager"},
        "POST /administration/staff/{person}": {
            **{"name": "Глеб Лугов", "phone": "+7 495 000-12-36", "role": "manager"},
            **{"work_from": "10:00", "work_till": "19:00"},
        },
        "POST /administration/staff/{person}/absence": {"absent_from": "2027-02-01", "absent_until": "2027-02-05"},
        "POST /administration/staff/{person}/blocking": {"to": str(cast.oleg.id)},
        "POST /administration/settings": {
            **{"site_name": "Спектр-СБ", "site_phone": "+7 495 000-12-00", "work_from": "09:00", "work_till": "18:00"},
        },
        "POST /administration/vat": {"vat": "standard", "rate": "24", "since": "2028-01-01"},
        "POST /profile/absence": {"absent_from": "2027-02-01", "absent_until": "2027-02-05"},
        "POST /profile/company": {"name": "ООО «Маяк»", "version": companies.version(cast.company)},
        "POST /profile/login": {"login": "lebedev", "current": PASSWORD},
        "POST /profile/password": {"current": PASSWORD, "password": "Афанасий Никитин в Бидаре"},
        "POST /profile/email": {"email": "lebedev@example.com", "current": PASSWORD},
        "POST /profile/second-factor": {"current": PASSWORD},
        "POST /profile/second-factor/confirmation": {"code": "000000"},
        "POST /profile/second-factor/codes": {"current": PASSWORD, "code": RECOVERY_CODE},
        "POST /profile/second-factor/removal": {"current": PASSWORD, "code": RECOVERY_CODE},
        "POST /sign-in/code": {"code": "000000"},
        "POST /profile/devices/sign-out": {"device": "others"},
        "POST /administration/products": {**goods, "article": "МК-1"},
        "POST /administration/products/{product}": {**goods, "version": "1"},
        "POST /administration/products/{product}/discontinuation": {"replacement": str(other)},
        "POST /administration/price-types": {"name": "Дилер 9", "position": "1", "currency": "RUB"},
        "POST /administration/price-types/{type}": {
            **{"name": "Дилер 8", "position": "1", "currency": "RUB", "version": "1"},
        },
        "POST /administration/products/{product}/prices": {"type": str(column.id), "amount": "99,90", "since": day},
        "POST /administration/exchange/connections": {
            **{"name": "УТ 11", "login": "ut-11", "orders": "1", "orders_since": day, "encoding": "utf-8"},
            **{"person": str(cast.anna.id), "key": KEY},
        },
        "POST /administration/exchange/connections/{connection}": {
            **{"name": "УНФ", "login": "unf", "orders": "1", "orders_since": day, "encoding": "utf-8"},
            **{"person": str(cast.anna.id), "version": "1"},
        },
        "POST /administration/exchange/connections/{connection}/password": {"key": KEY},
        "POST /administration/exchange/{exchange}/decision": {"decision": "agree"},
        "POST /administration/rates": {"value": "92,12"},
        "POST /administration/rates/terms": {"address": "", "percent": "2"},
        "POST /administration/rates/{rate}/decision": {"decision": "agree"},
        "POST /administration/imports": {"key": KEY, "name": "Маяк"},
        "POST /administration/imports/{run}/columns": {
            **{"s0": "1", "seen": ":1", "header": "1", "do": "preview", "at_article": "0", "at_price": "1"},
            **{"type": str((await retail_type()).id), "currency": "RUB"},
        },
        "POST /administration/products/{product}/documents": {"title": "Паспорт"},
        "POST /administration/products/{product}/analogues": {"analogue": str(other)},
        "POST /administration/products/{product}/stocks": {f"w{(await Warehouse.get()).id}": "7"},
        "POST /administration/warehouses": {"name": "Склад на Пристани", "position": "2"},
        "POST /administration/warehouses/{warehouse}": {"name": "Склад у реки", "position": "2", "version": "1"},
        "POST /administration/brands": {"name": "Рубин", "position": "1"},
        "POST /administration/brands/{brand}": {"name": "Рубин", "position": "1", "version": "1"},
        "POST /administration/brands/{brand}/merging": await _into_first(Brand, "Маяк"),
        "POST /administration/categories/{category}/merging": await _into_first(Category, "Кабель"),
        "POST /administration/categories": {"name": "Муфты", "position": "1"},
        "POST /administration/categories/{category}": {"name": "Муфты", "position": "1", "version": "1"},
        "POST /desk/extensions/{request}/settlement": {"key": KEY},
        "POST /desk/partners/{company}/transfer": {"manager": str(cast.oleg.id)},
        "POST /desk/partners/{company}/requisites": {
            "name": "ООО «Маяк»",
            "inn": cast.company.inn,
            "version": companies.version(cast.company),
        },
        "POST /desk/partners/{company}/notes": {"key": KEY, "text": "Платит в срок"},
        "POST /desk/partners/{company}/blocking": {"reason": "Долги"},
        "POST /desk/partners/{company}/discounts": {"what": "default", "percent": "12,5"},
        "POST /desk/partners/{company}/discounts/{discount}": {"what": "default", "percent": "12,5"},
        "POST /desk/discounts/approvals/{request}": {"decision": "approve"},
        "POST /desk/answer-templates": {"key": KEY, "name": "Прайс", "text": "Прайс в письме"},
        "POST /desk/answer-templates/{template}": {"key": KEY, "name": "Прайс", "text": "Прайс в письме"},
        "POST /desk/presentations": {"company": str(cast.company.id)},
        "POST /desk/presentations/{number}/recalculation": {"title": "Иначе", f"q{draft_line.id}": "3"},
        "POST /desk/presentations/{number}/lines": {"product": str(other), f"n{other}": "1"},
        "POST /desk/presentations/{number}/lines/{line}/move": {"step": "1"},
        "POST /desk/presentations/{number}/schedule": {
            **{"day": (clock.distributor_today() + timedelta(days=2)).isoformat(), "time": "09:30"},
        },
        "POST /desk/presentations/{number}/withdrawal": {"reason": "Ошибка в цене"},
        "POST /desk/presentations/{number}/promo": {
            **{"key": KEY[::-1], "title": "Неделя камер", "valid_until": clock.distributor_today().isoformat()},
            **{"which": "ticked", f"c{cast.company.id}": "1"},
        },
        "POST /desk/presentations/{number}/sending": {"title": "Камеры для причала"},
        "POST /desk/presentations/{number}/list": {"list": "XX-1 2 шт"},
        "POST /desk/presentations/{number}/copy": {"from": "presentation", "presentation": "1"},
        "POST /desk/presentations/{number}/shelf": {"all": "1"},
        "POST /desk/presentations/{number}/doubts/{doubt}/line": {"settle": f"{other}:1"},
        "POST /desk/presentations/{number}/discounts": {"all": "5"},
        "POST /desk/presentations/{number}/template": {"name": "Камеры во двор"},
        "POST /desk/presentations/templates/{template}": {"name": "Камеры в дом"},
        "POST /desk/presentations/approvals/{approval}": {"decision": "approve", "terms": digest([draft_line])},
    }


async def _keep_photo(settings: Settings) -> str:
    """A file of a picture."""
    made = make(BytesIO(samples.photo()), Kind.JPEG)
    await store.keep(store.folder(settings), made)
    return f"{made.code[1:]}-s.webp"


async def _merging(ordered: OrderLine) -> dict[str, str]:
    """Bob's order and Alice's, as the page of their merging shows them."""
    order = await Order.get(id=ordered.order_id)
    other = await Order.get(contact_name="Борис Соколов")
    return {"with": str(other.number), "seen": (await merging.merged(order, other)).seen}


async def _newcomer(cast: Cast) -> dict[str, int | str]:
    """Somebody whom Alice invited, and who has yet to come in."""
    newcomer = Newcomer("Яна Зимина", "zimina@example.ru", "", Role.BUYER)
    person = await invite(newcomer, cast.company.id, by=await make_user(cast.alice))
    return {"person": person.id, "invitation": (await Invitation.get(person_id=person.id)).id}


async def _partners(cast: Cast) -> dict[str, dict[str, int | str]]:
    """Alice's company with a discount and with one that waits for approval, and Nina's, which has no manager."""
    discount = await Discount.create(company=cast.company, brand=await make_brand(), percent=500)
    asked = await DiscountRequest.create(company=cast.company, percent=4000, asked_by=cast.maria, asked_at=clock.now())
    return {
        "partner": {"company": cast.company.id, "person": cast.bob.id, "discount": discount.id},
        "lone": {"company": cast.lone_company.id},
        "asked_for": {"request": asked.id},
    }


async def _with_second_factor(person: Person) -> int:
    """A colleague who signs in with one, and has a code for when it is lost: what a phone shows is soon out of date."""
    await RecoveryCode.create(person=person, digest=await codes.digest(person.id, RECOVERY_CODE))
    await SecondFactor.create(person=person, salt="salt", begun_at=clock.now(), session_id=0, confirmed_at=clock.now())
    return person.id


async def _blocked(cast: Cast) -> int:
    """Somebody of Alice's company who has left."""
    left = await make_person(name="Юрий Тихий", role=Role.BUYER, company=cast.company, blocked_at=clock.now())
    return left.id


async def _lines(presentation: Presentation) -> list[Line]:
    return await Line.filter(version__presentation_id=presentation.id).order_by("position")


async def _keep_form(cast: Cast) -> int:
    """A comment that Alice sent when her session had ended."""
    texts = {"key": KEY, "text": "Отложите до весны"}
    return (await KeptForm.create(person=cast.alice, door="/orders", page="/orders", texts=texts, at=clock.now())).id


async def _recruit(cast: Cast) -> int:
    """Somebody whom Anna invited to the staff, and who has yet to come in."""
    newcomer = Newcomer("Раиса Светлова", "svetlova@example.ru", "", Role.MANAGER)
    return (await staff_invitations.invite(newcomer, by=await make_user(cast.anna))).id


async def _stick(cast: Cast) -> int:
    """An event that the relay could not handle."""
    event = await happened("person.signed_in", by=cast.alice)
    await Event.filter(id=event.id).update(attempts=2, error="RuntimeError: no words")
    return event.id


async def _later_price(product: Product, column: PriceType) -> ProductPrice:
    """A price that does not hold yet."""
    return await write_price(product, 990_000, column, since=clock.distributor_today() + timedelta(days=5))


async def _exchanges(cast: Cast) -> dict[str, dict[str, int | str]]:
    now = clock.now()
    linked = await Connection.create(
        name="БП 3", login="bp-3", person=cast.anna, created_at=now, orders_since=now.date(), password_hash=""
    )
    held = await Exchange.create(connection=linked, digest="held", begun_at=now, seen_at=now, state=State.HELD)
    return {"linked": {"connection": linked.id}, "held": {"exchange": held.id}}


async def _jumped_rate() -> int:
    """A rate of the bank that waits for a decision."""
    today = clock.distributor_today()
    await take(Quoted(today - timedelta(days=1), 900_000))
    await take(Quoted(today, 1_900_000))
    return (await CurrencyRate.get(state=RateState.HELD)).id


async def _later_rate() -> int:
    values = {"vat": Vat.TEN, "rate": 12, "added_at": clock.now()}
    return (await VatRate.create(since=clock.distributor_today() + timedelta(days=60), **values)).id


async def _lose_letter(cast: Cast) -> int:
    """A letter to Alice's company that did not arrive."""
    letter = await Email.create(
        person=cast.alice,
        template="order_placed",
        message_id="<1@kabinet.test>",
        sender="robot@example.ru",
        recipient="lost@example.ru",
        subject="Заказ",
        text="Заказ",
        html="<p>Заказ</p>",
        state=EmailState.FAILED,
    )
    return letter.id


async def _post_letter(cast: Cast) -> int:
    """A letter that stands in the history of Alice's company; its id."""
    signed_in = await happened("person.signed_in", by=cast.alice)
    await write(signed_in, partner_sees=True)
    letter = await Email.create(
        event=signed_in,
        person=cast.alice,
        template="signed_in",
        message_id="<2@kabinet.test>",
        sender="robot@example.ru",
        recipient=cast.alice.email,
        subject="Вход",
        text="Вход",
        html="<p>Вход</p>",
        state=EmailState.SENT,
        sent_at=clock.now(),
    )
    return letter.id


def _keep_letter(mailbox: Path) -> int:
    return Keeper(mailbox).keep(
        b"From: robot@example.ru\r\nTo: alice@example.ru\r\nSubject: Hello\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Hello</p>\r\n"
    )
