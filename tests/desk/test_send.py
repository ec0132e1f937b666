"""POST /desk/presentations/{number}/sending: the lines are frozen, the old version is replaced, and it happens once."""

import asyncio
from datetime import date, timedelta

import pytest

from app import clock
from app.accounts.models import Person
from app.catalogue.models import Product
from app.errors import RuleBroken
from app.history.models import Event
from app.presentations import draft_queries, drafts
from app.presentations.drafts import Changes
from app.presentations.models import AlreadySent, Line, Version
from app.settings import Settings
from app.web.replies import explain
from tests.desk.conftest import RETAIL, Draft
from tests.factories import Cast, make_presentation
from tests.site import Browser
from tests.users import make_user


async def test_without_javascript(maria: Browser, alice: Browser, cast: Cast, draft: Draft) -> None:
    await Product.filter(id=draft.camera.product_id).update(name="Новое имя", picture="bullet")

    answer = await maria.post(f"{draft.path}/sending", draft.fields(title="Камеры для склада"))

    assert answer.status_code == 303 and answer.headers["location"] == draft.path
    version = await Version.get(id=draft.version.id)
    assert version.sent_at is not None and version.title == "Камеры для склада"
    camera = await draft.line(draft.camera)
    assert (camera.name, camera.picture, camera.article) == ("Новое имя", "bullet", "DS-2CD2043G2-I")
    assert (camera.retail, camera.price, camera.discount, camera.quantity) == (RETAIL, 1_169_220, 2200, 4)
    number = draft.presentation.number
    [event] = await Event.all()
    assert (event.name, event.company_id, event.actor_id) == ("presentation.sent", cast.company.id, cast.maria.id)
    total = 4 * 1_169_220 + 305 * 2_457
    about = {"presentation": number, "version": 1, "version_id": version.id, "title": "Камеры для склада"}
    assert event.data == {**about, "lines": 2, "total": total}
    assert "Новое имя" in (await alice.get(f"/presentations/{number}")).text


async def test_with_htmx(maria: Browser, draft: Draft) -> None:
    answer = await maria.hx_post(f"{draft.path}/sending", draft.fields())

    assert answer.headers["hx-redirect"] == draft.path
    page = await maria.get(draft.path)
    assert "<form" in page.text and f'action="{draft.path}/versions"' in page.text
    assert f'href="/presentations/{draft.presentation.number}"' in page.text


