"""POST /desk/presentations/{number}/lines/{line}/removal: a line leaves the draft, the rest is saved."""

from app.presentations.models import Line
from tests.desk.conftest import Draft
from tests.factories import Cast, make_presentation
from tests.site import Browser


def door(draft: Draft) -> str:
    return f"{draft.path}/lines/{draft.camera.id}/removal"


async def test_without_javascript(maria: Browser, draft: Draft) -> None:
    answer = await maria.post(door(draft), draft.fields(**{f"q{draft.cable.id}": "610"}))

    assert answer.status_code == 303 and answer.headers["location"] == draft.path
    [left] = await Line.filter(version_id=draft.version.id)
    assert (left.id, left.quantity) == (draft.cable.id, 610)


async def test_with_htmx(maria: Browser, draft: Draft) -> None:
    answer = await maria.hx_post(door(draft), draft.fields())

    assert answer.status_code == 200
    assert f'id="line-{draft.camera.id}"' not in answer.text and f'id="line-{draft.cable.id}"' in answer.text
    assert "7\u00a0493,85" in answer.text, "the total follows"


async def test_what_is_wrong_in_the_line_does_not_hold_it(maria: Browser, draft: Draft) -> None:
    wrong = {f"q{draft.camera.id}": "много", f"d{draft.camera.id}": "120", f"p{draft.camera.id}": ""}
    assert (await maria.post(door(draft), draft.fields(**wrong))).status_code == 303
    assert await Line.filter(version_id=draft.version.id).count() == 1


async def test_what_is_wrong_elsewhere_does(maria: Browser, draft: Draft) -> None:
    answer = await maria.post(door(draft), draft.fields(**{f"q{draft.cable.id}": "500"}))
    assert answer.status_code == 422 and 'value="500"' in answer.text
    assert await draft.is_untouched()


async def test_strangers_find_nothing(oleg: Browser, alice: Browser, draft: Draft) -> None:
    assert (await oleg.post(door(draft), draft.fields())).status_code == 404
    assert (await alice.post(door(draft), draft.fields())).status_code == 403
    assert await draft.is_untouched()


async def test_a_line_of_another_draft(maria: Browser, cast: Cast, draft: Draft) -> None:
    other = await make_presentation(company=cast.company, author=cast.maria, sent=False)
    answer = await maria.post(f"/desk/presentations/{other.number}/lines/{draft.camera.id}/removal")
    assert answer.status_code == 404
    assert await draft.is_untouched()


async def test_what_is_sent_does_not_change(maria: Browser, draft: Draft) -> None:
    await draft.send()
    assert (await maria.post(door(draft), draft.fields())).status_code == 409
    assert await Line.filter(version_id=draft.version.id).count() == 2
