"""GET /desk/extensions: partners who ask to prolong an expired presentation."""

from datetime import timedelta

from app import clock
from app.accounts.models import Assignment, Person
from app.presentations.models import ExtensionRequest, Version
from tests.desk.conftest import cost
from tests.desk.test_desk import counts
from tests.factories import Cast, make_presentation, make_product
from tests.site import Browser


async def ask(person: Person, *, author: Person, days: int = 0, **fields: object) -> ExtensionRequest:
    """A request, made so many days ago, to prolong a presentation to the person's company that has expired."""
    await person.fetch_related("company")
    assert person.company
    products = [await make_product()]
    last = clock.distributor_today() - timedelta(days=3)
    offer = await make_presentation(
        company=person.company,
        author=author,
        products=products,
        valid_until=last,
        **fields,  # type: ignore[arg-type]
    )
    version = await Version.get(presentation=offer)
    return await ExtensionRequest.create(version=version, person=person, at=clock.now() - timedelta(days=days))


async def titles(browser: Browser, query: str = "") -> list[str]:
    """The titles of the listed presentations."""
    page = (await browser.get(f"/desk/extensions{query}")).text
    return [part.split("</a>")[0].split("\u2008")[-1].split(" ", 1)[1] for part in page.split("№&nbsp;")[1:]]


async def test_whose(maria: Browser, oleg: Browser, anna: Browser, cast: Cast) -> None:
    await ask(cast.alice, author=cast.maria, title="Ангар")
    await ask(cast.nina, author=cast.oleg, title="Бытовка")
    await ask(cast.charlie, author=cast.maria, title="Вахта")  # handed over to Oleg since
    await ask(cast.charlie, author=cast.oleg, title="Гараж")

    assert await titles(maria) == ["Ангар", "Вахта"] and counts((await maria.get("/desk")).text)[6] == 2
    assert await titles(oleg) == ["Бытовка", "Вахта", "Гараж"] and counts((await oleg.get("/desk")).text)[6] == 3
    assert await titles(anna) == ["Ангар", "Бытовка", "Вахта", "Гараж"]
    assert await titles(anna, f"?manager={cast.maria.id}") == ["Ангар", "Вахта"]


async def test_a_new_version_stands_where_it_can_be_begun(
    maria: Browser, oleg: Browser, anna: Browser, cast: Cast
) -> None:
    hers, former = await ask(cast.alice, author=cast.maria), await ask(cast.charlie, author=cast.maria)
    doors = {}
    for one in (hers, former):
        version = await Version.get(id=one.version_id).select_related("presentation")  # type: ignore[attr-defined]
        doors[one.id] = f"/desk/presentations/{version.presentation.number}/versions"
    page = (await maria.get("/desk/extensions")).text
    assert f'action="{doors[hers.id]}"' in page and f'action="{doors[former.id]}"' not in page
    assert all(f"/desk/extensions/{one.id}/settlement" in page for one in (hers, former))
    for browser, query in ((anna, ""), (anna, f"?manager={cast.maria.id}")):
        page = (await browser.get(f"/desk/extensions{query}")).text
        assert all(f'action="{door}"' in page for door in doors.values())
    assert (await maria.post(doors[former.id])).status_code == 404
    assert (await maria.post(doors[hers.id])).status_code == 303
    page = (await anna.get("/desk/extensions")).text
    assert "Новую версию уже готовит Мария Орлова" in page and f'action="{doors[hers.id]}"' not in page
    assert f'action="{doors[hers.id]}"' in (await maria.get("/desk/extensions")).text, "she goes on with her draft"
    assert f'action="{doors[former.id]}"' in (await oleg.get("/desk/extensions")).text


async def test_a_substitute_sees_it_and_begins_no_version(maria: Browser, oleg: Browser, cast: Cast) -> None:
    request = await ask(cast.alice, author=cast.maria, title="Ангар")
    today = clock.distributor_today()
    away = {"absent_from": today - timedelta(days=1), "absent_until": today + timedelta(days=2)}
    await Person.filter(id=cast.maria.id).update(**away, substitute_id=cast.oleg.id)
    page = (await oleg.get("/desk/extensions")).text
    assert await titles(oleg) == ["Ангар"] and "/versions" not in page
    assert f"/desk/extensions/{request.id}/settlement" in page
    await Assignment.filter(company_id=cast.company.id).update(manager_id=cast.oleg.id)
    assert "/versions" in (await oleg.get("/desk/extensions")).text


async def test_what_waits_no_more(maria: Browser, cast: Cast) -> None:
    await ask(cast.alice, author=cast.maria, days=31)
    for change in ({"replaced_at": clock.now()}, {"withdrawn_at": clock.now()}):
        request = await ask(cast.alice, author=cast.maria)
        await Version.filter(id=request.version_id).update(**change)  # type: ignore[attr-defined]
    settled = await ask(cast.alice, author=cast.maria)
    await ExtensionRequest.filter(id=settled.id).update(settled_at=clock.now())
    page = (await maria.get("/desk/extensions")).text
    assert "Никто не просит" in page and counts((await maria.get("/desk")).text)[6] == 0


async def test_pages_cost_the_same(maria: Browser, cast: Cast) -> None:
    await ask(cast.alice, author=cast.maria)
    before = await cost(maria, "/desk/extensions")
    for _ in range(32):
        await ask(cast.alice, author=cast.maria)
    assert await cost(maria, "/desk/extensions") == before
    first = (await maria.get("/desk/extensions")).text
    more = first.split('class="pages"')[1].split('href="')[1].split('"')[0]
    assert first.count("data-row") == 30 and (await maria.get(more)).text.count("data-row") == 3


async def test_partners_may_not_look(alice: Browser) -> None:
    assert (await alice.get("/desk/extensions")).status_code == 403
