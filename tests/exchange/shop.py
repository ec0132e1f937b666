"""A 1C that has goods: what it would send in either dialect, small for tests and large for the bench."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.sax.saxutils import escape

OLD = ('ВерсияСхемы="2.07"', ' xmlns="urn:1C.ru:commerceml_2"')
NEW = ('ВерсияСхемы="3.1"', ' xmlns="urn:1C.ru:commerceml_3" xmlns:xs="http://www.w3.org/2001/XMLSchema"')
RETAIL, DEALER = "type-retail", "type-dealer"
HERE, THERE = "store-here", "store-there"
GROUPS = (("g-cctv", "Видеонаблюдение", ""), ("g-ip", "IP-камеры", "g-cctv"), ("g-dome", "Купольные", "g-ip"))


def guid(number: int) -> str:
    """The key of a product."""
    return f"aaaaaaaa-0000-4000-8000-{number:012d}"


@dataclass(frozen=True)
class Ware:
    """A product in 1C. `variants` are the keys and characteristics of its variants."""

    number: int = 1
    article: str = "TR-D2121"
    name: str = "Камера «Купол» 2 Мп"
    brand: str = "TRASSIR"
    group: str = "g-dome"
    unit: str = "шт"
    vat: str = "20"
    description: str = ""
    properties: Sequence[tuple[str, str]] = (("p-matrix", "v-cmos"), ("p-angle", "98°"))
    prices: dict[str, str] = field(default_factory=lambda: {RETAIL: "1499.90", DEALER: "1199"})
    stocks: dict[str, str] = field(default_factory=lambda: {HERE: "5", THERE: "2"})
    deleted: bool = False
    pictures: Sequence[str] = ()
    variants: Sequence[tuple[str, str]] = ()
    code: str = ""

    @property
    def guid(self) -> str:
        return guid(self.number)


def wares(count: int) -> list[Ware]:
    """Several products."""
    return [Ware(number, f"TR-D21{number:02d}", f"Камера № {number}") for number in range(1, count + 1)]


@dataclass(frozen=True)
class Shop:
    """What is sent, and how: `new` as version 3.1 does."""

    goods: Iterable[Ware] = ()
    new: bool = False
    complete: bool = True
    groups: Sequence[tuple[str, str, str]] = GROUPS
    names: Sequence[tuple[str, str]] = (("p-matrix", "Матрица"), ("p-angle", "Угол обзора"))
    values: Sequence[tuple[str, str]] = (("v-cmos", "CMOS"),)
    types: Sequence[tuple[str, str, str, str]] = (
        (RETAIL, "Розничная", "руб", "true"),
        (DEALER, "Дилер 1", "руб", "true"),
    )
    stores: Sequence[tuple[str, str]] = ((HERE, "Основной склад"), (THERE, "Магазин"))
    encoding: str = "utf-8"

    def files(self) -> dict[str, bytes]:
        """The files by name, in their order."""
        found = {}
        for name, pieces in self.texts().items():
            written = io.StringIO()
            written.writelines(pieces)
            found[name] = written.getvalue().encode(self.encoding)
        return found

    def write(self, folder: Path) -> None:
        """Writes the files into a folder, piece by piece."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, pieces in self.texts().items():
            with (folder / name).open("w", encoding=self.encoding) as file:
                file.writelines(pieces)

    def texts(self) -> dict[str, Iterator[str]]:
        """The texts of the files in pieces."""
        if not self.new:
            return {"import.xml": self._catalogue(both=True), "offers.xml": self._offers("all")}
        return {
            "import0_1.xml": self._classifier_alone(),
            "import1_1.xml": self._catalogue(both=False),
            "offers0_1.xml": self._offers("names"),
            "prices0_1.xml": self._offers("prices"),
            "rests0_1.xml": self._offers("stocks"),
        }

    def _whole(self, inner: Iterator[str]) -> Iterator[str]:
        version, space = NEW if self.new else OLD
        yield f'<?xml version="1.0" encoding="{self.encoding.removesuffix("-sig")}"?>\n'
        yield f'<КоммерческаяИнформация{space} {version} ДатаФормирования="2026-11-29T10:00:00">\n'
        yield from inner
        yield "</КоммерческаяИнформация>\n"

    def _classifier_alone(self) -> Iterator[str]:
        return self._whole(self._classifier())

    def _catalogue(self, *, both: bool) -> Iterator[str]:
        def inner() -> Iterator[str]:
            if both:
                yield from self._classifier()
            yield f'<Каталог СодержитТолькоИзменения="{self._partial}">\n<Ид>catalogue</Ид>\n<Товары>\n'
            for ware in self.goods:
                yield self._good(ware)
            yield "</Товары>\n</Каталог>\n"

        return self._whole(inner())

    @property
    def _partial(self) -> str:
        return "false" if self.complete else "true"

    def _classifier(self) -> Iterator[str]:
        yield "<Классификатор>\n<Ид>classifier</Ид>\n<Группы>\n"
        for key, name, parent in self.groups:
            if not parent:
                yield self._group(key, name)
        yield "</Группы>\n<Свойства>\n"
        for key, name in self.names:
            chosen = "".join(
                f"<Справочник><ИдЗначения>{k}</ИдЗначения><Значение>{escape(v)}</Значение></Справочник>"
                for k, v in self.values
                if key == self.names[0][0]
            )
            yield f"<Свойство><Ид>{key}</Ид><Наименование>{escape(name)}</Наименование>"
            yield f"<ВариантыЗначений>{chosen}</ВариантыЗначений></Свойство>\n"
        yield "</Свойства>\n"
        if self.new:
            yield from self._terms()
            yield "<ЕдиницыИзмерения><ЕдиницаИзмерения><Ид>796 </Ид><Код>796 </Код>"
            yield "<НаименованиеКраткое>шт</НаименованиеКраткое></ЕдиницаИзмерения></ЕдиницыИзмерения>\n"
        yield "</Классификатор>\n"

    def _group(self, key: str, name: str) -> str:
        within = "".join(self._group(k, n) for k, n, parent in self.groups if parent == key)
        within = f"<Группы>{within}</Группы>" if within else ""
        return f"<Группа><Ид>{key}</Ид><Наименование>{escape(name)}</Наименование>{within}</Группа>\n"

    def _terms(self) -> Iterator[str]:
        yield "<ТипыЦен>"
        for key, name, currency, included in self.types:
            yield f"<ТипЦены><Ид>{key}</Ид><Наименование>{name}</Наименование><Валюта>{currency}</Валюта>"
            yield f"<Налог><Наименование>НДС</Наименование><УчтеноВСумме>{included}</УчтеноВСумме></Налог></ТипЦены>\n"
        yield "</ТипыЦен>\n<Склады>\n"
        for key, name in self.stores:
            yield f"<Склад><Ид>{key}</Ид><Наименование>{name}</Наименование></Склад>\n"
        yield "</Склады>\n"

    def _good(self, ware: Ware) -> str:
        properties = "".join(
            f"<ЗначенияСвойства><Ид>{k}</Ид><Значение>{escape(v)}</Значение></ЗначенияСвойства>"
            for k, v in ware.properties
        )
        unit = "796 " if self.new else ware.unit
        code = (
            f"<ЗначениеРеквизита><Наименование>Код</Наименование><Значение>{ware.code}</Значение></ЗначениеРеквизита>"
        )
        return (
            f"<Товар><Ид>{ware.guid}</Ид><Артикул>{escape(ware.article)}</Артикул>"
            f"<Наименование>{escape(ware.name)}</Наименование>"
            f"<ПометкаУдаления>{'true' if ware.deleted else 'false'}</ПометкаУдаления>"
            f'<БазоваяЕдиница Код="796 " НаименованиеПолное="Штука">{unit}</БазоваяЕдиница>'
            f"<Группы><Ид>{ware.group}</Ид></Группы><Описание>{escape(ware.description)}</Описание>"
            f"<Изготовитель><Ид>b</Ид><Наименование>{escape(ware.brand)}</Наименование></Изготовитель>"
            f"{''.join(f'<Картинка>{one}</Картинка>' for one in ware.pictures)}"
            f"<ЗначенияСвойств>{properties}</ЗначенияСвойств>"
            f"<СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>{ware.vat}</Ставка></СтавкаНалога>"
            f"</СтавкиНалогов><ЗначенияРеквизитов>{code}</ЗначенияРеквизитов></Товар>\n"
        )

    def _offers(self, what: str) -> Iterator[str]:
        def inner() -> Iterator[str]:
            yield f'<ПакетПредложений СодержитТолькоИзменения="{self._partial}">\n<Ид>catalogue#</Ид>\n'
            if not self.new:
                yield from self._terms()
            yield "<Предложения>\n"
            for ware in self.goods:
                for key, feature in ware.variants or (("", ""),):
                    yield self._offer(ware, key, feature, what)
            yield "</Предложения>\n</ПакетПредложений>\n"

        return self._whole(inner())

    def _offer(self, ware: Ware, key: str, feature: str, what: str) -> str:
        parts = [f"<Предложение><Ид>{ware.guid}{'#' + key if key else ''}</Ид>"]
        if what in ("all", "names"):
            name = f"{ware.name} ({feature})" if feature else ware.name
            parts.append(f"<Наименование>{escape(name)}</Наименование>")
            if feature:
                parts.append(
                    "<ХарактеристикиТовара><ХарактеристикаТовара><Наименование>Цвет</Наименование>"
                    f"<Значение>{feature}</Значение></ХарактеристикаТовара></ХарактеристикиТовара>"
                )
        if what in ("all", "prices"):
            costs = "".join(
                f"<Цена><ИдТипаЦены>{k}</ИдТипаЦены><ЦенаЗаЕдиницу>{v}</ЦенаЗаЕдиницу><Коэффициент>1</Коэффициент></Цена>"
                for k, v in ware.prices.items()
            )
            parts.append(f"<Цены>{costs}</Цены>")
        if what == "all":
            parts += [f'<Склад ИдСклада="{k}" КоличествоНаСкладе="{v}"/>' for k, v in ware.stocks.items()]
        if what == "stocks":
            rests = "".join(
                f"<Остаток><Склад><Ид>{k}</Ид><Количество>{v}</Количество></Склад></Остаток>"
                for k, v in ware.stocks.items()
            )
            parts.append(f"<Остатки>{rests}</Остатки>")
        return "".join([*parts, "</Предложение>\n"])


def but(ware: Ware, **fields: object) -> Ware:
    """The same product, changed."""
    return replace(ware, **fields)  # type: ignore[arg-type]
