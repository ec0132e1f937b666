"""GET /people: everybody of the company sees who works there."""

import re

from app import clock
from app.accounts.models import Person, Role
from app.database import counting_queries
from app.history.models import Email, EmailState
from jobs.relay import Relay
from tests.factories import Cast, make_person
from tests.site import Browser


async def test_colleagues_look_and_the_owner_decides(alice: Browser, bob: Browser, vera: Browser) -> None:
    for browser, decides in ((alice, True), (bob, False), (vera, False)):
        page = (await browser.get("/people")).text
        for words in ("Алиса Соколова", "Борис Соколов", "Вера Лукина", "наблюдатель"):
            assert words in page
        assert "Савелий Белов" not in page
        assert ("Пригласить сотрудника" in page, "/blocking" in page, "/role" in page) == (decides,) * 3


async def test_states(alice: Browser, cast: Cast, relay: Relay) -> None:
    for name in ("bounced", "expired", "invited"):
        await alice.post("/people", {"name": name, "email": f"{name}@example.ru", "role": "buyer"})
    await relay.run()
    await Email.filter(recipient="bounced@example.ru").update(state=EmailState.FAILED, error="550 No such user")
    expired = await Person.get(name="expired").prefetch_related("invitations")
    invitation = expired.invitations[0]  # type: ignore[attr-defined]
    invitation.expires_at = clock.now()
    await invitation.save()
    page = (await alice.get("/people")).text
    rows = {name: page.partition(f">{name}</b>")[2].partition("</tr>")[0] for name in ("bounced", "expired", "invited")}
    assert "письмо не дошло" in rows["bounced"] and "550 No such user" in rows["bounced"]
    assert "срок истёк" in rows["expired"]
    assert "есть приглашение" in rows["invited"]
    assert all("resending" in row and "withdrawal" in row for row in rows.values())


async def test_the_page_costs_the_same_for_two_and_for_fifty(alice: Browser, cast: Cast) -> None:
    costs = []
    await alice.get("/people")  # the brands of the frame are read once a minute
    for more in (0, 48):
        for number in range(more):
            await make_person(name=f"Сотрудник {number}", role=Role.BUYER, company=cast.company)
        with counting_queries() as count:
            page = (await alice.get("/people")).text
        costs.append(count.count)
    assert costs[0] == costs[1]
    assert len(re.findall(r'id="person-', page)) == 51
