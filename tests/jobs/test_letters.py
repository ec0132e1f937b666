"""What letters say: subjects, links, languages, threads."""

from datetime import UTC, date, datetime

import pytest

from app.accounts.models import Person
from app.history.models import Email
from app.presentations.models import Line, Version
from app.threads.models import Comment
from jobs.letters import one_line
from jobs.relay import Relay
from tests.events import commented, happened, order_placed, presentation_sent, status_changed
from tests.factories import Cast, make_brand, make_comment, make_order, make_presentation, make_product, make_ticket

PLACED = datetime(2011, 10, 12, 7, 59, tzinfo=UTC)  # 13:59 in Yekaterinburg then, 11:59 in Moscow


async def letter_to(person: Person) -> Email:
    """The only letter to a person."""
    return await Email.get(recipient=person.email)


async def test_the_subject_has_the_site_the_number_and_the_date_in_the_readers_zone(cast: Cast, relay: Relay) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, placed_at=PLACED)
    comment = await make_comment(on=order, author=cast.maria)
    await commented(comment, on=order, by=cast.maria)
    await order_placed(order, by=cast.alice)
    await relay.run()
    about = f"Спектр-СБ - заказ № {order.number} от 12.10.11 13:59"
    partner = await Email.filter(recipient=cast.alice.email).order_by("id")
    assert [letter.subject for letter in partner] == [f"{about} - добавление комментария", f"{about} - новый заказ"]
    assert (
        await letter_to(cast.maria)
    ).subject == f"Спектр-СБ - заказ № {order.number} от 12.10.11 11:59 - новый заказ"


@pytest.mark.parametrize(
    ("status", "words"),
    [("paid", "оплачен"), ("picking", "собирается"), ("cancelled", "отменён"), ("invoiced", "счёт выставлен")],
)
async def test_a_change_of_status_is_named_in_the_subject(cast: Cast, relay: Relay, status: str, words: str) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, placed_at=PLACED)
    await status_changed(order, by=cast.maria, status=status)
    await relay.run()
    subject = (await letter_to(cast.alice)).subject
    assert subject == f"Спектр-СБ - заказ № {order.number} от 12.10.11 13:59 - изменение статуса: {words}"


async def test_a_letter_is_written_in_its_readers_language(cast: Cast, relay: Relay) -> None:
    await Person.filter(id=cast.alice.id).update(language="en", timezone="Europe/London")
    order = await make_order(person=cast.alice, manager=cast.maria, placed_at=PLACED)
    await order_placed(order, by=cast.alice)
    await relay.run()
    english, russian = await letter_to(cast.alice), await letter_to(cast.maria)
    assert english.subject == f"Спектр-СБ - order No. {order.number} of 12.10.11 08:59 - new order"
    assert '<html lang="en">' in english.html and "Total of the order" in english.text
    assert '<html lang="ru">' in russian.html and "Итого по заказу" in russian.text


async def test_a_presentation_shows_three_lines_the_total_and_the_saving(cast: Cast, relay: Relay) -> None:
    products = [await make_product(article=f"DS-{n}", retail=1_000_00) for n in range(5)]
    presentation = await make_presentation(company=cast.company, author=cast.maria, products=products)
    await presentation_sent(presentation, by=cast.maria)
    await relay.run()
    letter = await letter_to(cast.alice)
    assert letter.subject == f"Спектр-СБ - презентация № {presentation.number} - Видеонаблюдение для склада"
    for body in (letter.text, letter.html):
        assert all(article in body for article in ("DS-0", "DS-1", "DS-2"))
        assert "DS-3" not in body
        assert "Первые три из 5 позиций" in body
        assert "8\u00a0000,00\u00a0₽" in body  # 5 × 2 × 800
        assert "ваша выгода 2\u00a0000,00\u00a0₽" in body
        assert f"http://kabinet.test/presentations/{presentation.number}" in body
    assert letter.html.count("http://kabinet.test") == 1  # one clear link


