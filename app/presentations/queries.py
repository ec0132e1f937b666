"""Reading one presentation, as a sheet of priced lines."""

from collections.abc import Mapping
from typing import Any

from app import clock
from app.accounts.user import User
from app.catalogue.prices import Discounts, discounts_of
from app.database import Sql, as_date, as_datetime
from app.errors import NotFound
from app.presentations.sheet import Replacement, Sheet, SheetLine
from app.quantities import least
from app.settings import Settings

_HEAD = """
    SELECT n.id, n.number, n.company_id, v.id AS version_id, v.number AS version, v.title, v.greeting, v.valid_until,
           v.sent_at, v.replaced_at, v.withdrawn_at, v.withdrawal,
           a.name AS author, a.phone AS author_phone, a.id AS author_id,
           (SELECT MAX(x.number) FROM presentation_version x
             WHERE x.presentation_id = n.id AND x.sent_at IS NOT NULL) AS newest,
           EXISTS (SELECT 1 FROM presentation_opening o
                   WHERE o.version_id = v.id AND o.person_id = :person AND o.day = :today) AS opened_today,
           EXISTS (SELECT 1 FROM extension_request e
                   WHERE e.version_id = v.id AND e.settled_at IS NULL) AS extension_asked
    FROM presentation n
    JOIN presentation_version v ON v.presentation_id = n.id
    JOIN person a ON a.id = v.author_id
    LEFT JOIN assignment s ON s.company_id = n.company_id
    WHERE n.number = :number AND v.sent_at IS NOT NULL
      AND (v.number = :version OR (:version = 0 AND v.replaced_at IS NULL))
"""
_PARTNERS_HEAD = Sql(_HEAD + " AND n.company_id = :company")
_MANAGERS_HEAD = Sql(_HEAD + " AND (s.manager_id IN :hands OR v.author_id IN :hands)")
_ANY_HEAD = Sql(_HEAD)

_LINES = Sql(
    """
    SELECT l.id, l.position, l.product_id, l.article, l.name, l.brand, l.unit, l.picture, l.retail, l.discount, l.price,
           l.vat_rate, l.rate, l.rate_on, l.remark, COALESCE(q.quantity, l.quantity) AS quantity, c.quantity AS in_cart,
           p.pack, p.minimum, p.stock, p.restock_on, p.discontinued_at,
           r.id AS replacement_id, r.article AS replacement_article, rb.name AS replacement_brand,
           r.name AS replacement_name, r.retail AS replacement_retail, r.stock AS replacement_stock,
           r.brand_id AS replacement_brand_id, r.category_id AS replacement_category_id, r.pack AS replacement_pack,
           r.minimum AS replacement_minimum, r.unit AS replacement_unit, rc.quantity AS replacement_in_cart
    FROM presentation_line l
    JOIN product p ON p.id = l.product_id
    LEFT JOIN chosen_quantity q ON q.line_id = l.id AND q.person_id = :owner
    LEFT JOIN cart_line c ON c.presentation_line_id = l.id AND c.person_id = :owner
    LEFT JOIN product r ON r.id = p.replacement_id AND r.discontinued_at IS NULL
    LEFT JOIN brand rb ON rb.id = r.brand_id
    LEFT JOIN cart_line rc ON rc.product_id = r.id AND rc.person_id = :owner AND rc.presentation_line_id IS NULL
    WHERE l.version_id = :version
    ORDER BY l.position
    """
)


async def head(user: User, number: int, settings: Settings, *, version: int = 0) -> dict[str, Any]:
    """A sent version (0: the one that holds) without its lines, for its reader; raises NotFound."""
    today = clock.today(settings.timezone)
    values: dict[str, Any] = {
        "number": number,
        "version": version,
        "person": user.id,
        "hands": user.hands,
        "today": today,
    }
    if user.is_partner:
        found = await _PARTNERS_HEAD.one(company=user.company, **values)
    else:
        found = await (_ANY_HEAD if user.is_administrator else _MANAGERS_HEAD).one(**values)
    if found is None:
        raise NotFound
    moments = {"sent_at": as_datetime(found["sent_at"]), "valid_until": as_date(found["valid_until"])}
    return {**found, **moments, "expired": moments["valid_until"] < today}


async def sheet(user: User, number: int, settings: Settings, *, version: int = 0) -> Sheet:
    """A sent presentation that the reader may see, its newest version or the given one; raises NotFound."""
    # long: a field a line
    found = await head(user, number, settings, version=version)
    rows = await _LINES.all(version=found["version_id"], owner=user.cart_owner)
    instead = [row["replacement_id"] for row in rows if row["replacement_id"]]
    discounts = await discounts_of(user, instead) if instead else None
    return Sheet(
        id=found["id"],
        number=found["number"],
        company_id=found["company_id"],
        version_id=found["version_id"],
        version=found["version"],
        newest=found["newest"],
        title=found["title"],
        greeting=found["greeting"],
        valid_until=found["valid_until"],
        sent_at=found["sent_at"],
        replaced=found["replaced_at"] is not None,
        withdrawn=found["withdrawn_at"] is not None,
        withdrawal=found["withdrawal"],
        expired=found["expired"],
        author=found["author"],
        author_phone=found["author_phone"],
        opened_today=bool(found["opened_today"]),
        extension_asked=bool(found["extension_asked"]),
        lines=tuple(_line(row, discounts) for row in rows),
    )


def _line(row: Mapping[str, Any], discounts: Discounts | None) -> SheetLine:
    # long: a field a line
    return SheetLine(
        id=row["id"],
        position=row["position"],
        product_id=row["product_id"],
        article=row["article"],
        name=row["name"],
        brand=row["brand"],
        unit=row["unit"],
        pack=row["pack"],
        minimum=row["minimum"],
        picture=row["picture"],
        retail=row["retail"],
        discount=row["discount"],
        price=row["price"],
        vat_rate=row["vat_rate"],
        rate=row["rate"],
        rate_on=as_date(row["rate_on"]),
        remark=row["remark"],
        quantity=row["quantity"],
        in_cart=row["in_cart"],
        stock=row["stock"],
        restock_on=as_date(row["restock_on"]),
        discontinued=row["discontinued_at"] is not None,
        replacement=_replacement(row, discounts) if discounts and row["replacement_id"] else None,
    )


def _replacement(row: Mapping[str, Any], discounts: Discounts) -> Replacement:
    price = discounts.price(
        row["replacement_retail"],
        product_id=row["replacement_id"],
        brand_id=row["replacement_brand_id"],
        category_id=row["replacement_category_id"],
    )
    return Replacement(
        product_id=row["replacement_id"],
        article=row["replacement_article"],
        brand=row["replacement_brand"],
        name=row["replacement_name"],
        price=price.price,
        stock=row["replacement_stock"],
        unit=row["replacement_unit"],
        quantity=least(max(row["quantity"], row["replacement_minimum"]), row["replacement_pack"]),
        in_cart=row["replacement_in_cart"],
    )
