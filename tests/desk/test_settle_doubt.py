"""POST /desk/presentations/{number}/doubts/{doubt}/line and …/removal: a waiting row becomes a line, or goes."""

import asyncio

from app import clock
from app.catalogue.models import Product
from app.presentations.models import Doubt, Line
from tests.desk.conftest import Draft
from tests.factories import make_product
from tests.site import Browser


async def waiting(draft: Draft, text: str = "Замок ML-16 – 2", quantity: str = "2") -> Doubt:
    """A row that waits in the draft."""
    return await Doubt.create(version=draft.version, text=text, sought="ML-16", quantity=quantity)


async def lock(draft: Draft) -> Line | None:
    return await Line.get_or_none(version_id=draft.version.id, product_id=draft.lock.id)


async def test_without_javascript(maria: Browser, draft: Draft) -> None:
    doubt = await waiting(draft)
    fields = draft.fields(settle=f"{draft.lock.id}:2", title="Новое", **{f"t{doubt.id}": "ML-16", f"w{doubt.id}": "2"})

    answer = await maria.post(f"{draft.path}/doubts/{doubt.id}/line", fields)

    assert answer.status_code == 303 and answer.headers["location"] == draft.path
    line = await lock(draft)
    assert line and (line.quantity, line.position) == (2, 3) and await Doubt.all().count() == 0
    assert 'value="Новое"' in (await maria.get(draft.path)).text


async def test_with_htmx(maria: Browser, draft: Draft) -> None:
    doubt = await waiting(draft)
    answer = await maria.hx_post(f"{draft.path}/doubts/{doubt.id}/line", draft.fields(settle=f"{draft.lock.id}:2"))
    assert answer.status_code == 200 and 'id="doubts"' not in answer.text and "ML-16HR" in answer.text


async def test_the_typed_search_is_kept_and_looked_up(maria: Browser, draft: Draft) -> None:
    doubt = await waiting(draft, text="замочек")
    await make_product(article="AX-500")
    await maria.post(f"{draft.path}/recalculation", draft.fields(**{f"t{doubt.id}": "AX-50", f"w{doubt.id}": "7"}))
    kept = await Doubt.get(id=doubt.id)
    assert (kept.text, kept.sought, kept.quantity) == ("замочек", "AX-50", "7")
    assert "AX-500" in (await maria.get(draft.path)).text.split('id="doubts"')[1]


async def test_a_wrong_quantity_stays_in_its_field(maria: Browser, draft: Draft) -> None:
    await Product.filter(id=draft.lock.id).update(pack=3)
    doubt = await waiting(draft)
    for send in (maria.post, maria.hx_post):
        answer = await send(f"{draft.path}/doubts/{doubt.id}/line", draft.fields(settle=f"{draft.lock.id}:2"))
        assert answer.status_code == 422 and f'id="w{doubt.id}-e"' in answer.text
    assert await lock(draft) is None and await Doubt.all().count() == 1


async def test_a_product_of_the_list_gets_more(maria: Browser, draft: Draft) -> None:
    doubt = await waiting(draft)
    fields = draft.fields(settle=f"{draft.camera.product_id}:2")
    await maria.post(f"{draft.path}/doubts/{doubt.id}/line", fields)
    assert (await draft.line(draft.camera)).quantity == 6
    await maria.post(f"{draft.path}/doubts/{doubt.id}/line", {"settle": f"{draft.camera.product_id}:2"})
    assert (await draft.line(draft.camera)).quantity == 6, "a row is settled once"


async def test_many_at_once_are_one(maria: Browser, draft: Draft) -> None:
    doubt = await waiting(draft)
    door, fields = f"{draft.path}/doubts/{doubt.id}/line", {"settle": f"{draft.lock.id}:2"}
    answers = await asyncio.gather(*(maria.post(door, fields) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {303}
    line = await lock(draft)
    assert line and line.quantity == 2


async def test_what_is_not_sold_is_refused(maria: Browser, draft: Draft) -> None:
    doubt = await waiting(draft)
    await Product.filter(id=draft.lock.id).update(discontinued_at=clock.now())
    for settled in (f"{draft.lock.id}:2", "999999:1", "0", ":"):
        answer = await maria.post(f"{draft.path}/doubts/{doubt.id}/line", draft.fields(settle=settled))
        assert answer.status_code == 409
    assert await Doubt.all().count() == 1


async def test_dismissing(maria: Browser, draft: Draft) -> None:
    first, second = await waiting(draft), await waiting(draft, text="ещё")
    assert (await maria.post(f"{draft.path}/doubts/{first.id}/removal", draft.fields())).status_code == 303
    assert [one.id for one in await Doubt.all()] == [second.id]
    assert (await maria.hx_post(f"{draft.path}/doubts/{second.id}/removal", draft.fields())).status_code == 200
    assert await Doubt.all().count() == 0


async def test_all_go_after_a_question(maria: Browser, draft: Draft) -> None:
    await waiting(draft), await waiting(draft)
    page = await maria.get(f"{draft.path}/doubts/removal")
    assert page.status_code == 200 and await Doubt.all().count() == 2
    answer = await maria.post(f"{draft.path}/doubts/removal")
    assert answer.headers["location"] == draft.path and await Doubt.all().count() == 0


async def test_strangers_find_nothing(oleg: Browser, alice: Browser, draft: Draft) -> None:
    doubt = await waiting(draft)
    for door in (f"doubts/{doubt.id}/line", f"doubts/{doubt.id}/removal", "doubts/removal"):
        assert (await oleg.post(f"{draft.path}/{door}", {})).status_code == 404
        assert (await alice.post(f"{draft.path}/{door}", {})).status_code == 403
    assert await Doubt.all().count() == 1