async def test_the_letter_of_a_replaced_version_tells_of_that_version(cast: Cast, relay: Relay) -> None:
    presentation = await make_presentation(company=cast.company, author=cast.maria)
    first = await Version.get(presentation_id=presentation.id)
    second = await Version.create(
        presentation=presentation,
        number=2,
        author=cast.maria,
        title="Новая цена",
        valid_until=date(2030, 1, 1),
        sent_at=first.sent_at,
    )
    product = await make_product(article="NEW-1")
    line = await Line.get(version_id=first.id)
    await Line.create(
        version=second,
        position=1,
        product=product,
        **{name: getattr(line, name) for name in ("name", "brand", "unit", "retail", "price", "quantity")},
        article="NEW-1",
    )
    await presentation_sent(presentation, by=cast.maria, version=2)
    await relay.run()
    letter = await letter_to(cast.alice)
    assert letter.subject.endswith("Новая цена")
    assert "NEW-1" in letter.text and line.article not in letter.text


async def test_a_comment_letter_shows_the_comment_and_leads_to_it(cast: Cast, relay: Relay) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    text = "Когда <отгрузите>?\nОчень ждём " + "и ждём " * 60
    comment = await make_comment(on=order, author=cast.alice, text=text)
    await commented(comment, on=order, by=cast.alice)
    await relay.run()
    letter = await letter_to(cast.maria)
    link = f"http://kabinet.test/orders/{order.number}/comments/{comment.number}"
    assert text.strip() in letter.text and link in letter.text
    assert "Когда &lt;отгрузите&gt;?<br>Очень ждём" in letter.html and f'href="{link}"' in letter.html
    assert letter.html.count("http://kabinet.test") == 1


async def test_a_note_on_a_line_names_the_line(cast: Cast, relay: Relay) -> None:
    presentation = await make_presentation(company=cast.company, author=cast.maria)
    line = await Line.get(version__presentation_id=presentation.id)
    comment = await make_comment(on=presentation, author=cast.alice, text="Есть на складе?", line=line)
    await commented(comment, on=presentation, by=cast.alice, position=1)
    await relay.run()
    letter = await letter_to(cast.maria)
    assert letter.subject == f"Спектр-СБ - презентация № {presentation.number} - заметка к позиции 1"
    assert line.article in letter.text and "Есть на складе?" in letter.text


async def test_claim_call_and_extension(cast: Cast, relay: Relay) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, placed_at=PLACED)
    presentation = await make_presentation(company=cast.company, author=cast.maria)
    about = {"order": order.number, "order_id": order.id}
    await happened("order.claimed", by=cast.maria, company=cast.company.id, **about, manager=cast.maria.name)
    await happened("order.called", by=cast.maria, company=cast.company.id, **about)
    asked = {"presentation": presentation.number, "version": 1, "title": "Видеонаблюдение для склада"}
    await happened("presentation.extension_asked", by=cast.bob, **asked)
    await relay.run()
    claimed, asked_for = await letter_to(cast.alice), await letter_to(cast.maria)
    assert claimed.subject.endswith("от 12.10.11 13:59 - взят в работу")
    assert "Мария Орлова" in claimed.text and "+7\u00a0495\u00a0000-12-34" in claimed.text
    assert asked_for.subject == f"Спектр-СБ - презентация № {presentation.number} - просьба о продлении"
    assert "ООО «Монтаж-Сервис» просит продлить" in asked_for.text


async def test_the_manager_has_the_contact_at_hand(cast: Cast, relay: Relay) -> None:
    order = await make_order(
        person=cast.nina, contact_name="Прораб Иван", contact_phone="+73420001122", comment="Звонить <после> 10"
    )
    await order_placed(order, by=cast.nina)
    await relay.run()
    letter = await letter_to(cast.oleg)
    assert 'href="tel:+73420001122"' in letter.html and "Прораб Иван" in letter.text
    assert "Звонить &lt;после&gt; 10" in letter.html and "Звонить <после> 10" in letter.text
    assert "нет менеджера" in letter.text


