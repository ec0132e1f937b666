"""The demo holds together: what is written fits what the site would have written."""

from collections import Counter
from datetime import timedelta

import pytest
from stdnum.ru import inn

from app import clock
from app.accounts import passwords
from app.accounts.joining import Consent, ConsentKind
from app.accounts.models import Assignment, Company, Person, Role
from app.answer_templates.models import AnswerTemplate
from app.cart.models import CartLine
from app.catalogue.models import Brand, Discount, Product
from app.catalogue.prices import Source
from app.demo.load import NotEmpty, is_empty, load
from app.demo.logins import LOGINS, PASSWORD, are_here
from app.desk.partners.models import DiscountRequest, Note, RequestState
from app.history.kinds import FOR_STAFF
from app.history.models import Email, EmailState, Event, HistoryEntry
from app.money import discounted
from app.numbers import next_number
from app.orders.models import WAY, LineChange, Order, OrderLine, Status, StatusChange
from app.presentations.changes import changes
from app.presentations.checks import digest
from app.presentations.models import Approval, ChosenQuantity, ExtensionRequest, Line, Opening, Presentation, Version
from app.presentations.templates import PresentationTemplate
from app.promos.models import Promo, PromoCompany, PromoState
from app.settings import load_settings
from app.threads.models import Comment, Thread
from app.tickets.models import Ticket, TicketState
from tests.users import make_user

pytestmark = pytest.mark.usefixtures("demo")


async def test_goods():
    assert await Brand.all().count() >= 14
    assert await Product.all().count() >= 400
    assert await Product.exclude(discontinued_at=None).filter(replacement=None).count() >= 1
    for product in await Product.exclude(replacement=None).select_related("replacement"):
        assert product.discontinued_at and product.replacement.discontinued_at is None


async def test_companies():
    companies = await Company.all()
    assert len(companies) == 6 == len({company.inn for company in companies})
    assert all(inn.is_valid(company.inn) for company in companies)
    assert await Assignment.all().count() == 5
    assert await Person.filter(role=Role.MANAGER).count() == 3
    assert await Person.filter(role=Role.ADMINISTRATOR).count() == 1
    assert await Person.exclude(blocked_at=None).count() == 1
    assert await Discount.exclude(brand=None).count() > 10 and await Discount.exclude(category=None).count() > 3


async def test_logins():
    assert await are_here()
    people = {one.login: one for one in await Person.all().select_related("company")}
    roles = {one.login: people[one.login].role for one in LOGINS}
    assert list(roles.values()) == ["owner", "buyer", "owner", "owner", "manager", "manager", "administrator"]
    for one in LOGINS:
        assert people[one.login].name == one.name
        assert await passwords.matches(PASSWORD, people[one.login].password_hash)
    owner, colleague, stranger, lone = (people[one.login].company for one in LOGINS[:4])
    assert owner == colleague != stranger
    assert not await Assignment.filter(company=lone).exists()
    assert (await Assignment.get(company=owner).select_related("manager")).manager.login == LOGINS[4].login


async def test_presentations_are_of_many_lengths_and_in_every_state():
    today = clock.today(load_settings({}).timezone)
    lengths = Counter([line.version_id for line in await Line.all()])
    assert min(lengths.values()) == 5 and max(lengths.values()) == 60
    sent = await Version.exclude(sent_at=None)
    assert sum(version.valid_until < today for version in sent) > 3
    assert sum(version.valid_until >= today and version.replaced_at is None for version in sent) > 10
    replaced = [version for version in sent if version.replaced_at]
    assert len(replaced) == 2
    for version in replaced:
        following = await Version.get(presentation=version.presentation_id, number=2)
        assert following.sent_at == version.replaced_at
    assert await Version.filter(sent_at=None).count() == 3
    assert await Version.exclude(send_at=None).get(send_at__gt=clock.now() + timedelta(hours=20))
    assert await Presentation.filter(promo=True).count() == 6
    assert await ExtensionRequest.all().count() == 1


async def test_the_presentation_of_the_store():
    """№ 1184: the one that is shown on the pictures."""
    version = await Version.get(presentation__number=1184, number=2).prefetch_related("lines")
    assert version.title == "Видеонаблюдение и домофония для склада на Промышленной"
    lines = sorted(version.lines, key=lambda line: line.position)
    assert [(line.article, line.quantity) for line in lines[:3]] == [
        ("DS-2CD2043G2-I", 8),
        ("DS-2CD2143G2-IS", 6),
        ("DS-7616NI-Q2/16P", 1),
    ]
    assert [line.price for line in lines[:3]] == [1_169_220, 1_364_220, 3_439_200]
    before = await Line.filter(version__presentation__number=1184, version__number=1).order_by("position")
    assert [line.position for line, was in zip(lines, before, strict=True) if line.price < was.price] == [1, 2, 10]
    gone = await Product.get(article="SN-IPR56/14ZDR").select_related("replacement")
    assert gone.replacement.article == "SN-IPR80/14ZDR"
    cart = await CartLine.filter(presentation_line__version=version)
    assert sum(line.price * line.quantity for line in cart) == 24_274_680


