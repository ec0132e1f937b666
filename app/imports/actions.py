"""What administrators do about imports, and what the worker takes in hand: the row of a run is the job."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tortoise.exceptions import IntegrityError

from app import clock, outbox
from app.accounts.user import User
from app.database import Sql, on_commit, transaction
from app.errors import NotFound, RuleBroken
from app.i18n import N_
from app.imports import files
from app.imports.columns import Layout
from app.imports.models import ImportChange, ImportRun, State, Supplier
from app.imports.terms import Terms
from app.outbox import record
from app.settings import Settings

TRIES = 3  # of one piece of work, before it is left as failed
LEASE = timedelta(seconds=90)  # after the last sign of work, another worker may begin anew
KEPT = timedelta(days=7)  # that an import may be looked at that nobody applied, and the file of any

_CLAIM = """
    UPDATE import_run SET begun_at = :now, attempts = attempts + 1
    WHERE id = (SELECT id FROM import_run
                WHERE state IN ('reading', 'applying', 'indexing', 'undoing') AND (begun_at IS NULL OR begun_at < :lost)
                ORDER BY id LIMIT 1 {lock})
    RETURNING id
"""
_NEXT = Sql(_CLAIM.format(lock=""), postgres=_CLAIM.format(lock="FOR UPDATE SKIP LOCKED"))
_LAST = Sql(
    "SELECT id FROM import_run WHERE state IN ('applied', 'indexing') ORDER BY applied_at DESC, id DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A price list that was kept; `supplier` is an id, or 0 and `name` is a new one's; `sample` is its first rows."""

    supplier: int
    name: str
    file_name: str
    stored: str
    size: int
    sample: list[list[Any]]


async def begin(chosen: Chosen, *, key: str, by: User) -> ImportRun:
    """Begins an import, once for each `key`. Raises RuleBroken."""
    if there := await ImportRun.get_or_none(author_id=by.id, key=key):
        return there
    try:
        async with transaction():
            supplier = await _supplier(chosen)
            about: dict[str, Any] = {
                "file_name": chosen.file_name,
                "stored": chosen.stored,
                "size": chosen.size,
                "sample": chosen.sample,
            }
            run = await ImportRun.create(
                supplier_id=supplier.id, author_id=by.id, key=key, created_at=clock.now(), **about
            )
            await record("import.begun", by=by, run=run.id, supplier=supplier.name, file=run.file_name)
    except IntegrityError:  # the same form at the same moment
        if there := await ImportRun.get_or_none(author_id=by.id, key=key):
            return there
        raise
    return run


async def choose(run_id: int, layout: Layout, terms: Terms, *, by: User) -> None:
    """Remembers for the supplier how the list is read and what for, and has its preview made. Raises RuleBroken."""
    async with transaction():
        run = await _locked(run_id)
        if run.state not in (State.CHOOSING, State.READY, State.FAILED):
            raise RuleBroken(_BUSY)
        await ImportRun.filter(id=run.id).update(
            layout=layout.as_json(), terms=terms.as_json(), **_asked(State.READING), problem="", about={}, stale=False
        )
        kept = {"layout": layout.as_json(), "terms": {**terms.as_json(), "since": None}}
        await Supplier.filter(id=run.supplier_id).update(**kept)
        _ring()


async def ask_application(run_id: int, *, by: User) -> None:
    """Has what the preview shows applied; twice is as once. Raises RuleBroken."""
    async with transaction():
        run = await _locked(run_id)
        if run.state in (State.APPLYING, State.INDEXING, State.APPLIED):
            return
        if run.state is not State.READY:
            raise RuleBroken(_BUSY)
        if not run.changes and not run.counts.get("links"):
            raise RuleBroken(N_("Nothing would change: there is nothing to apply"))
        asked = {**_asked(State.APPLYING), "applied_by_id": by.id, "ip": by.ip, "stale": False}
        await ImportRun.filter(id=run.id).update(**asked, problem="", about={})
        _ring()


async def stop(run_id: int, *, by: User) -> None:
    """Stops the reading, or the applying while nothing is written yet. Raises RuleBroken when it is too late."""
    for state, back in ((State.READING, State.CHOOSING), (State.APPLYING, State.READY)):
        async with transaction():
            if await ImportRun.filter(id=run_id, state=state).update(state=back, begun_at=None, attempts=0):
                if state is State.APPLYING:
                    run = await ImportRun.get(id=run_id).select_related("supplier")
                    await record("import.stopped", by=by, run=run.id, supplier=run.supplier.name, file=run.file_name)
                return
    run = await _found(run_id)
    if run.state in (State.APPLIED, State.INDEXING):
        raise RuleBroken(N_("It is applied already. It can be undone"))


