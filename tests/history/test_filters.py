"""The history by action, person, object, days and partner, and all of them together."""

from datetime import UTC, datetime, timedelta

import pytest

from app.history.models import HistoryEntry
from app.settings import Settings
from jobs.relay import Relay
from tests.events import commented, happened, order_placed, presentation_sent, status_changed
from tests.factories import Cast, make_comment, make_order, make_presentation
from tests.history.pages import deeds, error, rows, text
from tests.site import Browser


@pytest.fixture
async def past(cast: Cast, settings: Settings) -> tuple[int, int]:
    """What happened between Alice's company and the site, oldest first; the numbers of the order and the offer."""
    order = await make_order(person=cast.alice, manager=cast.maria)
    offer = await make_presentation(company=cast.company, author=cast.maria)
    await happened("person.signed_in", by=cast.bob)
    await presentation_sent(offer, by=cast.maria)
    await order_placed(order, by=cast.alice)
    await commented(await make_comment(on=order, author=cast.maria), on=order, by=cast.maria)
    note = await make_comment(on=order, author=cast.maria, internal=True, text="Должник")
    await commented(note, on=order, by=cast.maria)
    await happened("order.called", by=cast.maria, company=cast.company.id, order=order.number, order_id=order.id)
    await status_changed(order, by=cast.maria)
    await order_placed(await make_order(person=cast.charlie), by=cast.charlie)
    await Relay(settings).run()
    return order.number, offer.number


async def test_by_action(alice: Browser, maria: Browser, past: tuple[int, int]) -> None:
    assert deeds((await alice.get("/history?what=sign-ins")).text) == ["Вход"]
    assert deeds((await alice.get("/history?what=orders")).text) == ["Статус: оплачен", "Заказ оформлен"]
    assert deeds((await alice.get("/history?what=order.placed")).text) == ["Заказ оформлен"]
    assert deeds((await alice.get("/history?what=comments")).text) == ["Комментарий к заказу"]
    assert deeds((await maria.get("/history?what=comments")).text) == ["Внутренняя заметка", "Комментарий к заказу"]
    assert deeds((await maria.get("/history?what=order.called")).text) == ["Звонок партнёру"]


async def test_partners_do_not_choose_of_what_they_never_see(alice: Browser, past: tuple[int, int]) -> None:
    page = await alice.get("/history?what=order.called")
    assert page.status_code == 422 and rows(page.text) == []
    assert error(page.text, "what") == "Выберите действие из списка"
    assert "Звонок" not in page.text


async def test_by_person(cast: Cast, alice: Browser, maria: Browser, past: tuple[int, int]) -> None:
    page = await alice.get(f"/history?who={cast.maria.id}")
    assert deeds(page.text) == ["Статус: оплачен", "Комментарий к заказу", "Отправлена презентация"]
    assert f'<option value="{cast.maria.id}" selected>Мария Орлова</option>' in page.text
    assert deeds((await alice.get(f"/history?who={cast.maria.id}&what=orders")).text) == ["Статус: оплачен"]
    assert len(rows((await maria.get(f"/history?who={cast.maria.id}")).text)) == 5


async def test_only_those_who_appear_can_be_chosen(
    cast: Cast, alice: Browser, maria: Browser, past: tuple[int, int]
) -> None:
    page = (await alice.get("/history")).text
    names = [cast.alice.name, cast.bob.name, cast.maria.name]
    assert all(f">{name}</option>" in page for name in names)
    assert cast.vera.name not in page and cast.charlie.name not in page and "maria@example.ru</option>" not in page
    for stranger in (cast.charlie.id, cast.vera.id, cast.oleg.id, 999):
        refusal = await alice.get(f"/history?who={stranger}")
        assert refusal.status_code == 422 and error(refusal.text, "who") == "Выберите человека из списка"
    of_staff = (await maria.get("/history")).text
    assert f">{cast.maria.name}</option>" in of_staff and f">{cast.alice.name}</option>" not in of_staff
    of_company = (await maria.get(f"/history?company={cast.company.id}&who={cast.alice.id}")).text
    assert deeds(of_company) == ["Заказ оформлен"]