async def test_the_vat_rate_of_the_day(
    maria: Browser, draft: Draft, cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await make_user(cast.maria)
    monkeypatch.setattr(clock, "now", lambda: clock.end_of_day(date(2025, 12, 31), settings.timezone))
    today = clock.today(settings.timezone)
    assert today == date(2026, 1, 1)
    changes = Changes("Новый год", "", today, None, {})

    await Line.all().update(vat_rate=20)
    found = await draft_queries.draft(user, draft.presentation.number, settings)
    await drafts.send(found, changes, by=user, settings=settings)

    assert set(await Line.all().values_list("vat_rate", flat=True)) == {22}


async def test_positions_are_numbered_without_gaps(maria: Browser, draft: Draft) -> None:
    await Line.filter(id=draft.cable.id).update(position=9)
    await Line.filter(id=draft.camera.id).update(position=4)
    await maria.post(f"{draft.path}/sending", draft.fields())
    assert [(await draft.line(line)).position for line in (draft.camera, draft.cable)] == [1, 2]


async def test_twice_is_once(maria: Browser, draft: Draft) -> None:
    await maria.post(f"{draft.path}/sending", draft.fields())
    for send in (maria.post, maria.hx_post):
        again = await send(f"{draft.path}/sending", draft.fields(title="Ещё раз"))
        assert again.status_code == 409 and explain(AlreadySent()) in again.text
    assert (await Version.get(id=draft.version.id)).title == draft.version.title
    assert await Event.filter(name="presentation.sent").count() == 1


async def test_many_at_once_are_one(maria: Browser, draft: Draft) -> None:
    answers = await asyncio.gather(*(maria.post(f"{draft.path}/sending", draft.fields()) for _ in range(8)))

    assert sorted(answer.status_code for answer in answers) == [303] + [409] * 7
    assert await Event.filter(name="presentation.sent").count() == 1


async def test_version_two_replaces_version_one(maria: Browser, alice: Browser, cast: Cast) -> None:
    presentation = await make_presentation(company=cast.company, author=cast.maria)
    path = f"/desk/presentations/{presentation.number}"
    await maria.post(f"{path}/versions")
    assert (await Version.get(presentation=presentation, number=1)).replaced_at is None, "a draft replaces nothing"

    answer = await maria.post(f"{path}/sending")

    assert answer.status_code == 303
    old, new = await Version.filter(presentation=presentation).order_by("number")
    assert old.replaced_at is not None and new.sent_at is not None and new.replaced_at is None
    [event] = await Event.filter(name="presentation.sent")
    assert event.data["version"] == 2
    assert (await alice.get(f"/presentations/{presentation.number}")).status_code == 200


async def refused(maria: Browser, draft: Draft, **fields: str) -> str:
    """Both kinds of browsers are refused with the form still there, and nothing is sent; returns the page."""
    form = draft.fields(title="Набрано", **fields)
    answer = await maria.hx_post(f"{draft.path}/sending", form)
    assert answer.status_code == 409 and 'hx-target="#problem"' in answer.text
    page = await maria.post(f"{draft.path}/sending", form)
    assert page.status_code == 409 and 'role="alert"' in page.text and 'value="Набрано"' in page.text
    version = await Version.get(id=draft.version.id)
    assert (version.sent_at, version.title) == (None, draft.version.title)
    assert await Event.all().count() == 0
    return str(page.text)


async def test_nothing_to_send(maria: Browser, draft: Draft) -> None:
    await Line.all().delete()
    empty = {"title": "Набрано", "greeting": "", "recipient": ""}
    answer = await maria.post(f"{draft.path}/sending", empty)
    assert answer.status_code == 409 and 'value="Набрано"' in answer.text
    assert (await Version.get(id=draft.version.id)).sent_at is None


async def test_a_discontinued_product_is_named(maria: Browser, draft: Draft) -> None:
    await Product.filter(id=draft.cable.product_id).update(discontinued_at=clock.now())
    assert "01-0043" in await refused(maria, draft)


async def test_a_pack_that_changed(maria: Browser, draft: Draft) -> None:
    await Product.filter(id=draft.camera.product_id).update(pack=3)
    fields = {name: text for name, text in draft.fields().items() if name[0] != "q"}
    answer = await maria.post(f"{draft.path}/sending", fields)
    assert answer.status_code == 409 and "DS-2CD2043G2-I" in answer.text
    assert (await Version.get(id=draft.version.id)).sent_at is None


async def test_nobody_to_send_to(maria: Browser, cast: Cast, draft: Draft) -> None:
    await Person.filter(company_id=cast.company.id).exclude(id=cast.vera.id).update(blocked_at=clock.now())
    assert cast.company.name in await refused(maria, draft)
    assert (await maria.post(f"{draft.path}/sending", draft.fields(recipient=str(cast.vera.id)))).status_code == 303, (
        "who may only look may be written to by name"
    )


async def test_new_retail_prices_are_looked_at_first(maria: Browser, draft: Draft) -> None:
    await Product.filter(id=draft.camera.product_id).update(retail=2_000_000)
    assert 'value="11\u00a0692,20"' in await refused(maria, draft)

    await maria.post(f"{draft.path}/recalculation", draft.fields())
    sent = await maria.post(f"{draft.path}/sending")

    assert sent.status_code == 303
    assert (await draft.line(draft.camera)).price == 1_560_000


async def test_a_day_that_passed_while_the_draft_lay(maria: Browser, draft: Draft) -> None:
    await Version.filter(id=draft.version.id).update(valid_until=clock.distributor_today() - timedelta(days=2))
    answer = await maria.post(f"{draft.path}/sending", {"title": "Поздно"})
    assert answer.status_code == 409
    assert (await Version.get(id=draft.version.id)).sent_at is None


async def test_a_wrong_field_is_told_at_the_field(maria: Browser, draft: Draft) -> None:
    answer = await maria.post(f"{draft.path}/sending", draft.fields(valid_until="2020-01-01"))
    assert answer.status_code == 422 and 'value="2020-01-01"' in answer.text
    assert (await Version.get(id=draft.version.id)).sent_at is None


async def test_strangers_find_nothing(oleg: Browser, alice: Browser, draft: Draft) -> None:
    assert (await oleg.post(f"{draft.path}/sending", draft.fields())).status_code == 404
    assert (await alice.post(f"{draft.path}/sending", draft.fields())).status_code == 403
    assert await draft.is_untouched() and await Event.all().count() == 0


async def test_the_administrator_may(anna: Browser, cast: Cast, draft: Draft) -> None:
    assert (await anna.post(f"{draft.path}/sending", draft.fields())).status_code == 303
    [event] = await Event.all()
    assert event.actor_id == cast.anna.id
    assert (await Version.get(id=draft.version.id)).author_id == cast.maria.id


async def test_actions_refuse_what_is_sent(cast: Cast, draft: Draft, settings: Settings) -> None:
    user = await make_user(cast.maria)
    found = await draft_queries.draft(user, draft.presentation.number, settings)
    changes = Changes("Поздно", "", found.valid_until, None, {})
    await draft.send()
    calls = [
        lambda: drafts.save(found, changes),
        lambda: drafts.add_line(found, draft.lock, 1, settings=settings),
        lambda: drafts.remove_line(found, draft.camera.id),
        lambda: drafts.move_line(found, draft.camera.id, 1),
        lambda: drafts.send(found, changes, by=user, settings=settings),
    ]
    await draft.lock.fetch_related("brand")
    for call in calls:
        with pytest.raises(RuleBroken):
            await call()
    assert await Line.filter(version_id=draft.version.id).count() == 2
