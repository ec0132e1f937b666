"""What pages of the catalogue tell those who list and quote them: search engines, and messengers that show a link.

Guests alone are told, so that whatever stands here has retail prices. Addresses begin with the configured origin.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.catalogue.details import Product
from app.catalogue.filters import Filters, Place
from app.catalogue.lines import ProductLine
from app.catalogue.queries import Listing
from app.i18n import gettext as _
from app.money import amount
from app.settings import Settings
from app.web.formats import whole
from app.web.templates import path

LONGEST = 200  # characters of a description
SCHEMA = "https://schema.org"


@dataclass(frozen=True, slots=True)
class Outline:
    """A page in short. `canonical` is its one address, empty for a page that is not to be listed; `image` a picture's.

    `data` are its things as schema.org has them.
    """

    description: str
    canonical: str
    kind: str = "website"
    image: str = ""
    data: Sequence[Mapping[str, Any]] = ()


def about_product(product: Product, settings: Settings) -> Outline:
    """Of a product's page."""
    line, at = product.line, f"{settings.origin}/catalogue/products/{product.line.id}"
    image = f"{settings.origin}/media/{product.pictures[0][1:]}-l.jpg" if product.pictures else ""
    description = _shortened(product.description or f"{line.name}, {line.brand} {line.article}")
    trail = [product.group, product.category] if product.group else [product.category]
    crumbs = [(name, path("catalogue", "categories", slug)) for name, slug in trail]
    data = [_product(line, description, image, at), _crumbs([*crumbs, (line.name, "")], settings)]
    return Outline(description, at, "product", image, data)


def about_list(listing: Listing, settings: Settings) -> Outline:
    """Of a list. One that a search finds is not to be listed."""
    place, filters = listing.place, listing.filters
    name = place.name or _("Catalogue")
    words = _("%(name)s: %(count)s products with prices and stock. %(site)s")
    description = words % {"name": name, "count": whole(listing.total), "site": settings.site_name}
    if place.is_search:
        return Outline(description, "")
    crumbs = [(place.group[0], path("catalogue", "categories", place.group[1]))] if place.group else []
    data = [_crumbs([*crumbs, (name, "")], settings)] if place.name else []
    return Outline(description, settings.origin + _one_address(place, filters), data=data)


def _one_address(place: Place, filters: Filters) -> str:
    """The address of a list without what only sorts and narrows it; of a brand or a category always the same one."""
    brand, category = place.brand or filters.brand, place.category or filters.category
    page = filters.page if filters.page > 1 else ""
    if category:
        return path("catalogue", "categories", category, brand=brand, page=page)
    return path("catalogue", "brands", brand, page=page) if brand else path("catalogue", page=page)


def _product(line: ProductLine, description: str, image: str, at: str) -> Mapping[str, Any]:
    told: dict[str, Any] = {
        **{"@context": SCHEMA, "@type": "Product", "name": line.name, "sku": line.article, "mpn": line.article},
        **{"brand": {"@type": "Brand", "name": line.brand}, "description": description, "url": at},
    }
    if image:
        told["image"] = image
    if not line.on_request:
        price = amount(line.price).replace("\u00a0", "").replace(",", ".")
        state = "Discontinued" if line.discontinued else "InStock" if line.stock > 0 else "OutOfStock"
        told["offers"] = {
            **{"@type": "Offer", "price": price, "priceCurrency": "RUB", "url": at},
            **{"availability": f"{SCHEMA}/{state}"},
        }
    return told


def _crumbs(trail: Sequence[tuple[str, str]], settings: Settings) -> Mapping[str, Any]:
    """The way to a page from the catalogue on; the page itself has no address there."""
    steps = [(_("Catalogue"), "/catalogue"), *trail]
    items = [
        {"@type": "ListItem", "position": place, "name": name, **({"item": settings.origin + to} if to else {})}
        for place, (name, to) in enumerate(steps, 1)
    ]
    return {"@context": SCHEMA, "@type": "BreadcrumbList", "itemListElement": items}


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[:LONGEST].rsplit(" ", 1)[0] + "…"
