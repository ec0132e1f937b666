"""Rows for tests. Keyword-only, with plausible defaults; fictional people and companies."""

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from app import clock
from app.accounts.joining import Registration, RegistrationState
from app.accounts.models import Assignment, Company, Person, Role
from app.attachments import store
from app.attachments.kinds import Kind
from app.cart.models import CartLine
from app.catalogue.indexing import reindex
from app.catalogue.models import Brand, Category, Product, article_key
from app.catalogue.prices import Source
from app.money import STATUTORY, Vat, discounted, vat_rate
from app.numbers import next_number
from app.orders import words
from app.orders.models import Delivery, Order, OrderLine, Status, StatusChange
from app.presentations import words as presentation_words
from app.presentations.models import Line, Presentation, Version
from app.threads.models import Attachment, Comment, Thread
from app.tickets.models import Ticket, Topic

PASSWORD_HASH = ""  # sessions are given out by tests.site; tests of sign-in set their own
_next = count(1)


async def make_company(*, name: str = "", manager: Person | None = None, **fields: Any) -> Company:
    """A partner company, with a manager or without."""
    name = name or f"ООО «Монтаж-{next(_next)}»"
    fields.setdefault("city", "Екатеринбург")
    fields.setdefault("inn", "6670000007")
    company = await Company.create(name=name, search=f"{name} {fields['city']} {fields['inn']}".casefold(), **fields)
    if manager:
        await Assignment.create(company=company, manager=manager)
    return company


async def make_person(*, name: str, role: Role, company: Company | None = None, **fields: Any) -> Person:
    """Somebody. The login is made of a number, the e-mail address of the login."""
    login = fields.pop("login", f"login{next(_next)}")
    email = fields.pop("email", f"{login}@example.ru")
    return await Person.create(
        name=name,
        role=role,
        company=company,
        login=login,
        login_key=login.casefold(),
        email=email,
        email_key=email.casefold(),
        **{"phone": "+73430004567", "password_hash": PASSWORD_HASH, **fields},
    )


async def make_registration(*, company: Company, **fields: Any) -> Registration:
    """Somebody who registered with the ИНН of a company, confirmed the address, and waits for its owner."""
    login = fields.pop("login", f"newcomer{next(_next)}")
    email = fields.pop("email", f"{login}@example.ru")
    return await Registration.create(
        login=login,
        email=email,
        email_key=email.casefold(),
        company=company,
        **{
            "state": RegistrationState.WAITING,
            "company_name": company.name,
            "inn": company.inn,
            "name": "Нонна Тихая",
            "phone": "+73430004568",
            "password_hash": PASSWORD_HASH,
            "consent_version": "1",
            "ip": "198.51.100.25",
            "at": clock.now(),
            "key": f"key-{login}",
            "confirmed_at": clock.now(),
            **fields,
        },
    )


@dataclass(frozen=True, slots=True)
class Cast:
    """The fixed people; see conftest."""

    alice: Person
    bob: Person
    vera: Person
    charlie: Person
    nina: Person
    maria: Person
    oleg: Person
    anna: Person
    company: Company  # Alice's, Bob's and Vera's
    other_company: Company  # Charlie's
    lone_company: Company  # Nina's: no manager


async def make_cast() -> Cast:
    """Everybody."""
    maria = await make_person(name="Мария Орлова", role=Role.MANAGER, login="maria", phone="+74950001234")
    oleg = await make_person(name="Олег Синицын", role=Role.MANAGER, login="oleg", phone="+74950001235")
    anna = await make_person(name="Анна Ветрова", role=Role.ADMINISTRATOR, login="anna")
    ours = await make_company(name="ООО «Монтаж-Сервис»", manager=maria, default_discount=1500)
    theirs = await make_company(name="ООО «Видеолайн»", manager=oleg, city="Тверь", inn="6900000004")
    lone = await make_company(name="ИП Кравцова", city="Пермь", inn="590000000097")
    zone = {"timezone": "Asia/Yekaterinburg"}
    return Cast(
        alice=await make_person(name="Алиса Соколова", role=Role.OWNER, company=ours, login="alice", **zone),
        bob=await make_person(name="Борис Соколов", role=Role.BUYER, company=ours, login="bob", **zone),
        vera=await make_person(name="Вера Лукина", role=Role.VIEWER, company=ours, login="vera", **zone),
        charlie=await make_person(name="Савелий Белов", role=Role.OWNER, company=theirs, login="charlie"),
        nina=await make_person(name="Нина Кравцова", role=Role.OWNER, company=lone, login="nina"),
        maria=maria,
        oleg=oleg,
        anna=anna,
        company=ours,
        other_company=theirs,
        lone_company=lone,
    )


