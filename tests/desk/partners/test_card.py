"""GET /desk/partners/{company}: all that is known of a partner, for its manager and administrators."""

from typing import Any

import pytest

from app.accounts.models import Company, Person, Role, Session
from app.catalogue.models import Discount
from app.desk.list_queries import sought_words
from tests.desk.conftest import cost
from tests.desk.test_partners import found
from tests.factories import Cast, make_brand, make_order, make_person, make_presentation, make_ticket
from tests.site import Browser


async def test_what_stands_there(maria: Browser, alice: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    await make_presentation(company=cast.company, author=cast.maria)
    ticket = await make_ticket(person=cast.alice)
    page = (await maria.get(f"/desk/partners/{cast.company.id}")).text
    for text in ("ООО «Монтаж-Сервис»", "Алиса Соколова", "владелец", f"tel:{cast.alice.phone}", "15\u00a0%"):
        assert text in page
    for path in (f"/orders/{order.number}", f"/tickets/{ticket.number}", f"/history?company={cast.company.id}"):
        assert f'href="{path}"' in page
    assert f"/desk/partners/invitations/new?company={cast.company.id}" in page and "Видеонаблюдение" in page


async def test_the_lists_behind_it(maria: Browser, cast: Cast) -> None:
    ours = await make_order(person=cast.alice, manager=cast.maria)
    other = await make_order(person=cast.nina, manager=cast.maria)
    await make_presentation(company=cast.company, author=cast.maria, title="Камеры")
    await make_presentation(company=cast.lone_company, author=cast.maria, title="Замки")
    await make_ticket(person=cast.alice, subject="Акты")
    await make_ticket(person=cast.nina, subject="Счёт")
    orders = (await maria.get(f"/desk/orders?company={cast.company.id}")).text
    assert f'href="/orders/{ours.number}"' in orders and f'href="/orders/{other.number}"' not in orders
    offers = (await maria.get(f"/desk/presentations?company={cast.company.id}")).text
    assert ">Камеры<" in offers and ">Замки<" not in offers
    tickets = (await maria.get(f"/desk/tickets?company={cast.company.id}")).text
    assert "Акты" in tickets and "Счёт" not in tickets


async def test_whose_it_is(oleg: Browser, alice: Browser, guest: Browser, anna: Browser, cast: Cast) -> None:
    here = f"/desk/partners/{cast.company.id}"
    assert (await oleg.get(here)).status_code == 404
    assert (await alice.get(here)).status_code == 403
    assert (await guest.get(here)).status_code == 303
    assert (await anna.get(here)).status_code == 200
    lone = await oleg.get(f"/desk/partners/{cast.lone_company.id}")
    assert lone.status_code == 200 and "Взять себе" in lone.text
    for path in (f"/desk/orders?company={cast.company.id}", f"/desk/tickets?company={cast.company.id}"):
        assert "Монтаж-Сервис" not in (await oleg.get(path)).text


async def test_it_costs_the_same_however_much(maria: Browser, cast: Cast) -> None:
    async def fill(count: int) -> None:
        for number in range(count):
            await make_order(person=cast.alice, manager=cast.maria)
            await make_presentation(company=cast.company, author=cast.maria)
            await make_ticket(person=cast.alice)
            await make_person(name=f"Человек {number}", role=Role.BUYER, company=cast.company)
            await Discount.create(company=cast.company, brand=await make_brand(name=f"B{number}"), percent=100)

    await fill(2)
    before = await cost(maria, f"/desk/partners/{cast.company.id}")
    await fill(8)
    assert await cost(maria, f"/desk/partners/{cast.company.id}") == before <= 18


@pytest.mark.parametrize(
    "asked", ["+7 (495) 000-77-12", "84950007712", "495 000 77 12", "0007712", "СОКОЛОВА", "ALICE", "alice@EXAMPLE"]
)
async def test_search_by_person(maria: Browser, cast: Cast, asked: str) -> None:
    cast.alice.phone = "+74950007712"
    await cast.alice.save()
    assert await found(maria, f"?q={asked.replace('+', '%2B')}") == ["ООО «Монтаж-Сервис»"]


async def test_the_search_follows_a_new_name(maria: Browser, alice: Browser, cast: Cast) -> None:
    form = {"name": "Ефросинья Щукина", "phone": "+7 495 000-12-99", "timezone": "Asia/Omsk", "language": "ru"}
    assert (await alice.post("/profile/person", form)).status_code == 303
    assert await found(maria, "?q=ЩУКИНА") == await found(maria, "?q=4950001299") == ["ООО «Монтаж-Сервис»"]
    assert await found(maria, "?q=Алиса") == []


def test_what_is_a_phone() -> None:
    assert sought_words("8 (495) 000-12-34") == sought_words("+74950001234") == ["4950001234"]
    assert sought_words("590000000097") == ["590000000097"]  # an ИНН
    assert sought_words("Монтаж 24") == ["монтаж", "24"]


@pytest.mark.parametrize(
    ("query", "ours"),
    [
        ("whose=mine", True),
        ("whose=nobody", False),
        ("orders=with", True),
        ("orders=without", False),
        ("blocked=1", False),
        ("sort=newest&whose=mine", True),
    ],
)
async def test_filters(maria: Browser, cast: Cast, query: str, ours: bool) -> None:
    await make_order(person=cast.alice, manager=cast.maria)
    assert ("ООО «Монтаж-Сервис»" in await found(maria, f"?{query}")) is ours


async def test_a_manager_is_chosen_by_administrators_only(maria: Browser, anna: Browser, cast: Cast) -> None:
    assert await found(anna, f"?manager={cast.oleg.id}") == ["ООО «Видеолайн»"]
    assert "ООО «Видеолайн»" not in await found(maria, f"?manager={cast.oleg.id}")


async def test_newest_first_by_pages(maria: Browser, cast: Cast) -> None:
    names = [f"ООО «Новый {number:02}»" for number in range(35)]
    for name in names:
        await Company.create(name=name, search=name.casefold())
    first = await maria.get("/desk/partners?q=новый&sort=newest")
    more = first.text.split('class="pages"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    both = await found(maria, "?q=новый&sort=newest") + await found(maria, more.removeprefix("/desk/partners"))
    assert both == names[::-1]


async def kept(model: Any, **where: Any) -> int:
    """How many rows there are."""
    return int(await model.filter(**where).count())


async def test_access_of_a_company(maria: Browser, alice: Browser, guest: Browser, oleg: Browser, cast: Cast) -> None:
    here = f"/desk/partners/{cast.company.id}"
    assert (await oleg.post(f"{here}/blocking", {"reason": "Долги"})).status_code == 404
    assert (await alice.post(f"{here}/blocking", {"reason": "Долги"})).status_code == 403
    assert (await oleg.post(f"/desk/partners/{cast.lone_company.id}/blocking", {"reason": "Д"})).status_code == 409
    refused = await maria.post(f"{here}/blocking", {"reason": " "})
    assert refused.status_code == 422 and 'id="reason-e"' in refused.text
    assert "Закрыть доступ" in (await maria.get(f"{here}/blocking")).text
    for post in (maria.post, maria.hx_post):
        assert (await post(f"{here}/blocking", {"reason": "Долги за осень"})).status_code in (200, 303)
    assert await kept(Session, person_id=cast.alice.id, ended_at=None) == 0
    assert (await alice.get("/orders")).status_code == 303  # asked to sign in
    assert "Долги за осень" in (await maria.get(here)).text and await found(maria, "?blocked=1")
    await maria.post(f"{here}/unblocking")
    assert (await Company.get(id=cast.company.id)).blocked_at is None


async def test_one_person(maria: Browser, alice: Browser, oleg: Browser, cast: Cast) -> None:
    here = f"/desk/partners/{cast.company.id}/people/{cast.alice.id}"
    assert (await oleg.post(f"{here}/blocking")).status_code == 404
    assert (await alice.post(f"{here}/blocking")).status_code == 403
    strange = f"/desk/partners/{cast.company.id}/people/{cast.charlie.id}"
    assert (await maria.post(f"{strange}/blocking")).status_code == 404
    assert "Алиса Соколова?" in (await maria.get(f"{here}/blocking")).text
    assert (await maria.post(f"{here}/blocking")).status_code == 303
    assert (await alice.get("/orders")).status_code == 303
    assert (await Person.get(id=cast.alice.id)).blocked_at is not None
    assert (await maria.hx_post(f"{here}/unblocking")).headers["hx-redirect"] == f"/desk/partners/{cast.company.id}"
    assert (await Person.get(id=cast.alice.id)).blocked_at is None
    await Person.filter(id=cast.bob.id).update(must_choose_password=True)
    assert (await maria.post(f"/desk/partners/{cast.company.id}/people/{cast.bob.id}/blocking")).status_code == 409


KEY = "a-key-that-a-form-was-given"


async def test_notes(maria: Browser, alice: Browser, oleg: Browser, anna: Browser, cast: Cast) -> None:
    here = f"/desk/partners/{cast.company.id}"
    form = {"text": "Звонить после обеда", "key": KEY}
    assert (await oleg.post(f"{here}/notes", form)).status_code == 404
    assert (await alice.post(f"{here}/notes", form)).status_code == 403
    for _ in range(2):  # sent twice, kept once
        assert (await maria.post(f"{here}/notes", form)).headers["location"] == here
    page = (await anna.get(here)).text
    assert page.count("Звонить после обеда") == 1 and "Мария Орлова" in page
    answer = await maria.hx_post(f"{here}/notes", {"text": "Любит счета", "key": KEY + "2"})
    assert answer.status_code == 200 and answer.text.startswith('<section class="part" id="notes"')
    for post in (maria.post, maria.hx_post):
        refused = await post(f"{here}/notes", {"text": "я" * 2001, "key": KEY + "3"})
        assert refused.status_code == 422 and "я" * 2001 in refused.text
    assert "Звонить после обеда" not in (await alice.get("/history")).text
