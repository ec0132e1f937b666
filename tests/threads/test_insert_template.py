"""A template put into the answer to an order, a presentation or a ticket: under what is typed, and not sent."""

import pytest

from app import clock
from app.accounts.models import Person
from app.answer_templates.models import AnswerTemplate
from app.threads.models import Comment
from tests.factories import Cast, make_comment, make_order, make_presentation, make_ticket
from tests.site import Browser

KEY = "a-key-that-a-form-was-given"


async def make_template(owner: Person | None) -> AnswerTemplate:
    text = "{имя}, по № {номер} для {компания} {нет такого}"
    return await AnswerTemplate.create(owner=owner, name="Счёт", text=text, key=KEY, changed_at=clock.now())


async def make_talk(kind: str, cast: Cast) -> str:
    """Where the talk is, with a comment of Alice's in it."""
    if kind == "tickets":
        ticket = await make_ticket(person=cast.alice, manager=cast.maria)
        return f"/tickets/{ticket.number}"
    if kind == "orders":
        order = await make_order(person=cast.alice, manager=cast.maria)
        await make_comment(on=order, author=cast.alice)
        return f"/orders/{order.number}"
    offer = await make_presentation(company=cast.company, author=cast.maria)
    await make_comment(on=offer, author=cast.alice)
    return f"/presentations/{offer.number}"


@pytest.mark.parametrize("kind", ["orders", "presentations", "tickets"])
async def test_under_what_is_typed(kind: str, maria: Browser, cast: Cast) -> None:
    template, base = await make_template(cast.maria), await make_talk(kind, cast)
    page = (await maria.get(f"{base}/comments/1/answer")).text
    assert f'<option value="{template.id}">Счёт</option>' in page and 'name="insert"' in page
    said = await Comment.all().count()

    form = {"key": KEY, "text": "Добрый день!", "answers": "1", "template": str(template.id), "insert": "1"}
    number = base.rpartition("/")[2]
    filled = f"{cast.alice.name}, по № {number} для {cast.company.name} {{нет такого}}"
    without = await maria.post(f"{base}/comments", form)
    quick = await maria.hx_post(f"{base}/comments", form)

    for answer in (without, quick):
        assert answer.status_code == 200
        assert f"Добрый день!\n\n{filled}" in answer.text
    assert quick.text.startswith('<div class="field" id="say-1">')
    assert await Comment.all().count() == said, "put in is not sent"


async def test_into_an_empty_new_comment(maria: Browser, cast: Cast) -> None:
    template, base = await make_template(None), await make_talk("orders", cast)
    answer = await maria.hx_post(
        f"{base}/comments", {"key": KEY, "text": "", "template": str(template.id), "insert": "1"}
    )
    assert 'id="say-0"' in answer.text
    assert f"для {cast.company.name}" in answer.text and 'class="err"' not in answer.text


async def test_what_is_not_theirs_is_not_put_in(maria: Browser, alice: Browser, cast: Cast) -> None:
    template, base = await make_template(cast.oleg), await make_talk("orders", cast)
    form = {"key": KEY, "text": "Начало", "template": str(template.id), "insert": "1"}
    for browser in (maria, alice):
        answer = await browser.post(f"{base}/comments", form)
        assert answer.status_code == 200 and "по № " not in answer.text and "Начало" in answer.text


async def test_no_choice_is_said_at_the_field(maria: Browser, cast: Cast) -> None:
    await make_template(cast.maria)
    base = await make_talk("orders", cast)
    answer = await maria.post(f"{base}/comments", {"key": KEY, "text": "Начало", "template": "", "insert": "1"})
    assert 'id="template-0-e">Выберите шаблон' in answer.text and "Начало" in answer.text


async def test_partners_see_no_templates(alice: Browser, cast: Cast) -> None:
    await make_template(None)
    page = (await alice.get(await make_talk("orders", cast))).text
    assert 'name="insert"' not in page and 'name="seen"' not in page
