"""GET /desk/presentations: drafts and sent versions with their states; what has been sent is summed up."""

from datetime import timedelta

from app import clock
from app.accounts.models import Assignment
from app.presentations.models import Line, Opening, Presentation, Version
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
    assert after == before and before[0] <= 4 and before[1] <= 15
