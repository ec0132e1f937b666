"""POST /desk/presentations/{number}/lines/{line}/move: lines change places, the rest is saved."""

from app.presentations.models import Line
from tests.desk.conftest import Draft
from tests.factories import make_line
from tests.site import Browser


def door(draft: Draft, line: Line) -> str:
    return f"{draft.path}/lines/{line.id}/move"


async def order(draft: Draft) -> list[str]:
    return await Line.filter(version_id=draft.version.id).order_by("position").values_list("article", flat=True)  # type: ignore[return-value]


async def test_without_javascript(maria: Browser, draft: Draft) -> None:
    await make_line(version=draft.version, product=draft.lock, position=7, quantity=1, discount=0)

    answer = await maria.post(door(draft, draft.camera), draft.fields(step="1", title="Новое название"))

    assert answer.status_code == 303
    assert await order(draft) == ["01-0043", "DS-2CD2043G2-I", "ML-16HR"]
    await maria.post(door(draft, draft.camera), {"step": "1"})
    assert await order(draft) == ["01-0043", "ML-16HR", "DS-2CD2043G2-I"]
    await maria.post(door(draft, draft.camera), {"step": "-1"})
    assert await order(draft) == ["01-0043", "DS-2CD2043G2-I", "ML-16HR"]
    assert 'value="Новое название"' in (await maria.get(draft.path)).text


async def test_with_htmx(maria: Browser, draft: Draft) -> None:
    answer = await maria.hx_post(door(draft, draft.cable), draft.fields(step="-1"))
    assert answer.status_code == 200
    assert answer.text.index(f'id="line-{draft.cable.id}"') < answer.text.index(f'id="line-{draft.camera.id}"')


async def test_beyond_the_ends_nothing_moves(maria: Browser, draft: Draft) -> None:
    await maria.post(door(draft, draft.camera), {"step": "-1"})
    await maria.post(door(draft, draft.cable), {"step": "1"})
    assert await draft.is_untouched()


async def test_what_is_wrong_stays_and_holds_it(maria: Browser, draft: Draft) -> None:
    answer = await maria.post(door(draft, draft.camera), draft.fields(step="1", **{f"p{draft.cable.id}": "даром"}))
    assert answer.status_code == 422 and 'value="даром"' in answer.text
    assert await draft.is_untouched()


async def test_strangers_find_nothing(oleg: Browser, alice: Browser, draft: Draft) -> None:
    assert (await oleg.post(door(draft, draft.camera), {"step": "1"})).status_code == 404
    assert (await alice.post(door(draft, draft.camera), {"step": "1"})).status_code == 403
    assert await draft.is_untouched()


async def test_what_is_sent_does_not_change(maria: Browser, draft: Draft) -> None:
    await draft.send()
    assert (await maria.post(door(draft, draft.camera), {"step": "1"})).status_code == 409
    assert await order(draft) == ["DS-2CD2043G2-I", "01-0043"]
