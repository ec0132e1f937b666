"""POST /desk/partners/{company}/requisites: its manager changes what a partner is known by, as its owner does."""

import asyncio

import pytest

from app.accounts.models import Company
from app.history.models import Email, Event
from app.profile.companies import version
from app.settings import Settings
from jobs.relay import Relay
from tests.factories import Cast
from tests.profile.test_change_company import DATA, KEPT, filled
from tests.site import Browser

OTHER_INN = "6670000007"


def door(company: Company) -> str:
    return f"/desk/partners/{company.id}/requisites"


def typed(company: Company, **changes: str) -> dict[str, str]:
    return filled(company, **{"inn": company.inn, **changes})


async def test_without_javascript(maria: Browser, alice: Browser, cast: Cast) -> None:
    card = f"/desk/partners/{cast.company.id}"
    assert f'href="{card}/requisites"' in (await maria.get(card)).text
    form = await maria.get(door(cast.company))
    assert form.status_code == 200 and "readonly" not in form.text and f'value="{cast.company.inn}"' in form.text

    answer = await maria.post(door(cast.company), typed(cast.company))

    assert (answer.status_code, answer.headers["location"]) == (303, card)
    company = await Company.get(id=cast.company.id)
    assert {name: getattr(company, name) for name in KEPT} == KEPT
    assert "667001001" in (await maria.get(card)).text
    event = await Event.get()
    assert (event.name, event.company_id, event.actor_id) == ("company.changed", company.id, cast.maria.id)
    assert event.data["changes"][0] == {"field": "kpp", "was": "", "now": "667001001"}


async def test_the_partner_reads_it_in_the_history(
    maria: Browser, alice: Browser, cast: Cast, settings: Settings
) -> None:
    await maria.post(door(cast.company), typed(cast.company))
    await Relay(settings).run()
    page = (await alice.get("/history")).text
    assert "КПП: — → 667001001" in page and "Мария Орлова" in page
    assert not await Email.exists(), "she knows what she did"


async def test_of_an_administrators_change_the_manager_is_told(anna: Browser, cast: Cast, settings: Settings) -> None:
    await anna.post(door(cast.company), typed(cast.company))
    await Relay(settings).run()
    assert (await Email.get(template="company_changed")).recipient == cast.maria.email


async def test_with_htmx(maria: Browser, cast: Cast) -> None:
    form = await maria.hx_get(door(cast.company))
    assert form.text.startswith('<section class="part" id="requisites"')
    answer = await maria.hx_post(door(cast.company), typed(cast.company))
    assert answer.status_code == 200
    assert answer.text.startswith('<section class="part fresh" id="requisites"') and "667001001" in answer.text
    now = await Company.get(id=cast.company.id)
    renamed = await maria.hx_post(door(cast.company), typed(now, name="ООО «Маяк»"))
    assert renamed.headers["hx-redirect"] == f"/desk/partners/{cast.company.id}", "its title shows the name"


async def test_another_tax_number(maria: Browser, cast: Cast) -> None:
    """Staff may correct it, but not take it away, nor give one that another company has. (Whose, nobody is told.)"""
    for inn, says in (
        ("", "сайт узнаёт компанию по нему"),
        ("123", "В ИНН ошибка"),
        (cast.other_company.inn, "Этот ИНН уже есть у другой компании-партнёра"),
    ):
        for post in (maria.post, maria.hx_post):
            answer = await post(door(cast.company), typed(cast.company, inn=inn))
            assert answer.status_code == 422 and cast.other_company.name not in answer.text
            assert says in answer.text.partition('id="company-inn-e">')[2].partition("</p>")[0]
            assert "Банк «Пример»" in answer.text
    assert not await Event.exists()
    assert (await maria.post(door(cast.company), typed(cast.company, inn="66 7000 000 7"))).status_code == 303
    company = await Company.get(id=cast.company.id)
    assert company.inn == OTHER_INN and company.search.endswith(OTHER_INN)


async def test_of_two_companies_one_gets_a_number(anna: Browser, cast: Cast) -> None:
    answers = await asyncio.gather(
        *(anna.post(door(one), typed(one, inn=OTHER_INN)) for one in (cast.company, cast.other_company))
    )
    assert sorted(one.status_code for one in answers) == [303, 422]
    assert await Company.filter(inn=OTHER_INN).count() == 1


async def test_a_mistake_stands_at_its_field(maria: Browser, cast: Cast) -> None:
    for post in (maria.post, maria.hx_post):
        answer = await post(door(cast.company), typed(cast.company, bank_account="00000000400000000000"))
        assert answer.status_code == 422 and "Банк «Пример»" in answer.text
        wrong = answer.text.partition('id="company-bank_account-e">')[2].partition("</p>")[0]
        assert "БИК и счёт не подходят" in wrong
    assert not await Event.exists()


async def test_sent_twice_and_from_an_old_page(maria: Browser, alice: Browser, cast: Cast) -> None:
    for post in (maria.post, maria.post, maria.hx_post):
        assert (await post(door(cast.company), typed(cast.company))).status_code in (200, 303)
    assert await Event.all().count() == 1
    now = await Company.get(id=cast.company.id)
    await alice.post("/profile/company", filled(now, bank="Банк «Третий»"))
    for post in (maria.post, maria.hx_post):
        answer = await post(door(cast.company), typed(now, bank="Банк «Другой»"))
        assert answer.status_code == 409 and "Кто-то опередил вас" in answer.text
        assert 'value="Банк «Другой»"' in answer.text and "Сейчас записано: Банк «Третий»" in answer.text
        assert f'name="version" value="{version(await Company.get(id=cast.company.id))}"' in answer.text
    assert (await Company.get(id=cast.company.id)).bank == "Банк «Третий»"


async def test_ten_at_once_are_one_change(maria: Browser, cast: Cast) -> None:
    answers = await asyncio.gather(*(maria.post(door(cast.company), typed(cast.company)) for _ in range(10)))
    assert {one.status_code for one in answers} == {303} and await Event.all().count() == 1


@pytest.mark.parametrize("htmx", [False, True])
async def test_strangers(
    oleg: Browser, maria: Browser, alice: Browser, guest: Browser, anna: Browser, cast: Cast, htmx: bool
) -> None:
    for browser, status in ((oleg, 404), (alice, 403)):
        post = browser.hx_post if htmx else browser.post
        assert (await post(door(cast.company), typed(cast.company))).status_code == status
        assert (await browser.get(door(cast.company))).status_code == status
    assert (await guest.post(door(cast.company), DATA)).headers["location"].startswith("/sign-in")
    lone = await (maria.hx_post if htmx else maria.post)(door(cast.lone_company), {"name": "ИП Кравцова Н."})
    assert lone.status_code == 409 and "сначала возьмите" in lone.text
    assert f'href="{door(cast.lone_company)}"' not in (await maria.get(f"/desk/partners/{cast.lone_company.id}")).text
    assert not await Event.exists()
    assert (await anna.get(door(cast.lone_company))).status_code == 200