@pytest.mark.parametrize("typed", ["заказ {0}", "Заказа № {0}", "order {0}", "Order No. {0}", "заказ №{0}", "зак. {0}"])
async def test_by_order(alice: Browser, past: tuple[int, int], typed: str) -> None:
    page = await alice.get("/history", params={"object": typed.format(past[0])})
    assert deeds(page.text) == ["Статус: оплачен", "Комментарий к заказу", "Заказ оформлен"]


async def test_a_number_alone_finds_whatever_has_it(alice: Browser, maria: Browser, past: tuple[int, int]) -> None:
    assert past == (1, 1)
    assert len(rows((await alice.get("/history?object=1")).text)) == 4
    found = deeds((await maria.get("/history", params={"object": "№ 1"})).text)
    assert found == [
        *("Статус: оплачен", "Звонок партнёру", "Внутренняя заметка"),
        *("Комментарий к заказу", "Заказ оформлен", "Отправлена презентация"),
    ]
    assert deeds((await alice.get("/history?object=презентация 1")).text) == ["Отправлена презентация"]
    assert rows((await alice.get("/history?object=тикет 1")).text) == []


async def test_a_strangers_order_is_not_found(cast: Cast, alice: Browser, anna: Browser, past: tuple[int, int]) -> None:
    assert rows((await alice.get("/history?object=заказ 2")).text) == []
    assert "Таких записей нет" in (await alice.get("/history?object=заказ 2")).text
    assert deeds((await anna.get("/history?object=заказ 2&what=orders")).text) == ["Заказ оформлен"]
    assert rows((await anna.get(f"/history?object=заказ 2&who={cast.maria.id}")).text) == []


async def test_by_days_of_the_readers_own(cast: Cast, alice: Browser, maria: Browser, past: tuple[int, int]) -> None:
    """Alice lives in Yekaterinburg, two hours ahead of Maria: her day ends while Maria's goes on."""
    days = [datetime(2026, 11, day, 19, 30, tzinfo=UTC) for day in range(10, 18)]
    for entry, at in zip(await HistoryEntry.all().order_by("id"), days, strict=True):
        await HistoryEntry.filter(id=entry.id).update(at=at)
    assert deeds((await alice.get("/history?from=2026-11-12&to=2026-11-12")).text) == ["Отправлена презентация"]
    assert deeds((await maria.get("/history?from=2026-11-12&to=2026-11-12")).text) == ["Заказ оформлен"]
    assert deeds((await alice.get("/history?to=11.11.2026")).text) == ["Вход"]
    assert len(rows((await alice.get("/history?from=2026-11-13")).text)) == 3
    assert rows((await alice.get("/history?from=2027-01-01")).text) == []
    assert rows((await alice.get("/history?to=2026-01-01")).text) == []
    combined = f"/history?from=2026-11-01&to=2026-12-01&who={cast.maria.id}&what=orders&object=заказ 1"
    assert deeds((await alice.get(combined)).text) == ["Статус: оплачен"]


async def test_entries_that_came_a_little_out_of_order_stand_in_their_day(
    alice: Browser, past: tuple[int, int]
) -> None:
    midnight = datetime(2026, 11, 12, 19, tzinfo=UTC)
    ids = [entry.id for entry in await HistoryEntry.all().order_by("id")]
    await HistoryEntry.filter(id__in=ids[:4]).update(at=midnight + timedelta(minutes=20))
    await HistoryEntry.filter(id__in=ids[4:]).update(at=midnight - timedelta(minutes=20))
    assert len(rows((await alice.get("/history?from=2026-11-13")).text)) == 4
    assert len(rows((await alice.get("/history?to=2026-11-12")).text)) == 1


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("from=31.02.2026", "from", "Это не дата: 04.12.2026"),
        ("from=0001-01-01", "from", "Это не дата: 04.12.2026"),
        ("to=31.12.9999", "to", "Это не дата: 04.12.2026"),
        ("to=завтра", "to", "Это не дата: 04.12.2026"),
        ("from=2026-11-13&to=2026-11-12", "to", "Этот день раньше первого"),
        ("object=склад 65", "object", "Напишите номер: заказ 65, презентация 1184 или тикет 157"),
        ("object=заказ", "object", "Напишите номер: заказ 65, презентация 1184 или тикет 157"),
        ("object=" + "9" * 40, "object", "Напишите номер: заказ 65, презентация 1184 или тикет 157"),
        ("what=weather", "what", "Выберите действие из списка"),
        ("who=x", "who", "Выберите человека из списка"),
    ],
)
async def test_what_says_nothing_is_told_at_its_field(
    alice: Browser, past: tuple[int, int], query: str, field: str, words: str
) -> None:
    page = await alice.get(f"/history?{query}&what=" if "what" not in query else f"/history?{query}")
    assert page.status_code == 422 and error(page.text, field) == words
    typed = query.split("&")[-1].partition("=")[2]
    assert field in ("what", "who") or f'value="{typed}"' in page.text
    assert rows(page.text) == [] and "Исправьте отмеченное" in page.text


