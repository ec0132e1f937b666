"""What administrators change among the goods."""

from collections.abc import Callable
from typing import Any

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import N_, gettext
from app.i18n import gettext as _
from app.money import percent
from app.web.formats import priced_money
from app.web.labels import label

FIELDS = {
    "article": N_("Article"),
    "name": N_("Its name"),
    "brand_id": N_("Brand"),
    "category_id": N_("Category"),
    "unit": N_("Unit"),
    "pack": N_("Pack"),
    "minimum": N_("The least quantity"),
    "vat": N_("VAT"),
    "retail": N_("Retail price"),
    "stock": N_("In the warehouse"),
    "restock_on": N_("More are expected on"),
    "description": N_("Description"),
    "properties": N_("Properties"),
    "position": N_("Place in the list"),
    "hidden": N_("Hidden"),
    "parent_id": N_("Stands in"),
}


def _product(data: Data) -> Thing:
    return Thing(f"{data['article']}, {data['name']}", f"/administration/products/{data['good']}")


def _brand(data: Data) -> Thing:
    return Thing(data["name"], f"/administration/brands/{data['good_brand']}")


def _category(data: Data) -> Thing:
    return Thing(data["name"], f"/administration/categories/{data['good_category']}")


def _created(data: Data) -> Words:
    return Words(_("Product put on sale"), (_product(data), Thing(data["brand"]), Thing(priced_money(data["retail"]))))


def _discontinued(data: Data) -> Words:
    now, was = data["replacement"], data["was"]
    if not (now or was):
        return Words(_("Product discontinued"), (_product(data),))
    instead = f"{was} → {now or '—'}" if was else now
    return Words(_("Product discontinued"), (_product(data), Thing(_("instead: %(article)s") % {"article": instead})))


def _picture_set(data: Data) -> Words:
    """From the time when a product had one picture."""
    how = _("another picture instead of the former") if data["replaced"] else _("the first picture")
    return Words(_("Picture of a product"), (_product(data), Thing(how)))


def _pictures(action: str) -> Callable[[Data], Words]:
    """How many there were and are; of an event from the time when there was one, nothing."""

    def words(data: Data) -> Words:
        told = [_product(data)]
        if "was" in data:
            told.append(Thing(_("Pictures: %(was)s → %(now)s") % {"was": data["was"], "now": data["now"]}))
        return Words(gettext(action), tuple(told))

    return words


def _picture_moved(data: Data) -> Words:
    place = _("Place: %(was)s → %(now)s") % {"was": data["was"], "now": data["now"]}
    return Words(_("Pictures of a product put in order"), (_product(data), Thing(place)))


def _merged(action: str, thing: Callable[[Data], Thing]) -> Callable[[Data], Words]:
    def words(data: Data) -> Words:
        told = [Thing(f"{data['gone']['name']} → {data['name']}"), thing(data)]
        told.append(Thing(_("Products: %(was)s → %(now)s") % {"was": data["products"][0], "now": data["products"][1]}))
        if data["children"]:
            told.append(Thing(_("Categories that moved: %(names)s") % {"names": ", ".join(data["children"])}))
        if data["discounts"]:
            told.append(Thing(_("Discounts of partners that moved: %(count)s") % {"count": data["discounts"]}))
        if data["dropped"]:
            told.append(Thing(_("Smaller discounts taken away: %(count)s") % {"count": data["dropped"]}))
        shown = [Thing(f"{one['company']}: {percent(one['was'])} → {percent(one['now'])}") for one in data["smaller"]]
        return Words(gettext(action), (*told, *shown))

    return words


def _document(action: str) -> Callable[[Data], Words]:
    return lambda data: Words(gettext(action), (_product(data), Thing(data["title"])))


def _analogue(action: str) -> Callable[[Data], Words]:
    def words(data: Data) -> Words:
        other = Thing(data["analogue"], f"/administration/products/{data['other']}")
        return Words(gettext(action), (_product(data), other))

    return words


def _warehouse(data: Data) -> Thing:
    return Thing(data["name"], f"/administration/warehouses/{data['warehouse']}")


def _stock_set(data: Data) -> Words:
    """Of each warehouse that was changed; nothing known is a dash."""
    told = [_product(data)]
    for one in data["changes"]:
        was, now = ("—" if one[when] is None else one[when] for when in ("was", "now"))
        told.append(Thing(f"{one['field']}: {was} → {now}"))
    return Words(_("Stock of a product"), tuple(told))


def _changes(data: Data) -> tuple[Thing, ...]:
    return tuple(
        Thing(
            f"{gettext(FIELDS[one['field']])}: {_shown(one['field'], one['was'])} → {_shown(one['field'], one['now'])}"
        )
        for one in data["changes"]
    )


def _shown(field: str, value: Any) -> str:
    if field == "retail":
        return priced_money(value)
    if field == "vat":
        return label("vat", value)
    if field == "hidden":
        return _("yes") if value else _("no")
    return "—" if value in (None, "") else str(value)


def _simply(action: str, thing: Callable[[Data], Thing]) -> Callable[[Data], Words]:
    return lambda data: Words(gettext(action), (thing(data),))


def _deleted(action: str) -> Callable[[Data], Words]:
    return lambda data: Words(gettext(action), (Thing(data["name"]),))


def _changed(action: str, thing: Callable[[Data], Thing]) -> Callable[[Data], Words]:
    return lambda data: Words(gettext(action), (thing(data), *_changes(data)))


WORDS: Vocabulary = {
    "product.created": _created,
    "product.changed": _changed(N_("Product changed"), _product),
    "product.discontinued": _discontinued,
    "product.restored": _simply(N_("Product on sale again"), _product),
    "product.picture_set": _picture_set,
    "product.pictures_added": _pictures(N_("Pictures of a product added")),
    "product.picture_moved": _picture_moved,
    "product.picture_removed": _pictures(N_("Picture of a product removed")),
    "product.document_added": _document(N_("Document of a product added")),
    "product.document_removed": _document(N_("Document of a product removed")),
    "product.analogue_added": _analogue(N_("Analogue of a product kept")),
    "product.analogue_removed": _analogue(N_("Analogue of a product removed")),
    "product.stock_set": _stock_set,
    "brand.created": _simply(N_("New brand"), _brand),
    "brand.changed": _changed(N_("Brand changed"), _brand),
    "brand.deleted": _deleted(N_("Brand deleted")),
    "brand.merged": _merged(N_("Brand merged into another"), _brand),
    "brand.logo_set": _simply(N_("Logo of a brand"), _brand),
    "brand.logo_removed": _simply(N_("Logo of a brand removed"), _brand),
    "category.created": _simply(N_("New category"), _category),
    "category.changed": _changed(N_("Category changed"), _category),
    "category.deleted": _deleted(N_("Category deleted")),
    "category.merged": _merged(N_("Category merged into another"), _category),
    "warehouse.created": _simply(N_("New warehouse"), _warehouse),
    "warehouse.changed": _changed(N_("Warehouse changed"), _warehouse),
}
