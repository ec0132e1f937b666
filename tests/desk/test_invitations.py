"""/desk/partners/invitations: managers invite, see how it goes, send again, withdraw."""

import pytest

from app import clock
from app.accounts.invitations import Newcomer, invite
from app.accounts.joining import Invitation
from app.accounts.models import Assignment, Company, Person, Role
from app.database import counting_queries
from app.desk.invitations.queries import STATES
from app.history.models import Email, EmailState
from jobs.relay import Relay
from tests.factories import Cast
from tests.jobs.conftest import mail_server, posting, relay
from tests.site import Browser
from tests.users import make_user

__all__ = ["mail_server", "posting", "relay"]

HERE = "/desk/partners/invitations"
YANA = {"name": "Яна Зимина", "email": "zimina@example.ru", "phone": "+7 495 000-12-34", "role": "buyer"}


@pytest.fixture
async def yana(cast: Cast) -> Invitation:
    newcomer = Newcomer("Яна Зимина", "zimina@example.ru", "", Role.BUYER)
    person = await invite(newcomer, cast.company.id, by=await make_user(cast.maria))
    return await Invitation.get(person_id=person.id)


@pytest.mark.parametrize("htmx", [False, True])
async def test_into_a_company_that_is_here(maria: Browser, cast: Cast, htmx: bool) -> None:
    found = (await maria.get(f"{HERE}/new?q=монтаж")).text
    assert f'href="{HERE}/new?company={cast.company.id}"' in found
    page = (await maria.get(f"{HERE}/new?company={cast.company.id}")).text
    assert f'name="company" value="{cast.company.id}"' in page and 'name="company_name"' not in page
    post = maria.hx_post if htmx else maria.post
    answer = await post(HERE, {**YANA, "company": str(cast.company.id)})
    assert answer.headers["hx-redirect" if htmx else "location"] == HERE
    person = await Person.get(email_key="zimina@example.ru")
    assert (person.company_id, person.phone, person.login) == (cast.company.id, "+74950001234", "zimina")
    assert "Яна Зимина" in (await maria.get(HERE)).text


async def test_into_a_new_company_which_the_manager_has(maria: Browser, cast: Cast) -> None:
    form = {**YANA, "company_name": "ООО «Рубеж»", "inn": "7700000009", "role": "owner"}
    answer = await maria.post(HERE, form)
    if answer.status_code == 422:
        pytest.fail(answer.text[answer.text.index('class="err"') :][:200])
    company = await Company.get(name="ООО «Рубеж»")
    assert (await Assignment.get(company_id=company.id)).manager_id == cast.maria.id
    assert (await Person.get(company_id=company.id)).role is Role.OWNER


async def test_a_known_tax_number(maria: Browser, cast: Cast) -> None:
    await Company.filter(id=cast.company.id).update(inn="7700000009")
    form = {**YANA, "company_name": "ООО «Рубеж»", "inn": "7700000009", "email": "other@example.ru"}
    answer = await maria.hx_post(HERE, form)
    assert answer.status_code == 422 and "Это ООО «Монтаж-Сервис»: выберите её" in answer.text
    await Assignment.filter(company_id=cast.company.id).update(manager_id=cast.oleg.id)
    answer = await maria.post(HERE, form)
    assert answer.status_code == 422 and "её ведёт другой менеджер" in answer.text and "Монтаж" not in answer.text
    assert not await Company.filter(name="ООО «Рубеж»").exists() and not await Invitation.exists()


async def test_whose_address_it_is_is_told_to_those_who_may_know(maria: Browser, anna: Browser, cast: Cast) -> None:
    form = {**YANA, "company": str(cast.company.id)}
    told = (await maria.post(HERE, {**form, "email": cast.bob.email})).text
    assert "Этот адрес уже занят: Борис Соколов, ООО «Монтаж-Сервис»" in told and 'value="Яна Зимина"' in told
    hidden = (await maria.post(HERE, {**form, "email": cast.charlie.email})).text
    assert "Этот адрес уже занят" in hidden and "Савелий Белов" not in hidden and "Видеолайн" not in hidden
    assert "Савелий Белов, ООО «Видеолайн»" in (await anna.post(HERE, {**form, "email": cast.charlie.email})).text
    assert not await Invitation.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("email", "zimina"),
        ("phone", "none"),
        ("role", "manager"),
        ("company_name", ""),
        ("inn", "7700000001"),
    ],
)
async def test_wrong_fields(maria: Browser, field: str, value: str) -> None:
    answer = await maria.post(HERE, {**YANA, "company_name": "ООО «Рубеж»", "inn": "", field: value})
    assert answer.status_code == 422 and f'id="{field}-e"' in answer.text
    assert not await Invitation.exists() and not await Company.filter(name="ООО «Рубеж»").exists()


