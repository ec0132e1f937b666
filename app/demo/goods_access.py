"""Demo goods of access control: locks, readers and keys, gate drives and barriers."""

# long: a table of models

from app.demo.wares import Line

LOCKS = (
    Line(
        brand="bft",
        category="locks",
        picture="lock",
        name="Замок электромеханический {kind}, {hand}",
        description="Открывается импульсом с вызывной панели или кнопки; механический ключ работает без питания.",
        properties={
            "Установка": "{kind}",
            "Сторона": "{hand}",
            "Питание": "12 В AC/DC, до {current} А",
            "Ключи": "{keys}",
            "Рабочая температура": "−40…+50 °C",
        },
        rows="""
        article | retail | kind      | hand      | current | keys
        ECB-12L | 12400  | накладной | левый     | 3       | 3 ключа
        ECB-12R | 12400  | накладной | правый    | 3       | 3 ключа
        ECB-12S | 13900  | накладной | с кнопкой | 3       | 5 ключей
        EBP-24  | 18700  | напольный | для ворот | 1       | 3 ключа
        """,
    ),
    Line(
        brand="tap-security",
        category="locks",
        picture="maglock",
        name="Замок электромагнитный, {force} кг, {trait}",
        description="Без остаточной намагниченности; при пожаре снимается питание и дверь свободна.",
        properties={
            "Удержание": "{force} кг",
            "Исполнение": "{trait}",
            "Питание": "12 В, {current} А",
            "Размеры": "{size} мм",
            "Рабочая температура": "−{cold}…+50 °C",
        },
        rows="""
        article    | retail | force | trait                     | current | size      | cold
        TAP-ML60   | 1490   | 60    | мебельный                 | 0,12    | 80×33×18  | 10
        TAP-ML180  | 2390   | 180   | накладной                 | 0,35    | 166×36×21 | 30
        TAP-ML280  | 2980   | 280   | накладной                 | 0,45    | 250×42×25 | 30
        TAP-ML280S | 3640   | 280   | с датчиком Холла          | 0,45    | 250×42×25 | 30
        TAP-ML280K | 3870   | 280   | с уголком и платой ключей | 0,45    | 250×42×25 | 30
        TAP-ML400  | 4950   | 400   | уличный                   | 0,5     | 268×54×31 | 40
        TAP-ML500  | 6280   | 500   | уличный                   | 0,6     | 268×73×40 | 40
        """,
    ),
    Line(
        brand="tap-security",
        category="locks",
        picture="lock",
        name="Защёлка электромеханическая {kind}, {trait}",
        description="Ставится вместо ответной планки обычного замка; регулируемый язычок.",
        properties={
            "Режим": "{kind}",
            "Особенность": "{trait}",
            "Питание": "12 В, {current} А",
            "Нагрузка": "до {force} кг",
        },
        rows="""
        article    | retail | kind               | trait     | current | force
        TAP-ES10   | 1180   | нормально закрытая | узкая     | 0,25    | 330
        TAP-ES10NO | 1290   | нормально открытая | узкая     | 0,18    | 330
        TAP-ES20M  | 1740   | нормально закрытая | с памятью | 0,25    | 500
        """,
    ),
    Line(
        brand="tap-security",
        category="locks",
        picture="button",
        name="Кнопка выхода {kind}, {body}",
        description="Нормально открытый и нормально закрытый контакты, подсветка видна в темноте.",
        properties={
            "Установка": "{kind}",
            "Корпус": "{body}",
            "Контакты": "{contacts}",
            "Нагрузка": "до 3 А, 36 В",
        },
        rows="""
        article   | retail | minimum | kind          | body               | contacts
        TAP-B10   | 240    | 2       | накладная     | пластик            | NO
        TAP-B20   | 490    | 1       | врезная       | сталь              | NO, NC
        TAP-B21L  | 680    | 1       | врезная       | сталь с подсветкой | NO, NC
        TAP-B30IR | 1890   | 1       | бесконтактная | сталь              | NO, NC
        TAP-B911  | 790    | 1       | аварийная     | пластик, зелёная   | NO, NC
        """,
    ),
)

