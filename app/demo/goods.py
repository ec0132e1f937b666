"""The demo catalogue: what a distributor of security equipment sells, the same on every machine.

Plain records and no database: whoever loads them makes rows of them.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.demo import goods_access, goods_alarm, goods_cctv, goods_intercom, goods_power
from app.demo.wares import Brand, Catalogue, Category, Line, Product

__all__ = ["Brand", "Catalogue", "Category", "Product", "catalogue"]

BRANDS = (
    Brand("АЛЬТОНИКА", "altonika"),
    Brand("БАСТИОН", "bastion"),
    Brand("BFT", "bft"),
    Brand("COMMAX", "commax"),
    Brand("DETECTDX", "detectdx"),
    Brand("ELDES", "eldes"),
    Brand("ELECTRONICS LINE", "electronics-line"),
    Brand("GARDI", "gardi"),
    Brand("HIKVISION", "hikvision"),
    Brand("KENWEI", "kenwei"),
    Brand("MICRODIGITAL", "microdigital"),
    Brand("NAVIgard", "navigard"),
    Brand("REXANT", "rexant"),
    Brand("SARMATT", "sarmatt"),
    Brand("SLINEX", "slinex"),
    Brand("SONY", "sony"),
    Brand("SUNELL", "sunell"),
    Brand("TAP SECURITY", "tap-security"),
    Brand("VISION Hi-Tech", "vision-hi-tech"),
    Brand("ВЭРС", "vers"),
)

CATEGORIES = (
    Category("Видеонаблюдение", "cctv", None),
    Category("IP-камеры", "ip-cameras", "cctv"),
    Category("Аналоговые камеры", "analog-cameras", "cctv"),
    Category("Видеорегистраторы", "recorders", "cctv"),
    Category("Объективы, кожухи, кронштейны", "optics", "cctv"),
    Category("Коммутаторы PoE", "switches", "cctv"),
    Category("Домофония", "intercom", None),
    Category("Мониторы", "monitors", "intercom"),
    Category("Вызывные панели", "door-stations", "intercom"),
    Category("Трубки", "handsets", "intercom"),
    Category("Охранная сигнализация", "alarm", None),
    Category("Приборы приёмно-контрольные", "control-panels", "alarm"),
    Category("Извещатели", "detectors", "alarm"),
    Category("Оповещатели", "sounders", "alarm"),
    Category("Радиосистемы", "radio", "alarm"),
    Category("Программы и лицензии", "software", "alarm"),
    Category("Доступ", "access", None),
    Category("Замки", "locks", "access"),
    Category("Считыватели и контроллеры", "readers", "access"),
    Category("Автоматика ворот", "gates", "access"),
    Category("Питание и монтаж", "power", None),
    Category("Источники питания", "power-supplies", "power"),
    Category("Аккумуляторы", "batteries", "power"),
    Category("Кабель", "cable", "power"),
    Category("Разъёмы и коннекторы", "connectors", "power"),
    Category("Монтаж и инструмент", "mounting", "power"),
)

LINES: tuple[Line, ...] = (
    goods_cctv.LINES + goods_intercom.LINES + goods_alarm.LINES + goods_access.LINES + goods_power.LINES
)

# Stock and days until more comes that the demo presentations tell a story about; the rest is dealt by chance.
STOCK: dict[str, tuple[int, int | None]] = {
    "DS-2CD2043G2-I": (146, None),
    "DS-2CD2143G2-I": (3, None),
    "DS-2CD2143G2-IS": (88, None),
    "DS-2CD2T83G2-4I": (14, None),
    "DS-7608NI-K1/8P": (57, None),
    "DS-7616NI-Q2/16P": (12, None),
    "SN-IPR54/04AKDN": (3, None),
    "SN-IPR80/14ZDR": (22, None),
    "01-0043": (41 * 305, None),
    "05-1021": (46 * 100, None),
    "CDV-704MA": (8, None),
    "ML-16HR": (64, None),
    "DP-2S": (5, 8),
    "SKAT-1200И7": (120, None),
    "ББП-12/1": (210, None),
    "ВЭРС-ПК 4П": (6, None),
    "ECB-12L": (0, 10),
    "EWP3": (40, None),
}

# No longer made, and what is offered instead.
DISCONTINUED: dict[str, str | None] = {
    "SN-IPR56/14ZDR": "SN-IPR80/14ZDR",
    "SNC-EB600B": "SNC-EB630B",
    "SNC-EM602R": "SNC-EM631",
    "SNC-WR600": "SNC-WR632C",
    "DS-7104HQHI-M1/S": "iDS-7204HUHI-M1/S",
    "MDR-AH4590": "MDR-AH8900",
    "DSR-411-Real": None,
    "VQ29EH-B36": None,
    "CDV-35A": "CDV-43M",
    "CDV-70H2": "CDV-704MA",
    "KW-E400FC": "KW-E703FC",
    "ESIM364": "ESIM384",
    "EWP2": "EWP3",
    "EWD2": "EWD3",
    "Infinite Prime": "iConnect 868",
    "RR-2R": "RR-701R",
    "SKAT-1200Б": "SKAT-1200И7",
}


def catalogue(scale: int = 1) -> Catalogue:
    """The whole demo catalogue; `scale` (1 and more) gives that many times the products, as numbered versions."""
    first = tuple(_on_sale(product) for line in LINES for product in line.products())
    versions = (_version(product, number) for number in range(2, scale + 1) for product in first)
    return Catalogue(BRANDS, CATEGORIES, _stocked((*first, *versions)))


def _on_sale(product: Product) -> Product:
    """The product, or what it is once it is no longer made."""
    article = product.article
    return replace(product, discontinued=article in DISCONTINUED, replacement=DISCONTINUED.get(article))


def _version(product: Product, number: int) -> Product:
    """A further version of a product: an article, a name and a price of its own."""
    retail = product.retail * _chance("price", product.article, number).randint(94, 106) // 100
    instead = f"{product.replacement}-V{number}" if product.replacement else None
    return replace(
        product,
        article=f"{product.article}-V{number}",
        name=f"{product.name}, версия {number}",
        retail=retail // 100 * 100 if retail > 100_00 else max(retail, 1),
        replacement=instead,
    )


def _stocked(products: Iterable[Product]) -> tuple[Product, ...]:
    def shelves() -> Iterator[Product]:
        for product in products:
            stock, restock = STOCK.get(product.article) or _stock(product)
            yield replace(product, stock=stock, restock_in_days=restock)

    return tuple(shelves())


def _stock(product: Product) -> tuple[int, int | None]:
    """Units in stock and days until more comes: mostly plenty, the less of it the dearer it is."""
    if product.discontinued:
        return 0, None
    if product.category == "software":  # keys are made when they are sold
        return 500, None
    chance = _chance("stock", product.article)
    mood = chance.random()
    coming = chance.randint(3, 21) if chance.random() < 0.5 else None
    if mood < 0.08:
        return 0, coming
    if mood < 0.15 and product.pack == 1:
        return chance.randint(1, 5), coming
    return chance.randint(6, _shelf(product.retail * product.pack)) * product.pack, None


def _shelf(price: int) -> int:
    """How many packs of a price in kopecks a warehouse keeps at most."""
    for dear, most in ((50_000_00, 15), (15_000_00, 60), (5_000_00, 180)):
        if price > dear:
            return most
    return 500


def _chance(*seed: object) -> random.Random:
    """Chance that falls the same way for the same seed everywhere: strings are seeded by their SHA-512."""
    return random.Random(" ".join(map(str, seed)))  # noqa: S311  # demo data, not a secret
