"""Pictures of products: noted while a catalogue is read, made afterwards, one by one.

They are put after the photographs that a product has; nothing is taken away. A broken one is told of and passed over.
"""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.catalogue.models import Product, ProductPicture
from app.database import transaction
from app.exchange import store
from app.exchange.items import Good
from app.exchange.models import ExchangeFile, ExchangePicture
from app.exchange.telling import MOST_TROUBLES, Refusal
from app.exchange.work import Work
from app.goods.pictures import MOST, of_product, show_first
from app.i18n import N_, speaking
from app.pictures import store as pictures
from app.pictures.forms import PictureForm
from app.pictures.making import Made
from app.settings import Settings
from app.web.forms import Upload


async def note(work: Work, batch: Sequence[Good], owners: Mapping[str, int]) -> None:
    """Notes the pictures of products that came with the exchange; `owners` are the products by key."""
    rows = []
    for good in batch:
        for path in good.pictures[:MOST] if good.guid in owners else ():
            try:
                there = store.path_of(work.settings, work.exchange.id, path).is_file()
            except Refusal as refusal:
                work.trouble(good.line, *_words(refusal))
                continue
            if there:
                rows.append(
                    ExchangePicture(file_id=work.file.id, product_id=owners[good.guid], path=path, line=good.line)
                )
    if rows:
        await ExchangePicture.bulk_create(rows)


async def make_next(settings: Settings) -> bool:
    """Makes one picture that waits; whether there was one."""
    one = await ExchangePicture.filter(done=False).order_by("id").select_related("file").first()
    if one is None:
        return False
    trouble = ""
    try:
        path = store.path_of(settings, one.file.exchange_id, store.safe(one.path))
        digest = await asyncio.to_thread(_digest, path)
        if not await ExchangePicture.filter(product_id=one.product_id, digest=digest, done=True).exists():
            made, trouble = await _made(path, settings)
            if made and await _keep(one.product_id, made, settings):
                await _count(one.file_id)
        await ExchangePicture.filter(id=one.id).update(done=True, digest="" if trouble else digest)
    except (OSError, Refusal):  # the files were swept up meanwhile
        await ExchangePicture.filter(id=one.id).update(done=True)
    if trouble:
        await _tell(one.file_id, one.line, trouble)
    return True


async def _made(path: Path, settings: Settings) -> tuple[Made | None, str]:
    """The picture, or why there is none."""
    size = (await asyncio.to_thread(path.stat)).st_size
    with path.open("rb") as file, speaking("ru"):
        form = PictureForm()
        form.uploads = [Upload(path.name, size, file)]
        await form.check_files(settings)
    return form.made, form.errors.get("picture", "")


async def _keep(product_id: int, made: Made, settings: Settings) -> bool:
    """Puts a photograph after the others; False when it is there already, or there are enough."""
    await pictures.keep(pictures.folder(settings), made)
    async with transaction():
        product = await Product.filter(id=product_id).select_for_update().first()
        there = [one.code for one in await of_product(product_id)]
        if product is None or made.code in there or len(there) >= MOST:
            return False
        await ProductPicture.create(product_id=product_id, code=made.code, position=len(there) + 1)
        await show_first(product, [*there, made.code])
    return True


async def _count(file_id: int) -> None:
    async with transaction():
        file = await ExchangeFile.select_for_update().get(id=file_id)
        file.counts = {**file.counts, "pictures": file.counts.get("pictures", 0) + 1}
        await file.save(update_fields=["counts"])


async def _tell(file_id: int, line: int, text: str) -> None:
    async with transaction():
        file = await ExchangeFile.select_for_update().get(id=file_id)
        file.counts = {**file.counts, "troubles": file.counts.get("troubles", 0) + 1}
        file.troubles = [*file.troubles, [line, N_("the picture is passed over: %(text)s"), {"text": text}]]
        file.troubles = file.troubles[:MOST_TROUBLES]
        await file.save(update_fields=["counts", "troubles"])


def _words(refusal: Refusal) -> tuple[str]:
    return (refusal.trouble[1] % refusal.trouble[2],)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
