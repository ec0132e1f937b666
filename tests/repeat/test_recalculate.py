"""POST /repeat with nothing else pressed: «Пересчитать»."""

from app.cart.models import CartLine
from tests.repeat.conftest import Old, fields, form_of
from tests.repeat.test_show import row
from tests.site import Browser


async def test_with_htmx(alice: Browser, old: Old) -> None:
    form = await form_of(alice, old.path, **{f"q{old.wrong.id}": "10", f"q{old.dearer.id}": "3"})
    del form[f"take{old.cheaper.id}"]
    answer = await alice.hx_post("/repeat", form)
    assert answer.status_code == 200 and answer.text.startswith('<form id="repeat"')
    assert " checked" not in row(answer.text, old.cheaper.id)
    assert "3 600,00" in row(answer.text, old.dearer.id)
    assert "цена та же" in row(answer.text, old.wrong.id), "a mended quantity has the word of its price"
    assert fields(answer.text)["key"] == form["key"]


async def test_without_javascript_the_address_keeps_it(alice: Browser, old: Old) -> None:
    form = await form_of(alice, old.path, **{f"q{old.wrong.id}": "10", f"take{old.replaced.id}": "1"})
    del form[f"take{old.cheaper.id}"]
    answer = await alice.post("/repeat", form)
    assert answer.status_code == 303
    after = fields((await alice.get(answer.headers["location"])).text)
    kept = {name: value for name, value in form.items() if name[0] in "qt"}
    assert {name: value for name, value in after.items() if name[0] in "qt"} == kept


async def test_a_suggestion_and_a_step(alice: Browser, old: Old) -> None:
    form = await form_of(alice, old.path, set=f"5:{old.wrong.id}")
    assert f'name="q{old.wrong.id}" value="5"' in (await alice.hx_post("/repeat", form)).text
    form = await form_of(alice, old.path, step=f"1:{old.wrong.id}")
    assert f'name="q{old.wrong.id}" value="10"' in (await alice.hx_post("/repeat", form)).text


async def test_zero_leaves_a_line_out(alice: Browser, old: Old) -> None:
    form = await form_of(alice, old.path, **{f"q{old.wrong.id}": "0"})
    answer = await alice.hx_post("/repeat", form)
    assert answer.status_code == 200
    out = row(answer.text, old.wrong.id)
    assert " checked" not in out and 'value="0"' in out


async def test_a_wrong_quantity_keeps_everything_typed(alice: Browser, old: Old) -> None:
    form = await form_of(alice, old.path, **{f"q{old.dearer.id}": "много", "name": "Склад"})
    for answer in (await alice.post("/repeat", form), await alice.hx_post("/repeat", form)):
        assert answer.status_code == 422
        assert 'value="много"' in answer.text and 'value="Склад"' in answer.text


async def test_strangers_and_viewers(alice: Browser, charlie: Browser, vera: Browser, old: Old) -> None:
    form = await form_of(alice, old.path)
    assert (await charlie.post("/repeat", form)).status_code == 404
    assert (await vera.post("/repeat", form)).status_code == 403
    assert not await CartLine.exists()
