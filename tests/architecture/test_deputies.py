"""What a manager who acts for a partner gets at each door that writes: Maria for Alice, who owns her company.

Whatever is not said here would be 403: a new door says so in its @allow, and here.
"""

import pytest
from starlette.applications import Starlette

from app.accounts.models import Person
from app.accounts.passwords import hash_password
from tests.architecture.doors import table
from tests.architecture.test_access import knock, outcome
from tests.architecture.things import PASSWORD, Things
from tests.contents import contents, undone
from tests.factories import Cast
from tests.site import Browser

MAY = {
    # The site as a partner uses it. Alice's own cart is not there for who acts for her.
    "POST /catalogue/recalculation": "303",
    "POST /1c_exchange": "401",  # a door for 1C, whoever knocks there otherwise
    "POST /catalogue/products/{product}/quantity": "303",
    "POST /catalogue/products/{product}/cart": "303",
    "POST /presentations/{number}/recalculation": "303 404",
    "POST /presentations/{number}/extension": "303",
    "POST /presentations/{number}/lines/{line}/quantity": "303 404",
    "POST /presentations/{number}/lines/{line}/cart": "303 404",
    "POST /presentations/{number}/lines/{line}/replacement": "303 404",
    "POST /cart/recalculation": "303",
    "POST /cart/checkout": "303",
    "POST /cart/lines/{line}/quantity": "404",
    "POST /cart/lines/{line}/removal": "404",
    "POST /cart/lines/{line}/price": "404",
    "POST /orders": "409",
    "POST /repeat": "303",
    "POST /quick-order": "303",
    "POST /quick-order/file": "422",
    "POST /price-lists": "303",
    "POST /order-templates/{template}": "303",
    "POST /order-templates/{template}/removal": "303",
    "POST /own-codes": "303",
    "POST /own-codes/{code}/removal": "303",
    # The ways out.
    "POST /acting/ending": "303",
    "POST /sign-out": "303",
    # For everybody: they are about no session, or give this browser another one.
    "POST /unsubscribe/{token}": "303",
    "POST /sign-in": "303",
    "POST /sign-in/code": "303",
    "POST /registration": "303",
    "POST /registration/confirmation/{token}": "303",
    "POST /forgotten-password": "303",
    "POST /forgotten-password/{token}": "303",
}
READS_NOT = {  # pages that a partner reads, and who acts for them does not
    "/profile",
    "/profile/person",
    "/profile/company",
    "/profile/letters",
    "/profile/login",
    "/profile/password",
    "/profile/email",
    "/profile/email/{token}",
    "/people",
    "/people/{person}/withdrawal",
    "/people/{person}/blocking",
    "/kept/{number}",
    "/tickets/new",
    "/tickets/{number}/comments/{comment}/answer",
    "/orders/{number}/comments/{comment}/answer",
    "/presentations/{number}/comments/{comment}/answer",
    "/presentations/{number}/lines/{line}/note",
}


@pytest.fixture
async def deputy(people: dict[str, Browser], cast: Cast, things: Things) -> Browser:
    """Maria, acting for Alice."""
    await Person.filter(password_hash="").update(password_hash=hash_password(PASSWORD))
    answer = await people["maria"].post(f"/desk/people/{cast.alice.id}/acting")
    assert answer.headers["location"] == "/presentations"
    return people["maria"]


async def test_every_door_that_writes(site: Starlette, deputy: Browser, things: Things) -> None:
    wrong, before = [], await contents()
    for row in table():
        if row.method != "POST":
            continue
        expected = MAY.get(row.door, "403")
        async with undone():
            got = outcome(await knock(deputy, row, things, htmx=False))
            if got == "403" and await contents() != before:
                wrong.append(f"{row.door} ({row.thing}): was refused and changed something")
        if got not in expected.split():
            wrong.append(f"{row.door} ({row.thing}): got {got}, expected {expected}")
    assert wrong == []
    assert await contents() == before


async def test_every_page(site: Starlette, deputy: Browser, things: Things) -> None:
    """As Alice sees it, but for what is hers alone; and the banner stands on it."""
    wrong = []
    for row in table():
        if row.method != "GET" or row.path.startswith("/mailbox"):
            continue
        expected = "403" if row.path in READS_NOT else row.outcomes["alice"]
        async with undone():
            answer = await knock(deputy, row, things, htmx=False)
        if outcome(answer) != expected:
            wrong.append(f"{row.door} ({row.thing}): got {outcome(answer)}, expected {expected}")
        if answer.status_code in (200, 403, 404) and "<body" in answer.text and 'class="acting"' not in answer.text:
            wrong.append(f"{row.door} ({row.thing}): no banner")
    assert wrong == []
