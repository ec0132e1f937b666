"""GET /desk/presentations: drafts and sent versions with their states; what has been sent is summed up."""

from datetime import timedelta

import pytest

from app import clock
from app.accounts.models import Assignment, Company
from app.desk.presentations import keys, queries
from app.presentations import words
from app.presentations.models import Line, Opening, Presentation, PresentationWord, Version
from tests.desk.conftest import Draft, cost
from tests.factories import Cast, make_cart_line, make_order, make_presentation, make_product
from tests.site import Browser

PATH = "/desk/presentations"


async def states(browser: Browser, state: str = "") -> dict[str, str]:
    """Title → the word for the state, as the list shows them."""
    page = await browser.get(f"{PATH}?state={state}" if state else PATH)
    assert page.status_code == 200
    rows = page.text.split('data-row href="')[1:]
    return {row.split(">")[1].split("<")[0]: row.split('class="tag ')[1].split(">")[1].split("<")[0] for row in rows}


async def make(cast: Cast, title: str, *, opened: bool = False, **fields: object) -> Presentation:
    presentation = await make_presentation(company=cast.company, author=cast.maria, title=title, **fields)  # type: ignore[arg-type]
    if opened:
        version = await Version.get(presentation=presentation)
        await Opening.create(version=version, person=cast.alice, day=clock.distributor_today(), at=clock.now())
    return presentation


async def test_every_state(maria: Browser, cast: Cast) -> None:
    past = clock.distributor_today() - timedelta(days=2)
    await make(cast, "Draft", sent=False)
    await make(cast, "Sent")
    await make(cast, "Opened", opened=True)
    carted = await make(cast, "Carted", opened=True)
    await make_cart_line(person=cast.alice, line=await Line.get(version__presentation=carted))
    ordered = await make(cast, "Ordered", opened=True, valid_until=past)
    order = await make_order(person=cast.alice)
    await order.lines.all().update(presentation_line_id=(await Line.get(version__presentation=ordered)).id)
    await make(cast, "Expired", opened=True, valid_until=past)
    replaced = await make(cast, "Replaced", opened=True)
    await Version.filter(presentation=replaced).update(replaced_at=clock.now())

    words = {
        "Replaced": "заменена",
        "Expired": "истекла",
        "Ordered": "заказана: 1 из 1",
        "Carted": "в корзине: 1 из 1",
        "Opened": "открыта",
        "Sent": "отправлена",
        "Draft": "черновик",
    }
    assert await states(maria) == words
    assert list(await states(maria)) == list(words), "newest first"
    assert set(await states(maria, "opened")) == {"Opened", "Carted"}
    for state in ("draft", "sent", "ordered", "expired", "replaced"):
        assert set(await states(maria, state)) == {state.capitalize()}
    assert await states(maria, "melted") == words
    page = (await maria.get(PATH)).text
    assert f'href="{PATH}/{replaced.number}/versions/1"' in page


async def test_whose(maria: Browser, oleg: Browser, anna: Browser, cast: Cast) -> None:
    await make(cast, "Sent")
    await make(cast, "Draft", sent=False)
    await make_presentation(company=cast.lone_company, author=cast.oleg, title="Oleg's")
    await make_presentation(company=cast.lone_company, author=cast.oleg, title="Oleg's draft", sent=False)

    assert set(await states(maria)) == {"Sent", "Draft"}
    assert len(await states(oleg)) == 2 and len(await states(anna)) == 4
    await Assignment.filter(company_id=cast.company.id).update(manager_id=cast.oleg.id)
    assert set(await states(maria)) == {"Sent"}, "what she sent stays hers to see, her draft is out of reach"
    assert set(await states(oleg)) == {"Sent", "Draft", "Oleg&#39;s", "Oleg&#39;s draft"}, "it is left to him"


async def test_a_colleagues_draft_is_out_of_reach(maria: Browser, cast: Cast) -> None:
    """As long as its author looks after the partner."""
    draft = await make_presentation(company=cast.company, author=cast.anna, title="Anna's", sent=False)
    assert not await states(maria)
    assert (await maria.get(f"{PATH}/{draft.number}")).status_code == 404
    for door in ("removal", "claim"):
        assert (await maria.post(f"{PATH}/{draft.number}/{door}")).status_code == 404
    assert await Version.all().count() == 1


