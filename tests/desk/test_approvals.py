"""Discounts over a manager's limit: asked for, decided by an administrator, and void after any change of terms."""

import asyncio

from app.accounts.models import Company, Person
from app.history.models import Event
from app.presentations.models import Approval, Version
from tests.desk.conftest import Draft
from tests.factories import Cast
from tests.site import Browser

LIST = "/desk/presentations/approvals"


async def limit(cast: Cast, percent: int = 1000) -> None:
    """Maria may give 10 %: the draft gives 22."""
    await Person.filter(id=cast.maria.id).update(discount_limit=percent)


async def ask(maria: Browser, draft: Draft, word: str = "Крупный объект") -> Approval:
    answer = await maria.post(f"{draft.path}/approval", draft.fields(word=word))
    assert answer.status_code == 303
    return await Approval.all().order_by("-id").get(approved=None)


async def decide(anna: Browser, plea: Approval, decision: str = "approve", answer: str = "") -> int:
    fields = {"decision": decision, "terms": plea.terms, "answer": answer}
    return (await anna.post(f"{LIST}/{plea.id}", fields)).status_code


async def is_sent(draft: Draft) -> bool:
    return (await Version.get(id=draft.version.id)).sent_at is not None


async def test_from_the_refusal_to_the_sending(maria: Browser, anna: Browser, cast: Cast, draft: Draft) -> None:
    await limit(cast)
    refused = await maria.post(f"{draft.path}/sending", draft.fields())
    assert refused.status_code == 409 and "DS-2CD2043G2-I" in refused.text and 'name="word"' in refused.text

    plea = await ask(maria, draft)
    listed = (await anna.get(LIST)).text
    assert "Крупный объект" in listed and f'href="{LIST}/{plea.id}"' in listed
    page = (await anna.get(f"{LIST}/{plea.id}")).text
    assert plea.terms in page and f'href="{draft.path}/preview"' in page
    assert (await anna.get(f"{draft.path}/preview")).status_code == 200
    assert await decide(anna, plea, answer="Хорошо") == 303

    assert (await maria.post(f"{draft.path}/sending", draft.fields())).status_code == 303
    names = [event.name for event in await Event.all().order_by("id")]
    assert names == ["presentation.approval_asked", "presentation.approved", "presentation.sent"]


async def test_with_htmx(maria: Browser, cast: Cast, draft: Draft) -> None:
    await limit(cast)
    answer = await maria.hx_post(f"{draft.path}/approval", draft.fields(word="Прошу"))
    assert answer.status_code == 200 and await Approval.all().count() == 1
    long = await maria.hx_post(f"{draft.path}/approval", draft.fields(word="x" * 501))
    assert long.status_code == 422 and 'id="word-e"' in long.text


async def test_any_change_of_terms_voids_it(maria: Browser, anna: Browser, cast: Cast, draft: Draft) -> None:
    await limit(cast)
    await decide(anna, await ask(maria, draft))
    for field, text in ((f"q{draft.camera.id}", "5"), (f"d{draft.camera.id}", "23")):
        answer = await maria.post(f"{draft.path}/sending", draft.fields(**{field: text}))
        assert answer.status_code == 409 and not await is_sent(draft)
    assert (await maria.post(f"{draft.path}/sending", draft.fields(title="Иначе"))).status_code == 303, (
        "a title is free"
    )


async def test_a_decision_is_about_what_was_asked(maria: Browser, anna: Browser, cast: Cast, draft: Draft) -> None:
    await limit(cast)
    plea = await ask(maria, draft)
    await maria.post(f"{draft.path}/recalculation", draft.fields(**{f"q{draft.camera.id}": "9"}))
    assert 'name="terms"' not in (await anna.get(f"{LIST}/{plea.id}")).text
    assert await decide(anna, plea) == 409
    assert (await Approval.get(id=plea.id)).approved is None


async def test_declining_needs_a_word(maria: Browser, anna: Browser, cast: Cast, draft: Draft) -> None:
    await limit(cast)
    plea = await ask(maria, draft)
    assert await decide(anna, plea, "decline") == 422 and await decide(anna, plea, "perhaps") == 422
    assert await decide(anna, plea, "decline", "Не больше 15 %") == 303
    assert "Не больше 15 %" in (await maria.get(draft.path)).text
    assert (await maria.post(f"{draft.path}/sending", draft.fields())).status_code == 409
    assert await decide(anna, plea) == 409, "once is enough"


async def test_asked_twice_is_one_request(maria: Browser, cast: Cast, draft: Draft) -> None:
    await limit(cast)
    fields = draft.fields(word="Прошу")
    await asyncio.gather(*(maria.post(f"{draft.path}/approval", fields) for _ in range(5)))
    assert await Approval.all().count() == 1
    assert await Event.filter(name="presentation.approval_asked").count() == 1


async def test_what_needs_none(maria: Browser, anna: Browser, cast: Cast, draft: Draft) -> None:
    assert (await maria.post(f"{draft.path}/approval", draft.fields())).status_code == 409, "there is no limit"
    await limit(cast, 2200)
    assert (await maria.post(f"{draft.path}/approval", draft.fields())).status_code == 409, "it is not passed"
    await limit(cast)
    await Company.filter(id=cast.company.id).update(default_discount=2200)
    assert (await maria.post(f"{draft.path}/approval", draft.fields())).status_code == 409, "the partner has it anyway"
    await Company.filter(id=cast.company.id).update(default_discount=0)
    assert (await anna.post(f"{draft.path}/sending", draft.fields())).status_code == 303, "administrators have none"


async def test_managers_do_not_decide(maria: Browser, oleg: Browser, cast: Cast, draft: Draft) -> None:
    await limit(cast)
    plea = await ask(maria, draft)
    for browser in (maria, oleg):
        assert await decide(browser, plea) == 403 and (await browser.get(LIST)).status_code == 403
    assert (await oleg.post(f"{draft.path}/approval", {})).status_code == 404


async def test_a_draft_without_limits_in_the_way_says_nothing(maria: Browser, draft: Draft) -> None:
    assert 'id="checks-h"' not in (await maria.get(draft.path)).text
