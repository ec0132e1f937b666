"""POST /people/{person}/blocking and /unblocking: who leaves is kept out, what they made stays."""

import pytest

from app.accounts.models import Person, Session
from app.cart.models import CartLine
from app.history.models import Event
from tests.accounts.conftest import PASSWORD
from tests.factories import Cast, make_cart_line, make_comment, make_order
from tests.site import Browser


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_blocked_colleague_is_out_at_once(
    alice: Browser, bob: Browser, guest: Browser, known: Cast, htmx: bool
) -> None:
    order = await make_order(person=known.bob, manager=known.maria)
    await make_comment(on=order, author=known.bob, text="Нужен паспорт изделия")
    line = await make_cart_line(person=known.bob)
    asked = await alice.get(f"/people/{known.bob.id}/blocking")
    assert "Закрыть доступ: Борис Соколов?" in asked.text
    post = alice.hx_post if htmx else alice.post
    answer = await post(f"/people/{known.bob.id}/blocking")
    assert answer.status_code == (200 if htmx else 303)
    assert (await bob.get("/orders")).headers["location"].startswith("/sign-in")
    assert not await Session.filter(person_id=known.bob.id, ended_at=None).exists()
    assert (await guest.post("/sign-in", {"login": "bob", "password": PASSWORD})).status_code == 422
    page = (await alice.get(f"/orders/{order.number}")).text
    assert "Нужен паспорт изделия" in page and "Борис Соколов" in page
    assert await CartLine.filter(id=line.id).exists()
    assert (await Event.get(name="person.blocked")).data["person"] == "Борис Соколов"
    assert "доступ закрыт" in (await alice.get("/people")).text
    answer = await post(f"/people/{known.bob.id}/unblocking")
    assert answer.status_code == (200 if htmx else 303)
    assert (await Person.get(id=known.bob.id)).blocked_at is None
    assert (await guest.post("/sign-in", {"login": "bob", "password": PASSWORD})).status_code == 303
    assert await Event.filter(name="person.unblocked").count() == 1


async def test_strangers_and_colleagues_do_not(bob: Browser, charlie: Browser, cast: Cast) -> None:
    for verb in ("blocking", "unblocking"):
        assert (await bob.post(f"/people/{cast.vera.id}/{verb}")).status_code == 403
        assert (await charlie.post(f"/people/{cast.vera.id}/{verb}")).status_code == 404
    assert (await Person.get(id=cast.vera.id)).blocked_at is None


async def test_the_last_owner_cannot_leave(alice: Browser, cast: Cast) -> None:
    assert "Это вы: сеанс закончится" in (await alice.get(f"/people/{cast.alice.id}/blocking")).text
    for post in (alice.post, alice.hx_post):
        answer = await post(f"/people/{cast.alice.id}/blocking")
        assert answer.status_code == 409 and "У компании должен быть владелец" in answer.text
    await alice.post(f"/people/{cast.bob.id}/role", {"role": "owner"})
    assert (await alice.post(f"/people/{cast.alice.id}/blocking")).status_code == 303
    assert (await alice.get("/people")).headers["location"].startswith("/sign-in")


async def test_an_invitation_is_withdrawn_instead(alice: Browser) -> None:
    await alice.post("/people", {"name": "Яна Зимина", "email": "zimina@example.ru", "role": "buyer"})
    yana = await Person.get(email_key="zimina@example.ru")
    answer = await alice.post(f"/people/{yana.id}/blocking")
    assert answer.status_code == 409 and "отзовите приглашение" in answer.text
