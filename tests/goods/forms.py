"""What administrators type."""

from typing import Any

from app.catalogue.models import Brand, Category

HERE = "/administration/products"


async def goods(**changes: str) -> dict[str, str]:
    """The form of a product of the first brand and category."""
    brand, category = await Brand.first(), await Category.first()
    assert brand and category
    return {
        **{"article": "МК-12/3", "name": "Муфта кабельная", "brand": str(brand.id), "category": str(category.id)},
        **{"unit": "шт", "pack": "10", "minimum": "20", "vat": "standard", "retail": "1 234,50", "stock": "1 000"},
        **{"restock_on": "", "description": "", "properties": ""},
        **changes,
    }


def file(content: bytes, name: str = "фото.jpg", kind: str = "image/jpeg") -> list[Any]:
    """The field of a picture."""
    return [("picture", (name, content, kind))]
