"""Who is written to: the other side, and nobody who has left."""

from zoneinfo import ZoneInfo

from app import clock
from app.accounts.joining import Consent, ConsentKind
from app.accounts.models import Assignment, Person
from app.history.models import Email
from jobs.relay import Relay
from tests.events import commented, happened, order_placed, presentation_sent, status_changed
from tests.factories import Cast, make_comment, make_order, make_presentation, make_ticket


async def recipients(relay: Relay, template: str) -> set[str]:
    """The names before the @ of those who got a letter of a kind."""
    await relay.run()
    return {letter.recipient.partition("@")[0] for letter in await Email.filter(template=template)}


async def leave(person: Person) -> None:
    """Somebody left the company."""
    await Person.filter(id=person.id).update(blocked_at=clock.now())


async def test_a_presentation_goes_to_its_recipient(cast: Cast, relay: Relay) -> None:
    presentation = await make_presentation(company=cast.company, author=cast.maria, recipient=cast.vera)
    await presentation_sent(presentation, by=cast.maria)
    assert await recipients(relay, "presentation_sent") == {"vera"}


async def test_a_presentation_to_nobody_in_particular_goes_to_owners_and_buyers(cast: Cast, relay: Relay) -> None:
    presentation = await make_presentation(company=cast.company, author=cast.maria)
    await presentation_sent(presentation, by=cast.maria)
    assert await recipients(relay, "presentation_sent") == {"alice", "bob"}


async def test_a_presentation_to_somebody_who_left_goes_to_those_who_stayed(cast: Cast, relay: Relay) -> None:
    presentation = await make_presentation(company=cast.company, author=cast.maria, recipient=cast.alice)
    await leave(cast.alice)
    await presentation_sent(presentation, by=cast.maria)
    assert await recipients(relay, "presentation_sent") == {"bob"}


async def test_an_order_goes_to_the_manager_and_is_confirmed(cast: Cast, relay: Relay) -> None:
    order = await make_order(person=cast.bob, contact_email="site@example.com")
    await order_placed(order, by=cast.bob)
    assert await recipients(relay, "order_arrived") == {"maria"}
    assert await recipients(relay, "order_placed") == {"bob", "site"}


async def test_the_contact_is_not_told_twice(cast: Cast, relay: Relay) -> None:
    order = await make_order(person=cast.bob, contact_email="BOB@example.ru")
    await order_placed(order, by=cast.bob)
    assert await recipients(relay, "order_placed") == {"bob"}


async def test_an_order_of_a_company_without_a_manager_goes_to_all_managers(cast: Cast, relay: Relay) -> None:
    await order_placed(await make_order(person=cast.nina), by=cast.nina)
    assert await recipients(relay, "order_arrived") == {"maria", "oleg"}


async def test_a_manager_who_left_is_not_written_to(cast: Cast, relay: Relay) -> None:
    await leave(cast.maria)
    await order_placed(await make_order(person=cast.bob), by=cast.bob)
    assert await recipients(relay, "order_arrived") == {"oleg"}


async def test_the_status_is_told_to_who_ordered(cast: Cast, relay: Relay) -> None:
    order = await make_order(person=cast.bob, manager=cast.maria)
    await status_changed(order, by=cast.maria)
    await happened(
        "order.claimed",
        by=cast.maria,
        company=order.company_id,
        order=order.number,
        order_id=order.id,
        manager=cast.maria.name,
    )
    assert await recipients(relay, "order_status_changed") == {"bob"}
    assert await recipients(relay, "order_claimed") == {"bob"}


async def test_a_partners_comment_goes_to_the_orders_manager_first(cast: Cast, relay: Relay) -> None:
    order = await make_order(person=cast.alice, manager=cast.oleg)  # who stood in for Maria
    await commented(await make_comment(on=order, author=cast.bob), on=order, by=cast.bob)
    assert await recipients(relay, "comment_added") == {"oleg"}


async def test_a_partners_comment_on_an_unclaimed_order_goes_to_the_companys_manager(cast: Cast, relay: Relay) -> None:
    order = await make_order(person=cast.alice)
    await commented(await make_comment(on=order, author=cast.alice), on=order, by=cast.alice)
    assert await recipients(relay, "comment_added") == {"maria"}


async def test_a_comment_of_staff_goes_to_who_ordered(cast: Cast, relay: Relay) -> None:
    order = await make_order(person=cast.bob, manager=cast.maria)
    await commented(await make_comment(on=order, author=cast.anna), on=order, by=cast.anna)
    assert await recipients(relay, "comment_added") == {"bob"}


async def test_comments_on_a_presentation(cast: Cast, relay: Relay) -> None:
    presentation = await make_presentation(company=cast.company, author=cast.oleg)
    await commented(await make_comment(on=presentation, author=cast.bob), on=presentation, by=cast.bob)
    assert await recipients(relay, "comment_added") == {"maria"}
    await commented(await make_comment(on=presentation, author=cast.oleg), on=presentation, by=cast.oleg)
    assert await recipients(relay, "comment_added") == {"maria", "alice", "bob"}


