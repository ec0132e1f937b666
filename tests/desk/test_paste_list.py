"""POST /desk/presentations/{number}/list: plain rows become lines, doubtful ones wait in the draft."""

import time

import pytest

from app import clock
from app.catalogue.models import Discount, Product
from app.presentations.models import Doubt, Line
from tests.desk.conftest import Draft, cost
from tests.factories import Cast, make_brand, make_product
from tests.site import Browser


async def lines(draft: Draft) -> list[tuple[str, int]]:
    """The articles and quantities of the draft, in its order."""
    found = await Line.filter(version_id=draft.version.id).order_by("position")
    return [(line.article, line.quantity) for line in found]


OLD = [("DS-2CD2043G2-I", 4), ("01-0043", 305)]


async def test_without_javascript(maria: Browser, cast: Cast, draft: Draft) -> None:
    await Discount.create(company=cast.company, brand_id=draft.lock.brand_id, percent=1000)
    pasted = "• ML-16HR – 3 шт\n\nCDV 70 MF белый 2шт"

    answer = await maria.post(f"{draft.path}/list", draft.fields(list=pasted, title="Новое название"))

    assert answer.status_code == 303 and answer.headers["location"] == draft.path
    assert await lines(draft) == [*OLD, ("ML-16HR", 3)]
    line = await Line.get(version_id=draft.version.id, article="ML-16HR")
    assert (line.discount, line.price, line.retail, line.position) == (1000, 584_100, 649_000, 3)
    [doubt] = await Doubt.all()
    assert (doubt.text, doubt.sought, doubt.quantity) == ("CDV 70 MF белый 2шт", "CDV 70 MF белый", "2")
    page = (await maria.get(draft.path)).text
    assert "CDV 70 MF белый 2шт" in page and 'value="Новое название"' in page and pasted not in page


async def test_with_htmx(maria: Browser, draft: Draft) -> None:
    answer = await maria.hx_post(f"{draft.path}/list", draft.fields(list="ML-16HR\t3"))

    assert answer.status_code == 200 and answer.text.startswith('<form id="draft"')
    assert await lines(draft) == [*OLD, ("ML-16HR", 3)]


@pytest.mark.parametrize(
    ("row", "why", "words"),
    [
        ("01-0099 – 500 м", "quantity", "610"),
        ("ML-16HR – 1,5", "quantity", "ML-16HR"),
        ("ML-16HR 5 990 - 4", "quantity", "ML-16HR"),
        ("ML-16 – 2", "like", "ML-16HR"),
        ("DS-2CD2043G2-I x2", "repeated", "DS-2CD2043G2-I"),
        ("OLD-1 2 шт", "discontinued", "NEW-1"),
        ("КМД-777 – 1", "unknown", "КМД-777"),
        ("TWIN-1 5", "choose", "TWIN-1"),
    ],
)
async def test_a_doubtful_row_waits_and_says_why(maria: Browser, draft: Draft, row: str, why: str, words: str) -> None:
    await make_product(article="01-0099", unit="м", pack=305, minimum=305)
    new = await make_product(article="NEW-1")
    await make_product(article="OLD-1", discontinued_at=clock.now(), replacement=new)
    await make_product(article="TWIN-1", brand=await make_brand(name="Болид"))
    await make_product(article="TWIN-1", brand=await make_brand(name="Рубеж"))

    await maria.post(f"{draft.path}/list", draft.fields(list=row))

    assert await lines(draft) == OLD
    assert await Doubt.all().count() == 1
    page = (await maria.get(draft.path)).text
    waiting = page.split('id="doubts"')[1].split("</section>")[0]
    labels = {"quantity": "количество", "like": "возможно", "repeated": "повтор", "discontinued": "снято с продажи"}
    labels |= {"unknown": "не найден", "choose": "который?"}
    assert f">{labels[why]}</span>" in waiting and words in waiting


async def test_a_row_without_quantity_takes_the_least(maria: Browser, draft: Draft) -> None:
    await make_product(article="01-0099", pack=305, minimum=305)
    await maria.post(f"{draft.path}/list", draft.fields(list="01-0099\nML-16HR"))
    assert await lines(draft) == [*OLD, ("01-0099", 305), ("ML-16HR", 1)]


async def test_an_article_twice_waits_the_second_time(maria: Browser, draft: Draft) -> None:
    await maria.post(f"{draft.path}/list", draft.fields(list="ML-16HR 1\nml 16 hr 2"))
    assert await lines(draft) == [*OLD, ("ML-16HR", 1)]
    assert [one.quantity for one in await Doubt.all()] == ["2"]


