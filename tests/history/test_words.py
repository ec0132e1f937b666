"""What the history calls each action, in Russian, with its things and where they lead."""

from typing import Any

import pytest

from app.history.words import WORDS, words

ORDER = {"order": 65, "order_id": 7}
OFFER = {"presentation": 1184, "version": 1}
INVITED = {"person": "Яна Дорошенко", "person_id": 9, "invitation_id": 3}
SAID = {"thread_id": 1, "comment_id": 9, "comment": 4, "internal": False, "excerpt": "…"}
CAMERA = {"article": "DS-2CD2043G2-I", "unit": "шт"}
ASKED = {"registration": 3, "name": "Иван Лесной", "title": "ООО «Ельник»"}
ASKED_THINGS = [("Иван Лесной", ""), ("ООО «Ельник»", "")]
TICKET, TICKET_LINK = {"ticket": 157, "ticket_id": 9}, ("Тикет № 157", "/tickets/157")
TEMPLATE, TEMPLATE_LINK = {"template": 3, "name": "Склад"}, ("Склад", "/order-templates/3")
ORDER_LINK, OFFER_LINK = ("Заказ № 65", "/orders/65"), ("Презентация № 1184", "/presentations/1184")
DRAFT_LINK = ("Презентация № 1184", "/desk/presentations/1184")

