"""POST /administration/staff/{person}: data, limit of discount and role of a member of staff."""

import pytest

from app.accounts.models import Person, Role
from app.database import counting_queries
from app.history.models import Event
from tests.factories import Cast, make_person
from tests.site import Browser

DATA = {
    **{"name": "Мария Орлова", "phone": "+7 495 000-12-34", "extension": "12", "about": "СКУД"},
    **{"shown_email": "orlova@example.ru", "work_from": "10:00", "work_till": "19:00"},
    **{"discount_limit": "25,5", "role": "manager"},
}


@pytest.mark.parametrize("htmx", [False, True])
async def test_it_is_kept_with_what_was_before(anna: Browser, alice: Browser, cast: Cast, htmx: bool) -> None:
    to = f"/administration/staff/{cast.maria.id}"
    answer = await (anna.hx_post if htmx else anna.post)(to, DATA)
    assert answer.status_code == (200 if htmx else 303)
    maria = await Person.get(id=cast.maria.id)
    assert (maria.discount_limit, maria.shown_email, maria.work_from) == (2550, "orlova@example.ru", "10:00")
    changes = {
        one["field"]: (one["was"], one["now"]) for one in (await Event.get(name="staff.changed")).data["changes"]
    }
    assert changes["discount_limit"] == (None, 2550) and "name" not in changes
    page = (await alice.get("/presentations")).text
    assert "orlova@example.ru" in page and cast.maria.email not in page
    assert 'value="25,5"' in (await anna.get(to)).text
    await anna.post(to, DATA)
    assert await Event.filter(name="staff.changed").count() == 1, "nothing has changed the second time"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("discount_limit", "101"), ("discount_limit", "-5"), ("name", ""), ("phone", "12"), ("shown_email", "x")),
        *(("work_till", "09:00"), ("work_from", "25:00"), ("role", "owner")),
    ],
)
async def test_wrong_fields_are_told_and_kept(anna: Browser, cast: Cast, field: str, value: str) -> None:
    for post in (anna.post, anna.hx_post):
        answer = await post(f"/administration/staff/{cast.maria.id}", {**DATA, field: value})
        assert answer.status_code == 422 and f'id="{field}-e"' in answer.text and 'value="СКУД"' in answer.text
    assert (await Person.get(id=cast.maria.id)).discount_limit is None


async def test_the_last_administrator_stays_one(anna: Browser, cast: Cast) -> None:
    to = f"/administration/staff/{cast.anna.id}"
    for post in (anna.post, anna.hx_post):
        answer = await post(to, {**DATA, "name": "Анна Ветрова"})
        assert answer.status_code == 422 and "Нужен хотя бы один администратор" in answer.text
    await anna.post(f"/administration/staff/{cast.oleg.id}", {**DATA, "name": "Олег", "role": "administrator"})
    assert (await anna.post(to, {**DATA, "name": "Анна Ветрова"})).status_code == 303
    assert (await anna.get("/administration")).status_code == 403, "from the next click on"


async def test_strangers_do_not(maria: Browser, alice: Browser, anna: Browser, cast: Cast) -> None:
    for browser in (maria, alice):
        assert (await browser.post(f"/administration/staff/{cast.maria.id}", DATA)).status_code == 403
    assert (await anna.post(f"/administration/staff/{cast.alice.id}", DATA)).status_code == 404
    assert (await Person.get(id=cast.alice.id)).role is Role.OWNER


async def test_the_staff_is_found_and_costs_the_same(anna: Browser, cast: Cast) -> None:
    found = (await anna.hx_get("/administration/staff?q=СИНИЦЫН")).text
    assert "Олег Синицын" in found and "Мария Орлова" not in found
    await anna.get("/administration/staff")
    counts = []
    for more in (1, 30):
        for number in range(more):
            await make_person(name=f"Менеджер {number}", role=Role.MANAGER)
        with counting_queries() as queries:
            assert (await anna.get("/administration/staff")).status_code == 200
        counts.append(queries.count)
    assert counts[0] == counts[1]
