"""Demo goods of door entry: monitors, door stations, handsets and kits."""

# long: a table of models

from app.demo.wares import Line

MONITOR = {
    "Экран": "{inch}″, {screen}",
    "Связь": "{talk}",
    "Вызывных панелей": "{panels}",
    "Память": "{memory}",
    "Питание": "{power}",
    "Цвет": "{colour}",
}
STATION = {
    "Разрешение": "{pixels}",
    "Угол обзора": "{angle}°",
    "Подсветка": "{light}",
    "Корпус": "{body}",
    "Рабочая температура": "{cold}…+50 °C",
    "Реле замка": "12 В, 1 А",
}

MONITORS = (
    Line(
        brand="commax",
        category="monitors",
        picture="monitor",
        name="Монитор видеодомофона {inch}″, {talk}, {colour}",
        description="Монитор COMMAX с механическими кнопками: понятен без инструкции. Работает с подъездным домофоном.",
        properties=MONITOR,
        rows="""
        article    | retail | inch | talk       | colour | screen   | panels | memory      | power
        CDV-35A    | 8490   | 3,5  | с трубкой  | белый  | 320×240  | 2      | —           | 230 В
        CDV-43M    | 9260   | 4,3  | без трубки | белый  | 480×272  | 2      | —           | 230 В
        CDV-43K2   | 10470  | 4,3  | без трубки | чёрный | 480×272  | 2      | —           | 230 В
        CDV-70H2   | 14600  | 7    | с трубкой  | белый  | 800×480  | 2      | —           | 230 В
        CDV-70KM   | 15750  | 7    | без трубки | чёрный | 800×480  | 2      | 128 снимков | 230 В
        CDV-704MA  | 15200  | 7    | без трубки | белый  | 800×480  | 4      | microSD     | 230 В
        CDV-704MF  | 16350  | 7    | без трубки | белый  | 1024×600 | 4      | microSD     | 230 В
        CDV-1024MA | 22900  | 10,2 | без трубки | белый  | 1024×600 | 4      | microSD     | 230 В
        CIOT-700M  | 24800  | 7    | без трубки | чёрный | 1024×600 | 4      | microSD     | 230 В
        """,
    ),
    Line(
        brand="kenwei",
        category="monitors",
        picture="monitor",
        name="Монитор видеодомофона {inch}″, {talk}, {colour}",
        description="Тонкий корпус, сенсорные кнопки. Запись по вызову и по движению на карту памяти.",
        properties=MONITOR,
        rows="""
        article        | retail | inch | talk       | colour  | screen   | panels | memory      | power
        KW-E400FC      | 5480   | 4,3  | без трубки | белый   | 480×272  | 2      | —           | 230 В
        KW-E703FC      | 8240   | 7    | без трубки | белый   | 800×480  | 2      | —           | 230 В
        KW-E705FC-W200 | 10900  | 7    | с трубкой  | белый   | 800×480  | 2      | 200 снимков | 230 В
        KW-S700C-W200  | 12650  | 7    | без трубки | серебро | 800×480  | 2      | 200 снимков | 230 В
        KW-S704C       | 11300  | 7    | без трубки | чёрный  | 1024×600 | 2      | microSD     | 12 В
        KW-E1005FC     | 15700  | 10   | с трубкой  | белый   | 1024×600 | 2      | microSD     | 230 В
        """,
    ),
    Line(
        brand="slinex",
        category="monitors",
        picture="monitor",
        name="Монитор видеодомофона {inch}″, {talk}, {colour}",
        description="Лаконичный монитор SLINEX; детектор движения, громкая связь, меню на русском языке.",
        properties=MONITOR,
        rows="""
        article    | retail | inch | talk                     | colour | screen   | panels | memory      | power
        MS-04M     | 4190   | 4,3  | без трубки               | белый  | 480×272  | 1      | —           | 230 В
        SQ-04M     | 5290   | 4,3  | без трубки               | белый  | 480×272  | 2      | 100 снимков | 12 В
        SQ-04M-B   | 5290   | 4,3  | без трубки               | чёрный | 480×272  | 2      | 100 снимков | 12 В
        SM-07MHD   | 8690   | 7    | без трубки               | белый  | 1024×600 | 2      | microSD     | 12 В
        SM-07MHD-G | 8690   | 7    | без трубки               | графит | 1024×600 | 2      | microSD     | 12 В
        SQ-07MTHD  | 11490  | 7    | сенсорный экран          | белый  | 1024×600 | 2      | microSD     | 12 В
        SL-07IPHD  | 17990  | 7    | переадресация на телефон | белый  | 1024×600 | 2      | microSD     | 12 В, PoE
        SL-10IPTHD | 24990  | 10,1 | переадресация на телефон | графит | 1024×600 | 2      | microSD     | 12 В, PoE
        """,
    ),
    Line(
        brand="gardi",
        category="monitors",
        picture="monitor",
        name="Монитор видеодомофона {inch}″, {talk}, {colour}",
        description="Недорогой монитор для квартиры и дачи; крепится на планку, без сверления корпуса.",
        properties=MONITOR,
        rows="""
        article         | retail | inch | talk       | colour | screen   | panels | memory  | power
        GARDI Start 4   | 3490   | 4,3  | без трубки | белый  | 480×272  | 1      | —       | 230 В
        GARDI Life 7    | 5990   | 7    | без трубки | белый  | 800×480  | 2      | —       | 230 В
        GARDI Life 7 SD | 6790   | 7    | без трубки | чёрный | 800×480  | 2      | microSD | 230 В
        GARDI Lux HD    | 8450   | 7    | без трубки | чёрный | 1024×600 | 2      | microSD | 230 В
        GARDI Lux 10 HD | 11900  | 10   | без трубки | белый  | 1024×600 | 2      | microSD | 12 В
        """,
    ),
    Line(
        brand="hikvision",
        category="monitors",
        picture="monitor",
        name="Монитор IP-домофона {inch}″, сенсорный, {colour}",
        description="Внутренняя станция IP-домофона: видит камеры дома, открывает дверь с телефона.",
        properties=MONITOR | {"Связь": "Ethernet{talk}"},
        rows="""
        article        | retail | inch | talk    | colour | screen   | panels | memory  | power
        DS-KH6320-TE1  | 13490  | 7    |         | чёрный | 1024×600 | 16     | microSD | PoE
        DS-KH6320-WTE1 | 14990  | 7    | , Wi-Fi | чёрный | 1024×600 | 16     | microSD | 12 В, PoE
        DS-KH8350-WTE1 | 21990  | 7    | , Wi-Fi | чёрный | 1024×600 | 16     | microSD | 12 В, PoE
        DS-KH9510-WTE1 | 39900  | 10,1 | , Wi-Fi | чёрный | 1280×800 | 16     | microSD | 12 В, PoE
        """,
    ),
)

