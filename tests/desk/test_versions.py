"""GET /desk/presentations/{number}/versions/{version}: what became of each version; one in force beside its draft."""

from app import clock
from app.accounts.models import Assignment
from app.presentations.models import Line, Opening, Reminder, Version
from tests.desk.conftest import Draft, cost
from tests.factories import Cast, make_cart_line, make_order
from tests.site import Browser


def funnel(page: str) -> list[str]:
    """The figures of the page, as they stand there."""
    shown = page[page.index('id="came-h"') : page.index('id="people-h"')]
    return [part.partition("</dd>")[0].replace("\u00a0", " ") for part in shown.split("<dd>")[1:]]


async def read_and_order(cast: Cast, version: Version) -> None:
    """Alice has opened a version, and ordered its first line."""
    await Opening.create(version=version, person=cast.alice, day=clock.distributor_today(), at=clock.now())
    line = await Line.filter(version=version).order_by("position").first()
    placed = await make_order(person=cast.alice, manager=cast.maria)
    await placed.lines.all().update(presentation_line_id=line.id, price=80_000, quantity=2)  # type: ignore


async def test_the_sent_one_beside_its_draft(maria: Browser, cast: Cast, draft: Draft) -> None:
    await draft.send()
    await read_and_order(cast, draft.version)
    await maria.post(f"{draft.path}/versions")
    sent = f"{draft.path}/versions/1"
    assert f'href="{sent}"' in (await maria.get(draft.path)).text

    page = (await maria.get(sent)).text

    assert funnel(page) == ["2", "1", "1", "1", "1 600,00 ₽"]
    assert f'href="{draft.path}">черновик версии 2' in page and f'action="{draft.path}/versions"' not in page
    for door, form in (("reminders", {}), ("reminder-day", {"days": "3"}), ("withdrawal", {"reason": "Ошибка"})):
        assert f'"{draft.path}/{door}"' in page
        answer = await maria.post(f"{draft.path}/{door}", form)
        assert (answer.status_code, answer.headers["location"]) == (303, sent), door
    assert await Reminder.all().count() == 1
    page = (await maria.get(sent)).text
    assert "версия 1, отозвана" in page and "Отозвана" in page
    assert 'id="draft"' in (await maria.get(draft.path)).text, "its draft goes on"


async def test_a_scheduled_draft_leads_there_too(maria: Browser, draft: Draft) -> None:
    await draft.send()
    await maria.post(f"{draft.path}/versions")
    day = clock.distributor_today().replace(day=28)
    await Version.filter(number=2).update(send_at=clock.now(), valid_until=day)
    assert f'href="{draft.path}/versions/1"' in (await maria.get(draft.path)).text


async def test_a_replaced_one_keeps_its_figures(maria: Browser, cast: Cast, draft: Draft) -> None:
    await draft.send()
    await read_and_order(cast, draft.version)
    await maria.post(f"{draft.path}/versions")
    await maria.post(f"{draft.path}/sending")
    new = await Version.get(number=2)
    await make_cart_line(person=cast.bob, line=await Line.get(version=new, position=1))

    now = (await maria.get(draft.path)).text
    was = (await maria.get(f"{draft.path}/versions/1")).text

    assert funnel(now) == ["2", "0", "1", "0", "0,00 ₽"] and funnel(was) == ["2", "1", "1", "1", "1 600,00 ₽"]
    for page in (now, was):
        chooser = page.split('aria-label="Версии"')[1].split("</nav>")[0]
        assert chooser.index("версия 2") < chooser.index("версия 1, заменена")
        assert f'href="{draft.path}/versions/2"' in chooser and f'href="{draft.path}/versions/1"' in chooser
        assert chooser.count('aria-current="page"') == 1
    assert "Заменена новой версией" in was and f'href="/presentations/{draft.presentation.number}/versions/1"' in was
    for door in ("withdrawal", "reminders", "reminder-day", "versions"):
        assert f'"{draft.path}/{door}"' not in was, door
    assert f'href="{draft.path}/versions/1"' in (await maria.get("/desk/presentations?state=replaced")).text


async def test_each_sees_what_is_theirs(
    maria: Browser, oleg: Browser, alice: Browser, cast: Cast, draft: Draft
) -> None:
    await draft.send()
    assert (await oleg.get(f"{draft.path}/versions/1")).status_code == 404
    assert (await alice.get(f"{draft.path}/versions/1")).status_code == 403
    assert (await maria.get(f"{draft.path}/versions/2")).status_code == 404
    await Assignment.filter(company_id=cast.company.id).update(manager_id=cast.oleg.id)
    await oleg.post(f"{draft.path}/versions")
    assert (await oleg.get(f"{draft.path}/versions/2")).status_code == 404, "it is a draft"
    await oleg.post(f"{draft.path}/sending")
    assert (await oleg.get(f"{draft.path}/versions/1")).status_code == 200
    assert (await maria.get(f"{draft.path}/versions/2")).status_code == 404
    hers = (await maria.get(f"{draft.path}/versions/1")).text
    assert f"{draft.path}/versions/2" not in hers and f"{draft.path}/withdrawal" not in hers


async def test_it_costs_the_same_for_many_versions(maria: Browser, draft: Draft) -> None:
    await draft.send()
    before = await cost(maria, f"{draft.path}/versions/1")
    for _ in range(5):
        await maria.post(f"{draft.path}/versions")
        await maria.post(f"{draft.path}/sending")
    assert await cost(maria, f"{draft.path}/versions/1") == before <= 12