async def make_brand(*, name: str = "HIKVISION") -> Brand:
    """A brand; the same one for the same name."""
    brand, _ = await Brand.get_or_create(name=name, defaults={"slug": name.casefold()})
    return brand


async def make_product(
    *, article: str = "", brand: Brand | None = None, retail: int = 1_499_000, **fields: Any
) -> Product:
    """A product; `retail` in kopecks."""
    article = article or f"DS-{next(_next)}"
    brand = brand or await make_brand()
    category, _ = await Category.get_or_create(slug="ip-cameras", defaults={"name": "IP-камеры"})
    name = fields.pop("name", "IP-камера уличная, 4 Мп")
    product = await Product.create(
        article=article,
        article_key=article_key(article),
        name=name,
        search=f"{article} {name} {brand.name}".casefold(),
        brand=brand,
        category=fields.pop("category", category),
        retail=retail,
        **{"stock": 100, "picture": "dome", **fields},
    )
    await reindex([product.id])
    return product


async def make_presentation(
    *,
    company: Company,
    author: Person,
    products: list[Product] | None = None,
    quantity: int = 2,
    discount: int = 2000,
    valid_until: date | None = None,
    sent: bool = True,
    **fields: Any,
) -> Presentation:
    """A presentation with one version and a line for each product; `discount` in basis points."""
    today = clock.distributor_today()
    presentation = await Presentation.create(
        number=await next_number("presentation"),
        company=company,
        author=author,
        promo=fields.pop("promo", False),
        recipient=fields.pop("recipient", None),
    )
    version = await Version.create(
        presentation=presentation,
        author=author,
        valid_until=valid_until or today + timedelta(days=10),
        sent_at=clock.now() if sent else None,
        **{"title": "Видеонаблюдение для склада", "greeting": "Добрый день!", **fields},
    )
    for position, product in enumerate(products or [await make_product()], 1):
        await make_line(version=version, product=product, position=position, quantity=quantity, discount=discount)
    await presentation_words.index(version.id)
    return presentation


