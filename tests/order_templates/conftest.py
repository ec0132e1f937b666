"""A template of Alice's company: two cameras, and five of what is sold by fives."""

import pytest

from app import clock
from app.catalogue.models import Product
from app.orders.templates import OrderTemplate, OrderTemplateLine
from tests.factories import Cast, make_product


@pytest.fixture
async def camera() -> Product:
    return await make_product(article="CAM-1")


@pytest.fixture
async def packed() -> Product:
    return await make_product(article="PACK-1", pack=5)


@pytest.fixture
async def template(cast: Cast, camera: Product, packed: Product) -> OrderTemplate:
    now = clock.now()
    made = await OrderTemplate.create(
        company=cast.company, author=cast.alice, name="Склад", key="склад", created_at=now, changed_at=now
    )
    for position, (product, quantity) in enumerate(((camera, 2), (packed, 5)), 1):
        values = {"position": position, "product": product, "quantity": quantity, "price": product.retail}
        await OrderTemplateLine.create(template=made, **values)
    return made


async def quantities(template: OrderTemplate) -> dict[str, int]:
    """What is in a template: quantities by article."""
    lines = await OrderTemplateLine.filter(template_id=template.id).order_by("position").select_related("product")
    return {line.product.article: line.quantity for line in lines}
