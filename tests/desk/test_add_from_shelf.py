"""POST …/shelf: products of a brand or a category, ticked and added to a draft at once."""

from app import clock
from app.accounts.models import Company
from app.catalogue.models import Product
from app.presentations.models import Line, Version
from tests.desk.conftest import Draft
from tests.factories import Cast, make_product
from tests.site import Browser


async def lines(draft: Draft) -> list[tuple[str, int, int]]:
    found = await Line.filter(version_id=draft.version.id).order_by("position")
    return [(line.article, line.quantity, line.discount) for line in found][2:]


async def shelf_of(draft: Draft, product: Product) -> str:
    brand = await product.brand
    return f"{draft.path}/shelf?brand={brand.slug}"


async def test_what_is_ticked_comes_at_the_end(maria: Browser, cast: Cast, draft: Draft) -> None:
    await Company.filter(id=cast.company.id).update(default_discount=700)
    cable = await make_product(article="CABLE-1", pack=305, minimum=305, brand=await draft.lock.brand)
    await make_product(article="OTHER-1", brand=await draft.lock.brand)
    shelf = await shelf_of(draft, draft.lock)
    fields = {f"t{draft.lock.id}": "1", f"n{draft.lock.id}": "3", f"t{cable.id}": "1"}
    answer = await maria.post(shelf, fields)
    assert answer.status_code == 303 and answer.headers["location"] == draft.path
    assert sorted(await lines(draft)) == [("CABLE-1", 305, 700), ("ML-16HR", 3, 700)]
    assert "в списке" in (await maria.get(shelf)).text


async def test_all_of_the_page_but_what_is_there_or_not_sold(maria: Browser, draft: Draft) -> None:
    camera = await Product.get(id=draft.camera.product_id).select_related("brand")
    second = await make_product(article="DS-2", brand=camera.brand)
    await make_product(article="DS-3", brand=camera.brand, discontinued_at=clock.now())
    shelf = await shelf_of(draft, camera)
    await maria.post(shelf, {"all": "1"})
    assert (second.article, 1) in [line[:2] for line in await lines(draft)]
    assert {line[0] for line in await lines(draft)} & {"DS-3", camera.article} == set()
    again = await maria.post(shelf, {"all": "1"})
    assert again.status_code == 422 and "Отметьте товары" in again.text


async def test_a_wrong_quantity_stands_at_its_field(maria: Browser, draft: Draft) -> None:
    shelf = await shelf_of(draft, draft.lock)
    for typed in ("0", "много", "1.5"):
        answer = await maria.post(shelf, {f"t{draft.lock.id}": "1", f"n{draft.lock.id}": typed})
        assert answer.status_code == 422
        assert f'id="n{draft.lock.id}-e"' in answer.text and f'value="{typed}"' in answer.text
        assert f'name="t{draft.lock.id}" value="1" checked' in answer.text
    assert await lines(draft) == []


async def test_only_what_was_asked_for_is_shown(maria: Browser, draft: Draft) -> None:
    bare = await maria.get(f"{draft.path}/shelf")
    assert bare.status_code == 200 and 'class="data' not in bare.text
    await Product.filter(id=draft.lock.id).update(stock=0)
    shelf = await shelf_of(draft, draft.lock)
    assert "ML-16HR" in (await maria.get(shelf)).text
    assert "ML-16HR" not in (await maria.get(f"{shelf}&stock=1")).text
    assert "ML-16HR" not in (await maria.get(f"{draft.path}/shelf?brand=none")).text
    assert (await maria.get(f"{shelf}&page=x")).status_code == 404


async def test_a_stranger_and_a_sent_one(maria: Browser, oleg: Browser, alice: Browser, draft: Draft) -> None:
    shelf = await shelf_of(draft, draft.lock)
    assert (await oleg.post(shelf, {"all": "1"})).status_code == 404
    assert (await alice.post(shelf, {"all": "1"})).status_code == 403
    await Version.filter(id=draft.version.id).update(sent_at=clock.now())
    answer = await maria.post(shelf, {"all": "1"})
    assert answer.status_code in (404, 409)
    assert await Line.filter(version_id=draft.version.id).count() == 2