READERS = (
    Line(
        category="readers",
        picture="reader",
        name="Считыватель {cards}, {trait}",
        description="Читает карты и брелоки на лету; звук и свет управляются контроллером.",
        properties={
            "Карты": "{cards}",
            "Интерфейс": "{wire}",
            "Дальность": "до {range} см",
            "Питание": "12 В, {current} мА",
            "Защита": "{ip}",
            "Рабочая температура": "−{cold}…+60 °C",
        },
        rows="""
        article | brand | retail | cards | trait | wire | range | current | ip | cold
        TAP-R10 | tap-security | 1190 | EM-Marin | накладной | Wiegand-26 | 8 | 60 | IP54 | 30
        TAP-R10B | tap-security | 1190 | EM-Marin | чёрный | Wiegand-26 | 8 | 60 | IP54 | 30
        TAP-R20M | tap-security | 1890 | MIFARE | накладной | Wiegand-26/34 | 5 | 70 | IP54 | 30
        TAP-R30V | tap-security | 2680 | EM-Marin | антивандальный | Wiegand-26, 1-Wire | 6 | 60 | IP66 | 40
        TAP-R40BLE | tap-security | 4350 | MIFARE | со смартфона | Wiegand, OSDP | 5 | 90 | IP65 | 40
        DS-K1107AM | hikvision | 3290 | MIFARE | накладной | RS-485, Wiegand | 5 | 100 | IP65 | 30
        DS-K1107AEK | hikvision | 3790 | EM-Marin | с клавиатурой | RS-485, Wiegand | 5 | 120 | IP65 | 30
        DS-K1802MK | hikvision | 2190 | MIFARE | узкий, с клавишами | RS-485, Wiegand | 5 | 80 | IP65 | 30
        """,
    ),
    Line(
        category="readers",
        picture="keypad",
        name="Кодовая панель {trait}, {users}",
        description="Автономный контроллер на одну дверь: код, карта или то и другое вместе.",
        properties={
            "Пользователи": "{users}",
            "Карты": "{cards}",
            "Корпус": "{body}",
            "Реле": "12 В, 3 А",
            "Защита": "{ip}",
        },
        rows="""
        article      | brand        | retail | trait              | users               | cards    | body    | ip
        TAP-K10      | tap-security | 1980   | накладная          | 500 кодов           | —        | пластик | IP40
        TAP-K20EM    | tap-security | 2740   | со считывателем    | 1 000 пользователей | EM-Marin | пластик | IP54
        TAP-K30V     | tap-security | 4690   | антивандальная     | 1 000 пользователей | EM-Marin | цинк    | IP67
        DS-K1T804AMF | hikvision    | 8990   | со сканером пальца | 3 000 пользователей | MIFARE   | пластик | IP40
        """,
    ),
    Line(
        brand="tap-security",
        category="readers",
        picture="ppk",
        name="Контроллер доступа сетевой, {doors}",
        description="Решает сам, когда связи с сервером нет: база и события хранятся в контроллере.",
        properties={
            "Двери": "{doors}",
            "Карты": "до {cards}",
            "События": "до {events}",
            "Связь": "Ethernet, RS-485",
            "Питание": "12 В",
        },
        rows="""
        article | retail | doors   | cards  | events
        TAP-C1  | 7450   | 1 дверь | 10 000 | 50 000
        TAP-C2  | 9980   | 2 двери | 20 000 | 100 000
        TAP-C4  | 15700  | 4 двери | 20 000 | 100 000
        """,
    ),
    Line(
        brand="tap-security",
        category="readers",
        picture="card",
        name="{kind} доступа {chip}, {trait}",
        description="Отпускается упаковками; номер нанесён на корпус и совпадает с кодом.",
        properties={
            "Стандарт": "{chip}",
            "Частота": "{band}",
            "Исполнение": "{trait}",
            "Память": "{memory}",
        },
        rows="""
        article    | retail | picture | pack | kind   | chip     | trait               | band      | memory
        TAP-EM-C16 | 18,50  | card    | 100  | Карта  | EM-Marin | толстая, с прорезью | 125 кГц   | 64 бит
        TAP-EM-C08 | 21     | card    | 50   | Карта  | EM-Marin | тонкая, под печать  | 125 кГц   | 64 бит
        TAP-MF-C08 | 26,40  | card    | 50   | Карта  | MIFARE   | тонкая, под печать  | 13,56 МГц | 1 кБ
        TAP-EM-F   | 24     | fob     | 50   | Брелок | EM-Marin | синий               | 125 кГц   | 64 бит
        TAP-MF-F   | 33,60  | fob     | 50   | Брелок | MIFARE   | чёрный              | 13,56 МГц | 1 кБ
        """,
    ),
)

