"""POST /profile/company: the owner changes what their company is known by; the others read it."""

import pytest

from app.accounts.models import Company
from app.history.models import Email, Event
from app.profile.companies import version
from app.settings import Settings
from jobs.relay import Relay
from tests.factories import Cast, make_cart_line
from tests.site import Browser

DATA = {
    "name": "ООО «Монтаж-Сервис»",
    "city": "Екатеринбург",
    "kpp": "6670 01 001",
    "ogrn": "1000000000000",
    "legal_address": "г. Екатеринбург, ул. Складская, д. 1",
    "actual_address": "",
    "bank": "Банк «Пример»",
    "bik": "044525225",
    "bank_account": "0000 0000 3000 0000 0000",
}


def filled(company: Company, **changes: str) -> dict[str, str]:
    """The form as the page of this company has it."""
    return {**DATA, "version": version(company), **changes}


KEPT = {**DATA, "kpp": "667001001", "bank_account": "00000000300000000000"}


async def test_without_javascript(alice: Browser, cast: Cast) -> None:
    form = await alice.get("/profile/company")
    assert form.status_code == 200 and "readonly" in form.text and f'value="{cast.company.inn}"' in form.text

    answer = await alice.post("/profile/company", filled(cast.company, inn=cast.company.inn))

    assert (answer.status_code, answer.headers["location"]) == (303, "/profile")
    company = await Company.get(id=cast.company.id)
    assert {name: getattr(company, name) for name in KEPT} == KEPT
    [event] = await Event.all()
    assert (event.name, event.company_id) == ("company.changed", company.id)
    assert event.data["changes"][0] == {"field": "kpp", "was": "", "now": "667001001"}
    assert "00000000300000000000" in (await alice.get("/profile")).text


async def test_with_htmx(alice: Browser, cast: Cast) -> None:
    answer = await alice.hx_post("/profile/company", filled(cast.company))
    assert answer.status_code == 200
    assert answer.text.startswith('<section class="part fresh" id="company"')
    assert "667001001" in answer.text


async def test_it_is_found_by_its_new_name(alice: Browser, maria: Browser, cast: Cast) -> None:
    answer = await alice.hx_post("/profile/company", filled(cast.company, name="ООО «Маяк»", city="Реж"))
    assert answer.headers["hx-redirect"] == "/profile", "the cabinet shows the name"
    assert (await Company.get(id=cast.company.id)).search == f"ооо «маяк» реж {cast.company.inn}"
    assert "ООО «Маяк»" in (await maria.get("/desk/partners?q=маяк")).text


async def test_the_checkout_follows(alice: Browser, cast: Cast) -> None:
    await make_cart_line(person=cast.alice)
    await alice.post("/profile/company", filled(cast.company, name="ООО «Маяк»"))
    page = (await alice.get("/orders/checkout")).text
    assert 'value="ООО «Маяк»"' in page and f'value="{cast.company.inn}"' in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Напишите название компании"),
        ("inn", "6670000014", "Изменить ИНН может ваш менеджер"),
        ("kpp", "66700100", "9 знаков"),
        ("ogrn", "1000000000001", "В ОГРН ошибка"),
        ("ogrn", "300000000000060", "В ОГРН ошибка"),
        ("bik", "14525225", "начинается с 04"),
        ("bik", "", "Напишите БИК банка"),
        ("bank_account", "123", "20 цифр"),
        ("bank_account", "00000000400000000000", "БИК и счёт не подходят"),
        ("legal_address", "я" * 301, "не больше 300"),
    ],
)
async def test_a_mistake_stands_at_its_field(alice: Browser, cast: Cast, field: str, value: str, says: str) -> None:
    for answer in (
        await alice.post("/profile/company", filled(cast.company, **{field: value})),
        await alice.hx_post("/profile/company", filled(cast.company, **{field: value})),
    ):
        assert answer.status_code == 422
        wrong = answer.text.partition(f'id="company-{field}-e">')[2].partition("</p>")[0]
        assert says in wrong
        assert "Банк «Пример»" in answer.text, "what was typed is still there"
    assert await Event.all().count() == 0


async def test_a_sole_trader(nina: Browser, cast: Cast) -> None:
    trader = {"name": "ИП Кравцова", "ogrn": "300000000000060", "version": version(cast.lone_company)}
    assert (await nina.post("/profile/company", {**trader, "kpp": "590001001"})).status_code == 422
    assert (await nina.post("/profile/company", {**trader, "ogrn": "1000000000000"})).status_code == 422
    assert (await nina.post("/profile/company", trader)).status_code == 303


async def test_a_tax_number_is_given_once(alice: Browser, cast: Cast) -> None:
    await Company.filter(id=cast.company.id).update(inn="")
    company = await Company.get(id=cast.company.id)
    assert (await alice.post("/profile/company", filled(company, inn="123"))).status_code == 422
    taken = await alice.post("/profile/company", filled(company, inn=cast.other_company.inn))
    assert taken.status_code == 422 and "обратитесь к менеджеру" in taken.text
    assert (await alice.post("/profile/company", filled(company, inn="6670000007"))).status_code == 303
    company = await Company.get(id=cast.company.id)
    assert company.inn == "6670000007" and company.search.endswith("6670000007")


async def test_only_the_owner(bob: Browser, vera: Browser, maria: Browser, guest: Browser, cast: Cast) -> None:
    for browser in (bob, vera, maria):
        assert (await browser.post("/profile/company", DATA)).status_code == 403
        assert (await browser.get("/profile/company")).status_code == 403
    assert (await guest.post("/profile/company", DATA)).headers["location"].startswith("/sign-in")
    assert (await Company.get(id=cast.company.id)).kpp == ""


async def test_a_stranger_changes_their_own(charlie: Browser, cast: Cast) -> None:
    await charlie.post("/profile/company", filled(cast.other_company, name="ООО «Видеолайн»"))
    assert (await Company.get(id=cast.company.id)).kpp == ""


async def test_the_manager_is_told(alice: Browser, nina: Browser, cast: Cast, settings: Settings) -> None:
    await alice.post("/profile/company", filled(cast.company))
    await nina.post("/profile/company", {"name": "ИП Кравцова Н.", "version": version(cast.lone_company)})
    await Relay(settings).run()
    [letter] = await Email.filter(template="company_changed")
    assert letter.recipient == cast.maria.email
    assert "КПП: — → 667001001" in letter.text


async def test_sent_twice_it_is_one_change(alice: Browser, cast: Cast) -> None:
    for post in (alice.post, alice.post, alice.hx_post):
        assert (await post("/profile/company", filled(cast.company))).status_code in (200, 303)
    assert await Event.all().count() == 1


async def test_an_old_page_overwrites_nothing(alice: Browser, cast: Cast) -> None:
    await alice.post("/profile/company", filled(cast.company))
    for post in (alice.post, alice.hx_post):
        answer = await post("/profile/company", filled(cast.company, bank="Банк «Другой»"))
        assert answer.status_code == 409 and "Кто-то опередил вас" in answer.text
        assert 'value="Банк «Другой»"' in answer.text and "Сейчас записано: Банк «Пример»" in answer.text
    company = await Company.get(id=cast.company.id)
    assert company.bank == "Банк «Пример»"
    assert (await alice.post("/profile/company", filled(company, bank="Банк «Другой»"))).status_code == 303