async def ask_undoing(run_id: int, *, by: User) -> None:
    """Has the last import undone; twice is as once. Raises RuleBroken for one that is not the last."""
    async with transaction():
        run = await _locked(run_id)
        if run.state in (State.UNDOING, State.UNDONE):
            return
        await must_be_last(run)
        asked = {**_asked(State.UNDOING), "undone_by_id": by.id, "ip": by.ip}
        await ImportRun.filter(id=run.id).update(**asked, problem="", about={})
        _ring()


async def must_be_last(run: ImportRun) -> None:
    """Raises RuleBroken for an import that was not applied, or after which another one was."""
    if run.state is not State.APPLIED:
        raise RuleBroken(N_("Only an import that was applied can be undone"))
    if not await is_last(run):
        raise RuleBroken(N_("Another import was applied after this one: undo that one first"))


async def is_last(run: ImportRun) -> bool:
    """Whether no other import was applied after this one."""
    return bool(await _LAST.value() == run.id)


async def claim() -> ImportRun | None:
    """The next run to work at, for the caller alone; None when none waits."""
    now = clock.now()
    async with transaction():
        found = await _NEXT.value(now=now, lost=now - LEASE)
    return await ImportRun.get(id=found) if found else None


async def give_back(run: ImportRun, *, failed: bool) -> None:
    """Lets another worker try. What failed TRIES times is left: nothing of it is written, and it can be tried again."""
    attempts = run.attempts if failed else run.attempts - 1
    values: dict[str, Any] = {"begun_at": None, "attempts": attempts}
    if failed and attempts >= TRIES:
        values |= {"state": _AFTER_FAILURE[run.state], "attempts": 0, "problem": "failure"}
    await ImportRun.filter(id=run.id, state=run.state).update(**values)


async def renew(run: ImportRun) -> None:
    """Has the preview made anew, since what it was made of became other."""
    await ImportRun.filter(id=run.id, state=State.APPLYING).update(**_asked(State.READING), stale=True)


async def hinder(run: ImportRun, articles: list[str], count: int) -> None:
    """Notes why an import was not undone."""
    about = {"articles": ", ".join(articles), "count": count}
    await ImportRun.filter(id=run.id, state=State.UNDOING).update(
        state=State.APPLIED, begun_at=None, attempts=0, problem="hindered", about=about
    )


async def sweep(settings: Settings) -> int:
    """Forgets imports that nobody applied in KEPT, and files that are as old; how many files."""
    old = ImportRun.filter(state__in=[State.CHOOSING, State.READY, State.FAILED], created_at__lt=clock.now() - KEPT)
    for run in await old:
        async with transaction():
            if await _locked_as(run):
                await ImportChange.filter(run_id=run.id).delete()
                await ImportRun.filter(id=run.id).delete()
    recent = await ImportRun.filter(created_at__gte=clock.now() - KEPT).values_list("stored", flat=True)
    return await files.sweep(settings, [str(one) for one in recent], older=3600)


_BUSY = N_("It is being worked at, or was applied already: look at its page")
_AFTER_FAILURE = {
    State.READING: State.FAILED,
    State.APPLYING: State.READY,
    State.INDEXING: State.INDEXING,  # what is written must be found: it is tried again and again
    State.UNDOING: State.APPLIED,
}


def _asked(state: State) -> dict[str, Any]:
    return {"state": state, "begun_at": None, "attempts": 0, "done": 0, "total": 0}


def _ring() -> None:
    on_commit(lambda: outbox.nudge())


async def _supplier(chosen: Chosen) -> Supplier:
    if chosen.supplier:
        found = await Supplier.get_or_none(id=chosen.supplier)
        if found is None:
            raise RuleBroken(N_("There is no such supplier any more: choose another"))
        return found
    supplier, _made = await Supplier.get_or_create(key=chosen.name.casefold(), defaults={"name": chosen.name})
    return supplier


async def _found(run_id: int) -> ImportRun:
    run = await ImportRun.get_or_none(id=run_id)
    if run is None:
        raise NotFound
    return run


async def _locked(run_id: int) -> ImportRun:
    run = await ImportRun.filter(id=run_id).select_for_update().first()
    if run is None:
        raise NotFound
    return run


async def _locked_as(run: ImportRun) -> bool:
    return await ImportRun.filter(id=run.id, state=run.state).select_for_update().exists()