EXPECTED: list[tuple[str, dict[str, Any], str, list[tuple[str, str]]]] = [
    ("person.signed_in", {}, "Вход", []),
    ("person.signed_out", {}, "Выход", []),
    ("person.sign_in_failed", {}, "Неудачный вход", []),
    (
        "person.invited",
        {**INVITED, "role": "buyer"},
        "Приглашение",
        [("Яна Дорошенко", ""), ("закупщик", "")],
    ),
    (
        "person.invited_again",
        {**INVITED, "role": "viewer"},
        "Приглашение отправлено ещё раз",
        [("Яна Дорошенко", ""), ("наблюдатель", "")],
    ),
    ("person.invitation_withdrawn", INVITED, "Приглашение отозвано", [("Яна Дорошенко", "")]),
    ("person.came_in", INVITED, "Приглашение принято", [("Яна Дорошенко", "")]),
    (
        "person.role_changed",
        {**INVITED, "was": "owner", "role": "buyer"},
        "Роль изменена",
        [("Яна Дорошенко", ""), ("владелец → закупщик", "")],
    ),
    ("person.blocked", INVITED, "Доступ закрыт", [("Яна Дорошенко", "")]),
    ("person.unblocked", INVITED, "Доступ открыт снова", [("Яна Дорошенко", "")]),
    ("person.password_changed", {"person": "Алиса Соколова"}, "Пароль изменён", [("Алиса Соколова", "")]),
    ("person.password_forgotten", {"link_id": 7}, "Запрошена ссылка для нового пароля", []),
    ("registration.asked", {**ASKED, "link_id": 7}, "Заявка на регистрацию", ASKED_THINGS),
    ("registration.confirmed", ASKED, "Компания зарегистрирована", ASKED_THINGS),
    ("registration.put_forward", ASKED, "Сотрудник просит доступ", [("Иван Лесной", "/people")]),
    (
        "registration.accepted",
        {**ASKED, "person_id": 5, "role": "buyer"},
        "Сотруднику дан доступ",
        [("Иван Лесной", "/people"), ("закупщик", "")],
    ),
    ("registration.declined", ASKED, "Сотруднику отказано в доступе", [("Иван Лесной", "")]),
    (
        "person.changed",
        {"fields": ["name", "timezone"]},
        "Изменены личные данные",
        [("Имя", ""), ("Часовой пояс", "")],
    ),
    ("person.login_changed", {"was": "alice", "login": "alisa"}, "Логин изменён", [("alice → alisa", "")]),
    (
        "person.email_change_asked",
        {"was": "alice@example.ru", "email": "a@example.com"},
        "Запрошена смена адреса почты",
        [("alice@example.ru → a@example.com", "")],
    ),
    (
        "person.email_link_made",
        {"link_id": 1, "email": "a@example.com"},
        "Ссылка для подтверждения адреса",
        [("a@example.com", "")],
    ),
    (
        "person.email_changed",
        {"was": "alice@example.ru", "email": "a@example.com"},
        "Адрес почты изменён",
        [("alice@example.ru → a@example.com", "")],
    ),
    (
        "person.preferences_changed",
        {"on": ["promo"], "off": ["comments"]},
        "Изменён выбор писем",
        [("Рекламные письма: да", ""), ("Комментарии и ответы: нет", "")],
    ),
    (
        "person.session_ended",
        {"device": "Firefox, Windows"},
        "Завершён сеанс на устройстве",
        [("Firefox, Windows", "")],
    ),
    ("person.sessions_ended", {"count": 3}, "Завершены сеансы на других устройствах", [("3 устройства", "")]),
    (
        "company.changed",
        {
            "changes": [
                {"field": "kpp", "was": "", "now": "667001001"},
                {"field": "city", "was": "Пермь", "now": "Тверь"},
            ]
        },
        "Изменены данные компании",
        [("КПП: — → 667001001", ""), ("Город: Пермь → Тверь", "")],
    ),
    (
        "presentation.sent",
        {**OFFER, "title": "Склад", "version_id": 3, "lines": 14, "total": 33_153_980},
        "Отправлена презентация",
        [OFFER_LINK, ("Склад", ""), ("14 позиций, 331 539,80 ₽", "")],
    ),
    (
        "presentation.sent",
        {**OFFER, "version": 2, "title": "Склад", "version_id": 3, "lines": 1, "total": 100},
        "Отправлена презентация, версия 2",
        [OFFER_LINK, ("Склад", ""), ("1 позиция, 1,00 ₽", ""), ("вместо версии 1", "")],
    ),
    ("presentation.opened", OFFER, "Презентация открыта", [OFFER_LINK]),
    (
        "presentation.quantity_changed",
        {"presentation": 1184, "line_id": 31, **CAMERA, "was": 8, "quantity": 10},
        "Изменено количество",
        [("DS-2CD2043G2-I: 8 → 10 шт", ""), ("Презентация № 1184", "/presentations/1184#line-31")],
    ),
    (
        "presentation.approval_asked",
        {**OFFER, "title": "Склад", "word": "Объект", "articles": ["ML-16HR"]},
        "Запрошено разрешение на скидки",
        [DRAFT_LINK, ("Склад", ""), ("ML-16HR", ""), ("Объект", "")],
    ),
    (
        "presentation.approved",
        {**OFFER, "title": "Склад", "word": ""},
        "Скидки сверх лимита разрешены",
        [DRAFT_LINK, ("Склад", "")],
    ),
    (
        "presentation.declined",
        {**OFFER, "title": "Склад", "word": "Много"},
        "В скидках сверх лимита отказано",
        [DRAFT_LINK, ("Склад", ""), ("Много", "")],
    ),
    (
        "presentation_template.saved",
        {"name": "Склад", "lines": 2, "shared": True},
        "Сохранён шаблон презентаций",
        [("Склад", ""), ("2 позиции", ""), ("доступен всем менеджерам", "")],
    ),
    (
        "presentation_template.changed",
        {"name": "Двор", "was": "Склад", "shared": False, "was_shared": True},
        "Изменён шаблон презентаций",
        [("Склад → Двор", ""), ("доступен только автору", "")],
    ),
    ("presentation_template.deleted", {"name": "Склад"}, "Удалён шаблон презентаций", [("Склад", "")]),
    ("presentation.extension_asked", {**OFFER, "title": "Склад"}, "Запрошено продление", [OFFER_LINK, ("Склад", "")]),
    (
        "cart.line_put",
        {**CAMERA, "name": "IP-камера", "quantity": 6, "presentation": 1184},
        "Товар положен в корзину",
        [("DS-2CD2043G2-I, 6 шт", ""), OFFER_LINK],
    ),
    (
        "cart.line_put",
        {**CAMERA, "name": "IP-камера", "quantity": 6},
        "Товар положен в корзину",
        [("DS-2CD2043G2-I, 6 шт", "")],
    ),
    (
        "cart.line_changed",
        {**CAMERA, "was": 6, "quantity": 8},
        "Изменено количество в корзине",
        [("DS-2CD2043G2-I: 6 → 8 шт", "")],
    ),
    ("cart.line_removed", {"article": "EWP3"}, "Товар убран из корзины", [("EWP3", "")]),
    (
        "cart.filled",
        {"presentation": 1184, "lines": 3},
        "Презентация положена в корзину",
        [OFFER_LINK, ("3 позиции", "")],
    ),
    (
        "cart.price_accepted",
        {"article": "EWP3", "was": 100_00, "price": 123_456},
        "Принята новая цена",
        [("EWP3: 100,00 ₽ → 1 234,56 ₽", "")],
    ),
    (
        "cart.repeated",
        {"orders": [65, 66], "lines": 3, "mode": "merge"},
        "Заказ повторён: добавлено в корзину",
        [ORDER_LINK, ("Заказ № 66", "/orders/66"), ("3 позиции", "")],
    ),
    (
        "cart.repeated",
        {"template": 3, "name": "Склад", "lines": 5, "mode": "replace"},
        "Заказ повторён: корзина заменена",
        [TEMPLATE_LINK, ("5 позиций", "")],
    ),
    ("order_template.saved", {**TEMPLATE, "lines": 2}, "Шаблон заказа сохранён", [TEMPLATE_LINK, ("2 позиции", "")]),
    (
        "order_template.renamed",
        {**TEMPLATE, "was": "Сарай"},
        "Шаблон заказа переименован",
        [("Сарай", ""), TEMPLATE_LINK],
    ),
    ("order_template.changed", {**TEMPLATE, "lines": 1}, "Шаблон заказа изменён", [TEMPLATE_LINK, ("1 позиция", "")]),
    ("order_template.deleted", {"name": "Склад"}, "Шаблон заказа удалён", [("Склад", "")]),
    (
        "order.placed",
        {**ORDER, "lines": 5, "total": 22_449_180},
        "Заказ оформлен",
        [ORDER_LINK, ("5 позиций, 224 491,80 ₽", "")],
    ),
    (
        "order.claimed",
        {**ORDER, "manager": "Мария Орлова"},
        "Заказ взят в работу",
        [ORDER_LINK, ("Мария Орлова", "")],
    ),
    ("order.status_changed", {**ORDER, "status": "picking", "was": "paid"}, "Статус: собирается", [ORDER_LINK]),
    ("order.called", ORDER, "Звонок партнёру", [ORDER_LINK]),
    (
        "ticket.opened",
        {**TICKET, "topic": "document", "subject": "Акты", "on": "ticket", **SAID, "comment": 1, "files": 2},
        "Открыт тикет",
        [TICKET_LINK, ("Документы", ""), ("2 файла", "")],
    ),
    ("ticket.taken", {**TICKET, "manager": "Мария Орлова"}, "Тикет взят в работу", [TICKET_LINK, ("Мария Орлова", "")]),
    ("ticket.closed", TICKET, "Тикет закрыт", [TICKET_LINK]),
    ("ticket.reopened", TICKET, "Тикет открыт снова", [TICKET_LINK]),
    (
        "comment.added",
        {"on": "ticket", **TICKET, **SAID, "files": 1},
        "Сообщение в тикете",
        [("Тикет № 157", "/tickets/157#comment-4"), ("комментарий 4", ""), ("1 файл", "")],
    ),
    (
        "comment.added",
        {"on": "order", **ORDER, **SAID},
        "Комментарий к заказу",
        [("Заказ № 65", "/orders/65#comment-4"), ("комментарий 4", "")],
    ),
    (
        "comment.added",
        {"on": "presentation", "presentation": 1184, **SAID},
        "Комментарий к презентации",
        [("Презентация № 1184", "/presentations/1184#comment-4"), ("комментарий 4", "")],
    ),
    (
        "comment.added",
        {"on": "presentation", "presentation": 1184, "position": 14, **SAID},
        "Заметка к позиции",
        [("Презентация № 1184", "/presentations/1184#comment-4"), ("позиция 14, комментарий 4", "")],
    ),
    (
        "comment.added",
        {"on": "order", **ORDER, **SAID, "internal": True},
        "Внутренняя заметка",
        [("Заказ № 65", "/orders/65#comment-4"), ("комментарий 4", "")],
    ),
]


@pytest.mark.parametrize(("action", "data", "called", "things"), EXPECTED)
def test_words(action: str, data: dict[str, Any], called: str, things: list[tuple[str, str]]) -> None:
    found = words(action, data)
    assert found.action == called
    assert [(thing.text.replace("\u00a0", " "), thing.path) for thing in found.things] == things


def test_every_action_is_tried() -> None:
    assert {action for action, *_ in EXPECTED} == set(WORDS)
