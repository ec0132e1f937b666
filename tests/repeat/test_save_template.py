"""POST /repeat with «Сохранить как шаблон»."""

from app.history.models import Event
from app.order_templates import actions
from app.orders.templates import OrderTemplate, OrderTemplateLine
from tests.repeat.conftest import Old, form_of
from tests.site import Browser


async def filled(browser: Browser, old: Old, **changes: str) -> dict[str, str]:
    return await form_of(browser, old.path, do="save", name="Склад", **{f"q{old.wrong.id}": "10"}, **changes)


async def test_without_javascript(alice: Browser, bob: Browser, old: Old) -> None:
    answer = await alice.post("/repeat", await filled(alice, old))
    template = await OrderTemplate.get(name="Склад")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/repeat?template={template.id}")
    lines = await OrderTemplateLine.filter(template=template).order_by("position")
    assert [(line.product_id, line.quantity, line.price) for line in lines] == [
        (old.wrong.id, 10, 17_000),
        (old.dearer.id, 2, 120_000),
        (old.cheaper.id, 2, 85_000),
        (old.same.id, 2, 100_000),
    ]
    page = (await bob.get(answer.headers["location"])).text
    assert "<h1>Склад</h1>" in page and page.count(">цена та же</span>") == 4
    assert (await Event.get(name="order_template.saved")).data == {"template": template.id, "name": "Склад", "lines": 4}


async def test_with_htmx(alice: Browser, old: Old) -> None:
    answer = await alice.hx_post("/repeat", await filled(alice, old))
    assert answer.headers["hx-redirect"] == f"/repeat?template={(await OrderTemplate.get()).id}"


async def test_sent_twice_is_kept_once(alice: Browser, old: Old) -> None:
    form = await filled(alice, old)
    first, second = await alice.post("/repeat", form), await alice.post("/repeat", form)
    assert first.headers["location"] == second.headers["location"] and await OrderTemplate.all().count() == 1


async def test_a_name_is_needed_and_taken_once(alice: Browser, bob: Browser, old: Old) -> None:
    form = await filled(alice, old)
    nameless = await alice.post("/repeat", {**form, "name": " "})
    assert nameless.status_code == 422 and "Напишите название шаблона" in nameless.text
    await alice.post("/repeat", form)
    again = await filled(bob, old, **{f"q{old.same.id}": "8"}) | {"name": "склад"}
    for answer in (await bob.post("/repeat", again), await bob.hx_post("/repeat", again)):
        assert answer.status_code == 422 and "Шаблон с таким названием" in answer.text
        assert f'name="q{old.same.id}" value="8"' in answer.text and 'value="склад"' in answer.text


async def test_limits(alice: Browser, old: Old, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(actions, "MOST_LINES", 3)
    answer = await alice.post("/repeat", await filled(alice, old))
    assert answer.status_code == 409 and "не больше 3 позиций" in answer.text
    monkeypatch.setattr(actions, "MOST_LINES", 4)
    monkeypatch.setattr(actions, "MOST_TEMPLATES", 0)
    answer = await alice.post("/repeat", await filled(alice, old))
    assert answer.status_code == 409 and "не больше 0 шаблонов" in answer.text
    assert not await OrderTemplate.exists()


async def test_a_wrong_quantity_saves_nothing(alice: Browser, old: Old) -> None:
    form = await form_of(alice, old.path, do="save", name="Склад")
    assert (await alice.post("/repeat", form)).status_code == 422 and not await OrderTemplate.exists()


async def test_strangers_and_viewers(alice: Browser, charlie: Browser, vera: Browser, old: Old) -> None:
    form = await filled(alice, old)
    assert (await charlie.post("/repeat", form)).status_code == 404
    assert (await vera.post("/repeat", form)).status_code == 403
    assert not await OrderTemplate.exists()
