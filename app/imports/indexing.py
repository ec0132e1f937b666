"""After an import of very many products: searches and lists learn of them in pieces, and others can write between."""

from app import clock
from app.catalogue.indexing import reindex, write_stale_shelves
from app.database import transaction
from app.imports.applying import DETAILS
from app.imports.models import CHANGING, ImportChange, ImportRun, State

PIECE = 1000


async def go_on(run: ImportRun) -> None:
    """Indexes what is left of a run whose products are written; then it is APPLIED."""
    while (now := await ImportRun.get(id=run.id)).state is State.INDEXING:
        rows = (
            await ImportChange.filter(run_id=run.id, place__gt=now.done, kind__in=list(CHANGING))
            .order_by("place")
            .limit(PIECE)
        )
        ids = {one.product_id for one in rows if one.product_id and _is_seen(one)}
        async with transaction():
            if ids:
                await reindex(ids, shelves_later=True)
            ended = {"state": State.APPLIED, "begun_at": None, "attempts": 0}
            values = {"done": rows[-1].place, "begun_at": clock.now()} if rows else ended
            await ImportRun.filter(id=run.id, state=State.INDEXING).update(**values)
    await write_stale_shelves()


def _is_seen(one: ImportChange) -> bool:
    """Whether searches and lists read what became other."""
    return not one.before or bool({*DETAILS, "stock"} & set(one.after))
