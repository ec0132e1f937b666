"""What a desk shows beside orders, multiplied with them: presentations, tickets, and what waits.

Half as many presentations as orders and a tenth as many tickets, spread as bench/annals.py says. What is open is what
is recent: OPEN presentations hold, as many talks and a few orders wait, however many there are in all.
"""

from datetime import timedelta

from app import clock
from app.accounts.joining import RegistrationState
from app.accounts.models import Company, Role
from app.database import Sql
from app.orders.models import OrderLine
from app.presentations import words
from app.presentations.models import ExtensionRequest, Line, Opening, Version
from app.threads.models import Thread
from bench.annals import BASE, COMPANY, MANAGER, PERSON, RARE, TIDY, Multiplied, multiply
from tests.factories import (
    Cast,
    make_cart_line,
    make_order,
    make_person,
    make_presentation,
    make_product,
    make_registration,
    make_ticket,
)
from tests.servers import Kind

OPEN = 300
OTHERS = 27  # managers besides the cast's: they have the partners whom none of those has
_ASSIGN = Sql(
    f"""
    INSERT INTO assignment (company_id, manager_id, assigned_at)
    SELECT c.id, :first + c.id % {OTHERS}, :now FROM company c
    WHERE c.id >= {BASE} AND c.id NOT IN (SELECT company_id FROM assignment)
    """
)
TICKETS = 5_000_000  # added to the ids of what hangs on tickets, for orders have those below
_MADE = "n <= :size / 2"
_OPEN = f"n > :size / 2 - {OPEN}"
_WAITING = (
    "UPDATE orders SET status = 'new', manager_id = NULL WHERE id > :last - 40",
    "UPDATE orders SET status = 'new' WHERE id > :last - 140 AND id <= :last - 40",
    "UPDATE orders SET status = 'in_work' WHERE id > :last - 300 AND id <= :last - 140",
    "UPDATE thread SET awaits = '' WHERE awaits <> ''",
    f"""UPDATE thread SET awaits = 'staff', last_at = :now WHERE id IN (
        (SELECT t.id FROM (SELECT id FROM thread WHERE id < {TICKETS} ORDER BY id DESC LIMIT {RARE}) t UNION
         SELECT t.id FROM (SELECT id FROM thread WHERE id > {TICKETS} ORDER BY id DESC LIMIT {RARE}) t))""",
    f"""UPDATE email SET state = 'failed', created_at = :now
        WHERE id IN (SELECT id FROM email ORDER BY id DESC LIMIT {RARE})""",
)


async def fill(kind: Kind, url: str, cast: Cast, size: int) -> None:
    """Fills a database that holds the cast alone."""
    await multiply(kind, url, cast, size, _further)
    others = [await make_person(name=f"Менеджер {number}", role=Role.MANAGER) for number in range(OTHERS)]
    await _ASSIGN.run(first=others[0].id, now=clock.now())
    for statement in _WAITING:
        values = {"last": BASE + size, "now": clock.now()}
        await Sql(statement).run(**{name: value for name, value in values.items() if f":{name}" in statement})
    for _ in range(10):
        lone = await Company.create(name="Одинокие", search="одинокие")
        state = RegistrationState.ACCEPTED
        await make_registration(company=lone, manager=cast.maria, state=state, confirmed_at=clock.now())
    await words.index_all()
    await TIDY.all()


async def _further(cast: Cast) -> list[Multiplied]:
    return [*await _presentations(cast), *await _tickets(cast)]


async def _presentations(cast: Cast) -> list[Multiplied]:
    product = await make_product(article="PR-1")
    presentation = await make_presentation(company=cast.other_company, author=cast.oleg, products=[product])
    version = await Version.get(presentation=presentation)
    line = await Line.get(version=version)
    now = clock.now()
    opening = await Opening.create(version=version, person=cast.charlie, day=now.date(), at=now)
    cart = await make_cart_line(person=cast.charlie, line=line)
    asked = await ExtensionRequest.create(version=version, person=cast.charlie, at=now - timedelta(days=3))
    ordered = await OrderLine.get(order=await make_order(person=cast.charlie, manager=cast.oleg, products=[product]))
    key, last_day = {"id": f"{BASE} + n"}, f"CASE WHEN {_OPEN} THEN :coming ELSE :day END"
    sent = f"CASE WHEN {_OPEN} AND n % 10 IN (3, 4) THEN NULL ELSE :at END"
    whose, of_version = {"company_id": COMPANY, "author_id": MANAGER}, {"version_id": f"{BASE} + n"}
    bought = {"order_id": f"{BASE} + n", "position": "3", "presentation_line_id": f"{BASE} + n"}
    return [
        Multiplied(presentation, {**key, **whose, "number": f"{BASE} + n", "created_at": ":at"}, where=_MADE),
        Multiplied(
            version,
            {
                **{**key, "presentation_id": f"{BASE} + n", "author_id": MANAGER, "valid_until": last_day},
                **{"sent_at": sent, "created_at": ":at"},
                "replaced_at": f"CASE WHEN n % 11 = 0 AND NOT {_OPEN} THEN :at ELSE NULL END",
            },
            where=_MADE,
        ),
        Multiplied(line, {**key, **of_version}, where=_MADE),
        Multiplied(opening, {**key, **of_version, "person_id": PERSON, "at": ":at"}, where=f"{_MADE} AND n % 10 > 4"),
        Multiplied(
            cart,
            {**key, "person_id": PERSON, "presentation_line_id": f"{BASE} + n", "source": "'line:' || n"},
            where=f"{_MADE} AND {_OPEN} AND n % 10 > 7",
        ),
        Multiplied(
            asked, {**key, **of_version}, where=f"{_MADE} AND {_OPEN.replace(str(OPEN), '360')} AND NOT {_OPEN}"
        ),
        Multiplied(ordered, {"id": f"{2 * TICKETS} + n", **bought}, where=f"{_MADE} AND (n / 2) % 10 > 8"),
    ]


async def _tickets(cast: Cast) -> list[Multiplied]:
    ticket = await make_ticket(person=cast.charlie, manager=cast.oleg)
    thread = await Thread.get(ticket=ticket)
    entry = await thread.entries.all().first()  # type: ignore[attr-defined]  # a reverse relation
    of = {"company_id": COMPANY}
    made, recent = "n <= :size / 10", "n > :size / 10 - 100"
    state = f"CASE WHEN {recent} AND n % 3 = 0 THEN 'answered' WHEN {recent} THEN 'open' ELSE 'closed' END"
    return [
        Multiplied(
            ticket,
            {
                **{**of, "id": f"{BASE} + n", "number": f"{BASE} + n", "person_id": PERSON, "key": "'t' || n"},
                **{"manager_id": f"CASE WHEN {recent} AND n % 7 = 0 THEN NULL ELSE {MANAGER} END", "state": state},
                **{"created_at": ":at", "topic": "CASE WHEN (n / 2) % 4 = 0 THEN 'complaint' ELSE 'question' END"},
                **{"search": "'тема ' || n", "answered_at": f"CASE WHEN {recent} THEN NULL ELSE :at END"},
            },
            where=made,
        ),
        Multiplied(thread, {**of, "id": f"{TICKETS} + n", "ticket_id": f"{BASE} + n", "last_at": ":at"}, where=made),
        Multiplied(entry, {"id": f"{TICKETS} + n", "thread_id": f"{TICKETS} + n", "key": "'e' || n"}, where=made),
    ]