async def test_without_a_manager_the_author_hears_of_comments_on_a_presentation(cast: Cast, relay: Relay) -> None:
    presentation = await make_presentation(company=cast.lone_company, author=cast.oleg)
    await commented(await make_comment(on=presentation, author=cast.nina), on=presentation, by=cast.nina)
    assert await recipients(relay, "comment_added") == {"oleg"}


async def test_an_extension_is_asked_of_the_partners_manager(cast: Cast, relay: Relay) -> None:
    presentation = await make_presentation(company=cast.company, author=cast.oleg)
    about = {"presentation": presentation.number, "version": 1, "title": "…"}

    async def asked() -> set[str]:
        await Email.all().delete()
        await happened("presentation.extension_asked", by=cast.alice, **about)
        return await recipients(relay, "presentation_extension_asked")

    assert await asked() == {"maria"}, "who has the partner now, not who made the offer"
    today = clock.today(ZoneInfo(cast.maria.timezone))
    await Person.filter(id=cast.maria.id).update(absent_from=today, absent_until=today, substitute_id=cast.anna.id)
    assert await asked() == {"maria", "anna"}
    await Assignment.filter(company_id=cast.company.id).delete()
    assert await asked() == {"oleg"}, "of a partner without a manager: who made the offer"
    await leave(cast.oleg)
    assert await asked() == {"maria"}


async def test_an_internal_note_reaches_nobody_by_mail(cast: Cast, relay: Relay) -> None:
    order = await make_order(person=cast.bob, manager=cast.maria)
    note = await make_comment(on=order, author=cast.maria, internal=True, text="Должник")
    await commented(note, on=order, by=cast.maria)
    await relay.run()
    assert await Email.all().count() == 0


async def test_a_ticket_of_nobody_goes_to_all_managers_and_its_answers_to_those_who_wrote(
    cast: Cast, relay: Relay
) -> None:
    lone, ours = await make_ticket(person=cast.nina), await make_ticket(person=cast.alice, manager=cast.oleg)
    for ticket, by in ((lone, cast.nina), (ours, cast.vera)):
        comment = await make_comment(on=ticket, author=by)
        await commented(comment, on=ticket, by=by)
    assert await recipients(relay, "comment_added") == {"maria", "oleg"}
    await Email.all().delete()
    await commented(await make_comment(on=ours, author=cast.oleg), on=ours, by=cast.oleg)
    assert await recipients(relay, "comment_added") == {"alice", "vera"}


async def test_who_closes_their_own_ticket_gets_no_letter(cast: Cast, relay: Relay) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    about = {"ticket": ticket.number, "ticket_id": ticket.id}
    await happened("ticket.closed", by=cast.bob, company=cast.company.id, **about)
    assert await recipients(relay, "ticket_closed") == set()


async def test_what_people_do_not_want_they_do_not_get(cast: Cast, relay: Relay) -> None:
    await Person.filter(id=cast.bob.id).update(wants_presentations=False, wants_comments=False, wants_statuses=False)
    presentation = await make_presentation(company=cast.company, author=cast.maria)
    await presentation_sent(presentation, by=cast.maria)
    await commented(await make_comment(on=presentation, author=cast.maria), on=presentation, by=cast.maria)
    order = await make_order(person=cast.bob, manager=cast.maria)
    await order_placed(order, by=cast.bob)
    await status_changed(order, by=cast.maria)
    await commented(await make_comment(on=order, author=cast.maria), on=order, by=cast.maria)
    assert await recipients(relay, "presentation_sent") == {"alice"}
    assert await recipients(relay, "comment_added") == {"alice"}
    assert await recipients(relay, "order_status_changed") == set()
    assert await recipients(relay, "order_placed") == {"bob"}, "the confirmation of an own order always comes"


async def test_a_contact_who_is_known_here_is_asked_too(cast: Cast, relay: Relay) -> None:
    await Person.filter(id=cast.vera.id).update(wants_statuses=False)
    for contact in ("VERA@example.ru", "site@example.com"):
        order = await make_order(person=cast.bob, manager=cast.maria, contact_email=contact)
        await status_changed(order, by=cast.maria)
    assert await recipients(relay, "order_status_changed") == {"bob", "site"}


async def test_promotion_goes_to_those_who_consented(cast: Cast, relay: Relay) -> None:
    given = {"kind": ConsentKind.PROMO, "version": "1", "given_at": clock.now()}
    await Consent.create(person=cast.bob, **given)
    await Consent.create(person=cast.alice, **given, withdrawn_at=clock.now())
    presentation = await make_presentation(company=cast.company, author=cast.maria, promo=True)
    await presentation_sent(presentation, by=cast.maria)
    assert await recipients(relay, "presentation_sent") == {"bob"}
    [letter] = await Email.all()
    assert "Больше не присылать таких писем" in letter.text and letter.unsubscribe in letter.html
