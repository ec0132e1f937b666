"""Which product comes first for what people type: on both databases the same, and in the same order."""

import zlib

import pytest

from app import clock
from app.catalogue.index_models import ProductToken
from app.catalogue.indexing import reindex
from app.catalogue.models import Brand, Category, Product
from app.catalogue.search import find
from app.catalogue.synonyms import proposed
from tests.factories import Cast, make_order, make_product
from tests.site import Browser

GOODS = """
HIKVISION  | DS-2CD2143G2-I         | IP-камера купольная антивандальная, 4 Мп, ИК 30 м, 2,8 мм
HIKVISION  | DS-2CD2143G2-IS        | IP-камера купольная антивандальная, 4 Мп, ИК 30 м, 2,8 мм, аудиовход
HIKVISION  | DS-2CD2043G2-I         | IP-камера уличная, 4 Мп, ИК 40 м, 4 мм
HIKVISION  | DS-7608NI-K1/8P        | Видеорегистратор сетевой, 8 каналов, 8 портов PoE
HIKVISION  | DS-1280ZJ-S            | Коробка монтажная для купольных камер
Dahua      | DH-IPC-HFW2431SP-S-0280B | Видеокамера уличная цилиндрическая, 4 Мп, 2.8мм
Dahua      | DHI-NVR2104HS-I        | Видеорегистратор сетевой, 4 канала
БОЛИД      | С2000-4                | Прибор приёмно-контрольный охранно-пожарный
БОЛИД      | С2000-КДЛ              | Контроллер двухпроводной линии связи
БОЛИД      | РИП-12 исп.01          | Резервированный источник питания 12 В, 3 А
БАСТИОН    | SKAT-1200А             | Источник бесперебойного питания 12В, 5А
БАСТИОН    | TEPLOCOM-222/500       | Стабилизатор напряжения
COMMAX     | CDV-70H2               | Монитор видеодомофона цветной, 7 дюймов
COMMAX     | DRC-4CPN2              | Панель вызывная видеодомофона
REXANT     | 01-0043                | Кабель UTP 4х2х0,5 наружный, 305 м
REXANT     | 05-1021                | Разъём RJ-45 (8P8C), кат. 5e
REXANT     | 11-1112                | Штекер питания 5,5×2,1 мм
SLINEX     | ML-16HR                | Вызывная панель (Slinex), чёрная
AccordTec  | ML-180AS               | Замок электромагнитный, 180 кг
AccordTec  | AT-H805B               | Кнопка выхода металлическая
SEAGATE    | ST4000VX016            | Жёсткий диск 4 ТБ для видеонаблюдения
DELTA      | DTM 1207               | Аккумулятор 12 В, 7 Ач
"""
TABLE = """
ds 2cd2143g2i              | DS-2CD2143G2-I
DS-2CD2143G2-I             | DS-2CD2143G2-I
ds2cd2143g2-is             | DS-2CD2143G2-IS
2143g2                     | DS-2CD2143G2-I
2CD 2043                   | DS-2CD2043G2-I
(DS-2CD2043G2-I)           | DS-2CD2043G2-I
«ds_2cd2043_g2_i»          | DS-2CD2043G2-I
ДS-2CD2043                 | DS-2CD2043G2-I
вы-2св2043п2-ш             | DS-2CD2043G2-I
ВЫ-2СВ2143П2-ШЫ            | DS-2CD2143G2-IS
7608ni k1 8p               | DS-7608NI-K1/8P
ds-7608ni-k1(8p)           | DS-7608NI-K1/8P
hfw2431                    | DH-IPC-HFW2431SP-S-0280B
ipc hfw2431sp s 0280b      | DH-IPC-HFW2431SP-S-0280B
nvr2104                    | DHI-NVR2104HS-I
с2000-4                    | С2000-4
C2000-4                    | С2000-4
c2000 кдл                  | С2000-КДЛ
C2000-КДЛ                  | С2000-КДЛ
c2000rlk                   | С2000-КДЛ
рип 12                     | РИП-12 исп.01
рип12исп01                 | РИП-12 исп.01
SKAT-1200A                 | SKAT-1200А
скат 1200                  | SKAT-1200А
skat1200а                  | SKAT-1200А
ылфе-1200ф                 | SKAT-1200А
teplocom 222 500           | TEPLOCOM-222/500
cdv70h2                    | CDV-70H2
сдв 70н2                   | CDV-70H2
01 0043                    | 01-0043
010043                     | 01-0043
0043                       | 01-0043
05.1021                    | 05-1021
st4000vx016                | ST4000VX016
dtm1207                    | DTM 1207
камеры уличные             | DS-2CD2043G2-I
уличных камер 4 мп         | DS-2CD2043G2-I
уличная hikvision камера   | DS-2CD2043G2-I
купольной камерой          | DS-2CD2143G2-I
видеорегистраторы на 8 каналов | DS-7608NI-K1/8P
регистратр сетевой дахуа   | DHI-NVR2104HS-I
монтажные коробки          | DS-1280ZJ-S
вызывные панели commax     | DRC-4CPN2
панель вызывная слинекс    | ML-16HR
замки электромагнитные     | ML-180AS
замок 180 кг               | ML-180AS
кнопок выхода              | AT-H805B
жесткие диски              | ST4000VX016
диск 4тб                   | ST4000VX016
аккумуляторы 7 ач          | DTM 1207
источник питания 12 в      | SKAT-1200А
блок питания rfvthf        |
разъем rj45                | 05-1021
кабель 4x2x0.5             | 01-0043
штекеры 5,5x2,1            | 11-1112
2,8 мм купольная           | DS-2CD2143G2-I
2.8мм хиквижн              | DS-2CD2143G2-I
2.8 mm дахуа               | DH-IPC-HFW2431SP-S-0280B
хиквижн уличная            | DS-2CD2043G2-I
дахуа камера               | DH-IPC-HFW2431SP-S-0280B
болид контроллер           | С2000-КДЛ
bolid рип                  | РИП-12 исп.01
коммакс монитор            | CDV-70H2
рексант кабель             | 01-0043
[brdb;y rfvthf ekbxyfz     | DS-2CD2043G2-I
rf,tkm                     | 01-0043
фслгь                      |
акб                        |
ьщтшещк сщььфч             |
камепа уличная             | DS-2CD2043G2-I
камера улчиная             | DS-2CD2043G2-I
видеорегистраттор          | DHI-NVR2104HS-I
акумулятор                 | DTM 1207
хиквижин                   | DS-2CD2143G2-I
дауха                      | DH-IPC-HFW2431SP-S-0280B
ds-2cd2134g2-i             | DS-2CD2143G2-I
ds2cd2043gi                | DS-2CD2043G2-I
dds-2cd2043g2-i            | DS-2CD2043G2-I
st400vx016                 | ST4000VX016
ml-180аs                   | ML-180AS
hikvisoin 7608ni           | DS-7608NI-K1/8P
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in TABLE.strip().splitlines()]


@pytest.fixture
async def goods(database: str) -> dict[int, str]:
    """The table's products, by id."""
    category = await Category.create(name="Всё", slug="everything")
    made: dict[int, str] = {}
    for line in GOODS.strip().splitlines():
        brand, article, name = (part.strip() for part in line.split("|"))
        known, _ = await Brand.get_or_create(
            name=brand, defaults={"slug": f"b{len(made)}", "synonyms": proposed(brand)}
        )
        product = await make_product(article=article, name=name, brand=known, category=category)
        made[product.id] = article
    return made


