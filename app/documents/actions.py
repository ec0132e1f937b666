"""What administrators do about the documents of products."""

from typing import Any

from app import clock
from app.accounts.user import User
from app.attachments.files import Chosen
from app.database import transaction
from app.documents import store
from app.documents.models import ProductDocument
from app.errors import RuleBroken
from app.goods.actions import locked, named
from app.i18n import N_
from app.outbox import record
from app.settings import Settings

MOST = 20  # of one product


async def add(product_id: int, title: str, chosen: Chosen, *, by: User, settings: Settings) -> bool:
    """Keeps a document of a product; False: this file is there already.

    :raises RuleBroken: there would be too many, or it cannot be kept. NotFound: no such product.
    """
    try:
        stored = await store.keep(store.folder(settings), chosen.file)
    except OSError as error:
        raise RuleBroken(N_("The file cannot be kept at the moment. Try again later")) from error
    async with transaction():
        product = await locked(product_id)
        there = {one.stored for one in await ProductDocument.filter(product_id=product.id)}
        if stored in there:
            return False
        if len(there) >= MOST:
            raise RuleBroken(N_("A product has at most %(most)s documents: remove some first"), most=MOST)
        about: dict[str, Any] = {"name": chosen.name, "kind": chosen.kind, "size": chosen.size, "stored": stored}
        await ProductDocument.create(product_id=product.id, title=title, at=clock.now(), **about)
        await record("product.document_added", by=by, good=product.id, **named(product), title=title)
    return True


async def remove(product_id: int, document_id: int, *, by: User) -> None:
    """Takes a document away; one that is gone already is no matter."""
    async with transaction():
        product = await locked(product_id)
        document = await ProductDocument.get_or_none(id=document_id, product_id=product.id)
        if document is None:
            return
        await document.delete()
        await record("product.document_removed", by=by, good=product.id, **named(product), title=document.title)
