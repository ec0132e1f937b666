"""What a product is to be here, by what the catalogue of 1C says of it and what stands here already."""

from app.catalogue.models import article_key
from app.exchange import reference
from app.exchange.items import Good, Pairs
from app.exchange.keys import Known
from app.exchange.models import Kind
from app.exchange.texts import one_line, paragraphs
from app.exchange.work import Work
from app.goods.bulk import ProductRow
from app.i18n import N_
from app.money import Vat

MAKERS = frozenset({"производитель", "изготовитель", "бренд", "марка", "торговая марка", "brand"})
LONGEST_TEXT = 20_000
_VAT = {"20": Vat.STANDARD, "22": Vat.STANDARD, "18": Vat.STANDARD, "10": Vat.TEN, "7": Vat.SEVEN, "5": Vat.FIVE}
_VAT |= {"0": Vat.ZERO}


async def row(work: Work, good: Good, kept: ProductRow | None, there: Known | None) -> ProductRow | None:
    """A product as it is to stand here; None for what cannot: one that stands here already always can."""
    article = _article(good) or (kept.article if kept else "")
    if not article:
        work.trouble(good.line, N_("«%(name)s» has neither article nor code: it is passed over"), name=good.name[:80])
        return None
    name = _name(work, good, kept, article)
    if not name:
        return None
    properties = _properties(work, good)
    maker = good.brand or next((text for name, text in properties.items() if name.casefold() in MAKERS), "")
    return ProductRow(
        id=there.product_id if there else None,
        article=article,
        name=name,
        brand_id=kept.brand_id if kept and not maker else await work.brands.id_of(maker),
        category_id=await _category(work, good, kept),
        unit=work.unit(good.unit) or (kept.unit if kept else "шт"),
        pack=kept.pack if kept else 1,
        minimum=kept.minimum if kept else 1,
        vat=_vat(work, good) or (kept.vat if kept else Vat.STANDARD),
        description=paragraphs(good.description)[:LONGEST_TEXT] or (kept.description if kept else ""),
        properties={name: text for name, text in properties.items() if name.casefold() not in MAKERS},
        discontinued=_is_gone(kept, there),
    )


def _name(work: Work, good: Good, kept: ProductRow | None, article: str) -> str:
    """The name; of a product that stands here already the one that it has, where 1C says none."""
    name = one_line(good.name)[:250]
    if not name:
        message = N_("%(article)s has no name: it is passed over")
        work.trouble(good.line, N_("%(article)s has no name: the old one stays") if kept else message, article=article)
    return name or (kept.name if kept else "")


async def _category(work: Work, good: Good, kept: ProductRow | None) -> int:
    """The category of the product's group; where there is none, the one that it is in, or that of all others."""
    found = await work.categories.id_of(good.group)
    if found is None and good.group:
        work.trouble(
            good.line,
            N_("the group %(guid)s is in no classifier: its products are in «%(name)s»"),
            once=f"group {good.group}",
            guid=good.group[:60],
            name=reference.NO_GROUP,
        )
    if found is None:
        return kept.category_id if kept else await work.categories.other()
    return found


def _is_gone(kept: ProductRow | None, there: Known | None) -> bool:
    """Taken off sale by hand it stays so; by an exchange it comes back."""
    if there and there.parted:
        return True
    return bool(kept and kept.discontinued and not (there and there.hidden))


def _article(good: Good) -> str:
    """The article, or the code in 1C where there is none. (One of signs alone is none.)"""
    texts = (" ".join(text.split())[:80] for text in (good.article, good.requisites.get("Код", "")))
    return next((text for text in texts if article_key(text)), "")


def _properties(work: Work, good: Good) -> dict[str, str]:
    """Names and texts of the properties that have one."""
    named: dict[str, str] = {}
    for guid, value in good.properties:
        name = one_line(work.words[Kind.PROPERTY].get(guid, ""))
        text = one_line(work.words[Kind.VALUE].get(value, value))
        if name and text:
            named[name[:100]] = text[:500]
        elif text and not name:
            work.trouble(
                good.line,
                N_("the property %(guid)s is in no classifier: it is passed over"),
                once=f"property {guid}",
                guid=guid[:60],
            )
    return named | features(good.features)


def features(pairs: Pairs) -> dict[str, str]:
    """What makes a variant, by name."""
    plain = ((one_line(name)[:100], one_line(text)[:500]) for name, text in pairs)
    return {name: text for name, text in plain if name and text}


def _vat(work: Work, good: Good) -> Vat | None:
    text = good.vat.replace("%", "").strip().casefold()
    if not text:
        return None
    found = Vat.NONE if text.startswith("без") else _VAT.get(text.split(",")[0].split(".")[0])
    if found is None:
        work.trouble(good.line, N_("the VAT rate %(rate)s is not known"), once=f"vat {text}", rate=good.vat[:40])
    return found