async def test_what_comes_first(goods: dict[int, str]) -> None:
    assert len(ROWS) >= 60
    wrong = {}
    for typed, expected in ROWS:
        found = await find(typed)
        first = goods[found.ids[0]] if found.ids else ""
        if first != expected:
            wrong[typed] = (expected, [goods[one] for one in found.ids[:3]], found.text, found.nearly)
    assert not wrong


ORDERS = [typed for typed, _ in ROWS] + ["камера", "12", "s", "2", "панель", "видео", "ds", "с2000", "питания"]


async def test_both_databases_answer_alike(goods: dict[int, str]) -> None:
    answers = [(typed, [goods[one] for one in (await find(typed)).ids]) for typed in ORDERS]
    kept = _ANSWERS.setdefault("first", answers)
    assert answers == kept, "the same products in the same order"


_ANSWERS: dict[str, list[tuple[str, list[str]]]] = {}  # of the database that was asked first


async def test_among_equals(goods: dict[int, str], cast: Cast) -> None:
    ids = {article: one for one, article in goods.items()}
    await Product.filter(id=ids["DS-2CD2143G2-I"]).update(stock=0)
    await Product.filter(id=ids["DS-2CD2143G2-IS"]).update(discontinued_at=clock.now())
    await reindex(ids.values())
    order = [goods[one] for one in (await find("купольная антивандальная")).ids]
    assert order == ["DS-2CD2143G2-I", "DS-2CD2143G2-IS"], "discontinued ones last"
    cameras = [goods[one] for one in (await find("камера 4 мп")).ids]
    assert cameras[-2:] == order and cameras[0] == "DS-2CD2043G2-I", "what is in stock before what is not"
    product = await Product.get(id=ids["DS-2CD2143G2-I"])
    await make_order(person=cast.alice, products=[product])
    ordered = (await find("камера 4 мп", company=cast.company.id)).ids
    assert goods[ordered[0]] == "DS-2CD2143G2-I", "what the company has ordered before all that"
    assert goods[(await find("DS-2CD2143G2-IS")).ids[0]] == "DS-2CD2143G2-IS", "an exact article is first anyway"
    assert [goods[one] for one in (await find("купольная антивандальная", sold=True)).ids] == order[:1]