async def test_a_presentation_was_revised_in_every_way():
    """№ 1160: what changed in its second version shows each kind of change."""
    version = await Version.get(presentation__number=1160, number=2).prefetch_related("presentation__company__people")
    owner = next(one for one in version.presentation.company.people if one.role is Role.OWNER)
    found = await changes(await make_user(owner), 1160, 2, load_settings({}))
    told = {name for line in found.lines for name in line.what}
    assert told == {"price", "discount", "quantity", "name", "vat_rate", "remark"}
    assert found.was.title != found.now.title and found.was.greeting != found.now.greeting
    assert found.was.valid_until < found.now.valid_until and found.total_was != found.total
    both = [line for line in found.lines if line.was and line.now]
    assert any(line.now.price < line.was.price for line in both)
    assert any(line.now.price > line.was.price for line in both)
    assert [line.was for line in found.lines].count(None) == 2 and [line.now for line in found.lines].count(None) == 1
    assert found.same > 40


async def test_prices_follow_from_retail_and_discount():
    for line in [*await Line.all(), *await OrderLine.all()]:
        assert line.price == discounted(line.retail, line.discount)
        assert line.price > 0 and line.vat_rate in (None, 0, 5, 7, 10, 20, 22)


async def test_quantities_can_be_ordered():
    for line in await Line.all():
        assert line.quantity >= line.minimum and line.quantity % line.pack == 0
    for chosen in await ChosenQuantity.all().select_related("line"):
        assert chosen.quantity % chosen.line.pack == 0 and chosen.quantity != chosen.line.quantity
    for line in [*await CartLine.all().select_related("product"), *await OrderLine.all().select_related("product")]:
        assert line.quantity >= line.product.minimum and line.quantity % line.product.pack == 0


async def test_orders_are_the_sum_of_their_lines_and_in_every_status():
    orders = await Order.all().prefetch_related("lines")
    assert [order.number for order in orders] == list(range(2050, 2076))
    assert {order.status for order in orders} == set(Status)
    assert {order.status for order in orders if order.company_id == 1} == set(Status)
    for order in orders:
        assert order.total == sum(line.price * line.quantity for line in order.lines) > 0
        assert order.retail_total == sum(line.retail * line.quantity for line in order.lines) >= order.total
        assert sorted(line.position for line in order.lines) == list(range(1, len(order.lines) + 1))
        assert order.placed_at < clock.now()
    assert sum(order.manager_id is None for order in orders) >= 3
    assert {line.price_source for order in orders for line in order.lines} >= {Source.PRESENTATION, Source.BRAND}


async def test_every_step_of_an_order_was_possible():
    for order in await Order.all().prefetch_related("changes"):
        changes = sorted(order.changes, key=lambda change: change.id)
        steps = [change.status for change in changes]
        assert steps == [*WAY[: len(steps)]] or steps == [Status.NEW, Status.IN_WORK, Status.INVOICED, Status.CANCELLED]
        assert steps[-1] is order.status
        assert [change.at for change in changes] == sorted(change.at for change in changes)
        assert changes[0].at == order.placed_at and changes[-1].at <= clock.now()
        assert (order.manager_id is not None) or order.status is Status.NEW
        assert changes[0].author_id == order.person_id
        assert all(change.author_id == order.manager_id for change in changes[1:])


async def test_talk_waits_for_either_side():
    threads = await Thread.exclude(awaits="").prefetch_related("entries")
    assert await Thread.filter(awaits="").count() == await Ticket.filter(state=TicketState.CLOSED).count() == 1
    assert Counter(thread.awaits for thread in threads).keys() == {"staff", "partner"}
    staff = {person.id for person in await Person.filter(company=None)}
    for thread in threads:
        comments = sorted(thread.entries, key=lambda comment: comment.number)
        assert thread.comments == len(comments) == comments[-1].number
        seen = [comment for comment in comments if not comment.internal]
        assert thread.awaits == ("partner" if seen[-1].author_id in staff else "staff")
        assert thread.last_at == seen[-1].at <= clock.now()
        assert [comment.at for comment in comments] == sorted(comment.at for comment in comments)
        assert all(comment.author_id in staff for comment in comments if comment.internal)
    assert await Comment.filter(internal=True).exists() and await Comment.exclude(line=None).exists()


async def test_a_line_was_changed_after_the_order_was_placed():
    change = await LineChange.get().select_related("order")
    line = await OrderLine.get(order=change.order, product=change.product_id)
    assert (line.quantity, line.price) == (change.quantity, change.price) != (change.was, change.price_was)
    told = (await Event.get(name="order.lines_changed")).data
    assert told["total_was"] < told["total"] == change.order.total
    placed = next(one for one in await Event.filter(name="order.placed") if one.data["order"] == told["order"])
    assert placed.data["total"] == told["total_was"]


