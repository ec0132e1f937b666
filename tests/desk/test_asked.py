"""GET /desk/asked: who named the reader when they registered, and whose company has no manager."""

from app.accounts.joining import RegistrationState
from app.accounts.models import Assignment
from tests.desk.conftest import cost
from tests.desk.test_desk import counts
from tests.factories import Cast, make_company, make_registration
from tests.site import Browser


async def test_whose(maria: Browser, oleg: Browser, anna: Browser, cast: Cast) -> None:
    await make_registration(company=cast.lone_company, manager=cast.maria, name="Нонна Тихая")
    other = await make_company(name="ООО «Ручей»")
    await make_registration(company=other, manager=cast.oleg, name="Глеб Ручьёв", state=RegistrationState.ACCEPTED)

    marias, olegs = (await maria.get("/desk/asked")).text, (await oleg.get("/desk/asked")).text

    assert "Нонна Тихая" in marias and "Глеб Ручьёв" not in marias and counts((await maria.get("/desk")).text)[7] == 1
    assert "Глеб Ручьёв" in olegs and "Нонна Тихая" not in olegs
    assert "ждёт владельца" in marias and "ждёт владельца" not in olegs
    assert f'href="/desk/partners/{cast.lone_company.id}"' in marias, "the button finds the partner"
    everybodys = (await anna.get("/desk/asked")).text
    assert all(text in everybodys for text in ("Нонна Тихая", "Глеб Ручьёв", "Мария Орлова", "Олег Синицын"))
    assert "Глеб Ручьёв" not in (await anna.get(f"/desk/asked?manager={cast.maria.id}")).text


async def test_who_has_a_manager_or_was_refused_does_not_wait(maria: Browser, cast: Cast) -> None:
    await make_registration(company=cast.lone_company, manager=cast.maria)
    declined = await make_company(name="ООО «Ручей»")
    await make_registration(company=declined, manager=cast.maria, state=RegistrationState.DECLINED)
    await Assignment.create(company=cast.lone_company, manager=cast.oleg)
    page = (await maria.get("/desk/asked")).text
    assert "Никто не ждёт" in page and "data-row" not in page and counts((await maria.get("/desk")).text)[7] == 0


async def test_pages_cost_the_same(maria: Browser, cast: Cast) -> None:
    await make_registration(company=cast.lone_company, manager=cast.maria)
    before = await cost(maria, "/desk/asked")
    for _ in range(32):
        await make_registration(company=await make_company(), manager=cast.maria)
    assert await cost(maria, "/desk/asked") == before
    first = (await maria.get("/desk/asked")).text
    more = first.split('class="pages"')[1].split('href="')[1].split('"')[0]
    assert first.count("data-row") == 30 and (await maria.get(more)).text.count("data-row") == 3


async def test_partners_may_not_look(alice: Browser) -> None:
    assert (await alice.get("/desk/asked")).status_code == 403