async def test_two_thousand_rows_of_rubbish(maria: Browser, draft: Draft) -> None:
    rubbish = "\n".join(f"«{number}» ЪЪ-{number} \\%_' – {number},5 шт" for number in range(2000))
    started = time.perf_counter()
    answer = await maria.post(f"{draft.path}/list", draft.fields(list=rubbish))
    assert answer.status_code == 303 and time.perf_counter() - started < 20
    assert await Doubt.all().count() == 2000
    page = await maria.get(draft.path)
    assert len(page.content) < 120_000 and await lines(draft) == OLD

    more = await maria.post(f"{draft.path}/list", draft.fields(list="ЪЪ-1"))
    assert more.status_code == 409 and "ЪЪ-1" in more.text, "what was typed stays"


async def test_two_thousand_long_rows_are_taken_whole(maria: Browser, draft: Draft) -> None:
    assert "maxlength" not in (await maria.get(draft.path)).text.split('name="list"')[1].split(">")[0]
    rows = "\n".join(
        f"Видеокамера уличная купольная с подсветкой и микрофоном, {number:04} – 2 шт" for number in range(2000)
    )
    rows = rows.replace("Видеокамера", "Видеокамера " * 10)
    answer = await maria.post(f"{draft.path}/list", draft.fields(list=rows))
    assert answer.status_code == 303 and await Doubt.all().count() == 2000


async def test_more_than_that_is_said_to_be_too_much(maria: Browser, draft: Draft) -> None:
    for door in ("list", "recalculation"):
        answer = await maria.hx_post(f"{draft.path}/{door}", draft.fields(list="x" * 4_000_000))
        assert answer.status_code == 413 and "Отправьте меньше или по частям" in answer.text
    assert await draft.is_untouched()


async def test_what_is_no_list_stays_in_the_field(maria: Browser, draft: Draft) -> None:
    for send in (maria.post, maria.hx_post):
        answer = await send(f"{draft.path}/list", draft.fields(list="---"))
        assert answer.status_code == 422 and "---</textarea>" in answer.text and 'id="list-e"' in answer.text
        answer = await send(f"{draft.path}/list", draft.fields(list="x1\n" * 2001))
        assert answer.status_code == 422 and "2001" in answer.text


async def test_a_wrong_field_keeps_the_list(maria: Browser, draft: Draft) -> None:
    answer = await maria.post(f"{draft.path}/list", draft.fields(list="ML-16HR 1", title=""))
    assert answer.status_code == 422 and "ML-16HR 1</textarea>" in answer.text
    assert await draft.is_untouched()


async def test_strangers_find_nothing(oleg: Browser, alice: Browser, draft: Draft) -> None:
    for path in (f"{draft.path}/list", f"{draft.path}/file", f"{draft.path}/copy"):
        assert (await oleg.post(path, {})).status_code == 404
        assert (await alice.post(path, {})).status_code == 403
    assert await draft.is_untouched()


async def test_what_is_sent_takes_no_list(maria: Browser, draft: Draft) -> None:
    await draft.send()
    assert (await maria.post(f"{draft.path}/list", draft.fields(list="ML-16HR 1"))).status_code == 409
    assert await Line.filter(version_id=draft.version.id).count() == 2


async def test_it_cannot_be_sent_while_rows_wait(maria: Browser, draft: Draft) -> None:
    await Doubt.create(version=draft.version, text="CDV 70", sought="CDV 70")
    answer = await maria.post(f"{draft.path}/sending", draft.fields())
    assert answer.status_code == 409 and 'href="#doubts"' in answer.text


async def test_waiting_rows_cost_the_same(maria: Browser, draft: Draft) -> None:
    await Doubt.create(version=draft.version, text="ML-16 2", sought="ML-16", quantity="2")
    before = await cost(maria, draft.path)
    for number in range(30):
        await Doubt.create(version=draft.version, text=f"XX-{number}", sought=f"XX-{number}")
    assert await cost(maria, draft.path) == before


async def test_each_number_that_may_be_the_quantity_is_offered(maria: Browser, draft: Draft) -> None:
    await maria.post(f"{draft.path}/list", draft.fields(list="ML-16HR\tзамок\t4\t5990"))

    assert await lines(draft) == OLD
    [doubt] = await Doubt.all()
    assert doubt.quantity == "4/5990?"
    page = (await maria.get(draft.path)).text
    assert "Какое число в строке - количество?" in page
    product = await Product.get(article="ML-16HR")
    for quantity in (4, 5990):
        assert f'name="settle" value="{product.id}:{quantity}"' in page
    settled = draft.fields(settle=f"{product.id}:4", **{f"t{doubt.id}": "ML-16HR", f"w{doubt.id}": "4/5990?"})
    await maria.post(f"{draft.path}/doubts/{doubt.id}/line", settled)
    assert await lines(draft) == [*OLD, ("ML-16HR", 4)]
