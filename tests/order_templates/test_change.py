"""POST /order-templates/3: name, quantities, products in and out."""

import asyncio

from app import clock
from app.catalogue.models import Product
from app.history.models import Event
from app.order_templates import actions
from app.orders.templates import OrderTemplate
from tests.factories import Cast, make_product
from tests.order_templates.conftest import quantities
from tests.site import Browser


def door(template: OrderTemplate) -> str:
    return f"/order-templates/{template.id}"


async def test_with_htmx(alice: Browser, template: OrderTemplate, camera: Product) -> None:
    answer = await alice.hx_post(door(template), {"name": "Склад", f"q{camera.id}": "7"})
    assert answer.status_code == 200 and answer.text.startswith('<div id="template">')
    assert await quantities(template) == {"CAM-1": 7, "PACK-1": 5}
    event = await Event.get(name="order_template.changed")
    assert event.data == {"template": template.id, "name": "Склад", "lines": 2}


async def test_a_colleague_renames_without_javascript(bob: Browser, template: OrderTemplate) -> None:
    answer = await bob.post(door(template), {"name": " Склад № 2 "})
    assert (answer.status_code, answer.headers["location"]) == (303, door(template))
    await template.refresh_from_db()
    assert template.name == "Склад № 2"
    event = await Event.get(name="order_template.renamed")
    assert event.data == {"template": template.id, "was": "Склад", "name": "Склад № 2"}


async def test_saving_nothing_new_is_no_change(alice: Browser, template: OrderTemplate, camera: Product) -> None:
    await alice.post(door(template), {"name": "Склад", f"q{camera.id}": "2"})
    assert not await Event.filter(name__startswith="order_template.").exists()


async def test_a_wrong_quantity_or_name(alice: Browser, template: OrderTemplate, packed: Product) -> None:
    form = {"name": "", f"q{packed.id}": "7"}
    for answer in (await alice.post(door(template), form), await alice.hx_post(door(template), form)):
        assert answer.status_code == 422 and 'value="7"' in answer.text
        assert f'value="10:{packed.id}"' in answer.text and "Напишите название шаблона" in answer.text
    assert await quantities(template) == {"CAM-1": 2, "PACK-1": 5}
    mended = await alice.hx_post(door(template), {"name": "Склад", f"q{packed.id}": "7", "set": f"10:{packed.id}"})
    assert mended.status_code == 200 and (await quantities(template))["PACK-1"] == 10


async def test_a_name_that_is_taken(alice: Browser, cast: Cast, template: OrderTemplate, camera: Product) -> None:
    now = clock.now()
    await OrderTemplate.create(
        company=cast.company, author=cast.bob, name="Офис", key="офис", created_at=now, changed_at=now
    )
    answer = await alice.post(door(template), {"name": "ОФИС", f"q{camera.id}": "9"})
    assert answer.status_code == 422 and "Шаблон с таким названием" in answer.text and 'value="9"' in answer.text
    assert (await quantities(template))["CAM-1"] == 2


async def test_take_a_product_out_but_not_the_last(
    alice: Browser, template: OrderTemplate, camera: Product, packed: Product
) -> None:
    form = {"name": "Склад", "removed": str(packed.id), f"q{packed.id}": "many", f"q{camera.id}": "3"}
    assert (await alice.post(door(template), form)).status_code == 303
    assert await quantities(template) == {"CAM-1": 3}
    last = await alice.post(door(template), {"name": "Склад", "removed": str(camera.id)})
    assert last.status_code == 409 and "Последнюю позицию убрать нельзя" in last.text


async def test_find_and_add_a_product(alice: Browser, template: OrderTemplate) -> None:
    lens = await make_product(article="LENS-10", pack=4)
    await make_product(article="LENS-GONE", discontinued_at=clock.now())
    answer = await alice.post(door(template), {"name": "Склад", "find": "lens"})
    assert answer.headers["location"] == f"{door(template)}?find=lens"
    page = (await alice.get(answer.headers["location"])).text
    assert "Добавить: LENS-10" in page and "LENS-GONE" not in page
    for _ in range(2):
        added = await alice.hx_post(door(template), {"name": "Склад", "find": "lens", "put": str(lens.id)})
        assert added.status_code == 200 and "Добавлено: LENS-10" in added.text
    assert await quantities(template) == {"CAM-1": 2, "PACK-1": 5, "LENS-10": 4}
    assert "Среди товаров в продаже ничего не нашлось" in (await alice.get(f"{door(template)}?find=zzz")).text


async def test_what_cannot_be_added(alice: Browser, template: OrderTemplate, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    gone, lens = await make_product(article="GONE-1", discontinued_at=clock.now()), await make_product()
    answer = await alice.post(door(template), {"name": "Склад", "put": str(gone.id)})
    assert answer.status_code == 409 and "GONE-1" in answer.text
    assert (await alice.post(door(template), {"name": "Склад", "put": "999999"})).status_code == 404
    monkeypatch.setattr(actions, "MOST_LINES", 2)
    full = await alice.post(door(template), {"name": "Склад", "put": str(lens.id)})
    assert full.status_code == 409 and "не больше 2 позиций" in full.text


async def test_two_names_at_once_are_not_one(alice: Browser, bob: Browser, cast: Cast, template: OrderTemplate) -> None:
    now = clock.now()
    other = await OrderTemplate.create(
        company=cast.company, author=cast.bob, name="Офис", key="офис", created_at=now, changed_at=now
    )
    answers = await asyncio.gather(
        alice.post(door(template), {"name": "Ангар"}), bob.post(door(other), {"name": "ангар"})
    )
    assert sorted(answer.status_code for answer in answers) == [303, 422]


async def test_strangers_and_viewers(charlie: Browser, vera: Browser, maria: Browser, template: OrderTemplate) -> None:
    assert (await charlie.post(door(template), {"name": "Моё"})).status_code == 404
    for browser in (vera, maria):
        assert (await browser.post(door(template), {"name": "Моё"})).status_code == 403
    await template.refresh_from_db()
    assert template.name == "Склад"
