"""/desk/answer-templates: a manager keeps own answers, an administrator those that all share."""

import pytest

from app import clock
from app.accounts.models import Person
from app.answer_templates.models import AnswerTemplate
from app.history.models import Event
from tests.factories import Cast
from tests.site import Browser

KEY = "a-key-that-a-form-was-given"
HOME = "/desk/answer-templates"


async def make_template(owner: Person | None, name: str = "Счёт готов", text: str = "Счёт готов") -> AnswerTemplate:
    key = f"{KEY}-{name}"
    return await AnswerTemplate.create(owner=owner, name=name, text=text, key=key, changed_at=clock.now())


async def test_making_without_javascript(maria: Browser, oleg: Browser, cast: Cast) -> None:
    assert (await maria.get(f"{HOME}/new")).status_code == 200
    form = {"key": KEY, "name": "Счёт готов", "text": "{имя}, счёт готов"}
    for _ in range(2):  # sent twice, kept once
        answer = await maria.post(HOME, form)
        assert answer.headers["location"] == HOME

    made = await AnswerTemplate.get()
    assert (made.owner_id, made.name) == (cast.maria.id, "Счёт готов")
    assert [event.name for event in await Event.all()] == ["answer_template.made"]
    assert "{имя}, счёт готов" in (await maria.get(HOME)).text
    assert "Счёт готов" not in (await oleg.get(HOME)).text


async def test_making_with_htmx(maria: Browser, cast: Cast) -> None:
    refused = await maria.hx_post(HOME, {"key": KEY, "name": "", "text": "Здравствуйте"})
    assert refused.status_code == 422 and "Назовите шаблон" in refused.text and "Здравствуйте" in refused.text
    made = await maria.hx_post(HOME, {"key": KEY, "name": "Привет", "text": "Здравствуйте"})
    assert made.headers["hx-redirect"] == HOME


async def test_shared_ones_are_an_administrators(maria: Browser, anna: Browser, cast: Cast) -> None:
    form = {"key": KEY, "name": "Праздники", "text": "Не работаем", "shared": "1"}
    assert (await maria.post(HOME, form)).status_code == 403
    assert (await anna.post(HOME, form)).status_code == 303
    shared = await AnswerTemplate.get()
    assert shared.owner_id is None
    assert "Не работаем" in (await maria.get(HOME)).text
    assert (await maria.post(f"{HOME}/{shared.id}", {**form, "name": "Моё"})).status_code == 404
    assert (await anna.post(f"{HOME}/{shared.id}", {"key": KEY, "name": "Отдых", "text": "Да"})).status_code == 303
    assert (await AnswerTemplate.get()).name == "Отдых"


async def test_changing_says_what_was(maria: Browser, cast: Cast) -> None:
    template = await make_template(cast.maria)
    assert "Счёт готов" in (await maria.get(f"{HOME}/{template.id}")).text
    form = {"key": KEY, "name": "Счёт", "text": "Счёт в письме"}
    for _ in range(2):
        assert (await maria.post(f"{HOME}/{template.id}", form)).status_code == 303
    [event] = await Event.all()
    assert (event.data["was"], event.data["text"]) == ("Счёт готов", "Счёт в письме")
    assert event.name == "answer_template.changed"


async def test_a_wrong_change_keeps_what_is_typed(maria: Browser, cast: Cast) -> None:
    template = await make_template(cast.maria)
    answer = await maria.post(f"{HOME}/{template.id}", {"key": KEY, "name": "Новое имя", "text": " "})
    assert answer.status_code == 422 and "Новое имя" in answer.text
    assert (await AnswerTemplate.get()).name == "Счёт готов"


async def test_deleting_asks_first(maria: Browser, oleg: Browser, cast: Cast) -> None:
    template = await make_template(cast.maria)
    asked = await maria.get(f"{HOME}/{template.id}/removal")
    assert 'method="post"' in asked.text and await AnswerTemplate.all().count() == 1
    assert (await oleg.post(f"{HOME}/{template.id}/removal")).status_code == 404
    assert (await maria.post(f"{HOME}/{template.id}/removal")).status_code == 303
    assert not await AnswerTemplate.all().count()
    assert (await maria.post(f"{HOME}/{template.id}/removal")).status_code == 404


@pytest.mark.parametrize("path", ["", "/new", "/1", "/1/removal"])
async def test_partners_have_none(alice: Browser, path: str) -> None:
    assert (await alice.get(HOME + path)).status_code == 403


async def test_not_more_than_a_hundred(maria: Browser, cast: Cast) -> None:
    for number in range(100):
        await make_template(cast.maria, f"Шаблон {number}")
    answer = await maria.post(HOME, {"key": KEY, "name": "Ещё", "text": "Ещё один"})
    assert answer.status_code == 409 and "Ещё один" in answer.text
    assert await AnswerTemplate.all().count() == 100