async def test_as_typed_only(goods: dict[int, str]) -> None:
    for typed in ("вы-2св2043п2-ш", "камепа уличная"):
        assert not (await find(typed, literally=True)).ids
    found = await find("вы-2св2043п2-ш")
    assert (found.text, found.nearly) == ("ds-2cd2043g2-i", False)
    assert (await find("камепа уличная")).nearly


ODD = (
    *("", " ", "%", "_", "'", '"', "\\", "\x00", "a\x00b", "*", "-", "--", "(", "NOT", "AND OR NEAR(", '"a" OR', "a:*"),
    *(
        "камера'; DROP TABLE product; --",
        "🙂",
        "👩‍👩‍👧 камера",
        "\u202e",
        "ﬁ",
        "①②③",
        "١٢٣",
        "İı",
        "ß",
        "1,",
        ",1",
        "1.2.3.4",
    ),
    *("я" * 10_000, "9" * 10_000, "a1" * 5_000, "% " * 5_000, "2x" * 5_000, "é" * 300, "1e999999", "-1", "null"),
)


@pytest.mark.parametrize("typed", ODD)
async def test_odd_input(goods: dict[int, str], cast: Cast, typed: str) -> None:
    await find(typed)
    await find(typed, company=cast.company.id, sold=True, limit=6)


async def test_a_change_of_a_brand_is_found_at_once(goods: dict[int, str], anna: Browser) -> None:
    brand = await Brand.get(name="SLINEX")
    form = {"name": "SLINEX", "synonyms": " слайнекс ,, слинекс", "position": "0", "version": str(brand.version)}
    answer = await anna.post(f"/administration/brands/{brand.id}", form)
    assert answer.status_code == 303
    await brand.refresh_from_db()
    assert brand.synonyms == "слайнекс, слинекс"
    assert [goods[one] for one in (await find("слайнекс")).ids] == ["ML-16HR"]


async def test_suggestions_while_typing(goods: dict[int, str], guest: Browser) -> None:
    answer = await guest.hx_get("/catalogue/suggestions?q=камеры уличные")
    assert answer.status_code == 200 and answer.text.startswith('<div id="suggestions">')
    assert answer.text.index("DS-2CD2043G2-I") and "<!doctype" not in answer.text
    assert len(zlib.compress(answer.text.encode())) <= 1500
    plain = await guest.get("/catalogue/suggestions?q=камеры")
    assert plain.status_code == 303 and plain.headers["location"].startswith("/catalogue/search?q=")
    assert "<a" not in (await guest.hx_get("/catalogue/suggestions?q=zzzzz")).text
    assert "<a" not in (await guest.hx_get("/catalogue/suggestions?q=")).text


async def test_reindexing_all_changes_nothing(goods: dict[int, str]) -> None:
    before = sorted(await ProductToken.all().values_list("token", "product_id"))
    assert await reindex() == len(goods)
    assert sorted(await ProductToken.all().values_list("token", "product_id")) == before
    await ProductToken.all().delete()
    await reindex(list(goods))
    assert not await ProductToken.exists(), "texts that are the same are not read again"
    await reindex()
    assert sorted(await ProductToken.all().values_list("token", "product_id")) == before