GATES = (
    Line(
        brand="bft",
        category="gates",
        picture="gate",
        name="Привод для {kind} ворот, {limit}{trait}",
        description="Итальянский привод с магнитными концевиками; обнаруживает препятствие и отходит назад.",
        properties={
            "Ворота": "{kind}",
            "Предел": "{limit}",
            "Питание": "{power}",
            "Мощность": "{watts} Вт",
            "Интенсивность": "{duty}",
            "Рабочая температура": "−20…+60 °C",
        },
        rows="""
        article              | retail | unit  | kind      | limit       | trait      | power | watts | duty
        DEIMOS BT A400       | 28900  | шт    | откатных  | до 400 кг   |            | 24 В  | 70    | высокая
        DEIMOS BT A600       | 33400  | шт    | откатных  | до 600 кг   |            | 24 В  | 70    | высокая
        DEIMOS BT KIT A600   | 41200  | компл | откатных  | до 600 кг   | , комплект | 24 В  | 70    | высокая
        ARES BT A1000        | 46800  | шт    | откатных  | до 1 000 кг |            | 24 В  | 240   | высокая
        ARES BT A1500        | 53900  | шт    | откатных  | до 1 500 кг |            | 24 В  | 400   | высокая
        ICARO SMART AC A2000 | 68700  | шт    | откатных  | до 2 000 кг |            | 230 В | 750   | высокая
        PHOBOS BT A25        | 24600  | шт    | распашных | до 2,5 м    |            | 24 В  | 40    | средняя
        PHOBOS BT KIT A25    | 62500  | компл | распашных | до 2,5 м    | , комплект | 24 В  | 40    | средняя
        PHOBOS BT KIT A40    | 71900  | компл | распашных | до 4 м      | , комплект | 24 В  | 45    | средняя
        """,
    ),
    Line(
        brand="bft",
        category="gates",
        picture="barrier",
        name="Шлагбаум, стрела {boom}, {trait}",
        description="Тумба с пружиной балансировки и блоком управления; стрела заказывается отдельно.",
        properties={
            "Стрела": "{boom}",
            "Открытие": "{time} с",
            "Питание": "{power}",
            "Интенсивность": "{duty} циклов в сутки",
            "Исполнение": "{trait}",
        },
        rows="""
        article             | retail | boom   | trait       | time | power | duty
        MOOVI 30            | 89900  | до 3 м | скоростной  | 2    | 230 В | 2 000
        MOOVI 60            | 98500  | до 6 м | базовый     | 6    | 230 В | 1 200
        MICHELANGELO BT A60 | 189000 | до 6 м | интенсивный | 4    | 24 В  | 5 000
        """,
    ),
    Line(
        brand="bft",
        category="gates",
        picture="fob",
        name="{kind}, {trait}",
        description="Родная принадлежность приводов BFT, настраивается с платы за минуту.",
        properties={
            "Назначение": "{kind}",
            "Особенность": "{trait}",
            "Питание": "{power}",
            "Защита": "{ip}",
        },
        rows="""
        article            | retail | picture | unit  | kind                  | trait                | power   | ip
        MITTO B RCB02      | 2190   | fob     | шт    | Пульт для ворот       | 2 кнопки, 433,92 МГц | CR2032  | IP40
        MITTO B RCB04      | 2390   | fob     | шт    | Пульт для ворот       | 4 кнопки, 433,92 МГц | CR2032  | IP40
        CLONIX2E           | 4680   | antenna | шт    | Радиоприёмник внешний | 2 канала             | 12–24 В | IP55
        DESME A15          | 4350   | beam    | компл | Фотоэлементы          | до 30 м              | 24 В    | IP54
        THEA A15 O.PF      | 6790   | beam    | компл | Фотоэлементы          | поворотные, до 30 м  | 24 В    | IP54
        RADIUS LED BT A R1 | 3480   | lamp    | шт    | Лампа сигнальная      | с антенной           | 24 В    | IP54
        RADIUS LED AC A R1 | 3640   | lamp    | шт    | Лампа сигнальная      | с антенной           | 230 В   | IP54
        Q.BO TOUCH         | 5980   | keypad  | шт    | Клавиатура уличная    | радиоканал           | 2 × AAA | IP54
        """,
    ),
)

LINES = LOCKS + READERS + GATES
