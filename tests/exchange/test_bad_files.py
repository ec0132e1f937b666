"""Files that are no good: refused in words within two seconds of a core and 100 MB, and what stood there stands."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from app.catalogue.models import Product
from app.exchange.models import ExchangeFile
from tests.exchange.one_c import OneC, packed
from tests.exchange.shop import Shop, Ware, but, wares
from tests.limits import within

ROOT = "КоммерческаяИнформация"
GOOD = Shop([Ware()]).files()["import.xml"]


def inside(content: str) -> bytes:
    """A file of one product with something in it."""
    product = f"<Товар><Ид>x</Ид><Наименование>{content}</Наименование></Товар>"
    return f'<?xml version="1.0"?><{ROOT}><Каталог><Товары>{product}</Товары></Каталог></{ROOT}>'.encode()


def with_head(head: str, text: str = "&a;") -> bytes:
    return f'<?xml version="1.0"?>{head}'.encode() + inside(text).partition(b"?>")[2]


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = with_head(f'<!DOCTYPE {ROOT} [<!ENTITY a0 "ха">{LAUGHS}]>', "&a9;")
XXE = with_head(f'<!DOCTYPE {ROOT} [<!ENTITY a SYSTEM "file:///etc/passwd">]>')
PARAMETER = with_head(f'<!DOCTYPE {ROOT} [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x.dtd"> %a;]>', "x")
LATE = with_head(f"<!DOCTYPE {ROOT} [<!-- ]><{ROOT}> {'x' * 70_000} --><!ENTITY a 'b'>]>")
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "entities that grow": (lambda: BOMB, "Строка 1: В файле объявлены сущности"),
    "an entity of our files": (lambda: XXE, "Строка 1: В файле объявлены сущности"),
    "an entity of parameters": (lambda: PARAMETER, "Строка 1: В файле объявлены сущности"),
    "an entity far behind": (lambda: LATE, "В файле объявлены сущности"),
    "an entity that is not defined": (lambda: inside("&nbsp;"), "Здесь нарушен XML"),
    "another encoding inside": (lambda: GOOD.replace("Камера".encode(), "Камера".encode("windows-1251")), "Кодировка"),
    "more after the end": (lambda: GOOD + b"<more/>", "Здесь нарушен XML"),
    "cut off": (lambda: GOOD[: len(GOOD) // 2], "Файл обрывается"),
    "cut off within the first element": (lambda: GOOD[:60], "не CommerceML"),
    "nothing": (lambda: b"", "Файл import.xml пуст"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "не CommerceML"),
    "an archive under another name": (lambda: packed({"a": b"b"}), "Файл import.xml — архив"),
    "some other XML": (lambda: b"<?xml version='1.0'?><yml_catalog/>", "не CommerceML"),
    "a page of an error": (lambda: b"<!DOCTYPE html><html><body>502</body></html>", "не CommerceML"),
    "random bytes": (lambda: bytes(range(256)) * 500, "не CommerceML"),
    "too deep": (lambda: inside("<a>" * 500_000), "Здесь нарушен XML"),
    "too wide": (lambda: inside("<a/>" * 3_000_000), "Один элемент файла больше 2 МБ"),
    "too long a text": (lambda: inside("х" * 30_000_000), "Один элемент файла больше 2 МБ"),
    "too long an attribute": (lambda: inside(f'<a b="{"х" * 20_000_000}"/>'), ""),
    "tags that do not match": (lambda: GOOD.replace("</Товары>".encode(), b""), "Здесь нарушен XML"),
    "a sign that XML does not have": (lambda: inside("\x07"), "Здесь нарушен XML"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_refused_in_words(one_c: OneC, name: str) -> None:
    make, words = REFUSED[name]
    content = make()
    await one_c.exchange(Shop(wares(1)))
    await one_c.enter()
    with within():
        await one_c.send("import.xml", content, part=8_000_000)
        answer = await one_c.read("import.xml")
    assert answer.startswith("failure\n") and words in answer, answer
    assert await Product.all().count() == 1 and (await Product.get()).name == "Камера № 1"
    assert (await one_c.exchange(Shop(wares(2))))[0].startswith("success"), "the site serves on"


ACCEPTED: dict[str, Callable[[], bytes]] = {
    "a DOCTYPE without entities": lambda: GOOD.replace(b"?>\n", f"?>\n<!DOCTYPE {ROOT}>\n".encode(), 1),
    "a DOCTYPE with elements": lambda: GOOD.replace(b"?>\n", f"?>\n<!DOCTYPE {ROOT} [<!ELEMENT a ANY>]>\n".encode(), 1),
    "a DOCTYPE elsewhere": lambda: GOOD.replace(
        b"?>\n", f'?>\n<!DOCTYPE {ROOT} SYSTEM "http://127.0.0.1:1/x.dtd">\n'.encode(), 1
    ),
    "windows-1251": lambda: Shop([Ware(name="Камера")], encoding="windows-1251").files()["import.xml"],
    "a byte order mark": lambda: b"\xef\xbb\xbf" + GOOD,
    "UTF-16": lambda: GOOD.decode().replace('encoding="utf-8"', 'encoding="utf-16"').encode("utf-16"),
    "said to be windows-1251": lambda: GOOD.replace(b'"utf-8"', b'"windows-1251"'),
    "windows-1251 said to be UTF-8": lambda: GOOD.decode().encode("windows-1251", "xmlcharrefreplace"),
    "no declaration": lambda: GOOD.partition(b"?>")[2],
    "no namespace": lambda: GOOD.replace(b' xmlns="urn:1C.ru:commerceml_2"', b""),
    "a prefix": lambda: re.sub(r"<(/?)(?=\w)", r"<\1c:", GOOD.decode()).replace("xmlns=", "xmlns:c=").encode(),
    "comments": lambda: GOOD.replace("<Товары>".encode(), "<Товары><!-- и <Товар> -->".encode()),
    "a section of characters": lambda: GOOD.replace(
        "<Описание></Описание>".encode(), "<Описание><![CDATA[<b>&amp;</b>]]></Описание>".encode()
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
async def test_odd_and_still_good(one_c: OneC, name: str) -> None:
    await one_c.enter()
    with within():
        await one_c.send("import.xml", ACCEPTED[name]())
        answer = await one_c.read("import.xml")
    assert answer.startswith("success\n1 товар добавлен"), answer
    assert (await Product.get()).article == "TR-D2121"


def bomb() -> bytes:
    """An archive that says what it comes to."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("import.xml", "w") as file:
        for _ in range(40):
            file.write(bytes(1024 * 1024))
    return made.getvalue()


