"""Orders and presentations as workbooks: numbers are numbers, texts are texts, and nothing of staff's is in them."""

import zipfile
from io import BytesIO

from app import clock
from app.orders.models import Status
from tests.exports.conftest import workbook
from tests.factories import Cast, make_comment, make_order, make_presentation, make_product
from tests.site import Browser


async def test_an_order(alice: Browser, maria: Browser, charlie: Browser, cast: Cast) -> None:
    products = [
        await make_product(article="00120", name='=HYPERLINK("http://example.ru")', retail=100_00),
        await make_product(article="+7", vat="none", retail=50_00),
    ]
    order = await make_order(person=cast.alice, manager=cast.maria, products=products, status=Status.PICKING)
    await make_comment(on=order, author=cast.maria, text="Скидки больше не дадим", internal=True)
    path = f"/orders/{order.number}/order.xlsx"
    answer = await alice.get(path)
    assert f"/{path.rpartition('/')[2]}" in (await alice.get(f"/orders/{order.number}")).text
    assert f"%E2%84%96%20{order.number}.xlsx" in answer.headers["content-disposition"]
    rows = workbook(answer.content)
    assert rows[0][0].startswith(f"Заказ № {order.number} от ")
    head = next(number for number, row in enumerate(rows) if row[0] == "№")
    first, second = rows[head + 1], rows[head + 2]
    assert first[1:3] == ["00120", '=HYPERLINK("http://example.ru")'] and second[1] == "+7"
    assert first[6] == 100.0 and first[9] == 22.0 and second[9] == "Без НДС"
    assert rows[-1][2] == "Итого" and rows[-1][10] == first[10] + second[10] == order.total / 100
    with zipfile.ZipFile(BytesIO(answer.content)) as packed:
        parts = "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    assert "<f>" not in parts and "<hyperlink" not in parts and "Скидки больше" not in parts
    assert 'state="frozen"' in parts and "_xlnm.Print_Area" in parts and 'paperSize="9"' in parts
    assert workbook((await maria.get(path)).content) == rows
    assert (await charlie.get(path)).status_code == 404


async def test_a_presentation(alice: Browser, maria: Browser, charlie: Browser, cast: Cast) -> None:
    camera = await make_product(article="CAM-1", retail=100_000)
    gone = await make_product(article="OLD-1", retail=50_000, discontinued_at=clock.now())
    offer = await make_presentation(
        company=cast.company, author=cast.maria, products=[camera, gone], quantity=4, discount=2200
    )
    path = f"/presentations/{offer.number}/versions/1/presentation.xlsx"
    assert path in (await alice.get(f"/presentations/{offer.number}")).text
    rows = workbook((await alice.get(path)).content)
    lines = {row[1]: row for row in rows}
    assert lines["CAM-1"][5:11] == [4.0, 1000.0, 0.22, 780.0, 22.0, 3120.0]
    assert lines["OLD-1"][5] == 0.0 and lines["OLD-1"][11] == "снято с продажи"
    assert rows[-1][10] == 3120.0 and rows[-2][2:3] == ["Выгода"] and rows[-2][10] == 880.0
    assert workbook((await maria.get(path)).content)[-1] == rows[-1]
    assert (await charlie.get(path)).status_code == 404