async def test_no_page_of_the_staff_is_empty():
    assert await AnswerTemplate.filter(owner=None).exists() and await AnswerTemplate.exclude(owner=None).exists()
    assert await PresentationTemplate.filter(shared=True).exists()
    assert await Note.exists() and await DiscountRequest.filter(state=RequestState.WAITING).exists()
    assert {ticket.state for ticket in await Ticket.all()} == set(TicketState)
    assert await Ticket.filter(manager=None).exists()
    asked = await Approval.get(approved=None).select_related("author")
    lines = await Line.filter(version=asked.version_id)
    assert digest(lines) == asked.terms and all(line.discount > asked.author.discount_limit for line in lines)


async def test_promos_say_what_was_made_of_them():
    stopped = await Promo.exclude(stopped_at=None).get()
    assert await PromoCompany.filter(promo=stopped, state=PromoState.WAITING).count() == 2
    assert await Promo.exclude(finished_at=None).count() == 3
    made = await PromoCompany.filter(state=PromoState.MADE).select_related("promo", "presentation")
    assert len(made) == await Presentation.filter(promo=True).count()
    for one in made:
        assert one.presentation.company_id == one.company_id and one.presentation.author_id == one.promo.author_id
        sent = await Event.get(id=one.event_id)
        assert (sent.name, sent.data["promo"]) == ("presentation.sent", one.promo_id)
        agreed = await Consent.filter(person__company=one.company_id, kind=ConsentKind.PROMO).count()
        assert await Email.filter(event=one.event_id).count() == agreed


async def test_history_tells_each_event_once_and_in_order():
    entries, events = await HistoryEntry.all().order_by("id"), await Event.all().order_by("id")
    assert [entry.event_id for entry in entries] == [event.id for event in events] == [entry.id for entry in entries]
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert all(event.handled_at for event in events), "the worker has nothing to do"
    for entry, event in zip(entries, events, strict=True):
        assert (entry.action, entry.actor_id, entry.data, entry.ip) == (
            event.name,
            event.actor_id,
            event.data,
            event.ip,
        )
        hidden = event.name in FOR_STAFF or event.data.get("internal") or event.company_id is None
        assert entry.company_id == (None if hidden else event.company_id)
    assert {event.name for event in events} >= {
        "person.signed_in",
        "presentation.sent",
        "presentation.opened",
        "presentation.quantity_changed",
        "presentation.extension_asked",
        "cart.line_put",
        "order.placed",
        "order.claimed",
        "order.status_changed",
        "order.called",
        "comment.added",
    }


async def test_what_happened_is_what_the_events_say():
    events = Counter([event.name for event in await Event.all()])
    assert events["order.placed"] == await Order.all().count()
    assert events["comment.added"] + events["ticket.opened"] == await Comment.all().count()
    assert events["cart.line_put"] == await CartLine.all().count()
    assert events["presentation.sent"] == await Version.exclude(sent_at=None).count()
    assert events["presentation.opened"] == await Opening.all().count()
    steps = await StatusChange.exclude(status=Status.NEW).count()
    assert events["order.status_changed"] + events["order.claimed"] == steps


async def test_letters_were_sent_but_two():
    states = Counter([letter.state for letter in await Email.all()])
    assert states.pop(EmailState.SENT) > 150
    assert states == {EmailState.FAILED: 1, EmailState.DEFERRED: 1}
    late = await Email.get(state=EmailState.DEFERRED)
    assert late.next_at > clock.now() + timedelta(hours=5), "nothing leaves while somebody looks around"
    for letter in await Email.all().select_related("person"):
        assert letter.subject.startswith("Спектр-СБ - ") and letter.recipient == letter.person.email


async def test_unread_presentations_wait_for_the_owner():
    owner = await Person.get(login=LOGINS[0].login)
    versions = Version.filter(presentation__company=owner.company_id, replaced_at=None).exclude(sent_at=None)
    opened = {one.version_id for one in await Opening.filter(person=owner)}
    unread = [version for version in await versions if version.id not in opened]
    assert 2 <= len(unread) < await versions.count()


async def test_numbers_go_on():
    assert (await next_number("presentation"), await next_number("order")) == (1194, 2076)
    assert await next_number("ticket") == 158


async def test_ids_go_on():
    company = await Company.create(name="ООО «Седьмая»")
    await Person.create(
        name="Седьмой Человек", role=Role.OWNER, company=company, login="7", login_key="7", email="7", email_key="7"
    )
    brand = await Brand.create(name="Седьмой", slug="seventh")
    assert (company.id, brand.id) == (7, 21)


async def test_it_is_not_loaded_over_anything():
    before = await Order.all().count()
    assert not await is_empty()
    with pytest.raises(NotEmpty):
        await load()
    assert await Order.all().count() == before
