"""GET /desk/orders/picking: what the warehouse collects for one order or for several, without prices."""

import re

from app.orders.models import Order, OrderLine, Status
from tests.desk.conftest import cost
from tests.factories import Cast, make_order, make_product
from tests.site import Browser


def rows(text: str) -> list[str]:
    """The rows of the list as text: article, name, quantity, unit, and for several orders the parts."""
    body = text.split('class="data picking')[1].split('<tbody role="rowgroup">')[1].split("</tbody>")[0]
    cells = re.sub(r"<[^>]+>", " ", body.replace("&nbsp;", " ").replace("</tr>", "|")).split("|")
    return [" ".join(cell.split()) for cell in cells if cell.strip()]


async def take(order: Order, article: str, quantity: int) -> None:
    await OrderLine.filter(order_id=order.id, article=article).update(quantity=quantity)


async def test_one_order(maria: Browser, cast: Cast) -> None:
    products = [await make_product(article=article) for article in ("B-2", "A-1")]
    order = await make_order(person=cast.alice, manager=cast.maria, products=products, status=Status.PICKING)
    await Order.filter(id=order.id).update(comment="Пропуск на машину", address="Складочная, 3", delivery="address")
    await take(order, "A-1", 1204)
    page = await maria.get(f"/desk/orders/{order.number}/picking")
    assert page.status_code == 200
    assert [row.split()[1] for row in rows(page.text)] == ["A-1", "B-2"]
    assert re.search(r"1\s204 шт", rows(page.text)[0])
    for told in (f"№&nbsp;{order.number}", "Монтаж-Сервис", "Складочная, 3", "Пропуск на машину"):
        assert told in page.text
    assert "₽" not in page.text.split("<main")[1].split("</main>")[0]
    assert f'href="/desk/orders/{order.number}/picking"' in (await maria.get(f"/orders/{order.number}")).text


async def test_several_orders_add_up_by_product(maria: Browser, cast: Cast) -> None:
    both, one = await make_product(article="A-1"), await make_product(article="B-2")
    first = await make_order(person=cast.alice, manager=cast.maria, products=[both])
    second = await make_order(person=cast.nina, products=[both, one])
    await take(first, "A-1", 8)
    await take(second, "A-1", 4)
    await OrderLine.filter(order_id=second.id, article="A-1").update(name="Новое имя")
    page = await maria.get(f"/desk/orders/picking?n{first.number}=1&n{second.number}=1")
    summed, other = rows(page.text)
    assert "Новое имя" in summed and "12 шт" in summed
    assert f"№ {first.number}: 8" in summed and f"№ {second.number}: 4" in summed
    assert f"№ {first.number}" not in other
    shown = (await maria.get("/desk/orders")).text
    assert f'form="picking" name="n{first.number}"' in shown and 'action="/desk/orders/picking"' in shown


async def test_what_is_left_out(maria: Browser, cast: Cast) -> None:
    product = await make_product()
    kept = await make_order(person=cast.alice, manager=cast.maria, products=[product])
    gone = await make_order(person=cast.alice, manager=cast.maria, products=[product], status=Status.CANCELLED)
    theirs = await make_order(person=cast.charlie, manager=cast.oleg, products=[product])
    page = await maria.get(f"/desk/orders/picking?n{kept.number}=1&n{gone.number}=1&n{theirs.number}=1")
    assert len(rows(page.text)) == 1 and "Отменены и в лист не вошли" in page.text
    assert "Не найдены и в лист не вошли" in page.text and cast.charlie.name not in page.text
    page = await maria.get(f"/desk/orders/{gone.number}/picking")
    assert page.status_code == 200 and "Собирать нечего" in page.text
    assert f'href="/desk/orders/{gone.number}/picking"' not in (await maria.get(f"/orders/{gone.number}")).text


async def test_strangers(oleg: Browser, alice: Browser, anna: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, products=[await make_product()])
    for door in (f"/desk/orders/{order.number}/picking", f"/desk/orders/picking?n{order.number}=1"):
        assert (await oleg.get(door)).status_code == 404
        assert (await alice.get(door)).status_code == 403
        assert (await anna.get(door)).status_code == 200


async def test_nothing_ticked_and_too_much(maria: Browser) -> None:
    for query in ("", "?" + "&".join(f"n{number}=1" for number in range(1, 102))):
        answer = await maria.get(f"/desk/orders/picking{query}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk/orders")
    assert "Не больше 100 заказов" in (await maria.get("/desk/orders")).text
    assert (await maria.get("/desk/orders/picking?n0=1")).status_code == 400


async def test_cost(maria: Browser, cast: Cast) -> None:
    product = await make_product()
    orders = [await make_order(person=cast.alice, manager=cast.maria, products=[product]) for _ in range(12)]
    few = "&".join(f"n{order.number}=1" for order in orders[:2])
    many = "&".join(f"n{order.number}=1" for order in orders)
    assert await cost(maria, f"/desk/orders/picking?{few}") == await cost(maria, f"/desk/orders/picking?{many}")
