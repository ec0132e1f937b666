"""The order template of the demo: a list of last year, in which every kind of line stands that a repeat can meet."""

from app.catalogue.models import Product
from app.demo.stage import Stage
from app.money import discounted
from app.orders.templates import OrderTemplate, OrderTemplateLine

NAME = "Типовой комплект на объект"
WAS = {  # articles on sale: how many, and how the price was then, in percents of today's
    "DS-2CD2043G2-I": (4, 90),
    "DS-2CD2023G2-I": (6, 108),
    "DS-7608NI-K1/8P": (1, 100),
    "01-0043": (200, 100),  # it is sold by 305 m now
}


def make_template(stage: Stage) -> None:
    """Keeps the list for the first company, with what is gone and what was replaced since."""
    partner, at = stage.cast.partners[0], stage.days.at(30, "16:20")
    template = stage.rows.add(
        OrderTemplate,
        company_id=partner.company.id,
        author_id=partner.owner.id,
        name=NAME,
        key="demo-template",
        created_at=at,
        changed_at=at,
    )
    wanted = _wanted(stage)
    for position, (product, quantity, percent) in enumerate(wanted, 1):
        price = stage.shop.price(partner, product).price
        stage.rows.add(
            OrderTemplateLine,
            template_id=template.id,
            position=position,
            product_id=product.id,
            quantity=quantity,
            price=discounted(price, (100 - percent) * 100),
        )
    data = {"template": template.id, "name": NAME, "lines": len(wanted)}
    stage.annals.note("order_template.saved", at, partner.owner, partner, data)


def _wanted(stage: Stage) -> list[tuple[Product, int, int]]:
    """What stands in it: products, how many, and their old prices in percents; the last two are not sold any more."""
    on_sale = [(stage.shop.by_article[article], *was) for article, was in WAS.items()]
    gone = [product for product in stage.rows.of(Product) if product.discontinued_at]
    replaced = next(product for product in gone if product.replacement_id)
    lost = next(product for product in gone if not product.replacement_id)
    return [*on_sale, (replaced, 2, 100), (lost, 1, 100)]