async def test_letters_about_one_thing_stand_in_one_talk(cast: Cast, relay: Relay) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    other = await make_order(person=cast.alice, manager=cast.maria)
    presentation = await make_presentation(company=cast.company, author=cast.maria, recipient=cast.alice)
    await order_placed(order, by=cast.alice)
    await status_changed(order, by=cast.maria)
    await order_placed(other, by=cast.alice)
    await presentation_sent(presentation, by=cast.maria)
    await relay.run()
    letters = await Email.all()
    talks = {(letter.in_reply_to, letter.references) for letter in letters}
    of_order = f"<order.{order.number}@kabinet.test>"
    assert len(talks) == 3 and (of_order, of_order) in talks
    assert len([letter for letter in letters if letter.in_reply_to == of_order]) == 3
    assert len({letter.message_id for letter in letters}) == len(letters)
    assert all(letter.message_id.endswith("@kabinet.test>") for letter in letters)


@pytest.mark.parametrize(
    "title", ["Камеры\r\nBcc: everybody@example.com", "Камеры\nX: 1", "Камеры\u2028X: 1", "Камеры\x0bX\x00: 1"]
)
async def test_no_line_break_gets_into_a_header(cast: Cast, relay: Relay, title: str) -> None:
    presentation = await make_presentation(company=cast.company, author=cast.maria, title=title.replace("\x00", ""))
    await presentation_sent(presentation, by=cast.maria)
    await relay.run()
    subject = (await letter_to(cast.alice)).subject
    assert subject.isprintable() and subject.startswith(f"Спектр-СБ - презентация № {presentation.number} - Камеры ")


def test_one_line() -> None:
    assert one_line("  заказ №\u00a065\r\n\t- оплачен\n") == "заказ № 65 - оплачен"
    assert len(one_line("я" * 500)) == 400


async def test_what_people_typed_is_escaped(cast: Cast, relay: Relay) -> None:
    brand = await make_brand(name="<b>ACME</b>")
    product = await make_product(name="<img src=x>", brand=brand)
    presentation = await make_presentation(
        company=cast.company, author=cast.maria, products=[product], title="<script>", greeting="<i>Добрый\nдень</i>"
    )
    await presentation_sent(presentation, by=cast.maria)
    await relay.run()
    html = (await letter_to(cast.alice)).html
    assert not any(tag in html for tag in ("<img", "<script", "<i>", "<b>ACME"))
    assert "&lt;i&gt;Добрый<br>день&lt;/i&gt;" in html


async def test_a_ticket_begins_a_talk_of_letters(cast: Cast, relay: Relay) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria, text="Где <акты>?", created_at=PLACED)
    about = {"ticket": ticket.number, "ticket_id": ticket.id}
    first = await Comment.get(thread__ticket_id=ticket.id)
    await happened("ticket.opened", by=cast.alice, **about, topic="question", on="ticket", comment_id=first.id, files=2)
    answer = await make_comment(on=ticket, author=cast.maria, text="Отправили почтой")
    await commented(answer, on=ticket, by=cast.maria)
    await happened("ticket.closed", by=cast.maria, company=cast.company.id, **about)
    await relay.run()
    [to_staff] = await Email.filter(recipient=cast.maria.email)
    answered, closed = await Email.filter(recipient=cast.alice.email).order_by("id")
    named = f"Спектр-СБ - тикет № {ticket.number} от 12.10.11"
    assert to_staff.subject == f"{named} 11:59 - новый тикет"
    assert (answered.subject, closed.subject) == (f"{named} 13:59 - ответ", f"{named} 13:59 - тикет закрыт")
    assert f"http://kabinet.test/tickets/{ticket.number}/comments/1" in to_staff.text
    assert "Где &lt;акты&gt;?" in to_staff.html and "Приложены 2 файла" in to_staff.text
    assert (
        f"http://kabinet.test/tickets/{ticket.number}/comments/2" in answered.text
        and "Прайс на декабрь" in answered.html
    )
    assert {letter.in_reply_to for letter in (to_staff, answered, closed)} == {f"<ticket.{ticket.number}@kabinet.test>"}