async def test_by_partner(cast: Cast, maria: Browser, anna: Browser, oleg: Browser, past: tuple[int, int]) -> None:
    assert len(rows((await anna.get("/history")).text)) == 8
    for typed in (str(cast.company.id), "монтаж", "ООО «Монтаж-Сервис»"):
        page = await anna.get("/history", params={"company": typed})
        assert len(rows(page.text)) == 7 and 'value="ООО «Монтаж-Сервис»"' in page.text
    assert len(rows((await maria.get(f"/history?company={cast.company.id}")).text)) == 7
    refusal = await oleg.get(f"/history?company={cast.company.id}")
    assert refusal.status_code == 422 and error(refusal.text, "company") == "Такого партнёра нет"
    assert "Монтаж" not in refusal.text
    several = await anna.get("/history?company=екатеринбург, тверь")
    assert error(several.text, "company") == "Такого партнёра нет"


async def test_a_name_that_fits_several_partners(cast: Cast, anna: Browser, past: tuple[int, int]) -> None:
    page = await anna.get("/history?company=ооо&what=orders")
    assert page.status_code == 422 and error(page.text, "company") == "Таких партнёров несколько"
    assert f'href="/history?what=orders&amp;company={cast.company.id}">ООО «Монтаж-Сервис», Екатеринбург' in page.text


async def test_partners_do_not_filter_by_partner(cast: Cast, alice: Browser, past: tuple[int, int]) -> None:
    page = await alice.get(f"/history?company={cast.other_company.id}")
    assert len(rows(page.text)) == 5 and 'name="company"' not in page.text


async def test_pages_keep_the_filters(cast: Cast, alice: Browser, settings: Settings) -> None:
    for _ in range(60):
        await happened("person.signed_in", by=cast.bob)
    await happened("person.signed_out", by=cast.bob)
    await Relay(settings).run()
    first = await alice.get(f"/history?what=person.signed_in&who={cast.bob.id}")
    last = min(int(row.split('"')[1].removeprefix("entry-")) for row in rows(first.text))
    kept = f"what=person.signed_in&amp;who={cast.bob.id}"
    assert len(rows(first.text)) == 50 and f'href="/history?before={last}&amp;{kept}"' in first.text
    assert f'href="/history/export.csv?{kept}"' in first.text
    second = await alice.get(f"/history?before={last}&what=person.signed_in&who={cast.bob.id}")
    assert len(rows(second.text)) == 10 and f'href="/history?{kept}">К последним' in second.text


async def test_a_manager_without_partners(cast: Cast, oleg: Browser, past: tuple[int, int]) -> None:
    await cast.other_company.fetch_related("assignment")
    await cast.other_company.assignment.delete()
    assert rows((await oleg.get("/history")).text) == []
    await happened("person.signed_in", by=cast.oleg)
    assert "Олег Синицын" not in text((await oleg.get("/history?what=sign-ins")).text.partition("<table")[2])


async def test_unknown_filters_are_no_mistake_of_a_person(alice: Browser) -> None:
    assert (await alice.get("/history?colour=red")).status_code == 400
