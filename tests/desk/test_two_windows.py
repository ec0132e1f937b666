"""Two windows with one draft: nothing is lost, the second is shown both texts and chooses."""

from app.presentations.models import Line, Version
from tests.desk.conftest import Draft
from tests.site import Browser


async def seen(browser: Browser, draft: Draft) -> str:
    """The revision that the draft's page shows."""
    return str((await browser.get(draft.path)).text.split('name="seen" value="')[1].split('"')[0])


async def test_the_second_sees_both_texts(maria: Browser, anna: Browser, draft: Draft) -> None:
    old = await seen(maria, draft)
    await anna.post(f"{draft.path}/recalculation", draft.fields(title="Её название", seen=old))

    for send in (maria.post, maria.hx_post):
        answer = await send(f"{draft.path}/recalculation", draft.fields(title="Моё название", seen=old))
        assert answer.status_code == 422
        assert 'value="Моё название"' in answer.text and "Её название" in answer.text and "Анна" in answer.text
        assert 'name="theirs" value="title"' in answer.text
        assert f'name="seen" value="{int(old) + 1}"' in answer.text
    assert (await Version.get(id=draft.version.id)).title == "Её название"

    await maria.post(f"{draft.path}/recalculation", draft.fields(title="Моё название", seen=str(int(old) + 1)))
    assert (await Version.get(id=draft.version.id)).title == "Моё название", "saving again keeps one's own"


async def test_taking_what_was_saved(maria: Browser, anna: Browser, draft: Draft) -> None:
    old = await seen(maria, draft)
    q, r = f"q{draft.camera.id}", f"r{draft.cable.id}"
    await anna.post(f"{draft.path}/recalculation", draft.fields(**{q: "9", "seen": old}))
    mine = draft.fields(**{q: "7", r: "С бухты", "seen": old})
    answer = await maria.post(f"{draft.path}/recalculation", mine)
    assert answer.status_code == 422 and f'id="l{draft.camera.id}-e"' in answer.text and 'value="7"' in answer.text

    taken = await maria.post(f"{draft.path}/recalculation", {**mine, "theirs": f"l{draft.camera.id}"})

    assert taken.status_code == 303
    assert (await draft.line(draft.camera)).quantity == 9 and (await draft.line(draft.cable)).remark == "С бухты"


async def test_different_parts_do_not_disturb_each_other(maria: Browser, anna: Browser, draft: Draft) -> None:
    old = await seen(maria, draft)
    await anna.post(f"{draft.path}/recalculation", draft.fields(**{f"q{draft.cable.id}": "610", "seen": old}))
    mine = draft.fields(**{f"q{draft.camera.id}": "7", "title": "Новое", "seen": old})
    del mine[f"q{draft.cable.id}"]
    assert (await maria.post(f"{draft.path}/recalculation", mine)).status_code == 303
    assert (await draft.line(draft.cable)).quantity == 610 and (await draft.line(draft.camera)).quantity == 7


async def test_a_line_that_is_gone_is_told(maria: Browser, anna: Browser, draft: Draft) -> None:
    old = await seen(maria, draft)
    await anna.post(f"{draft.path}/lines/{draft.cable.id}/removal", draft.fields(seen=old))
    answer = await maria.post(f"{draft.path}/recalculation", draft.fields(title="", seen=old))
    assert answer.status_code == 422 and "убрана в другом окне" in answer.text
    again = await maria.post(f"{draft.path}/recalculation", draft.fields(title="Новое", seen=old))
    assert again.status_code == 303 and await Line.filter(version_id=draft.version.id).count() == 1


async def test_what_is_the_same_is_no_change(maria: Browser, draft: Draft) -> None:
    old = await seen(maria, draft)
    await maria.post(f"{draft.path}/recalculation", draft.fields(seen=old))
    assert await seen(maria, draft) == old


async def test_it_is_not_sent_over_what_the_other_saved(maria: Browser, anna: Browser, draft: Draft) -> None:
    old = await seen(maria, draft)
    await anna.post(f"{draft.path}/recalculation", draft.fields(**{f"q{draft.camera.id}": "9", "seen": old}))
    answer = await maria.post(f"{draft.path}/sending", draft.fields(seen=old))
    assert answer.status_code == 409 and 'value="9"' in answer.text
    assert (await Version.get(id=draft.version.id)).sent_at is None


async def test_a_window_is_not_asked_about_its_own_changes(maria: Browser, draft: Draft) -> None:
    old = await seen(maria, draft)
    mine = {"seen": old, "window": "a-window"}
    assert (await maria.post(f"{draft.path}/discounts", draft.fields(all="10", **mine))).status_code == 303
    answer = await maria.post(f"{draft.path}/recalculation", draft.fields(title="Новое", **mine))
    assert answer.status_code == 303
    assert (await draft.line(draft.camera)).discount == 1000, "an older form does not undo what it did not touch"
    assert (await Version.get(id=draft.version.id)).title == "Новое"
