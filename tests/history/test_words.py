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
GOOD = {"good": 5, "article": "МК-1", "name": "Муфта"}
GOOD_LINK = ("МК-1, Муфта", "/administration/products/5")
IMPORT = {"run": 4, "supplier": "Маяк-Снаб", "file": "прайс.xlsx"}
IMPORT_LINK = ("Маяк-Снаб, прайс.xlsx", "/administration/imports/4")
BRAND, BRAND_LINK = {"good_brand": 2, "name": "Маяк"}, ("Маяк", "/administration/brands/2")
STORE, STORE_LINK = {"warehouse": 4, "name": "Тверь"}, ("Тверь", "/administration/warehouses/4")
MERGED = {"gone": {"id": 9, "name": "Мяк", "slug": "myak"}, "products": [12, 20], "asked": 0, "children": []}
CATEGORY, CATEGORY_LINK = {"good_category": 3, "name": "Муфты"}, ("Муфты", "/administration/categories/3")
ORDER_LINK, OFFER_LINK = ("Заказ № 65", "/orders/65"), ("Презентация № 1184", "/presentations/1184")
DRAFT_LINK = ("Презентация № 1184", "/desk/presentations/1184")

PASSING = {**ORDER, "handover_id": 3, "was": "Мария Орлова", "manager": "Олег Синицын"}
PASSING_THING = ("Мария Орлова → Олег Синицын", "")

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
    ("cart.list_put", {"lines": 4}, "Список положен в корзину", [("4 позиции", "")]),
    ("price_list.asked", {"price_list": 3, "format": "yml"}, "Запрошен прайс-лист", [("YML", "/price-lists")]),
    (
        "price_list_token.created",
        {"token": 3, "name": "Витрина"},
        "Создан адрес прайс-листа",
        [("Витрина", "/price-lists")],
    ),
    ("price_list_token.revoked", {"token": 3, "name": "Витрина"}, "Отозван адрес прайс-листа", [("Витрина", "")]),
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
        "Скидки сверх предела разрешены",
        [DRAFT_LINK, ("Склад", "")],
    ),
    (
        "presentation.declined",
        {**OFFER, "title": "Склад", "word": "Много"},
        "В скидках сверх предела отказано",
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
    (
        "presentation.extension_settled",
        {**OFFER, "title": "Склад"},
        "Просьба продлить разобрана",
        [OFFER_LINK, ("Склад", "")],
    ),
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
        "own_code.kept",
        {"codes": [["К-17", "DS-1", ""], ["К-18", "DS-2", "DS-3"]], "count": 3},
        "Сохранены свои коды товаров",
        [("К-17 = DS-1", ""), ("К-18 = DS-2 (DS-3)", ""), ("Всего 3 кода", "")],
    ),
    (
        "own_code.removed",
        {"code": "К-17", "good": 7, "article": "DS-1"},
        "Убран свой код товара",
        [("К-17 = DS-1", "")],
    ),
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
    (
        "order.merged",
        {**ORDER, "other": 66, "lines": 2, "total_was": 100, "total": 300},
        "Заказы объединены",
        [ORDER_LINK, ("Заказ № 66", "/orders/66"), ("2 позиции", ""), ("1,00 ₽ → 3,00 ₽", "")],
    ),
    (
        "order.merged_into",
        {**ORDER, "into": 66, "was": "new"},
        "Заказ закрыт: объединён",
        [ORDER_LINK, ("Заказ № 66", "/orders/66"), ("был: новый", "")],
    ),
    (
        "order.lines_changed",
        {
            **ORDER,
            "changes": [
                {"article": "DS-1", "unit": "шт", "was": 2, "quantity": 3, "price_was": 1000, "price": 900},
                {"article": "DS-2", "unit": "шт", "was": 2, "quantity": None, "price_was": 1000, "price": None},
                {"article": "DS-3", "unit": "шт", "was": 2, "quantity": 2, "price_was": 1000, "price": 900},
            ],
            **{"reason": "Попросили", "total_was": 6000, "total": 4500},
        },
        "Заказ изменён",
        [
            ORDER_LINK,
            ("DS-1: 2 шт → 3 шт, 10,00 ₽ → 9,00 ₽", ""),
            ("DS-2: 2 шт → —", ""),
            ("DS-3: 10,00 ₽ → 9,00 ₽", ""),
            ("60,00 ₽ → 45,00 ₽", ""),
            ("Попросили", ""),
        ],
    ),
    (
        "order.step_undone",
        {**ORDER, "was": "invoiced", "status": "in_work"},
        "Шаг отменён",
        [ORDER_LINK, ("счёт выставлен → в работе", "")],
    ),
    (
        "order.released",
        {**ORDER, "was": "Мария Орлова"},
        "Заказ возвращён в очередь",
        [ORDER_LINK, ("был: Мария Орлова", "")],
    ),
    ("order.handover_offered", PASSING, "Заказ предложен коллеге", [ORDER_LINK, PASSING_THING]),
    ("order.handover_asked", PASSING, "Коллега просит передать заказ", [ORDER_LINK, PASSING_THING]),
    ("order.handover_declined", PASSING, "Передача отклонена", [ORDER_LINK, PASSING_THING]),
    ("order.handover_withdrawn", PASSING, "Передача отозвана", [ORDER_LINK, PASSING_THING]),
    ("order.handed_over", PASSING, "Заказ передан", [ORDER_LINK, PASSING_THING]),
    ("order.called", ORDER, "Звонок партнёру", [ORDER_LINK]),
    (
        "ticket.opened",
        {**TICKET, "topic": "document", "subject": "Акты", "on": "ticket", **SAID, "comment": 1, "files": 2},
        "Открыт тикет",
        [TICKET_LINK, ("Документы", ""), ("2 файла", "")],
    ),
    ("ticket.taken", {**TICKET, "manager": "Мария Орлова"}, "Тикет взят в работу", [TICKET_LINK, ("Мария Орлова", "")]),
    (
        "ticket.assigned",
        {**TICKET, "manager": "Олег Синицын", "was": "Мария Орлова", "word": "Это по твоей части"},
        "Тикет передан коллеге",
        [TICKET_LINK, ("Олег Синицын", ""), ("от: Мария Орлова", ""), ("Это по твоей части", "")],
    ),
    ("ticket.closed", TICKET, "Тикет закрыт", [TICKET_LINK]),
    (
        "answer_template.made",
        {"name": "Прайс", "text": "Прайс в письме"},
        "Создан шаблон ответа",
        [("Прайс", ""), ("Прайс в письме", "")],
    ),
    (
        "answer_template.changed",
        {"name": "Прайс", "was_name": "Прайс", "text": "Прайс в письме", "was": "Прайс скоро"},
        "Изменён шаблон ответа",
        [("Прайс", ""), ("Прайс скоро", ""), ("→ Прайс в письме", "")],
    ),
    (
        "answer_template.deleted",
        {"name": "Прайс", "was": "Прайс в письме"},
        "Удалён шаблон ответа",
        [("Прайс", ""), ("Прайс в письме", "")],
    ),
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
    (
        "comment.settled",
        {"on": "order", **ORDER, "comment": 4},
        "Ответ не нужен",
        [("Заказ № 65", "/orders/65#comment-4"), ("комментарий 4", "")],
    ),
    (
        "comment.settled",
        {"on": "presentation", "presentation": 1184, "comment": 4},
        "Ответ не нужен",
        [("Презентация № 1184", "/presentations/1184#comment-4"), ("комментарий 4", "")],
    ),
    ("person.sign_in_throttled", {}, "Слишком много попыток входа", []),
    (
        "person.signed_out_by_staff",
        {"person": "Яна Дорошенко"},
        "Сеансы завершил администратор",
        [("Яна Дорошенко", "")],
    ),
    (
        "company.handed_over",
        {"partner": True, "was": "Мария Орлова", "manager": "Олег Синицын", "orders": [65], "tickets": [157]},
        "Сменился менеджер",
        [("Мария Орлова → Олег Синицын", ""), ORDER_LINK, TICKET_LINK],
    ),
    (
        "staff.changed",
        {
            "person": "Мария Орлова",
            "changes": [
                {"field": "discount_limit", "was": None, "now": 2500},
                {"field": "role", "was": "manager", "now": "administrator"},
                {"field": "about", "was": "", "now": "СКУД"},
            ],
        },
        "Изменены данные сотрудника",
        [
            ("Мария Орлова", ""),
            ("Предел скидки: нет → 25 %", ""),
            ("Роль: менеджер → администратор", ""),
            ("Специализация: — → СКУД", ""),
        ],
    ),
    (
        "staff.absence_set",
        {
            "person": "Мария Орлова",
            "was": {},
            "now": {"from": "2025-12-01", "until": "2025-12-05", "substitute": "Олег Синицын"},
        },
        "Отсутствие",
        [("Мария Орлова", ""), ("работает → 1 декабря 2025 – 5 декабря 2025, Олег Синицын", "")],
    ),
    (
        "staff.blocked",
        {"person": "Мария Орлова", "partners": 1, "orders": 2, "tickets": 0, "to": ""},
        "Сотруднику закрыт доступ",
        [("Мария Орлова", ""), ("1 партнёр, 2 заказа, 0 тикетов → ни за кем не закреплено", "")],
    ),
    ("staff.unblocked", {"person": "Мария Орлова"}, "Сотруднику снова открыт доступ", [("Мария Орлова", "")]),
    (
        "letter.retried",
        {"letter": 9, "subject": "Заказ № 65", "recipient": "lost@example.ru", "error": "550", "was": "failed"},
        "Письмо отправлено ещё раз",
        [("Заказ № 65", "/administration/letters/9"), ("lost@example.ru", "")],
    ),
    (
        "letter.settled",
        {"letter": 9, "subject": "Заказ № 65", "recipient": "lost@example.ru"},
        "Недоставленное письмо разобрано",
        [("Заказ № 65", ""), ("lost@example.ru", "")],
    ),
    ("letter.all_retried", {"count": 3}, "Все недоставленные письма отправлены ещё раз", [("3 письма", "")]),
    (
        "event.run_again",
        {"event": 9, "event_name": "order.placed", "error": "…"},
        "Событие выполнено ещё раз",
        [("order.placed, № 9", "")],
    ),
    ("event.all_run_again", {"count": 5}, "Все сбойные события выполнены ещё раз", [("5 событий", "")]),
    (
        "setting.changed",
        {
            "changes": [
                {"field": "site_name", "was": "Спектр-СБ", "now": "Спектр"},
                {"field": "holidays", "was": [], "now": ["2025-01-01"]},
                {"field": "second_factor_required", "was": False, "now": True},
            ]
        },
        "Изменены настройки",
        [
            ("Название компании: Спектр-СБ → Спектр", ""),
            ("Праздники: — → 1 января 2025", ""),
            ("Второй фактор обязателен для всех сотрудников: нет → да", ""),
        ],
    ),
    (
        "vat_rate.added",
        {"vat": "standard", "since": "2025-01-01", "rate": 24, "was": 22},
        "Добавлена ставка НДС",
        [("Основная ставка: 22 % → 24 %", ""), ("1 января 2025", "")],
    ),
    (
        "vat_rate.deleted",
        {"vat": "standard", "since": "2025-01-01", "rate": 24},
        "Удалена ставка НДС",
        [("Основная ставка: 24 %", ""), ("1 января 2025", "")],
    ),
    (
        "product.created",
        {**GOOD, "brand": "Маяк", "retail": 12_350},
        "Новый товар",
        [GOOD_LINK, ("Маяк", ""), ("123,50 ₽", "")],
    ),
    (
        "product.changed",
        {
            **GOOD,
            "changes": [
                {"field": "retail", "was": 100, "now": 12_350},
                {"field": "vat", "was": "standard", "now": "none"},
                {"field": "description", "was": "", "now": "Новая"},
            ],
        },
        "Товар изменён",
        [
            GOOD_LINK,
            ("Розничная цена: 1,00 ₽ → 123,50 ₽", ""),
            ("НДС: Основная ставка → Без НДС", ""),
            ("Описание: — → Новая", ""),
        ],
    ),
    ("import.begun", IMPORT, "Загружен прайс-лист", [IMPORT_LINK]),
    ("import.stopped", IMPORT, "Импорт остановлен", [IMPORT_LINK]),
    (
        "import.applied",
        {**IMPORT, "new": 2, "dearer": 0, "cheaper": 1, "changed": 0, "gone": 0, "since": ""},
        "Импорт применён",
        [IMPORT_LINK, ("Новые товары: 2", ""), ("Подешевели: 1", "")],
    ),
    (
        "import.undone",
        {**IMPORT, "products": 3, "made": 2},
        "Импорт отменён",
        [IMPORT_LINK, ("3 изменения", ""), ("Убрано новых товаров: 2", "")],
    ),
    ("product.discontinued", {**GOOD, "was": None, "replacement": None}, "Товар снят с продажи", [GOOD_LINK]),
    (
        "product.discontinued",
        {**GOOD, "was": "МК-2", "replacement": "МК-3"},
        "Товар снят с продажи",
        [GOOD_LINK, ("замена: МК-2 → МК-3", "")],
    ),
    ("product.restored", GOOD, "Товар снова в продаже", [GOOD_LINK]),
    ("product.picture_set", {**GOOD, "replaced": False}, "Картинка товара", [GOOD_LINK, ("первая картинка", "")]),
    (
        "product.pictures_added",
        {**GOOD, "was": 1, "now": 3},
        "Добавлены картинки товара",
        [GOOD_LINK, ("Картинок: 1 → 3", "")],
    ),
    (
        "product.picture_moved",
        {**GOOD, "was": 3, "now": 1},
        "Изменён порядок картинок товара",
        [GOOD_LINK, ("Место: 3 → 1", "")],
    ),
    ("product.picture_removed", GOOD, "Картинка товара убрана", [GOOD_LINK]),
    (
        "product.picture_removed",
        {**GOOD, "was": 3, "now": 2},
        "Картинка товара убрана",
        [GOOD_LINK, ("Картинок: 3 → 2", "")],
    ),
    (
        "product.document_added",
        {**GOOD, "title": "Паспорт"},
        "Документ товара добавлен",
        [GOOD_LINK, ("Паспорт", "")],
    ),
    (
        "product.document_removed",
        {**GOOD, "title": "Паспорт"},
        "Документ товара убран",
        [GOOD_LINK, ("Паспорт", "")],
    ),
    (
        "product.analogue_added",
        {**GOOD, "other": 7, "analogue": "МК-2"},
        "Аналог товара добавлен",
        [GOOD_LINK, ("МК-2", "/administration/products/7")],
    ),
    (
        "product.analogue_removed",
        {**GOOD, "other": 7, "analogue": "МК-2"},
        "Аналог товара убран",
        [GOOD_LINK, ("МК-2", "/administration/products/7")],
    ),
    (
        "product.stock_set",
        {**GOOD, "changes": [{"field": "Тверь", "was": None, "now": 4}, {"field": "Омск", "was": 3, "now": 0}]},
        "Остаток товара",
        [GOOD_LINK, ("Тверь: — → 4", ""), ("Омск: 3 → 0", "")],
    ),
    ("warehouse.created", STORE, "Новый склад", [STORE_LINK]),
    (
        "warehouse.changed",
        {**STORE, "changes": [{"field": "hidden", "was": False, "now": True}]},
        "Склад изменён",
        [STORE_LINK, ("Скрыть: нет → да", "")],
    ),
    ("brand.created", BRAND, "Новый бренд", [BRAND_LINK]),
    (
        "brand.changed",
        {**BRAND, "changes": [{"field": "hidden", "was": False, "now": True}]},
        "Бренд изменён",
        [BRAND_LINK, ("Скрыть: нет → да", "")],
    ),
    ("brand.deleted", BRAND, "Бренд удалён", [("Маяк", "")]),
    ("brand.logo_set", BRAND, "Логотип бренда", [BRAND_LINK]),
    ("brand.logo_removed", BRAND, "Логотип бренда убран", [BRAND_LINK]),
    ("category.created", CATEGORY, "Новая категория", [CATEGORY_LINK]),
    (
        "category.changed",
        {**CATEGORY, "changes": [{"field": "parent_id", "was": None, "now": "Кабель"}]},
        "Категория изменена",
        [CATEGORY_LINK, ("Входит в: — → Кабель", "")],
    ),
    ("category.deleted", CATEGORY, "Категория удалена", [("Муфты", "")]),
    (
        "brand.merged",
        {**BRAND, **MERGED, "discounts": 0, "dropped": 0, "smaller": []},
        "Бренд объединён с другим",
        [("Мяк → Маяк", ""), BRAND_LINK, ("Товаров: 12 → 20", "")],
    ),
    (
        "category.merged",
        {
            **{**CATEGORY, **MERGED, "children": ["Кольца"], "discounts": 3, "dropped": 1},
            "smaller": [{"company": "ООО «Причал»", "was": 500, "now": 1250}],
        },
        "Категория объединена с другой",
        [
            *(("Мяк → Муфты", ""), CATEGORY_LINK, ("Товаров: 12 → 20", ""), ("Перешли категории: Кольца", "")),
            *(("Перешло скидок партнёров: 3", ""), ("Убрано меньших скидок: 1", "")),
            ("ООО «Причал»: 5 % → 12,5 %", ""),
        ],
    ),
    ("company.taken", {"manager": "Мария Орлова", "manager_id": 3}, "У партнёра есть менеджер", [("Мария Орлова", "")]),
    (
        "company.transferred",
        {"was": "Мария Орлова", "manager": "Олег Синицын", "word": "Теперь ваш город ведёт Олег"},
        "Партнёра ведёт другой менеджер",
        [("Мария Орлова → Олег Синицын", ""), ("Теперь ваш город ведёт Олег", "")],
    ),
    ("company.noted", {"text": "Платят по пятницам"}, "Заметка для сотрудников", [("Платят по пятницам", "")]),
    ("company.blocked", {"reason": "Договор расторгнут"}, "Доступ компании закрыт", [("Договор расторгнут", "")]),
    ("company.unblocked", {"reason": "Договор расторгнут"}, "Доступ компании снова открыт", []),
    (
        "discount.set",
        {
            "was": {"name": "", "percent": 1500, "since": None, "until": None},
            "now": {"name": "REXANT", "percent": 2250, "since": "2026-12-01", "until": "2026-12-31"},
        },
        "Скидка",
        [("REXANT", ""), ("15 % → 22,5 % 01.12.2026 – 31.12.2026", "")],
    ),
    (
        "discount.removed",
        {"was": {"name": "REXANT", "percent": 2250, "since": "2026-12-01", "until": "2026-12-31"}},
        "Скидка убрана",
        [("REXANT", ""), ("22,5 % 01.12.2026 – 31.12.2026", "")],
    ),
    (
        "discount.asked",
        {"now": {"name": "", "percent": 1500, "since": None, "until": None}, "request": 4},
        "Запрошена скидка сверх предела",
        [("на всё остальное", ""), ("15 %", "")],
    ),
    (
        "discount.approved",
        {
            "now": {"name": "REXANT", "percent": 2250, "since": "2026-12-01", "until": "2026-12-31"},
            "request": 4,
            "word": "",
        },
        "Скидка сверх предела согласована",
        [("REXANT", ""), ("22,5 % 01.12.2026 – 31.12.2026", "")],
    ),
    (
        "discount.declined",
        {
            "now": {"name": "REXANT", "percent": 2250, "since": "2026-12-01", "until": "2026-12-31"},
            "request": 4,
            "word": "Не в этом году",
        },
        "Скидка сверх предела отклонена",
        [("REXANT", ""), ("22,5 % 01.12.2026 – 31.12.2026", ""), ("Не в этом году", "")],
    ),
    (
        "acting.begun",
        {"person": "Алиса Соколова", "person_id": 5},
        "Начаты действия за партнёра",
        [("Алиса Соколова", "")],
    ),
    (
        "acting.ended",
        {"person": "Алиса Соколова", "person_id": 5},
        "Действия за партнёра закончены",
        [("Алиса Соколова", "")],
    ),
    ("person.second_factor_turned_on", {"person": "Мария Орлова"}, "Второй фактор включён", [("Мария Орлова", "")]),
    ("person.second_factor_turned_off", {"person": "Мария Орлова"}, "Второй фактор отключён", [("Мария Орлова", "")]),
    (
        "person.second_factor_reset",
        {"person": "Мария Орлова", "person_id": 3},
        "Второй фактор сброшен",
        [("Мария Орлова", "")],
    ),
    (
        "person.recovery_codes_renewed",
        {"person": "Мария Орлова"},
        "Созданы новые запасные коды",
        [("Мария Орлова", "")],
    ),
    (
        "person.recovery_code_used",
        {"person": "Мария Орлова", "left": 9},
        "Использован запасной код",
        [("Мария Орлова", ""), ("Осталось 9 запасных кодов", "")],
    ),
    ("person.unsubscribed", {"how": "page"}, "Отказ от рекламных писем", [("по ссылке из письма", "")]),
    (
        "presentation.scheduled",
        {"presentation": 1184, "title": "Камеры для ангара", "at": "2026-12-01T06:30:00+00:00"},
        "Назначено время отправки",
        [("Презентация № 1184", "/desk/presentations/1184"), ("Камеры для ангара", ""), ("01.12.2026 06:30 UTC", "")],
    ),
    (
        "presentation.recalled",
        {"presentation": 1184, "title": "Камеры для ангара"},
        "Отправка отменена",
        [("Презентация № 1184", "/desk/presentations/1184"), ("Камеры для ангара", "")],
    ),
    (
        "presentation.draft_discarded",
        {
            "presentation": 1184,
            "version": 1,
            "title": "Камеры для ангара",
            "lines": 2,
            "total": 100,
            "was": "Мария Орлова",
        },
        "Черновик удалён",
        [
            ("Презентация № 1184", ""),
            ("Камеры для ангара", ""),
            ("2 позиции, 1,00 ₽", ""),
            ("Мария Орлова", ""),
        ],
    ),
    (
        "presentation.draft_claimed",
        {
            "presentation": 1184,
            "version": 2,
            "title": "Камеры для ангара",
            "was": "Мария Орлова",
            "author": "Олег Синицын",
        },
        "Черновик взят себе",
        [
            ("Презентация № 1184", "/desk/presentations/1184"),
            ("Камеры для ангара", ""),
            ("Мария Орлова → Олег Синицын", ""),
        ],
    ),
    (
        "presentation.sending_failed",
        {"presentation": 1184, "title": "Камеры для ангара", "reason": "Снято с продажи: DS-7"},
        "Презентация не отправлена в срок",
        [("Презентация № 1184", "/desk/presentations/1184"), ("Камеры для ангара", ""), ("Снято с продажи: DS-7", "")],
    ),
    (
        "presentation.withdrawn",
        {"presentation": 1184, "title": "Камеры для ангара", "version": 1, "reason": "Ошибка в цене"},
        "Презентация отозвана",
        [("Презентация № 1184", "/presentations/1184"), ("Камеры для ангара", ""), ("Ошибка в цене", "")],
    ),
    (
        "presentation.reminded",
        {"presentation": 1184, "title": "Камеры для ангара"},
        "Напоминание о презентации",
        [("Презентация № 1184", "/presentations/1184"), ("Камеры для ангара", "")],
    ),
    (
        "presentation.reminder_chosen",
        {"presentation": 1184, "title": "Камеры для ангара", "was": None, "days": 3},
        "Выбрано напоминание перед окончанием",
        [("Презентация № 1184", "/presentations/1184"), ("— → 3", "")],
    ),
    (
        "promo.sent",
        {"promo": 7, "title": "Неделя кабеля", "companies": 120},
        "Промо отправлено",
        [("Неделя кабеля", "/desk/promos/7"), ("120 компаний", "")],
    ),
    (
        "promo.stopped",
        {"promo": 7, "title": "Неделя кабеля", "companies": 120},
        "Промо остановлено",
        [("Неделя кабеля", "/desk/promos/7"), ("120 компаний", "")],
    ),
    (
        "promo.resumed",
        {"promo": 7, "title": "Неделя кабеля", "companies": 120},
        "Промо продолжено",
        [("Неделя кабеля", "/desk/promos/7"), ("120 компаний", "")],
    ),
    (
        "promo.finished",
        {"promo": 7, "title": "Неделя кабеля", "companies": 120},
        "Промо разослано",
        [("Неделя кабеля", "/desk/promos/7"), ("120 компаний", "")],
    ),
    (
        "price_type.created",
        {"price_type": 3, "name": "Дилер 1"},
        "Новый тип цен",
        [("Дилер 1", "/administration/price-types/3")],
    ),
    (
        "price_type.changed",
        {
            "price_type": 3,
            "name": "Дилер 1",
            "changes": [
                {"field": "name", "was": "Дилер", "now": "Дилер 1"},
                {"field": "currency", "was": "RUB", "now": "USD"},
                {"field": "hidden", "was": False, "now": True},
            ],
        },
        "Тип цен изменён",
        [
            ("Дилер 1", "/administration/price-types/3"),
            ("Название: Дилер → Дилер 1", ""),
            ("Валюта: ₽ → у.е.", ""),
            ("Скрыть: нет → да", ""),
        ],
    ),
    (
        "price.set",
        {
            "good": 12,
            "article": "ST-PS103",
            "name": "Блок питания",
            "price_type": 3,
            "type": "Дилер 1",
            "since": "2026-12-01",
            "amount": 4250,
            "currency": "USD",
            "was": {"amount": 350000, "currency": "RUB"},
        },
        "Цена товара",
        [
            ("ST-PS103, Блок питания", "/administration/products/12/prices"),
            ("Дилер 1, с 1 декабря: 3 500,00 ₽ → 42,50 у.е.", ""),
        ],
    ),
    (
        "price.set",
        {
            "good": 12,
            "article": "ST-PS103",
            "name": "Блок питания",
            "price_type": 3,
            "type": "Дилер 1",
            "since": "2026-12-01",
            "amount": 0,
            "currency": "USD",
            "was": {"amount": 4250, "currency": "USD"},
        },
        "Цена товара",
        [
            ("ST-PS103, Блок питания", "/administration/products/12/prices"),
            ("Дилер 1, с 1 декабря: 42,50 у.е. → —", ""),
        ],
    ),
    (
        "price.removed",
        {
            "good": 12,
            "article": "ST-PS103",
            "name": "Блок питания",
            "price_type": 3,
            "type": "Дилер 1",
            "since": "2026-12-01",
            "amount": 4250,
            "currency": "USD",
        },
        "Будущая цена отменена",
        [("ST-PS103, Блок питания", "/administration/products/12/prices"), ("Дилер 1, с 1 декабря: 42,50 у.е.", "")],
    ),
    ("company.price_type_set", {"was": None, "now": "Дилер 1"}, "Тип цен партнёра", [("Розница → Дилер 1", "")]),
    ("company.price_type_set", {"was": "Дилер 1", "now": None}, "Тип цен партнёра", [("Дилер 1 → Розница", "")]),
    (
        "currency_rate.taken",
        {"currency": "USD", "day": "2026-11-28", "value": 785000, "percent": 200, "rate": 800700, "was": 790000},
        "Курс банка",
        [("с 28 ноября", "/administration/rates"), ("79,0000 → 80,0700 ₽ (78,5000 + 2 %)", "")],
    ),
    (
        "currency_rate.held",
        {"currency": "USD", "day": "2026-11-28", "value": 985000, "percent": 0, "rate": 985000, "was": 790000},
        "Курс банка изменился слишком резко",
        [("с 28 ноября", "/administration/rates"), ("79,0000 → 98,5000 ₽", "")],
    ),
    (
        "currency_rate.set",
        {"currency": "USD", "day": "2026-11-28", "value": 785000, "percent": 0, "rate": 785000, "was": None},
        "Курс задан вручную",
        [("с 28 ноября", "/administration/rates"), ("78,5000 ₽", "")],
    ),
    (
        "currency_rate.agreed",
        {"currency": "USD", "day": "2026-11-28", "value": 985000, "percent": 0, "rate": 985000, "was": 790000},
        "Резкое изменение курса подтверждено",
        [("с 28 ноября", "/administration/rates"), ("79,0000 → 98,5000 ₽", "")],
    ),
    (
        "currency_rate.refused",
        {"currency": "USD", "day": "2026-11-28", "value": 985000, "percent": 0, "rate": 985000, "was": 790000},
        "Резкое изменение курса отклонено",
        [("с 28 ноября", "/administration/rates"), ("79,0000 → 98,5000 ₽", "")],
    ),
    (
        "currency_rate.failed",
        {"failure": "away"},
        "Не удалось прочитать курс банка",
        [("Банк не отвечает", "/administration/rates")],
    ),
    (
        "currency_rate.missed",
        {"failure": "away", "days": 2, "rate": 790000},
        "Курс банка давно не удаётся прочитать",
        [("Банк не отвечает", "/administration/rates"), ("2 дня", "")],
    ),
    (
        "currency_rate.terms_changed",
        {
            "changes": [
                {"field": "percent", "was": 100, "now": 200},
                {"field": "address", "was": "", "now": "https://bank.example/daily.xml"},
            ]
        },
        "Изменены настройки курса",
        [("Надбавка к курсу: 1 % → 2 %", ""), ("— → https://bank.example/daily.xml", "")],
    ),
    (
        "exchange.connection_created",
        {"connection": 2, "name": "1С: Склад", "login": "sklad"},
        "Новое подключение 1С",
        [("1С: Склад", "/administration/exchange/connections/2")],
    ),
    (
        "exchange.connection_changed",
        {
            "connection": 2,
            "name": "1С: Склад",
            "changes": [
                {"field": "encoding", "was": "utf-8", "now": "windows-1251"},
                {"field": "active", "was": True, "now": False},
                {"field": "orders_since", "was": "2026-11-01", "now": "2026-12-01"},
            ],
        },
        "Подключение 1С изменено",
        [
            ("1С: Склад", "/administration/exchange/connections/2"),
            ("Кодировка заказов: UTF-8 без метки BOM → windows-1251, обычная", ""),
            ("Работает: да → нет", ""),
            ("Заказы, оформленные с: 1 ноября → 1 декабря", ""),
        ],
    ),
    (
        "exchange.password_renewed",
        {"connection": 2, "name": "1С: Склад"},
        "Новый пароль подключения 1С",
        [("1С: Склад", "/administration/exchange/connections/2")],
    ),
    (
        "exchange.price_types_set",
        {"connection": 2, "name": "1С: Склад", "changes": [{"field": "Оптовая", "was": "", "now": "Дилер 1"}]},
        "Типы цен из 1С",
        [("1С: Склад", "/administration/exchange/connections/2"), ("Оптовая: — → Дилер 1", "")],
    ),
    (
        "exchange.statuses_set",
        {
            "connection": 2,
            "name": "1С: Склад",
            "changes": [
                {"field": "К отгрузке", "was": "picking", "now": "shipped"},
                {"field": "Особый", "was": "", "now": "ignore"},
            ],
        },
        "Статусы заказов в 1С",
        [
            ("1С: Склад", "/administration/exchange/connections/2"),
            ("К отгрузке: Собирается → Отгружен", ""),
            ("Особый: — → не менять заказ", ""),
        ],
    ),
    (
        "exchange.sign_in_failed",
        {"connection": 2, "name": "1С: Склад", "login": "sklad"},
        "1С не впущена: неверный логин или пароль",
        [("1С: Склад", "/administration/exchange/connections/2")],
    ),
    ("exchange.sign_in_failed", {"login": "admin"}, "1С не впущена: неверный логин или пароль", [("admin", "")]),
    (
        "exchange.finished",
        {
            "exchange": 7,
            "connection": "1С: Склад",
            "counts": {"added": 3, "changed": 20, "prices": 40, "hidden": 2},
            "orders_sent": 2,
            "failed": 1,
        },
        "Обмен с 1С",
        [
            ("1С: Склад", "/administration/exchange/7"),
            ("3 товара добавлено, 20 товаров изменено, цены изменены у 40 товаров", ""),
            ("снято с продажи: 2", ""),
            ("2 заказа передано", ""),
            ("не прочитано файлов: 1", ""),
        ],
    ),
    (
        "exchange.finished",
        {"exchange": 7, "connection": "1С: Склад", "counts": {}, "orders_sent": 1, "failed": 0},
        "Обмен с 1С",
        [("1С: Склад", "/administration/exchange/7"), ("1 заказ передан", "")],
    ),
    (
        "exchange.held",
        {"exchange": 7, "connection": "1С: Склад", "hiding": 300, "on_sale": 1000},
        "Обмен с 1С задержан",
        [("1С: Склад", "/administration/exchange/7"), ("300 товаров из 1000", "")],
    ),
    (
        "exchange.agreed",
        {"exchange": 7, "connection": "1С: Склад"},
        "Скрытие товаров по обмену с 1С разрешено",
        [("1С: Склад", "/administration/exchange/7")],
    ),
    (
        "exchange.refused",
        {"exchange": 7, "connection": "1С: Склад"},
        "Скрытие товаров по обмену с 1С отклонено",
        [("1С: Склад", "/administration/exchange/7")],
    ),
    (
        "order.papers_set",
        {"order": 65, "order_id": 7, "payment": "1204", "paid_on": "2026-11-28", "shipment": "77", "shipped_on": ""},
        "Оплата и отгрузка",
        [("Заказ № 65", "/orders/65"), ("оплата № 1204, 28 ноября", ""), ("отгрузка № 77", "")],
    ),
]


@pytest.mark.parametrize(("action", "data", "called", "things"), EXPECTED)
def test_words(action: str, data: dict[str, Any], called: str, things: list[tuple[str, str]]) -> None:
    found = words(action, data)
    assert found.action == called
    assert [(thing.text.replace("\u00a0", " "), thing.path) for thing in found.things] == things


def test_every_action_is_tried() -> None:
    assert {action for action, *_ in EXPECTED} == set(WORDS)