async def test_others_neither_see_nor_touch_it(oleg: Browser, alice: Browser, cast: Cast, yana: Invitation) -> None:
    assert "Яна Зимина" not in (await oleg.get(HERE)).text
    assert (
        await oleg.post(HERE, {**YANA, "email": "b@example.ru", "company": str(cast.company.id)})
    ).status_code == 404
    for verb in ("resending", "withdrawal"):
        assert (await oleg.post(f"{HERE}/{yana.id}/{verb}")).status_code == 404
        assert (await alice.post(f"{HERE}/{yana.id}/{verb}")).status_code == 403
    assert await Invitation.filter(withdrawn_at=None).count() == 1


async def test_sent_again_and_withdrawn(maria: Browser, yana: Invitation) -> None:
    answer = await maria.hx_post(f"{HERE}/{yana.id}/resending")
    assert answer.status_code == 200 and answer.text.count("Яна Зимина</b>") == 1
    latest = await Invitation.get(person_id=yana.person_id, withdrawn_at=None)
    assert (await maria.post(f"{HERE}/{latest.id}/resending")).headers["location"] == HERE
    assert "Отозвать приглашение?" in (await maria.get(f"{HERE}/{latest.id}/withdrawal")).text
    assert (await maria.post(f"{HERE}/{latest.id}/withdrawal")).headers["location"] == HERE
    assert "отозвано" in (await maria.get(HERE)).text
    for post in (maria.post, maria.hx_post):
        answer = await post(f"{HERE}/{latest.id}/withdrawal")
        assert answer.status_code == 409 and "Приглашение уже отозвано: Яна Зимина" in answer.text


async def test_states_and_search(maria: Browser, cast: Cast, relay: Relay) -> None:
    by, now = await make_user(cast.maria), clock.now()
    changes = {
        "used": {"used_at": now},
        "accepted": {"used_at": now, "accepted_at": now},
        "expired": {"expires_at": now},
        "withdrawn": {"withdrawn_at": now},
    }
    for state in STATES:
        person = await invite(Newcomer(state, f"{state}@example.ru", "", Role.BUYER), cast.company.id, by=by)
        if state in changes:
            await Invitation.filter(person_id=person.id).update(**changes[state])
    await relay.run()
    await Email.filter(recipient="delivered@example.ru").update(state=EmailState.SENT)
    await Email.filter(recipient="bounced@example.ru").update(state=EmailState.FAILED, error="550 No such user")
    for state in STATES:
        page = (await maria.get(f"{HERE}?state={state}")).text
        assert [one for one in STATES if f">{one}</b>" in page] == [state]
    assert "550 No such user" in (await maria.get(f"{HERE}?state=bounced")).text
    assert "Таких приглашений нет" in (await maria.get(f"{HERE}?q=nobody")).text
    assert [one for one in STATES if f">{one}</b>" in (await maria.get(f"{HERE}?q=USED@")).text] == ["used"]


async def test_pages_of_thirty_that_cost_the_same(maria: Browser, cast: Cast) -> None:
    assert "Приглашений ещё не было" in (await maria.get(HERE)).text
    by, costs = await make_user(cast.maria), []
    for wanted in (2, 32):
        for number in range(await Invitation.all().count(), wanted):
            await invite(Newcomer(f"N{number}", f"n{number}@example.ru", "", Role.BUYER), cast.company.id, by=by)
        with counting_queries() as count:
            page = (await maria.get(HERE)).text
        costs.append(count.count)
    assert costs[0] == costs[1] and page.count("/resending") == 60
    older = page.partition('class="pages"')[2].partition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert (await maria.get(older)).text.count("</b>, ") == 2
