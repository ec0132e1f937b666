"""The words of the demo: what presentations are about, and what people say to each other."""

from dataclasses import dataclass

DRAFT, STORE, REVISED = 1190, 1184, 1160
SCHEDULED, ASKING, STOPPED = 1191, 1192, 1193


@dataclass(frozen=True, slots=True)
class Theme:
    """What a presentation is about: the slugs of its categories, or of them one brand's goods only.

    `{name}` in the greeting is the reader's.
    """

    title: str
    categories: tuple[str, ...]
    greeting: str = "{name}, добрый день! Подобрали по вашему запросу, цены с учётом вашей скидки."
    brand: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A presentation that the demo tells of: its company by place, how many lines, the hour it was sent at, and for
    how many days from today it is valid (a negative number has expired).
    """

    company: int
    theme: Theme
    lines: int
    clock: str
    valid: int
    opened: bool = True
    extension: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A presentation that is not sent; `discount` in basis points instead of the partner's own, 0: theirs."""

    company: int
    theme: Theme
    lines: int
    discount: int = 0


@dataclass(frozen=True, slots=True)
class StoreLine:
    """A line of the store's presentation: its discount in basis points now, and what it was in version 1."""

    article: str
    quantity: int
    discount: int
    was: int


@dataclass(frozen=True, slots=True)
class Promo:
    """One offer to several companies, each under its own number and at its own discount."""

    numbers: tuple[int, ...]
    theme: Theme
    articles: tuple[str, ...]


STORE_THEME = Theme(
    "Видеонаблюдение и домофония для склада на Промышленной",
    (),
    "{name}, собрала по вашему списку. Регистратор взяла с запасом по PoE: восемь уличных и шесть купольных камер "
    "займут 14 портов из 16. Кабель и разъёмы посчитала на 500 м, проверьте, пожалуйста, длину трасс.",
)
STORE_LINES = (
    StoreLine("DS-2CD2043G2-I", 8, 2200, was=1800),
    StoreLine("DS-2CD2143G2-IS", 6, 2200, was=1800),
    StoreLine("DS-7616NI-Q2/16P", 1, 2000, was=2000),
    StoreLine("SN-IPR56/14ZDR", 4, 1800, was=1800),
    StoreLine("01-0043", 610, 2000, was=2000),
    StoreLine("05-1021", 200, 2000, was=2000),
    StoreLine("CDV-704MA", 2, 1800, was=1800),
    StoreLine("ML-16HR", 2, 1500, was=1500),
    StoreLine("DP-2S", 12, 1800, was=1800),
    StoreLine("SKAT-1200И7", 4, 2500, was=2000),
    StoreLine("ВЭРС-ПК 4П", 1, 1500, was=1500),
    StoreLine("ECB-12L", 1, 1000, was=1000),
    StoreLine("EWP3", 6, 1200, was=1200),
    StoreLine("ББП-12/1", 4, 2500, was=2500),
)
DRAFT_THEME = Theme(
    "Офис на Малышева: контроль доступа",
    ("readers", "locks"),
    "{name}, подобрала на пять дверей. Уточните, пожалуйста, размеры двух стеклянных.",
)
DRAFTS = {  # by number: the company by its place, what it is about, how many lines, and a discount that all get
    DRAFT: Draft(0, DRAFT_THEME, 9),
    SCHEDULED: Draft(
        3, Theme("Склад на Кольцевой: охрана и оповещение", ("control-panels", "detectors", "sounders")), 10
    ),
    ASKING: Draft(1, Theme("Логистический центр: 60 камер", ("ip-cameras", "recorders"), brand="HIKVISION"), 7, 2600),
}
STOPPED_THEME = Theme(
    "Кабель и разъёмы: осенний остаток",
    ("cable", "connectors"),
    "Добрый день! До конца месяца отдаём остатки кабеля и разъёмов, пока они есть на складе.",
)
SCHOOL = Theme("Школа № 27, второй этап", ("ip-cameras", "recorders", "cable", "detectors"))
TENDER = Theme("Поликлиника: охранная сигнализация", ("control-panels", "detectors", "sounders", "batteries"))
CENTRE = Theme(
    "Бизнес-центр на Набережной: видеонаблюдение и СКУД",
    ("ip-cameras", "recorders", "switches", "readers", "locks", "power-supplies", "cable", "connectors"),
    "{name}, это полная спецификация на все пять этажей. Разбейте заказ на части, если так удобнее.",
)
SUPPLIES = Theme("Кабель и расходка на месяц", ("cable", "connectors", "mounting"))
SLINEX = Theme(
    "Домофоны SLINEX: новинки",
    ("monitors", "door-stations"),
    "{name}, пришли новые панели и мониторы. Первую партию держим за постоянными партнёрами.",
    brand="SLINEX",
)
OFFICE = Theme("СКУД, офис", ("readers", "locks", "power-supplies"))
PARKING = Theme("Камеры на парковку", ("ip-cameras", "gates"))
ENTRANCES = Theme("Домофония, 4 подъезда", ("door-stations", "monitors", "handsets", "locks"))
SMALL = Theme("Въезд на базу: автоматика", ("gates",))