async def make_line(*, version: Version, product: Product, position: int, quantity: int, discount: int) -> Line:
    """An offered product; the quantity is raised to what its pack asks for."""
    brand = await Brand.get(id=product.brand_id)
    least = -(-max(quantity, product.minimum) // product.pack) * product.pack
    return await Line.create(
        version=version,
        position=position,
        product=product,
        article=product.article,
        name=product.name,
        brand=brand.name,
        unit=product.unit,
        pack=product.pack,
        minimum=product.minimum,
        picture=product.picture,
        retail=product.retail,
        discount=discount,
        price=discounted(product.retail, discount),
        vat_rate=vat_rate(Vat(product.vat), clock.distributor_today(), STATUTORY),
        quantity=least,
    )


async def make_cart_line(
    *, person: Person, line: Line | None = None, product: Product | None = None, quantity: int = 2, price: int = 0
) -> CartLine:
    """A line in a person's cart: an offered one, or a product at its retail price (`price`: what was agreed to)."""
    if line:
        product = await Product.get(id=line.product_id)
    product = product or await make_product()
    return await CartLine.create(
        person=person,
        product=product,
        presentation_line=line,
        source=f"line:{line.id}" if line else f"product:{product.id}",
        quantity=quantity,
        price=price or (line.price if line else product.retail),
        price_source=Source.PRESENTATION if line else Source.RETAIL,
    )


async def make_order(
    *,
    person: Person,
    manager: Person | None = None,
    products: list[Product] | None = None,
    status: Status = Status.NEW,
    quantity: int = 2,
    **fields: Any,
) -> Order:
    """An order of a partner with a line for each product, in a status that it reached at once."""
    company = await Company.get(id=person.company_id)
    products = products or [await make_product()]
    total = sum(product.retail * quantity for product in products)
    order = await Order.create(
        number=await next_number("order"),
        company=company,
        person=person,
        manager=manager,
        status=status,
        **{
            "key": f"key-{next(_next)}",
            "contact_name": person.name,
            "contact_phone": person.phone,
            "contact_email": person.email,
            "payer_name": company.name,
            "payer_inn": company.inn,
            "delivery": Delivery.PICKUP,
            "total": total,
            "retail_total": total,
            "placed_at": clock.now(),
            **fields,
        },
    )
    for position, product in enumerate(products, 1):
        await make_order_line(order=order, product=product, position=position, quantity=quantity)
    await words.index_products(order.id)
    await words.index_text(order.id, order.comment)
    await StatusChange.create(order=order, status=Status.NEW, author=person, at=order.placed_at)
    if status is not Status.NEW:
        await StatusChange.create(order=order, status=status, author=manager or person, at=order.placed_at)
    return order


async def make_order_line(*, order: Order, product: Product, position: int, quantity: int) -> OrderLine:
    """An ordered product at its retail price."""
    brand = await Brand.get(id=product.brand_id)
    return await OrderLine.create(
        order=order,
        position=position,
        product=product,
        article=product.article,
        name=product.name,
        brand=brand.name,
        unit=product.unit,
        picture=product.picture,
        quantity=quantity,
        retail=product.retail,
        price=product.retail,
        price_source=Source.RETAIL,
        vat_rate=vat_rate(Vat(product.vat), clock.distributor_today(), STATUTORY),
    )


async def make_ticket(
    *, person: Person, manager: Person | None = None, text: str = "Когда будет прайс?", **fields: Any
) -> Ticket:
    """A partner's ticket with its first message."""
    ticket = await Ticket.create(
        number=await next_number("ticket"),
        company_id=person.company_id,
        person=person,
        manager=manager,
        **{
            "topic": Topic.QUESTION,
            "subject": "Прайс на декабрь",
            "search": f"{fields.get('subject', 'Прайс на декабрь')}\n{text}".casefold(),
            "key": f"key-{next(_next)}",
            "created_at": clock.now(),
            **fields,
        },
    )
    await make_comment(on=ticket, author=person, text=text)
    await Thread.filter(ticket=ticket).update(awaits="staff", last_at=ticket.created_at, by_partner=1)
    return ticket


async def make_attachment(
    *, comment: Comment, root: Path, name: str = "журнал.txt", content: bytes = b"0042"
) -> Attachment:
    """A file of a comment, and its content on the disk."""
    stored = await store.keep(root, BytesIO(content))
    kind = Kind(name.rpartition(".")[2])
    return await Attachment.create(comment=comment, name=name, kind=kind, size=len(content), stored=stored)


async def make_comment(
    *, on: Order | Presentation | Ticket, author: Person, text: str = "Когда отгрузите?", **fields: Any
) -> Comment:
    """A comment on an order, a presentation or a ticket; the first one makes the thread."""
    of = {f"{type(on).__name__.lower()}_id": on.id}
    thread, _ = await Thread.get_or_create(**of, defaults={"company_id": on.company_id})
    thread.comments += 1
    await thread.save(update_fields=["comments"])
    if isinstance(on, Order) and not fields.get("internal"):
        await words.index_text(on.id, text)
    values = {"thread": thread, "number": thread.comments, "key": f"key-{thread.comments}", "at": clock.now()}
    return await Comment.create(author=author, text=text, **values, **fields)