async def test_pages(maria: Browser, cast: Cast) -> None:
    product = await make_product()
    for number in range(33):
        await make(cast, f"Nr {number}", products=[product])
    first = (await maria.get(f"{PATH}?state=sent")).text
    older = first.split('class="pages"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    second = (await maria.get(older)).text
    assert first.count("data-row") == 30 and second.count("data-row") == 3 and "Nr 0<" in second


async def test_partners_have_their_own_list(alice: Browser) -> None:
    assert (await alice.get(PATH)).status_code == 403
    assert (await alice.get(f"{PATH}/new")).status_code == 403


async def test_what_is_sent_is_summed_up(maria: Browser, oleg: Browser, alice: Browser, cast: Cast) -> None:
    products = [await make_product(), await make_product()]
    sent = await make(cast, "Камеры", opened=True, products=products, recipient=cast.bob)
    line = await Line.filter(version__presentation=sent).first()
    assert line is not None
    await make_cart_line(person=cast.bob, line=line)

    page = (await maria.get(f"{PATH}/{sent.number}")).text

    assert "Камеры" in page and cast.bob.name in page and cast.alice.name in page
    people = page[page.index('id="people-h"') : page.index('id="lines-h"')]
    assert 'data-label="В корзине">1<' in people, "Bob's cart"
    assert 'id="draft"' not in page and f'action="{PATH}/{sent.number}/versions"' in page
    assert (await oleg.get(f"{PATH}/{sent.number}")).status_code == 404
    assert (await alice.get(f"{PATH}/{sent.number}")).status_code == 403
    assert (await maria.get(f"{PATH}/999999")).status_code == 404


async def test_it_costs_the_same_however_many(maria: Browser, cast: Cast, draft: Draft) -> None:
    product = await make_product()
    await make(cast, "Sent", products=[product])
    before = await cost(maria, PATH), await cost(maria, draft.path)
    for _ in range(20):
        await make(cast, "Sent", opened=True, products=[product])
    for position in range(3, 60):
        product = await make_product()
        values = {"article": product.article, "name": "", "brand": "", "unit": "шт", "retail": 1, "price": 1}
        await Line.create(version=draft.version, product=product, position=position, quantity=1, **values)
    after = await cost(maria, PATH), await cost(maria, draft.path)
    assert after == before and before[0] <= 5 and before[1] <= 15


async def titles(browser: Browser, query: str) -> list[str]:
    """Titles as the list has them."""
    page = await browser.get(f"{PATH}?{query}")
    assert page.status_code == 200
    return [row.split(">")[1].split("<")[0] for row in page.text.split('data-row href="')[1:]]


@pytest.fixture
async def offers(cast: Cast) -> dict[str, Presentation]:
    """Four that were sent and a draft; one of them to «Бета», the others to Alice's company."""
    today = clock.distributor_today()
    await Company.filter(id=cast.lone_company.id).update(name="Бета", search="бета томск 7000000001")
    made = {
        "Камеры для Ёлкино": await make(cast, "Камеры для Ёлкино", valid_until=today + timedelta(days=9)),
        "камеры, склад": await make(cast, "камеры, склад", valid_until=today - timedelta(days=9)),
        "ДОМОФОНЫ": await make(cast, "ДОМОФОНЫ", valid_until=today + timedelta(days=2)),
        "Черновик: камеры": await make(cast, "Черновик: камеры", sent=False, valid_until=today + timedelta(days=5)),
    }
    last = {"valid_until": today + timedelta(days=2)}
    made["Замки"] = await make_presentation(company=cast.lone_company, author=cast.maria, title="Замки", **last)  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize("few", [0, 500])  # by streams, and by looking at all of a manager's
async def test_searched(
    maria: Browser,
    oleg: Browser,
    anna: Browser,
    cast: Cast,
    offers: dict[str, Presentation],
    few: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keys, "FEW", few)
    cameras = ["Черновик: камеры", "камеры, склад", "Камеры для Ёлкино"]
    for browser in (maria, anna):
        for q in ("камеры", "КАМЕР", "кам"):
            assert await titles(browser, f"q={q}") == cameras, q
        assert await titles(browser, "q=елкино камеры") == ["Камеры для Ёлкино"]
        assert await titles(browser, "q=домофон") == ["ДОМОФОНЫ"]
        assert await titles(browser, "q=БЕТА") == await titles(browser, "q=томск") == ["Замки"]
        assert await titles(browser, f"q=№ {offers['Замки'].number}") == ["Замки"]
        assert await titles(browser, "q=камеры&state=expired") == ["камеры, склад"]
        assert await titles(browser, "q=камеры&state=draft") == ["Черновик: камеры"]
        assert await titles(browser, "q=камеры&sort=old") == cameras[::-1]
        assert await titles(browser, "q=камеры&sort=until") == [cameras[0], cameras[2], cameras[1]]
        assert await titles(browser, f"q=камеры&company={cast.lone_company.id}") == []
        assert await titles(browser, f"company={cast.lone_company.id}") == ["Замки"]
        assert await titles(browser, f"company={cast.company.id}&q=скл") == ["камеры, склад"]
        for q in ("амеры", "%25", "_", "'", "камеры замки", "999999999", "9" * 50):
            assert await titles(browser, f"q={q}") == [], q
    assert await titles(oleg, "q=камеры") == [] and await titles(oleg, f"q={offers['ДОМОФОНЫ'].number}") == []
    assert await titles(oleg, "q=бета") == [], "it is nobody's partner, but he did not send it"


async def test_many_companies_have_the_name(
    anna: Browser, offers: dict[str, Presentation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "MANY", 0)
    assert await titles(anna, "q=бета") == ["Замки"]
    assert await titles(anna, "q=домофоны") == ["ДОМОФОНЫ"]


@pytest.mark.parametrize("few", [0, 500])
async def test_sorted(
    maria: Browser, cast: Cast, offers: dict[str, Presentation], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "FEW", few)
    newest = list(offers)[::-1]
    by_day = ["Замки", "ДОМОФОНЫ", "Черновик: камеры", "Камеры для Ёлкино", "камеры, склад"]
    assert await titles(maria, "") == await titles(maria, "sort=new") == await titles(maria, "sort=odd") == newest
    assert await titles(maria, "sort=old") == newest[::-1]
    assert await titles(maria, "sort=until") == by_day, "what has expired comes last"
    assert await titles(maria, "state=sent&sort=old") == ["Камеры для Ёлкино", "ДОМОФОНЫ", "Замки"]
    await Version.filter(title="ДОМОФОНЫ").update(valid_until=clock.distributor_today() + timedelta(days=1))
    assert await titles(maria, "state=expiring") == ["ДОМОФОНЫ", "Замки"], "what expires first"
    assert await titles(maria, "state=expiring&sort=new") == ["Замки", "ДОМОФОНЫ"]


@pytest.mark.parametrize("few", [0, 500])
@pytest.mark.parametrize("query", ["", "q=партия", "state=sent", "q=партия&state=expired", "company={company}"])
@pytest.mark.parametrize("sort", ["new", "old", "until"])
async def test_pages_of_each_sort(
    maria: Browser, cast: Cast, sort: str, query: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "FEW", few)
    monkeypatch.setattr(queries, "PAGE", 4)
    product, today = await make_product(), clock.distributor_today()
    for number in range(15):
        last = today + timedelta(days=number % 5 - 2)
        await make(cast, f"Партия {number}", products=[product], valid_until=last, sent=number != 6)
    query = f"{query.format(company=cast.company.id)}&sort={sort}"
    whole, path = list[str](), f"{PATH}?{query}"
    while path:
        page = (await maria.get(path)).text
        shown = [row.split(">")[1].split("<")[0] for row in page.split('data-row href="')[1:]]
        assert 0 < len(shown) <= 4
        whole += shown
        path = page.split('class="pages"')[1].split('class="btn" href="')[-1].split('"')[0].replace("&amp;", "&")
        path = path if "before=" in path else ""
    monkeypatch.setattr(queries, "PAGE", 30)
    assert whole == await titles(maria, query) and len(set(whole)) == len(whole) >= 4


async def test_chips_keep_what_is_asked(maria: Browser, cast: Cast, offers: dict[str, Presentation]) -> None:
    page = (await maria.get(f"{PATH}?company={cast.company.id}&q=камеры&sort=old&state=draft")).text
    chips = page.split('class="chips"')[1].split("</nav>")[0].replace("&amp;", "&")
    for kept in (f"company={cast.company.id}", "sort=old", "q="):
        assert all(kept in link for link in chips.split('href="')[1:])
    assert 'name="state" value="draft"' in page and f'name="company" value="{cast.company.id}"' in page
    assert f'href="/desk/partners/{cast.company.id}"' in page and cast.company.name in page
    strange = (await maria.get(f"{PATH}?company={cast.other_company.id}")).text
    assert cast.other_company.name not in strange and "Таких презентаций нет." in strange


async def test_what_is_sent_is_found(maria: Browser, cast: Cast, draft: Draft) -> None:
    await maria.post(f"{draft.path}/sending", draft.fields(title="Турникеты на проходную"))
    assert (await Version.get(id=draft.version.id)).sent_at is not None
    found = await PresentationWord.filter(version_id=draft.version.id).values_list("word", flat=True)
    assert {"тур", "турникеты", "проходную", f"@{cast.company.id}", f"@{cast.company.id}/{cast.maria.id}"} <= set(found)
    assert await titles(maria, "q=турникет") == ["Турникеты на проходную"]


async def test_data_written_in_another_way_is_found(anna: Browser, offers: dict[str, Presentation]) -> None:
    await PresentationWord.all().delete()
    assert await titles(anna, "q=домофоны") == []
    await words.index_all()
    await words.index_all()
    assert await titles(anna, "q=домофоны") == ["ДОМОФОНЫ"]