STATIONS = (
    Line(
        brand="commax",
        category="door-stations",
        picture="door",
        name="Вызывная видеопанель, {pixels}, {trait}, {colour}",
        description="Панель COMMAX четырёхпроводной системы; сталь или алюминий, кнопка с подсветкой.",
        properties=STATION | {"Исполнение": "{colour}"},
        rows="""
        article   | retail | pixels  | trait     | colour  | angle | light    | body     | cold
        DRC-40KR2 | 6480   | 600 ТВЛ | накладная | серебро | 70    | 4 диода  | пластик  | −20
        DRC-40YD  | 7890   | 600 ТВЛ | врезная   | бронза  | 70    | 4 диода  | алюминий | −20
        DRC-41M   | 7350   | 1,3 Мп  | накладная | серебро | 100   | 6 диодов | алюминий | −30
        DRC-41QC  | 9120   | 2 Мп    | накладная | чёрная  | 105   | 6 диодов | алюминий | −30
        DRC-703L  | 10480  | 2 Мп    | накладная | серебро | 110   | 8 диодов | сталь    | −40
        """,
    ),
    Line(
        brand="slinex",
        category="door-stations",
        picture="door",
        name="Вызывная видеопанель, {pixels}, {trait}, {colour}",
        description="Литой металлический корпус, антивандальная кнопка; в комплекте уголок для поворота на 30°.",
        properties=STATION | {"Исполнение": "{colour}"},
        rows="""
        article   | retail | pixels | trait            | colour  | angle | light       | body     | cold
        ML-15HR   | 5690   | 2 Мп   | узкая            | чёрная  | 90    | ИК до 1 м   | алюминий | −40
        ML-16HR   | 6490   | 2 Мп   | козырёк          | медь    | 90    | ИК до 1 м   | алюминий | −40
        ML-16HR-S | 6490   | 2 Мп   | козырёк          | серебро | 90    | ИК до 1 м   | алюминий | −40
        ML-17HD   | 5290   | 2 Мп   | антивандальная   | графит  | 112   | ИК до 1 м   | цинк     | −40
        ML-20HD   | 7190   | 2 Мп   | антивандальная   | чёрная  | 120   | ИК до 1,5 м | цинк     | −40
        ML-20CRHD | 9890   | 2 Мп   | считыватель карт | серебро | 120   | ИК до 1,5 м | цинк     | −40
        ML-20IP   | 13990  | 2 Мп   | сетевая, PoE     | чёрная  | 110   | ИК до 1,5 м | цинк     | −40
        MA-02CRHD | 21900  | 2 Мп   | на 2 абонента    | серебро | 120   | ИК до 1,5 м | сталь    | −40
        """,
    ),
    Line(
        category="door-stations",
        picture="door",
        name="Вызывная видеопанель, {pixels}, {trait}, {colour}",
        description="Совместима с мониторами четырёхпроводной системы; козырёк от дождя в комплекте.",
        properties=STATION | {"Исполнение": "{colour}"},
        rows="""
        article        | brand  | retail | pixels  | trait        | colour  | angle | light       | body     | cold
        KW-139M-600TVL | kenwei | 3890   | 600 ТВЛ | накладная    | серебро | 70    | 6 диодов    | алюминий | −40
        KW-138MCS      | kenwei | 4480   | 600 ТВЛ | врезная      | бронза  | 70    | 6 диодов    | алюминий | −40
        KW-S201C       | kenwei | 5950   | 1,3 Мп  | накладная    | чёрная  | 90    | ИК до 1 м   | алюминий | −40
        KW-HD139MD     | kenwei | 6780   | 2 Мп    | накладная    | серебро | 110   | ИК до 1 м   | алюминий | −40
        GARDI Door 1   | gardi  | 2790   | 960H    | накладная    | серебро | 75    | ИК до 1 м   | алюминий | −30
        GARDI Door HD  | gardi  | 3950   | 2 Мп    | накладная    | чёрная  | 100   | ИК до 1 м   | цинк     | −40
        GARDI Wide HD  | gardi  | 4690   | 2 Мп    | широкий угол | медь    | 130   | ИК до 1,5 м | цинк     | −40
        """,
    ),
    Line(
        brand="hikvision",
        category="door-stations",
        picture="door",
        name="Вызывная панель IP-домофона, {pixels}, {trait}",
        description="Сетевая панель с питанием по витой паре; считыватель MIFARE и две релейные группы.",
        properties=STATION | {"Питание": "12 В, PoE"},
        rows="""
        article        | retail | pixels | trait                        | angle | light     | body     | cold
        DS-KV6113-WPE1 | 14990  | 2 Мп   | 1 абонент, Wi-Fi             | 129   | ИК до 3 м | пластик  | −40
        DS-KV8113-WME1 | 18490  | 2 Мп   | 1 абонент, считыватель карт  | 129   | ИК до 3 м | цинк     | −40
        DS-KV8413-WME1 | 22490  | 2 Мп   | 4 абонента, считыватель карт | 129   | ИК до 3 м | цинк     | −40
        DS-KD8003-IME1 | 16990  | 2 Мп   | модуль камеры                | 180   | ИК до 3 м | алюминий | −40
        """,
    ),
)

