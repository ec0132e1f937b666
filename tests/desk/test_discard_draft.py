"""GET and POST /desk/presentations/{number}/removal: a draft is discarded, what was sent before it stays."""

import asyncio
from datetime import timedelta

import pytest

from app import clock
from app.history.models import Email, Event
from app.presentations import unsent
from app.presentations.models import Approval, Doubt, Line, Presentation, Version
from app.presentations.templates import PresentationTemplateLine
from app.promos.models import Promo, PromoLine
from app.settings import Settings
from jobs.promos import Promos
from jobs.relay import Relay
from tests.desk.conftest import Draft
from tests.events import happened
from tests.factories import Cast, make_presentation
from tests.site import Browser
from tests.users import make_user

LIST = "/desk/presentations"


async def next_draft(maria: Browser, draft: Draft) -> None:
    """The draft is sent, and version 2 begun."""
    await draft.send()
    assert (await maria.post(f"{draft.path}/versions")).status_code == 303


async def test_without_javascript(maria: Browser, cast: Cast, draft: Draft) -> None:
    await Doubt.create(version=draft.version, text="CDV 70 – 2", sought="CDV 70", quantity="2")
    await Approval.create(version=draft.version, terms="0" * 64, author=cast.maria, asked_at=clock.now())
    assert f'href="{draft.path}/removal"' in (await maria.get(draft.path)).text
    page = (await maria.get(f"{draft.path}/removal")).text
    assert "Удалить черновик?" in page and f'action="{draft.path}/removal"' in page and draft.version.title in page

    answer = await maria.post(f"{draft.path}/removal")

    assert (answer.status_code, answer.headers["location"]) == (303, LIST)
    page = (await maria.get(LIST)).text
    assert "Черновик удалён" in page and draft.version.title not in page
    for model in (Presentation, Version, Line, Doubt, Approval):
        assert not await model.all().exists(), model
    [event] = await Event.all()
    assert (event.name, event.data["was"], event.data["lines"]) == ("presentation.draft_discarded", cast.maria.name, 2)
    assert (await maria.get(draft.path)).status_code == 404
    answer = await maria.post(LIST, {"company": str(cast.company.id)})
    number = draft.presentation.number + 1
    assert answer.headers["location"] == f"{LIST}/{number}", "a number is never used again"


async def test_with_htmx_a_next_version(maria: Browser, alice: Browser, draft: Draft) -> None:
    await next_draft(maria, draft)
    assert "версия 1" in (await maria.get(f"{draft.path}/removal")).text.casefold()

    answer = await maria.hx_post(f"{draft.path}/removal")

    assert answer.headers["hx-redirect"] == draft.path
    [version] = await Version.filter(presentation=draft.presentation)
    assert (version.number, version.replaced_at, await Line.all().count()) == (1, None, 2)
    page = (await maria.get(draft.path)).text
    assert 'id="came-h"' in page and f'action="{draft.path}/versions"' in page
    assert (await alice.get(f"/presentations/{draft.presentation.number}")).status_code == 200
    await maria.post(f"{draft.path}/versions")
    assert await Version.filter(presentation=draft.presentation, number=2).exists(), "another one can be begun"


async def test_at_once_it_is_done_once(maria: Browser, draft: Draft) -> None:
    answers = await asyncio.gather(*(maria.post(f"{draft.path}/removal") for _ in range(4)))
    assert {answer.status_code for answer in answers} <= {303, 404}
    assert await Event.filter(name="presentation.draft_discarded").count() == 1
    assert not await Presentation.all().exists()


async def test_read_before_and_pressed_after(cast: Cast, maria: Browser, draft: Draft) -> None:
    by = await make_user(cast.maria)
    read = await unsent.disposable(by, draft.presentation.number)
    await maria.post(f"{draft.path}/removal")
    await unsent.discard(read, by=by)
    assert await Event.all().count() == 1


