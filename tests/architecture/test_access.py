"""Who reaches what: every door tried by everybody, against the table in doors.py."""

import re

import httpx2
import pytest

from app.accounts.models import Person
from app.accounts.passwords import hash_password
from app.routes import routes
from app.settings import load_settings
from tests.architecture.doors import SECRETS, Row, table
from tests.architecture.things import PASSWORD, Things
from tests.contents import contents, undone
from tests.factories import Cast
from tests.site import Browser


def test_every_door_has_a_row_and_every_row_a_door() -> None:
    built = {
        f"{method} {re.sub(r':[a-z]+', '', door.path)}"
        for door in routes(load_settings({"KABINET_MAILBOX": "/var/tmp/mailbox"}))
        for method in door.methods - {"HEAD"}
    }
    told = {row.door for row in table()}
    assert sorted(built - told) == [], "doors without a row in tests/architecture/doors.py"
    assert sorted(told - built) == [], "rows without a door"


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
async def test_everybody_reaches_what_the_table_says(
    things: Things, people: dict[str, Browser], cast: Cast, htmx: bool
) -> None:
    await Person.filter(password_hash="").update(password_hash=hash_password(PASSWORD))
    before = await contents()
    wrong = []
    for row in table():
        for name, expected in row.outcomes.items():
            if expected in ("200", "303"):
                async with undone():
                    answer = await knock(people[name], row, things, htmx)
            else:
                answer = await knock(people[name], row, things, htmx)
            wrong += mistakes(answer, row, name, expected, htmx)
        if await contents() != before:
            wrong.append(f"{row.door} ({row.thing}): somebody was refused and changed something")
            before = await contents()
    if wrong:
        pytest.fail("\n".join(["not as in tests/architecture/doors.py:", *wrong]), pytrace=False)


async def knock(browser: Browser, row: Row, things: Things, htmx: bool) -> httpx2.Response:
    """The answer to a person at a door. The cookies that it sets are forgotten: who signs out is in again."""
    kept = dict(browser.http.cookies)
    headers = {"hx-request": "true"} if htmx else {}
    try:
        if row.method == "GET":
            return await browser.get(things.path(row), headers=headers)
        return await browser.post(things.path(row), things.forms.get(row.door), headers=headers)
    finally:
        browser.http.cookies = kept


def mistakes(answer: httpx2.Response, row: Row, name: str, expected: str, htmx: bool) -> list[str]:
    """In which ways the answer is not the expected one."""
    said = [
        f"may not read “{secret}”"
        for secret, for_whom in SECRETS.items()
        if secret in answer.text and name not in for_whom
    ]
    got = outcome(answer)
    # To htmx what leads on is a fragment or a header; where a plain link leads on, it follows as a browser does.
    if got != expected and not (htmx and expected == "303" and got == "200"):
        said.append(f"got {got}, the table says {expected}")
    return [f"{row.door} ({row.thing}): {name} {words}" for words in said]


def outcome(answer: httpx2.Response) -> str:
    """The answer in the words of the table."""
    leads_to = answer.headers.get("hx-redirect" if answer.status_code == 401 else "location", "")
    return (
        "in" if answer.status_code in (303, 401) and leads_to.startswith("/sign-in?next=") else str(answer.status_code)
    )
