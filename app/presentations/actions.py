"""What partners do in a presentation: read it, choose quantities, fill the cart, ask for an extension."""

from contextlib import suppress

from app import clock
from app.accounts.models import Person
from app.accounts.queries import lock_person
from app.accounts.user import User
from app.cart import actions as cart
from app.cart.models import CartLine
from app.database import DatabaseUnavailable, Sql, transaction
from app.errors import RuleBroken
from app.outbox import record
from app.presentations.models import ChosenQuantity, ExtensionRequest, Line
from app.presentations.sheet import Sheet
from app.settings import Settings

_OPEN = Sql(
    """
    INSERT INTO presentation_opening (version_id, person_id, day, at) VALUES (:version, :person, :day, :at)
    ON CONFLICT (version_id, person_id, day) DO NOTHING
    """
)
_ASK_AGAIN = Sql(
    """
    UPDATE extension_request SET settled_at = NULL, person_id = :person, at = :now
    WHERE version_id = :version AND settled_at IS NOT NULL
    """
)


async def open_once(sheet: Sheet, *, by: User, settings: Settings) -> None:
    """Counts that a partner read a version: once a person and day (of the distributor). Not who acts for them.

    Not while the database is locked for writing: that is no reason to show nothing, and the next look counts.
    """
    if sheet.opened_today or by.deputy:
        return
    with suppress(DatabaseUnavailable):
        await _open_once(sheet, by, settings)


async def _open_once(sheet: Sheet, by: User, settings: Settings) -> None:
    async with transaction():
        day = clock.today(settings.timezone)
        if await _OPEN.run(version=sheet.version_id, person=by.id, day=day, at=clock.now()):
            await record("presentation.opened", by=by, presentation=sheet.number, version=sheet.version)


async def change_quantities(sheet: Sheet, quantities: dict[int, int], *, by: User) -> None:
    """Keeps valid quantities by line id; a line that is in the cart already has its quantity changed there too.

    Raises RuleBroken when the prices do not hold any more.
    """
    must_be_open(sheet)
    async with transaction():
        await lock_person(by.cart_owner)
        for line in sheet.lines:
            quantity = quantities.get(line.id, line.quantity)
            if quantity == line.quantity:
                continue
            await ChosenQuantity.update_or_create(
                line_id=line.id, person_id=by.cart_owner, defaults={"quantity": quantity}
            )
            await CartLine.filter(person_id=by.cart_owner, source=f"line:{line.id}").update(quantity=quantity)
            await record(
                "presentation.quantity_changed",
                by=by,
                presentation=sheet.number,
                line_id=line.id,
                article=line.article,
                was=line.quantity,
                quantity=quantity,
                unit=line.unit,
            )


async def put_into_cart(sheet: Sheet, line_id: int, quantity: int, *, by: User) -> None:
    """Puts one line into the cart; raises RuleBroken (closed offer, discontinued product), WrongQuantity."""
    must_be_open(sheet)
    line = await Line.get(id=line_id, version_id=sheet.version_id).select_related("product")
    await cart.put_line(line, quantity, presentation=sheet.number, by=by)


async def put_all_into_cart(sheet: Sheet, *, by: User) -> int:
    """Puts every line that can be ordered into the cart; returns how many. Raises RuleBroken for a closed offer."""
    must_be_open(sheet)
    chosen = {line.id: line.quantity for line in sheet.lines}
    lines = await Line.filter(version_id=sheet.version_id).order_by("position").select_related("product")
    return await cart.put_lines([(line, chosen[line.id]) for line in lines], presentation=sheet.number, by=by)


async def ask_extension(sheet: Sheet, *, by: User) -> None:
    """Asks the partner's manager to prolong an expired version; once is enough, until the request was dealt with."""
    if sheet.replaced or sheet.withdrawn or not sheet.expired:
        raise RuleBroken("This offer has not expired")
    async with transaction():
        await lock_person(by.id)
        _, first = await ExtensionRequest.get_or_create(
            version_id=sheet.version_id, defaults={"person_id": by.id, "at": clock.now()}
        )
        if first or await _ASK_AGAIN.run(version=sheet.version_id, person=by.id, now=clock.now()):
            what = "presentation.extension_asked"
            await record(what, by=by, presentation=sheet.number, version=sheet.version, title=sheet.title)


async def change_mark_up(mark_up: int | None, *, by: User) -> None:
    """Keeps the mark-up (basis points, None: retail prices) that a person shows offers to own clients with.

    Nobody else sees it: no event tells of it.
    """
    async with transaction():
        await Person.filter(id=by.id).update(mark_up=mark_up)


def must_be_open(sheet: Sheet) -> None:
    """Raises RuleBroken unless the prices of the version hold."""
    if sheet.replaced:
        raise RuleBroken("This offer was replaced by a new version: its prices hold there")
    if sheet.withdrawn:
        raise RuleBroken("This offer was withdrawn by your manager")
    if sheet.expired:
        raise RuleBroken("This offer has expired: ask the manager to prolong it")