async def test_another_window_does_not_bring_it_back(maria: Browser, draft: Draft) -> None:
    await maria.post(f"{draft.path}/removal")
    for door in ("recalculation", "sending", "schedule", "recall", "approval", "list", "discounts", "removal"):
        assert (await maria.post(f"{draft.path}/{door}", {})).status_code == 404, door
    assert not await Version.all().exists()


async def test_what_waits_or_is_sent_stays(maria: Browser, draft: Draft) -> None:
    at = clock.now() + timedelta(days=1)
    await maria.post(f"{draft.path}/schedule", {"day": at.date().isoformat(), "time": "09:30"})
    page = (await maria.get(f"{draft.path}/removal")).text
    assert "сначала верните его в черновики" in page and "<form method" not in page.split("<main")[1].split("</main")[0]
    for post in (maria.post, maria.hx_post):
        answer = await post(f"{draft.path}/removal")
        assert answer.status_code == 409 and "верните" in answer.text
    await maria.post(f"{draft.path}/recall")
    await draft.send()
    assert (await maria.get(f"{draft.path}/removal")).headers["location"] == draft.path
    for post in (maria.post, maria.hx_post):
        assert (await post(f"{draft.path}/removal")).status_code == 409
    assert await Line.all().count() == 2 and not await Event.filter(name="presentation.draft_discarded").exists()


async def test_strangers_find_nothing(oleg: Browser, alice: Browser, anna: Browser, draft: Draft) -> None:
    for send in (oleg.get, oleg.post):
        assert (await send(f"{draft.path}/removal")).status_code == 404
    assert (await alice.post(f"{draft.path}/removal")).status_code == 403
    assert await Version.all().count() == 1
    assert (await anna.post(f"{draft.path}/removal")).status_code == 303, "an administrator may"


async def test_a_colleagues_draft_stays(maria: Browser, anna: Browser, cast: Cast) -> None:
    sent = await make_presentation(company=cast.company, author=cast.maria)
    await anna.post(f"{LIST}/{sent.number}/versions")
    assert (await maria.post(f"{LIST}/{sent.number}/removal")).status_code == 409
    page = (await maria.get(f"{LIST}/{sent.number}")).text
    assert f"Версию 2 готовит {cast.anna.name}" in page and f'action="{LIST}/{sent.number}/versions"' not in page
    assert await Version.all().count() == 2


async def test_what_was_made_of_it_stays(maria: Browser, cast: Cast, draft: Draft, settings: Settings) -> None:
    await maria.post(f"{draft.path}/template", {"name": "Камеры во двор"})
    day = clock.distributor_today().isoformat()
    ticked = {f"c{cast.company.id}": "1", "which": "ticked"}
    fields = {"key": "a-key-that-a-form-was-given", "title": "Неделя камер", "valid_until": day, **ticked}
    assert (await maria.post(f"{draft.path}/promo", fields)).status_code == 303
    promo = await Promo.get()

    await maria.post(f"{draft.path}/removal")

    assert (await maria.get(f"/desk/promos/{promo.id}")).status_code == 200
    assert (await maria.post(f"/desk/promos/{promo.id}/sending")).status_code == 303
    await Promos(settings).make_all()
    made = await Presentation.get()
    assert made.promo and await PromoLine.all().count() == 2 and await PresentationTemplateLine.all().count() == 2


@pytest.mark.parametrize("version", [1, 2])
async def test_nobody_is_written_to_about_it(
    maria: Browser, cast: Cast, draft: Draft, settings: Settings, version: int
) -> None:
    if version == 2:
        await next_draft(maria, draft)
    about = {"presentation": draft.presentation.number, "version": version, "title": "Камеры", "reason": "Цены"}
    await happened("presentation.sending_failed", by=cast.maria, company=cast.company.id, **about)
    await maria.post(f"{draft.path}/removal")
    await Relay(settings).run()
    assert not await Event.filter(handled_at=None).exists() and not await Email.all().exists()
