"""POST /registration: what is kept, what is refused, and that nobody learns who is registered."""

import re

import pytest

from app import clock
from app.accounts.joining import OneTimeLink, Registration, RegistrationState
from app.accounts.models import Company, Person
from app.accounts.passwords import matches
from app.database import counting_queries
from app.history.models import Email, Event
from jobs.relay import Relay
from tests.accounts.forms import INN, PASSWORD, register, registration
from tests.factories import Cast
from tests.site import Browser

KNOWN = "alice@example.ru"


def without_tokens(page: str) -> str:
    """A page without what differs from one moment to the next."""
    return re.sub(r'name="(csrf|key)" value="[^"]+"', "", page)


async def test_the_page(guest: Browser, cast: Cast) -> None:
    await Person.filter(id=cast.oleg.id).update(blocked_at=clock.now())
    page = (await guest.get("/registration")).text
    assert "Мария Орлова" in page and "Олег Синицын" not in page, "who has left cannot be chosen"
    assert 'name="consent" value="1" required>' in page and 'name="promo" value="1">' in page, "both are unticked"
    assert 'href="/policies/personal-data-consent"' in page and 'autocomplete="new-password"' in page


async def test_who_is_signed_in_needs_none(alice: Browser) -> None:
    assert (await alice.get("/registration")).headers["location"] == "/"


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
async def test_it_is_kept(guest: Browser, cast: Cast, htmx: bool) -> None:
    form = registration(manager=str(cast.maria.id), promo="1", phone="8 (495) 000-45-67", inn=f" {INN} ")
    answer = await (guest.hx_post if htmx else guest.post)("/registration", form)
    assert answer.headers["hx-redirect" if htmx else "location"] == "/registration/sent"
    assert "Мы написали на lesnoy@example.ru" in (await guest.get("/registration/sent")).text
    kept = await Registration.get()
    assert (kept.inn, kept.phone, kept.manager_id) == (INN, "+74950004567", cast.maria.id)
    assert (kept.consent_version, kept.promo_version, kept.ip) == ("1", "1", "198.51.100.24")
    assert (kept.state, kept.language) == (RegistrationState.NEW, "ru")
    assert await matches(PASSWORD, kept.password_hash)
    assert not await Person.filter(login="lesnoy").exists() and not await Company.filter(inn=INN).exists()


async def test_the_voluntary_consent_is_not_taken_for_given(guest: Browser, cast: Cast) -> None:
    await register(guest)
    assert (await Registration.get()).promo_version == ""


async def test_sent_twice_kept_once(guest: Browser, cast: Cast) -> None:
    form = registration()
    for _ in range(2):
        assert (await guest.post("/registration", form)).headers["location"] == "/registration/sent"
    assert (await Registration.all().count(), await OneTimeLink.all().count(), await Event.all().count()) == (1, 1, 1)


WRONG = [
    ("company", "", "название компании"),
    ("inn", "", "Напишите ИНН"),
    ("inn", "9990001415", "В ИНН ошибка"),
    ("inn", "123", "В ИНН ошибка"),
    ("name", "", "имя и фамилию"),
    ("email", "lesnoy", "Это не адрес"),
    ("phone", "12", "Это не телефон"),
    ("login", "", "Придумайте логин"),
    ("login", "лесной", "латинских букв"),
    ("login", "a@b", "латинских букв"),
    ("login", "ALICE", "занят или слишком похож"),
    ("password", "", "от 8 до 128"),
    ("password", "qwerty123", "легко подобрать"),
    ("password", "my-lesnoy-password", "логин"),
    ("manager", "99999", "нельзя выбрать"),
    ("consent", "", "Без этого согласия"),
]


@pytest.mark.parametrize(("field", "value", "words"), WRONG)
async def test_what_is_wrong_is_said_at_the_field(
    guest: Browser, cast: Cast, field: str, value: str, words: str
) -> None:
    answer = await register(guest, **{field: value})
    assert answer.status_code == 422 and words in answer.text
    assert f'id="{field}-e"' in answer.text
    typed = {"company": "ООО «Ельник»", "email": "lesnoy@example.ru", "phone": "+7 495 000-45-67"}
    assert all(f'value="{text}"' in answer.text for name, text in typed.items() if name != field)
    assert PASSWORD not in answer.text, "a password is never sent back"
    assert await Registration.all().count() == await Event.all().count() == 0


async def test_a_login_of_anothers_look(guest: Browser, cast: Cast) -> None:
    await Person.filter(id=cast.alice.id).update(login="ilona", login_key="ilona", login_look="llona")
    assert (await register(guest, login="I1ona")).status_code == 422
    assert (await register(guest, login="ilona2")).status_code == 303


@pytest.mark.parametrize("blocked", [False, True])
async def test_a_known_address_has_the_same_answer_and_costs_the_same(
    guest: Browser, cast: Cast, blocked: bool
) -> None:
    if blocked:
        await Person.filter(id=cast.alice.id).update(blocked_at=clock.now())
    told = []
    for address, inn in ((KNOWN, INN), ("nobody@example.ru", INN), ("other@example.ru", cast.company.inn or INN)):
        with counting_queries() as counted:
            answer = await register(guest, email=address, login=f"login-{len(told)}", inn=inn)
        page = await guest.get(answer.headers["location"])
        text = without_tokens(page.text).replace(address, "")
        told.append((answer.status_code, answer.headers["location"], page.status_code, text, counted.count))
    assert told[0] == told[1] == told[2]
    assert await Registration.all().count() == await OneTimeLink.all().count() == await Event.all().count() == 3


async def test_a_known_address_has_another_letter(guest: Browser, cast: Cast, relay: Relay) -> None:
    await register(guest, email=KNOWN.upper(), login="other")
    await register(guest)
    await relay.run()
    known, new = await Email.get(recipient=KNOWN), await Email.get(recipient="lesnoy@example.ru")
    assert known.template == "registration_known" and known.person_id == cast.alice.id
    assert "http://kabinet.test/sign-in\n" in known.text and "/confirmation/" not in known.text
    assert known.subject == "Спектр-СБ - вы уже зарегистрированы"
    assert new.template == "registration_asked" and "/registration/confirmation/" in new.text
    assert new.subject == "Спектр-СБ - подтвердите адрес эл. почты"
    assert "партнёр" not in new.text.split("-- ")[1], "who registers is no partner yet"


async def test_no_secret_stands_in_an_event(guest: Browser, cast: Cast, relay: Relay) -> None:
    await register(guest)
    event = await Event.get(name="registration.asked")
    assert set(event.data) == {"registration", "name", "title", "link_id"} and event.company_id is None


async def test_too_many_are_put_off(guest: Browser, cast: Cast) -> None:
    """By address, whether it is known or not; another one is not concerned."""
    for address in (KNOWN, "nobody@example.ru"):
        for number in range(5):
            assert (await register(guest, email=address, login=f"new-{number}")).status_code == 303
        answer = await register(guest, email=address.upper(), login="new-9")
        assert answer.status_code == 429 and answer.headers["retry-after"] == "900"
        assert "Слишком много запросов" in answer.text and 'value="ООО «Ельник»"' in answer.text
    assert (await register(guest, email="third@example.ru")).status_code == 303
    assert await Registration.all().count() == 11


async def test_a_stranger_with_a_made_up_form(guest: Browser, cast: Cast) -> None:
    for more in ({"role": "administrator"}, {"company_id": "1"}, {"key": ""}, {"key": "short"}):
        assert (await register(guest, **more)).status_code == 400
    assert await Registration.all().count() == 0