AUDIO = (
    Line(
        category="handsets",
        picture="handset",
        name="Трубка абонентская {trait}",
        description="Переговорная трубка для подъездного домофона с координатной или цифровой линией связи.",
        properties={
            "Линия связи": "{wire}",
            "Кнопки": "{buttons}",
            "Вызов": "{ring}",
            "Цвет": "{colour}",
            "Размеры": "{size} мм",
        },
        rows="""
        article    | brand  | retail | trait                     | wire         | buttons | ring    | colour | size
        DP-2S      | commax | 2150   | с регулировкой громкости  | 2 провода    | 1       | зуммер  | белый  | 92×215×62
        DP-2HPR    | commax | 1980   | координатная              | координатная | 1       | зуммер  | белый  | 92×215×62
        DP-4VHP    | commax | 2690   | с двумя кнопками          | 4 провода    | 2       | мелодия | белый  | 92×215×65
        DP-20H     | commax | 3240   | для связи с постом охраны | 2 провода    | 2       | мелодия | белый  | 95×220×68
        DP-3HPR    | commax | 2340   | цифровая                  | цифровая     | 1       | зуммер  | белый  | 92×215×62
        KW-2A      | kenwei | 1420   | дополнительная к монитору | 4 провода    | 1       | мелодия | белый  | 85×205×58
        SA-10      | slinex | 1190   | компактная                | координатная | 1       | зуммер  | белый  | 80×198×45
        SA-10D     | slinex | 1390   | компактная, цифровая      | цифровая     | 2       | зуммер  | белый  | 80×198×45
        GARDI Talk | gardi  | 790    | с индикатором вызова      | координатная | 1       | зуммер  | белый  | 78×195×45
        """,
    ),
    Line(
        category="door-stations",
        picture="button",
        name="Аудиопанель вызывная, {trait}, {colour}",
        description="Звуковая панель на одного абонента, с кнопкой и подсветкой именной таблички.",
        properties={
            "Линия связи": "{wire}",
            "Корпус": "{body}",
            "Цвет": "{colour}",
            "Рабочая температура": "−30…+50 °C",
        },
        rows="""
        article | brand  | retail | trait          | colour  | wire      | body
        DR-2PN  | commax | 1560   | накладная      | серебро | 2 провода | пластик
        DR-DW1N | commax | 2480   | антивандальная | сталь   | 2 провода | сталь
        """,
    ),
    Line(
        category="monitors",
        picture="monitor",
        name="Комплект видеодомофона: монитор {inch}″ и панель {pixels}, {colour}",
        description="Монитор, вызывная панель, блок питания и 15 м кабеля в одной коробке: поставить и включить.",
        properties={
            "Экран": "{inch}″",
            "Панель": "{pixels}",
            "Память": "{memory}",
            "Кабель": "15 м, в комплекте",
            "Цвет": "{colour}",
        },
        unit="компл",
        rows="""
        article           | brand  | retail | inch | pixels  | colour         | memory
        GARDI Kit Life    | gardi  | 8490   | 7    | 960H    | белый          | —
        GARDI Kit Lux HD  | gardi  | 11690  | 7    | 2 Мп    | чёрный         | microSD
        SQ-04M+ML-17HD    | slinex | 9990   | 4,3  | 2 Мп    | белый и графит | 100 снимков
        SM-07MHD+ML-16HR  | slinex | 14490  | 7    | 2 Мп    | белый и медь   | microSD
        KW-E703FC+KW-139M | kenwei | 11400  | 7    | 600 ТВЛ | белый          | —
        """,
    ),
)

LINES = MONITORS + STATIONS + AUDIO