TOLD = {
    1152: Told(0, SCHOOL, 18, "14:12", -9),
    1157: Told(3, TENDER, 12, "10:40", -3, extension=True),
    1160: Told(0, CENTRE, 60, "16:25", 12),
    1166: Told(0, SMALL, 5, "12:30", 5),
    1169: Told(4, PARKING, 8, "11:48", 6),
    1171: Told(0, SUPPLIES, 22, "09:35", 4, opened=False),
    1176: Told(3, OFFICE, 11, "15:02", 1),
    1179: Told(0, SLINEX, 14, "10:15", 6, opened=False),
    1181: Told(5, ENTRANCES, 26, "13:20", 3),
}
PROMO = Promo(
    (1185, 1186, 1187, 1188, 1189),
    Theme(
        "Неделя HIKVISION: камеры AcuSense",
        (),
        "{name}, на этой неделе камеры AcuSense и регистраторы дешевле: к вашей скидке ещё 3 %.",
    ),
    (
        "DS-2CD2023G2-I",
        "DS-2CD2043G2-I",
        "DS-2CD2083G2-I",
        "DS-2CD2143G2-I",
        "DS-2CD2143G2-IS",
        "DS-2CD2T43G2-4I",
        "DS-2CD2T83G2-4I",
        "DS-7608NI-K1/8P",
        "DS-7616NI-Q2/16P",
    ),
)
ORDINARY = (
    Theme("Магазин у дома: камеры и регистратор", ("ip-cameras", "recorders", "cable")),
    Theme("Коттедж: домофон и калитка", ("monitors", "door-stations", "locks", "gates")),
    Theme("Аптека: охранная сигнализация", ("control-panels", "detectors", "sounders", "batteries")),
    Theme("Автомойка: аналоговое видео", ("analog-cameras", "recorders", "power-supplies", "cable")),
    Theme("Питание и аккумуляторы на склад", ("power-supplies", "batteries")),
    Theme("Детский сад: доступ и домофония", ("door-stations", "readers", "locks", "handsets")),
    Theme("Дачный посёлок: радиосистема", ("radio", "detectors", "sounders")),
    Theme("Цех: камеры, кожухи, кронштейны", ("ip-cameras", "optics", "switches", "cable", "mounting")),
    Theme("Монтажный набор бригады", ("mounting", "connectors", "cable")),
    Theme("Шлагбаум и въездная группа", ("gates", "readers", "ip-cameras")),
)
REMARKS = (
    "Есть исполнение с микрофоном, дороже на 1 100 ₽.",
    "Крепление в комплекте.",
    "Можно заменить на вариант с объективом 4 мм по той же цене.",
    "Берите с запасом: следующая поставка через месяц.",
)
