"""What lies in the carts of the demo now."""

from collections.abc import Sequence

from app.cart.models import CartLine
from app.demo.deals import Deals, Wanted
from app.demo.offers import Offer
from app.demo.people import Partner
from app.demo.stage import Stage
from app.demo.tales import STORE

FROM_STORE = (1, 2, 6, 7, 10, 13)  # positions of the store's presentation in the first owner's cart
FROM_CATALOGUE = {  # by the place of the company, in its owner's cart
    1: (("DS-7608NI-K1/8P", 1), ("DS-2CD2023G2-I", 8), ("01-0043", 305)),
    2: (("CDV-704MA", 1),),
}


def fill_carts(stage: Stage, deals: Deals, offers: Sequence[Offer]) -> None:
    """Puts everything into its cart."""
    store = next(one for one in offers if one.presentation.number == STORE)
    for position in FROM_STORE:
        _put(stage, store.partner, deals.offered(store.lines[position - 1]), 30 - position)
    for place, articles in FROM_CATALOGUE.items():
        partner = stage.cast.partners[place]
        for later, (article, quantity) in enumerate(articles):
            _put(stage, partner, deals.bought(partner, article, quantity), 60 - 2 * later)


def _put(stage: Stage, partner: Partner, one: Wanted, minutes: int) -> None:
    at = stage.days.ago(minutes)
    stage.rows.add(
        CartLine,
        person_id=partner.owner.id,
        product_id=one.product.id,
        presentation_line_id=one.line.id if one.line else None,
        source=f"line:{one.line.id}" if one.line else f"product:{one.product.id}",
        quantity=one.quantity,
        price=one.price,
        price_source=one.source,
        added_at=at,
    )
    product = one.product
    data = {"article": product.article, "name": product.name, "quantity": one.quantity, "unit": product.unit}
    presentation = {"presentation": STORE} if one.line else {}
    stage.annals.note("cart.line_put", at, partner.owner, partner, data | presentation)
