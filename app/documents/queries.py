"""Reading the documents of products."""

from app.documents.models import ProductDocument
from app.errors import NotFound


async def of_product(product_id: int) -> list[ProductDocument]:
    """The documents of a product by title."""
    return await ProductDocument.filter(product_id=product_id).order_by("title", "id")


async def stored(name: str) -> ProductDocument:
    """A document by the name that its file lies under; raises NotFound."""
    found = (
        await ProductDocument.filter(stored=name).order_by("id").first() if name.isascii() and name.isalnum() else None
    )
    if found is None:
        raise NotFound
    return found


async def document(product_id: int, document_id: int) -> ProductDocument:
    """A document of a product; raises NotFound."""
    found = await ProductDocument.get_or_none(id=document_id, product_id=product_id)
    if found is None:
        raise NotFound
    return found
