"""Where the lines of a draft may be copied from: what managers may see of offers, orders and templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.accounts.user import User
from app.catalogue.matches import by_id
from app.catalogue.models import Product
from app.database import Sql, as_datetime
from app.desk.scopes import ORDERS, SENT, scope
from app.presentations.draft_queries import Draft
from app.presentations.drafts import Changes, save
from app.presentations.imports import Wanted
from app.presentations.templates import PresentationTemplate
from app.quantities import least

RECENT = 8  # of a partner's offers and orders that are offered at once

_PRESENTATION = Sql(
    f"""
    SELECT l.product_id, l.article, l.quantity, l.remark
    FROM presentation n
    JOIN presentation_version v ON v.presentation_id = n.id AND v.sent_at IS NOT NULL AND v.replaced_at IS NULL
    JOIN presentation_line l ON l.version_id = v.id
    LEFT JOIN assignment s ON s.company_id = n.company_id
    WHERE n.number = :number AND {SENT}
    ORDER BY l.position
    """  # noqa: S608 - constant text
)
_ORDER = Sql(
    f"""
    SELECT l.product_id, l.article, l.quantity, '' AS remark
    FROM orders o JOIN order_line l ON l.order_id = o.id
    LEFT JOIN assignment s ON s.company_id = o.company_id
    WHERE o.number = :number AND {ORDERS}
    ORDER BY l.position
    """  # noqa: S608 - constant text
)
_TEMPLATE = Sql(
    """
    SELECT l.product_id, p.article, l.quantity, l.remark
    FROM presentation_template t JOIN presentation_template_line l ON l.template_id = t.id
    JOIN product p ON p.id = l.product_id
    WHERE t.id = :number AND (t.shared OR t.author_id = :person)
    ORDER BY l.position
    """
)
_RECENT_PRESENTATIONS = Sql(
    f"""
    SELECT n.number, v.title AS name, v.sent_at AS moment
    FROM presentation n
    JOIN presentation_version v ON v.presentation_id = n.id AND v.sent_at IS NOT NULL AND v.replaced_at IS NULL
    LEFT JOIN assignment s ON s.company_id = n.company_id
    WHERE n.company_id = :company AND {SENT}
    ORDER BY v.id DESC LIMIT :limit
    """  # noqa: S608 - constant text
)
_RECENT_ORDERS = Sql(
    f"""
    SELECT o.number, '' AS name, o.placed_at AS moment FROM orders o
    LEFT JOIN assignment s ON s.company_id = o.company_id
    WHERE o.company_id = :company AND {ORDERS} ORDER BY o.id DESC LIMIT :limit
    """  # noqa: S608 - constant text
)
_TEMPLATES = Sql(
    """
    SELECT t.id AS number, t.name, t.changed_at AS moment FROM presentation_template t
    WHERE t.shared OR t.author_id = :person ORDER BY t.name, t.id
    """
)
_STATEMENTS = {"presentation": _PRESENTATION, "order": _ORDER, "template": _TEMPLATE}


@dataclass(frozen=True, slots=True)
class Source:
    """Something to copy from; `number` is a template's id."""

    number: int
    name: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Offered:
    """What a draft's partner had before, and the templates."""

    presentations: Sequence[Source]
    orders: Sequence[Source]
    templates: Sequence[Source]


async def offered(draft: Draft, *, by: User) -> Offered:
    """What to choose from."""
    about = {**scope(by), "company": draft.company_id, "limit": RECENT}
    rows = [
        await _RECENT_PRESENTATIONS.all(**about),
        await _RECENT_ORDERS.all(**about),
        await _TEMPLATES.all(person=by.id),
    ]
    return Offered(*([Source(one["number"], one["name"], as_datetime(one["moment"])) for one in of] for of in rows))


async def wanted(source: str, number: int, draft: Draft, *, by: User) -> list[Wanted]:
    """The lines of something that the reader may see; nothing when there is no such thing."""
    rows = await _STATEMENTS[source].all(**{**scope(by), "number": number})
    goods = await by_id([row["product_id"] for row in rows]) if rows else {}
    return [
        Wanted(
            f"{row['article']} – {row['quantity']}",
            row["article"],
            str(row["quantity"]),
            goods.get(row["product_id"]),
            row["remark"],
        )
        for row in rows
    ]


async def greet(draft: Draft, template_id: int, *, by: User) -> None:
    """Puts a template's greeting into a draft that has none of its own. Raises AlreadySent, ChangedMeanwhile."""
    template = await PresentationTemplate.get_or_none(id=template_id)
    if template and template.greeting and not draft.greeting:
        await save(draft, Changes(draft.title, template.greeting, draft.valid_until, draft.recipient_id, {}), by=by)


async def least_of(product_id: int) -> str:
    """The least quantity of a product, as a field shows it; empty for none."""
    product = await Product.get_or_none(id=product_id)
    return str(least(product.minimum, product.pack)) if product else ""
