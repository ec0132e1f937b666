"""Texts of 1C: names with odd spaces, descriptions that are pages of HTML, and the older words of version 2.03."""

import pytest

from app.catalogue.models import Product
from app.exchange.models import ExchangeFile
from app.exchange.texts import MOST, one_line, paragraphs
from tests.exchange.one_c import OneC
from tests.exchange.shop import Shop, Ware, but
from tests.limits import within
from tests.site import Browser

DESCRIPTIONS = {
    "<p>Раз&nbsp;два &lt;b&gt; &amp;</p>\n<p>три</p>": "Раз два <b> &\nтри",
    "<ul>\n <li>один</li>\n <li>два</ul>конец": "— один\n— два\nконец",
    "первая<br>вторая<BR/><br />четвёртая": "первая\nвторая\n\nчетвёртая",
    "раз\n<b>два</b>\nтри": "раз\nдва\nтри",
    "<table><tr><td>Матрица</td><td>CMOS</td></tr><tr><td>Угол</td><td>98°</td></tr></table>": (
        "Матрица CMOS\nУгол 98°"
    ),
    "<style>p{color:red}</style><script>alert(1)</script>текст<!-- и слова -->": "текст",
    '<img src=x onerror="alert(1)">до <a href="javascript:alert(1)">ссылка</a>': "до ссылка",
    "&lt;script&gt;alert(1)&lt;/script&gt;": "<script>alert(1)</script>",
    "ток <5 мА, напряжение > 3 В & <b-15 и d>": "ток <5 мА, напряжение > 3 В & <b-15 и d>",
    "a<b": "a<b",
    "  просто \u00a0 текст\r\nв две строки ": "просто текст\nв две строки",
    "": "",
}


@pytest.mark.parametrize("text", DESCRIPTIONS)
def test_descriptions(text: str) -> None:
    told = paragraphs(text)
    assert told == DESCRIPTIONS[text]


@pytest.mark.parametrize(
    "piece", ["<!--", "<a ", "<div>", "<", "&", '<a b="', "<td> ", "<script>", "</", "<p><br>", "<li>"]
)
def test_descriptions_that_would_take_long(piece: str) -> None:
    with within():
        paragraphs(piece * (MOST // len(piece)))


def test_names() -> None:
    assert one_line(" Камера\u00a0IP\u202f2\u200b Мп\n новая\u00ad ") == "Камера IP 2 Мп новая"


async def test_what_a_description_is_on_the_page(one_c: OneC, alice: Browser) -> None:
    ware = but(
        Ware(),
        name="Камера\u00a0IP",
        description="<p>Светит <b>ночью</b>.</p><ul><li>IP67</ul><script>alert(1)</script>&lt;b&gt;",
        properties=(("p-angle", "98°\u00a0по горизонтали"),),
    )
    answers = [await one_c.exchange(Shop([ware])) for _ in range(2)][1]
    assert "1 товар без изменений" in answers[0]
    product = await Product.get()
    assert (product.name, product.description) == ("Камера IP", "Светит ночью.\n— IP67\n<b>")
    assert product.properties == {"Угол обзора": "98° по горизонтали"}
    page = (await alice.get(f"/catalogue/products/{product.id}")).text
    assert "Светит ночью.<br>— IP67<br>&lt;b&gt;" in page


async def test_version_2_03(one_c: OneC) -> None:
    content = """<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация ВерсияСхемы="2.03" ДатаФормирования="2026-11-29">
 <Классификатор><Ид>classifier</Ид><Наименование>Классификатор</Наименование>
  <Группы><Группа><Ид>g-cctv</Ид><Наименование>Видеонаблюдение</Наименование></Группа></Группы>
  <Свойства>
   <СвойствоНоменклатуры><Ид>p-angle</Ид><Наименование>Угол обзора</Наименование>
    <Обязательное>false</Обязательное><Множественное>false</Множественное>
    <ИспользованиеСвойства>true</ИспользованиеСвойства></СвойствоНоменклатуры>
   <СвойствоНоменклатуры><Ид>p-maker</Ид><Наименование>Производитель</Наименование></СвойствоНоменклатуры>
  </Свойства>
 </Классификатор>
 <Каталог СодержитТолькоИзменения="false"><Ид>catalogue</Ид><Товары>
  <Товар><Ид>x-1</Ид><Артикул>TR-D2121</Артикул><Наименование>Камера</Наименование>
   <БазоваяЕдиница Код="796" НаименованиеПолное="Штука">шт</БазоваяЕдиница><Группы><Ид>g-cctv</Ид></Группы>
   <ЗначенияСвойств>
    <ЗначенияСвойства><Ид>p-angle</Ид><Значение>98°</Значение></ЗначенияСвойства>
    <ЗначенияСвойства><Ид>p-maker</Ид><Значение>TRASSIR</Значение></ЗначенияСвойства>
   </ЗначенияСвойств></Товар>
 </Товары></Каталог>
</КоммерческаяИнформация>"""
    offers = """<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация ВерсияСхемы="2.03" ДатаФормирования="2026-11-29">
 <{package}><Ид>catalogue#</Ид>
  <ТипыЦен><ТипЦены><Ид>t</Ид><Наименование>Розничная</Наименование><Валюта>руб</Валюта></ТипЦены></ТипыЦен>
  <Предложения><Предложение><Ид>x-1</Ид><Наименование>Камера</Наименование>
   <Цены><Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>{price}</ЦенаЗаЕдиницу></Цена></Цены>
   <Количество>{price}</Количество></Предложение></Предложения>
 </{package}>
</КоммерческаяИнформация>"""
    for name, package, price in (
        ("offers.xml", "ПакетПредложений", 100),
        ("changes.xml", "ИзмененияПакетаПредложений", 120),
    ):
        await one_c.enter()
        await one_c.send("import.xml", content.encode())
        await one_c.send(name, offers.format(package=package, price=price).encode())
        assert (await one_c.read("import.xml")).startswith("success")
        assert (await one_c.read(name)).startswith("success")
        product = await Product.get().select_related("brand")
        assert (product.properties, product.brand.name) == ({"Угол обзора": "98°"}, "TRASSIR")
        assert (product.retail, product.stock) == (price * 100, price)
    told = {one.name: one.complete_offers for one in await ExchangeFile.exclude(name="import.xml")}
    assert told == {"offers.xml": True, "changes.xml": False}
