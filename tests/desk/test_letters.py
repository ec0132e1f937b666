"""GET /desk/letters: what mail servers refused for good in the last 30 days."""

import re
from datetime import timedelta

from app import clock
from app.accounts.joining import Invitation
from app.accounts.models import Person
from app.history.models import Email
from tests.desk.test_desk import counts, make_letter
from tests.events import order_placed
from tests.factories import Cast, make_order
from tests.site import Browser


async def test_whose(maria: Browser, oleg: Browser, cast: Cast) -> None:
    for person in (cast.alice, cast.nina, cast.charlie):
        await make_letter(person)

    page = (await maria.get("/desk/letters")).text

    assert cast.alice.email in page and cast.nina.email in page and "550 no such mailbox" in page
    assert cast.charlie.email not in page
    assert cast.charlie.email in (await oleg.get("/desk/letters")).text


async def test_to_the_contact_of_an_order(maria: Browser, oleg: Browser, anna: Browser, cast: Cast) -> None:
    """An address typed at the checkout belongs to nobody here: the letter is an affair of the company that ordered."""
    hers = await make_order(person=cast.bob, contact_email="ofice@example.ru")
    nobodys = await make_order(person=cast.nina, contact_email="nnina@example.ru")
    for order in (hers, nobodys):
        event = await order_placed(order, by=await Person.get(id=order.person_id))
        letter = await make_letter(cast.bob)
        await Email.filter(id=letter.id).update(person_id=None, recipient=order.contact_email, event_id=event.id)

    marias, olegs = (await maria.get("/desk/letters")).text, (await oleg.get("/desk/letters")).text

    assert "mailto:ofice@example.ru" in marias and f'href="/orders/{hers.number}"' in marias
    assert f"Контакт, {cast.company.name}" in re.sub(r"<[^>]+>", "", marias) and "mailto:nnina@example.ru" in marias
    assert "ofice@example.ru" not in olegs and "nnina@example.ru" in olegs
    assert "ofice@example.ru" in (await anna.get("/desk/letters")).text
    assert counts((await maria.get("/desk")).text)[5] == 2 and counts((await oleg.get("/desk")).text)[5] == 1


async def test_a_substitute_sees_those_of_the_absent(oleg: Browser, cast: Cast) -> None:
    await make_letter(cast.alice)
    today = clock.distributor_today()
    away = {"absent_from": today - timedelta(days=1), "absent_until": today + timedelta(days=2)}
    await Person.filter(id=cast.maria.id).update(**away, substitute_id=cast.oleg.id)
    assert cast.alice.email in (await oleg.get("/desk/letters")).text
    assert counts((await oleg.get("/desk")).text)[5] == 1


async def test_another_invitation_takes_the_place_of_one_that_bounced(maria: Browser, cast: Cast) -> None:
    newcomer = {"company": str(cast.company.id), "name": "Нора Ладова", "email": "ladova@example.ru", "role": "buyer"}
    await maria.post("/desk/partners/invitations", newcomer)
    first = await Invitation.get()
    letter = await make_letter(await Person.get(id=first.person_id))
    await Email.filter(id=letter.id).update(template="invitation", event_id=first.event_id)
    assert "mailto:ladova@example.ru" in (await maria.get("/desk/letters")).text

    assert (await maria.post(f"/desk/partners/invitations/{first.id}/resending")).status_code == 303

    assert "ladova@example.ru" not in (await maria.get("/desk/letters")).text
    second = await Invitation.get(withdrawn_at=None)
    await Email.filter(id=letter.id).update(event_id=second.event_id)  # and this one bounced as well
    assert "mailto:ladova@example.ru" in (await maria.get("/desk/letters")).text
    await Invitation.filter(id=second.id).update(accepted_at=clock.now())
    assert "ladova@example.ru" not in (await maria.get("/desk/letters")).text


async def test_a_mended_address_settles_what_went_to_the_former_one(maria: Browser, cast: Cast) -> None:
    letter = await make_letter(cast.alice)
    await Person.filter(id=cast.alice.id).update(email="ALICE@example.ru")
    assert letter.recipient in (await maria.get("/desk/letters")).text
    await Person.filter(id=cast.alice.id).update(email="sokolova@example.ru")
    assert letter.recipient not in (await maria.get("/desk/letters")).text
    await Email.filter(id=letter.id).update(template="email_change")  # the link that confirms another address
    assert letter.recipient in (await maria.get("/desk/letters")).text


async def test_pages(maria: Browser, cast: Cast) -> None:
    for _ in range(32):
        await make_letter(cast.alice)
    first = (await maria.get("/desk/letters")).text
    older = first.split('class="pages"')[1].split('href="')[1].split('"')[0]
    assert first.count("mailto:") == 30 and (await maria.get(older)).text.count("mailto:") == 2


async def test_partners_may_not_look(alice: Browser) -> None:
    assert (await alice.get("/desk/letters")).status_code == 403
