"""POST /profile/person: name, phone, time zone, language; for staff also how and when to reach them."""

import pytest

from app.accounts.models import Person
from app.history.models import Event
from tests.factories import Cast, make_cart_line
from tests.site import Browser

DATA = {"name": "Алиса Соколова", "phone": "8 (343) 000-45-68", "timezone": "Asia/Omsk", "language": "ru"}
HOURS = {"extension": "118", "about": "видеонаблюдение", "work_from": "10:00", "work_till": "19:00"}


async def test_without_javascript(alice: Browser, cast: Cast) -> None:
    form = await alice.get("/profile/person")
    assert form.status_code == 200 and 'value="Алиса Соколова"' in form.text and "Екатеринбург, UTC+5" in form.text

    answer = await alice.post("/profile/person", DATA)

    assert (answer.status_code, answer.headers["location"]) == (303, "/profile")
    await cast.alice.refresh_from_db()
    assert (cast.alice.phone, cast.alice.timezone) == ("+73430004568", "Asia/Omsk")
    [event] = await Event.all()
    assert (event.name, event.data, event.actor_id) == (
        "person.changed",
        {"fields": ["phone", "timezone"]},
        cast.alice.id,
    )


async def test_with_htmx(alice: Browser, cast: Cast) -> None:
    form = await alice.hx_get("/profile/person")
    assert form.text.lstrip().startswith('<section class="part" id="person"')

    answer = await alice.hx_post("/profile/person", DATA)

    assert answer.status_code == 200
    assert answer.text.startswith('<section class="part fresh" id="person"')
    assert "Омск, UTC+6" in answer.text


async def test_what_the_frame_shows_is_read_again(alice: Browser, cast: Cast) -> None:
    answer = await alice.hx_post("/profile/person", {**DATA, "name": "Алиса Соколова-Лебедева", "language": "en"})
    assert answer.headers["hx-redirect"] == "/profile"
    page = (await alice.get("/profile")).text
    assert '<html lang="en">' in page and "Saved" in page and "Алиса Соколова-Лебедева" in page


async def test_nothing_changed_is_no_event(alice: Browser, cast: Cast) -> None:
    same = {"name": cast.alice.name, "phone": cast.alice.phone, "timezone": cast.alice.timezone, "language": "ru"}
    assert (await alice.post("/profile/person", same)).status_code == 303
    assert await Event.all().count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("name", "я" * 151), ("phone", "позвоните"), ("timezone", "Mars/Olympus"), ("language", "tlh")],
)
async def test_a_mistake_stands_at_its_field(alice: Browser, cast: Cast, field: str, value: str) -> None:
    for answer in (
        await alice.post("/profile/person", {**DATA, field: value}),
        await alice.hx_post("/profile/person", {**DATA, field: value}),
    ):
        assert answer.status_code == 422
        assert f'aria-describedby="own-{field}-e"' in answer.text
        assert "8 (343) 000-45-68" in answer.text or field == "phone", "what was typed is still there"
    assert await Event.all().count() == 0


async def test_staff(maria: Browser, cast: Cast) -> None:
    assert (await maria.post("/profile/person", {**DATA, **HOURS})).status_code == 303
    await cast.maria.refresh_from_db()
    assert (cast.maria.extension, cast.maria.work_from, cast.maria.work_till) == ("118", "10:00", "19:00")


@pytest.mark.parametrize(
    "wrong", [{"work_from": "25:00"}, {"work_till": ""}, {"work_from": "19:00"}, {"about": "я" * 201}]
)
async def test_mistakes_of_staff(maria: Browser, cast: Cast, wrong: dict[str, str]) -> None:
    assert (await maria.post("/profile/person", {**DATA, **HOURS, **wrong})).status_code == 422


async def test_a_partner_has_no_hours(alice: Browser, cast: Cast) -> None:
    await alice.post("/profile/person", {**DATA, **HOURS})
    await cast.alice.refresh_from_db()
    assert (cast.alice.extension, cast.alice.work_from) == ("", "09:00")


async def test_a_stranger(guest: Browser, charlie: Browser, cast: Cast) -> None:
    assert (await guest.post("/profile/person", DATA)).headers["location"].startswith("/sign-in")
    assert (await charlie.post("/profile/person", {**DATA, "name": "Савелий"})).status_code == 303
    assert (await Person.get(id=cast.alice.id)).name == "Алиса Соколова", "everybody has but their own"


async def test_the_checkout_follows(alice: Browser, cast: Cast) -> None:
    await make_cart_line(person=cast.alice)
    await alice.post("/profile/person", DATA)
    assert "+7\u00a0343\u00a0000-45-68" in (await alice.get("/orders/checkout")).text