def lying() -> bytes:
    """An archive that says that its file is small."""
    content = bytearray(bomb())
    size = (40 * 1024 * 1024).to_bytes(4, "little")
    return bytes(content.replace(size, (10).to_bytes(4, "little")))


@pytest.mark.parametrize(("make", "words"), [(bomb, "распаковался бы в 40 МБ"), (lying, "повреждён")])
async def test_archives_that_grow(one_c: OneC, make: Callable[[], bytes], words: str) -> None:
    content = make()
    await one_c.enter()
    with within():
        await one_c.send("v8.zip", content)
        answer = await one_c.read("import.xml")
    assert answer.startswith("failure\n") and words in answer, answer


async def test_an_archive_of_gigabytes_is_not_unpacked(one_c: OneC) -> None:
    content = bomb()
    said = (40 * 1024 * 1024).to_bytes(4, "little")
    await one_c.enter()
    with within():
        await one_c.send("v8.zip", content.replace(said, (4_000_000_000).to_bytes(4, "little")))
        answer = await one_c.read("v8.zip")
    assert "распаковался бы в 3814 МБ" in answer


async def test_what_is_wrong_with_products_is_told_by_line(one_c: OneC) -> None:
    goods = [
        Ware(1, "A-1"),
        but(Ware(2), article="", code=""),
        but(Ware(3), article="a 1"),
        but(Ware(4), article="A-4", name=""),
        but(Ware(1), article="A-5"),
        but(Ware(6), article="A-6", group="nowhere", vat="33", properties=(("p-none", "x"),)),
        but(Ware(7), article="—"),
        but(Ware(8), article="Х" * 300, name="И" * 900),
    ]
    answers = await one_c.exchange(Shop(goods))
    assert {str(one) for one in await Product.all().values_list("article", flat=True)} == {"A-1", "A-6", "Х" * 80}
    file = await ExchangeFile.get(name="import.xml")
    told = [(line, message.split(":")[0]) for line, message, _values in file.troubles]
    first = next(line for line, _ in told) - 1
    assert sorted(line - first for line, _ in told) == [1, 2, 3, 4, 5, 5, 5, 6]
    assert "8 замечаний" in answers[0]


async def test_what_is_wrong_with_offers_is_told_by_line(one_c: OneC) -> None:
    goods = wares(4)
    await one_c.exchange(Shop(goods))
    odd = [
        but(goods[0], prices={"type-retail": "дорого", "type-none": "1"}),
        but(goods[1], stocks={"store-here": "много", "store-none": "1"}),
        but(goods[2], prices={"type-retail": "-5", "type-dealer": "1e400"}),
        but(goods[3], prices={"type-retail": "1e30"}, stocks={"store-here": "-3.5"}),
        Ware(99),
    ]
    await one_c.enter()
    await one_c.send("offers.xml", Shop(odd).files()["offers.xml"])
    assert (await one_c.read("offers.xml")).startswith("success")
    assert (await Product.get(article=goods[0].article)).retail == 1499_90
    assert (await Product.get(article=goods[3].article)).stock == 0
    file = await ExchangeFile.get(exchange_id__gt=1, name="offers.xml")
    lines = sorted({one[0] for one in file.troubles})
    assert file.counts["troubles"] == 8 and lines == list(range(lines[0], lines[0] + 5))
