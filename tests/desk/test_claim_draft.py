"""POST /desk/presentations/{number}/claim: a draft that was left goes to who has the partner now."""

import asyncio
from datetime import timedelta

import pytest

from app import clock
from app.accounts.models import Assignment, Person
from app.errors import RuleBroken
from app.history.models import Event
from app.presentations import unsent
from app.presentations.models import Presentation, Version
from app.settings import Settings
from jobs.presentations import Timed
from tests.desk.conftest import Draft
from tests.factories import Cast
from tests.site import Browser
from tests.users import make_user


async def leave(cast: Cast, *, blocked: bool = False) -> None:
    """Maria's partner is Oleg's now; or she works here no more, and nobody has the partner."""
    await Assignment.filter(company_id=cast.company.id).delete()
    if blocked:
        await Person.filter(id=cast.maria.id).update(blocked_at=clock.now())
    else:
        await Assignment.create(company_id=cast.company.id, manager_id=cast.oleg.id)


async def next_draft(maria: Browser, draft: Draft) -> Version:
    """The draft is sent, and version 2 begun."""
    await draft.send()
    await maria.post(f"{draft.path}/versions")
    return await Version.get(presentation=draft.presentation, number=2)


@pytest.mark.parametrize("blocked", [False, True])
async def test_without_javascript(maria: Browser, oleg: Browser, cast: Cast, draft: Draft, blocked: bool) -> None:
    await leave(cast, blocked=blocked)
    page = (await oleg.get(draft.path)).text
    assert f"Этот черновик оставлен: {cast.maria.name}" in page and f'action="{draft.path}/claim"' in page
    assert f'href="{draft.path}/removal"' in page and 'id="draft"' not in page
    assert (await oleg.get(f"{draft.path}/preview")).status_code == 404

    answer = await oleg.post(f"{draft.path}/claim")

    assert (answer.status_code, answer.headers["location"]) == (303, draft.path)
    page = (await oleg.get(draft.path)).text
    assert "Черновик теперь ваш" in page and 'id="draft"' in page
    version = await Version.get().select_related("presentation")
    assert (version.author_id, version.presentation.author_id) == (cast.oleg.id, cast.oleg.id)
    [event] = await Event.all()
    assert (event.name, event.data["was"], event.data["author"]) == (
        "presentation.draft_claimed",
        cast.maria.name,
        cast.oleg.name,
    )


async def test_with_htmx_and_twice_a_next_version(maria: Browser, oleg: Browser, cast: Cast, draft: Draft) -> None:
    version = await next_draft(maria, draft)
    await leave(cast)
    page = (await oleg.get(draft.path)).text
    assert f"Здесь остался черновик версии 2: {cast.maria.name}" in page and 'id="came-h"' in page
    assert f'action="{draft.path}/versions"' not in page
    answer = await oleg.post(f"{draft.path}/versions")
    assert (answer.status_code, answer.headers["location"]) == (303, draft.path), "led to where something can be done"
    assert "остался черновик следующей версии" in (await oleg.get(draft.path)).text

    answers = await asyncio.gather(*(oleg.hx_post(f"{draft.path}/claim") for _ in range(3)))

    assert {answer.headers["hx-redirect"] for answer in answers} == {draft.path}
    assert await Event.filter(name="presentation.draft_claimed").count() == 1
    assert (await Version.get(id=version.id)).author_id == cast.oleg.id
    assert (await Presentation.get()).author_id == cast.maria.id, "who sent the first version stays its author"
    assert (await oleg.post(f"{draft.path}/sending")).status_code == 303
    assert (await maria.get(draft.path)).status_code == 404


async def test_discarded_instead(maria: Browser, oleg: Browser, cast: Cast, draft: Draft) -> None:
    await next_draft(maria, draft)
    await leave(cast)
    assert cast.maria.name in (await oleg.get(f"{draft.path}/removal")).text
    assert (await oleg.post(f"{draft.path}/removal")).status_code == 303
    assert (await oleg.post(f"{draft.path}/versions")).status_code == 303
    assert (await Version.get(presentation=draft.presentation, number=2)).author_id == cast.oleg.id
    assert (await oleg.get(draft.path)).text.count('id="draft"') == 1


async def test_its_sending_at_a_time_is_called_off(
    maria: Browser, oleg: Browser, cast: Cast, draft: Draft, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = clock.now() + timedelta(days=1)
    await maria.post(f"{draft.path}/schedule", {"day": at.date().isoformat(), "time": "09:30"})
    await leave(cast)
    page = (await oleg.get(draft.path)).text
    assert "отправка отменится" in page and f'href="{draft.path}/removal"' not in page
    assert (await oleg.post(f"{draft.path}/removal")).status_code == 409
    assert (await oleg.post(f"{draft.path}/claim")).status_code == 303
    with monkeypatch.context() as then:
        then.setattr(clock, "now", lambda: at + timedelta(days=1))
        assert await Timed(settings).do_due() == 0
    assert 'id="draft"' in (await oleg.get(draft.path)).text


async def test_a_stranger_finds_nothing(
    maria: Browser, oleg: Browser, alice: Browser, cast: Cast, draft: Draft
) -> None:
    assert (await oleg.post(f"{draft.path}/claim")).status_code == 404
    assert (await alice.post(f"{draft.path}/claim")).status_code == 403
    await leave(cast)
    for send in (maria.get, maria.post):
        assert (await send(f"{draft.path}/removal")).status_code == 404, "she cares for the partner no more"
    assert (await maria.post(f"{draft.path}/claim")).status_code == 404
    assert not await Event.all().exists()


async def test_what_is_not_left_is_not_taken(maria: Browser, anna: Browser, cast: Cast, draft: Draft) -> None:
    for browser in (maria, anna):
        assert (await browser.post(f"{draft.path}/claim")).headers["location"] == draft.path
    assert (await Version.get()).author_id == cast.maria.id and not await Event.all().exists()
    await draft.send()
    for post in (maria.post, maria.hx_post):
        assert (await post(f"{draft.path}/claim")).status_code == 409


async def test_of_two_who_take_it_one_has_it(oleg: Browser, cast: Cast, draft: Draft) -> None:
    await leave(cast, blocked=True)
    anna = await make_user(cast.anna)
    left = await unsent.disposable(anna, draft.presentation.number)
    await oleg.post(f"{draft.path}/claim")
    with pytest.raises(RuleBroken):
        await unsent.claim(left, by=anna)
    assert (await Version.get()).author_id == cast.oleg.id
