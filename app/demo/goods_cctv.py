"""Demo goods of video surveillance: cameras, recorders, lenses and housings, PoE switches."""

# long: a table of models

from app.demo.wares import Line

IP_CAMERA = {
    "Разрешение": "{mp} Мп",
    "Объектив": "{lens} мм",
    "ИК-подсветка": "до {ir} м",
    "Сжатие": "H.265+, H.264+",
    "Питание": "12 В, PoE 802.3af",
    "Защита": "IP67",
    "Рабочая температура": "−40…+60 °C",
}
ANALOG_CAMERA = {
    "Разрешение": "{mp} Мп",
    "Стандарт": "AHD, TVI, CVI, CVBS",
    "Объектив": "{lens} мм",
    "ИК-подсветка": "до {ir} м",
    "Питание": "12 В, до 400 мА",
    "Защита": "IP66",
}
PTZ_CAMERA = {
    "Разрешение": "{mp} Мп",
    "Зум": "{zoom}×, оптический",
    "ИК-подсветка": "{ir}",
    "Поворот": "360° без остановки, наклон −15…90°",
    "Питание": "{power}",
    "Защита": "IP66, IK10",
}

CAMERAS = (
    Line(
        brand="hikvision",
        category="ip-cameras",
        picture="bullet",
        name="IP-камера уличная, {mp} Мп, ИК {ir} м, {lens} мм",
        description="Цилиндрическая камера AcuSense: отличает человека и машину от веток и дождя. "
        "Объектив {lens} мм, карта памяти до 256 ГБ.",
        properties=IP_CAMERA,
        rows="""
        article              | retail | mp | ir | lens
        DS-2CD2023G2-I       | 11990  | 2  | 40 | 2,8
        DS-2CD2023G2-I(4mm)  | 11990  | 2  | 40 | 4
        DS-2CD2043G2-I       | 14990  | 4  | 40 | 2,8
        DS-2CD2043G2-I(4mm)  | 14990  | 4  | 40 | 4
        DS-2CD2043G2-I(6mm)  | 15290  | 4  | 40 | 6
        DS-2CD2083G2-I       | 21490  | 8  | 40 | 2,8
        DS-2CD2083G2-I(4mm)  | 21490  | 8  | 40 | 4
        DS-2CD2T23G2-4I      | 15490  | 2  | 80 | 4
        DS-2CD2T43G2-4I      | 18990  | 4  | 60 | 4
        DS-2CD2T43G2-4I(6mm) | 19190  | 4  | 60 | 6
        DS-2CD2T83G2-4I      | 23890  | 8  | 60 | 4
        DS-2CD2T83G2-4I(6mm) | 24190  | 8  | 60 | 6
        """,
    ),
    Line(
        brand="hikvision",
        category="ip-cameras",
        picture="bullet",
        name="IP-камера уличная, {mp} Мп, ИК {ir} м, моторизованный объектив {lens} мм",
        description="Угол обзора настраивается с рабочего места, без лестницы. Тревожный вход и выход, звук.",
        properties=IP_CAMERA | {"Тревожные контакты": "1 вход, 1 выход"},
        rows="""
        article          | retail | mp | ir | lens
        DS-2CD2623G2-IZS | 25990  | 2  | 60 | 2,8–12
        DS-2CD2643G2-IZS | 29990  | 4  | 60 | 2,8–12
        DS-2CD2683G2-IZS | 37490  | 8  | 60 | 2,8–12
        """,
    ),
    Line(
        brand="hikvision",
        category="ip-cameras",
        picture="bullet",
        name="IP-камера уличная, {mp} Мп, цвет ночью, подсветка {ir} м, {lens} мм",
        description="Камера ColorVu: светосильный объектив F1.0 и тёплая подсветка дают цветную картинку всю ночь.",
        properties=IP_CAMERA | {"ИК-подсветка": "—", "Белая подсветка": "до {ir} м", "Светосила": "F1.0"},
        rows="""
        article             | retail | mp | ir | lens
        DS-2CD2027G2-L      | 14490  | 2  | 40 | 2,8
        DS-2CD2047G2-L      | 17990  | 4  | 40 | 2,8
        DS-2CD2047G2-L(4mm) | 17990  | 4  | 40 | 4
        DS-2CD2087G2-L      | 26490  | 8  | 40 | 2,8
        DS-2CD2T47G2-L      | 21990  | 4  | 60 | 4
        """,
    ),
    Line(
        brand="hikvision",
        category="ip-cameras",
        picture="dome",
        name="IP-камера купольная антивандальная, {mp} Мп, {trait}",
        description="Корпус выдерживает удар IK10 и держит дождь: подъезды, проходные, парковки под навесом.",
        properties=IP_CAMERA | {"Антивандальность": "IK10"},
        rows="""
        article          | retail | mp | ir | lens   | trait
        DS-2CD2123G2-I   | 13290  | 2  | 30 | 2,8    | ИК 30 м
        DS-2CD2123G2-IS  | 14390  | 2  | 30 | 2,8    | микрофон
        DS-2CD2143G2-I   | 16390  | 4  | 30 | 2,8    | ИК 30 м
        DS-2CD2143G2-IS  | 17490  | 4  | 30 | 2,8    | микрофон
        DS-2CD2183G2-I   | 22990  | 8  | 30 | 2,8    | ИК 30 м
        DS-2CD2183G2-IS  | 24290  | 8  | 30 | 2,8    | микрофон
        DS-2CD2723G2-IZS | 27490  | 2  | 40 | 2,8–12 | моторизованный объектив
        DS-2CD2743G2-IZS | 31990  | 4  | 40 | 2,8–12 | моторизованный объектив
        """,
    ),
    Line(
        brand="hikvision",
        category="ip-cameras",
        picture="turret",
        name="IP-камера с шаровым корпусом, {mp} Мп, ИК {ir} м, {lens} мм",
        description="Шаровой корпус без стекла: нет бликов от подсветки и паутины перед объективом.",
        properties=IP_CAMERA | {"Микрофон": "{mic}"},
        rows="""
        article             | retail | mp | ir | lens | mic
        DS-2CD2323G2-I      | 11990  | 2  | 30 | 2,8  | —
        DS-2CD2343G2-I      | 14490  | 4  | 30 | 2,8  | —
        DS-2CD2343G2-I(4mm) | 14490  | 4  | 30 | 4    | —
        DS-2CD2343G2-IU     | 15690  | 4  | 30 | 2,8  | встроенный
        DS-2CD2383G2-I      | 20990  | 8  | 30 | 2,8  | —
        DS-2CD2383G2-IU     | 22190  | 8  | 30 | 2,8  | встроенный
        """,
    ),
    Line(
        brand="hikvision",
        category="ip-cameras",
        picture="ptz",
        name="IP-камера поворотная, {mp} Мп, зум {zoom}×, ИК {ir}",
        description="Скоростная поворотная камера с автосопровождением цели; до 300 предустановок и восемь патрулей.",
        properties=PTZ_CAMERA,
        rows="""
        article           | retail | mp | zoom | ir    | power
        DS-2DE2A404IW-DE3 | 34990  | 4  | 4    | 20 м  | 12 В, PoE 802.3af
        DS-2DE4225IW-DE   | 79990  | 2  | 25   | 100 м | 12 В, PoE+ 802.3at
        DS-2DE4425IW-DE   | 94990  | 4  | 25   | 100 м | 12 В, PoE+ 802.3at
        DS-2DE5425IW-AE   | 129900 | 4  | 25   | 150 м | 24 В AC, Hi-PoE
        DS-2DE7A432IW-AEB | 229900 | 4  | 32   | 200 м | 24 В AC, Hi-PoE
        """,
    ),
    Line(
        brand="sunell",
        category="ip-cameras",
        picture="bullet",
        name="IP-камера уличная, {mp} Мп, ИК {ir} м, {lens} мм",
        description="Недорогая уличная камера с металлическим корпусом и детектором движения по зонам.",
        properties=IP_CAMERA,
        rows="""
        article         | retail | mp | ir | lens
        SN-IPR54/04AKDN | 7420   | 2  | 30 | 3,6
        SN-IPR54/14AKDN | 7890   | 2  | 30 | 2,8
        SN-IPR56/04AKDN | 9940   | 5  | 30 | 3,6
        SN-IPR56/20AKDN | 10480  | 5  | 50 | 6
        SN-IPR80/04AKDN | 12650  | 8  | 30 | 3,6
        """,
    ),
    Line(
        brand="sunell",
        category="ip-cameras",
        picture="dome",
        name="IP-камера купольная, {mp} Мп, {trait}",
        description="Купольная камера в металлическом корпусе; посадочные размеры одинаковы у всего ряда.",
        properties=IP_CAMERA | {"Антивандальность": "IK10"},
        rows="""
        article         | retail | mp | ir | lens   | trait
        SN-IPR54/12APDN | 8360   | 2  | 20 | 2,8    | ИК 20 м
        SN-IPR56/12APDN | 10900  | 5  | 20 | 2,8    | ИК 20 м
        SN-IPR56/14ZDR  | 15800  | 5  | 30 | 2,8–12 | моторизованный объектив
        SN-IPR80/12APDN | 13900  | 8  | 20 | 2,8    | ИК 20 м
        SN-IPR80/14ZDR  | 16200  | 8  | 30 | 2,8–12 | моторизованный объектив
        """,
    ),
    Line(
        brand="sunell",
        category="ip-cameras",
        picture="ptz",
        name="IP-камера поворотная, {mp} Мп, зум {zoom}×, ИК {ir}",
        description="Поворотная камера для периметра и площадок, металлический корпус с подогревом.",
        properties=PTZ_CAMERA,
        rows="""
        article           | retail | mp | zoom | ir    | power
        SN-SDP2021/H20-DN | 68900  | 2  | 20   | 100 м | 24 В AC
        SN-SDP4031/H33-DN | 104500 | 4  | 33   | 150 м | 24 В AC
        """,
    ),
    Line(
        brand="sony",
        category="ip-cameras",
        name="IP-камера {body}, {mp} Мп, {trait}",
        description="Матрица Exmor и обработка IPELA: ровная картинка против света и при 0,01 лк.",
        properties={
            "Разрешение": "{mp} Мп",
            "Матрица": "Exmor CMOS, {matrix}",
            "Объектив": "{lens}",
            "Широкий динамический диапазон": "View-DR, 90 дБ",
            "Питание": "{power}",
            "Видеоаналитика": "DEPA Advanced",
        },
        rows="""
        article | retail | picture | body | mp | trait | matrix | lens | power
        SNC-EB600B | 42900 | camera | корпусная | 1,3 | крепление CS | 1/3″ | — | 12 В, 24 В AC, PoE
        SNC-EB630B | 51400 | camera | корпусная | 2 | крепление CS | 1/2,8″ | — | 12 В, 24 В AC, PoE
        SNC-VB640 | 79800 | camera | корпусная | 2 | трансфокатор | 1/1,9″ | 3–8 мм | 12 В, 24 В AC, PoE
        SNC-VB770 | 239000 | camera | корпусная | 12 | 4K, полный кадр | 35 мм | — | 12 В, PoE
        SNC-EM602R | 58700 | dome | купольная | 1,3 | ИК 15 м | 1/3″ | 3–9 мм | PoE
        SNC-EM631 | 64900 | dome | купольная | 2 | антивандальная | 1/2,8″ | 3–9 мм | 12 В, PoE
        SNC-EM641 | 71200 | dome | купольная | 2 | ИК 30 м | 1/2,8″ | 3–9 мм | 12 В, PoE
        SNC-XM631 | 47300 | dome | мини-купольная | 2 | для транспорта | 1/2,8″ | 2,8 мм | PoE
        SNC-WR600 | 189000 | ptz | поворотная | 1,3 | зум 30× | 1/3″ | 4,3–129 мм | 24 В AC, Hi-PoE
        SNC-WR632C | 264000 | ptz | поворотная | 2 | зум 30× | 1/2,8″ | 4,3–129 мм | 24 В AC, Hi-PoE
        """,
    ),
    Line(
        brand="sarmatt",
        category="ip-cameras",
        name="IP-камера {body}, {mp} Мп, ИК {ir} м, {lens} мм",
        description="Камера для малых объектов: настройка из облака по QR-коду, запись на карту памяти до 128 ГБ.",
        properties=IP_CAMERA,
        rows="""
        article         | retail | picture | body      | mp | ir | lens
        SR-IN25F36IRL   | 5190   | bullet  | уличная   | 2  | 25 | 3,6
        SR-IN25V2812IRX | 7940   | bullet  | уличная   | 2  | 40 | 2,8–12
        SR-IN50F28IRL   | 7350   | bullet  | уличная   | 5  | 30 | 2,8
        SR-IN50V2812IRX | 10690  | bullet  | уличная   | 5  | 40 | 2,8–12
        SR-ID25F28IRL   | 5340   | dome    | купольная | 2  | 20 | 2,8
        SR-ID50F28IRL   | 7490   | dome    | купольная | 5  | 20 | 2,8
        SR-ID50V2812IRL | 10350  | dome    | купольная | 5  | 30 | 2,8–12
        """,
    ),
    Line(
        brand="microdigital",
        category="ip-cameras",
        name="IP-камера {body}, {mp} Мп, ИК {ir} м, {lens} мм",
        description="Корейская камера с двумя потоками и аппаратным шумоподавлением; грозозащита линии в корпусе.",
        properties=IP_CAMERA,
        rows="""
        article          | retail | picture | body               | mp | ir | lens
        MDC-L6290FSL-36A | 13480  | bullet  | уличная            | 2  | 40 | 3,6
        MDC-L6290VSL-42A | 18900  | bullet  | уличная            | 2  | 45 | 2,8–12
        MDC-M6040FTD-24A | 15270  | bullet  | уличная            | 4  | 30 | 4
        MDC-L8290FSL-2A  | 12890  | turret  | с шаровым корпусом | 2  | 25 | 2,8
        MDC-L8040VSL-30A | 21650  | dome    | купольная          | 4  | 30 | 2,8–12
        """,
    ),
    Line(
        brand="hikvision",
        category="analog-cameras",
        name="Камера HD-TVI {body}, {mp} Мп, ИК {ir} м, {lens} мм",
        description="Работает по коаксиальному кабелю до 500 м; стандарт переключается джойстиком на шнуре.",
        properties=ANALOG_CAMERA,
        rows="""
        article                | retail | picture | body                     | mp | ir | lens
        DS-2CE16D0T-ITF        | 2990   | bullet  | уличная                  | 2  | 30 | 2,8
        DS-2CE16D0T-ITF(3.6mm) | 2990   | bullet  | уличная                  | 2  | 30 | 3,6
        DS-2CE16H0T-ITF        | 4190   | bullet  | уличная                  | 5  | 30 | 2,8
        DS-2CE12DF3T-FS        | 6890   | bullet  | уличная, цвет ночью      | 2  | 40 | 2,8
        DS-2CE76D0T-ITMF       | 2890   | turret  | с шаровым корпусом       | 2  | 30 | 2,8
        DS-2CE76H0T-ITMF       | 4090   | turret  | с шаровым корпусом       | 5  | 30 | 2,8
        DS-2CE56D0T-VFIRF      | 4690   | dome    | купольная                | 2  | 30 | 2,8–12
        DS-2CE57H0T-VPITF      | 5290   | dome    | купольная антивандальная | 5  | 20 | 2,8
        """,
    ),
    Line(
        brand="sarmatt",
        category="analog-cameras",
        name="Камера AHD {body}, {mp} Мп, ИК {ir} м, {lens} мм",
        description="Бюджетная камера четырёх стандартов для подъездов, магазинов и дач.",
        properties=ANALOG_CAMERA,
        rows="""
        article         | retail | picture | body               | mp | ir | lens
        SR-N200F28IRL   | 2190   | bullet  | уличная            | 2  | 20 | 2,8
        SR-N200F36IRL   | 2190   | bullet  | уличная            | 2  | 20 | 3,6
        SR-N200V2812IRX | 3980   | bullet  | уличная            | 2  | 40 | 2,8–12
        SR-N500F28IRL   | 2990   | bullet  | уличная            | 5  | 20 | 2,8
        SR-D200F28IRL   | 1990   | dome    | купольная          | 2  | 20 | 2,8
        SR-D200F36      | 1690   | dome    | купольная          | 2  | 10 | 3,6
        SR-D500F28IRL   | 2790   | dome    | купольная          | 5  | 20 | 2,8
        SR-S200V2812IRL | 3650   | turret  | с шаровым корпусом | 2  | 30 | 2,8–12
        """,
    ),
    Line(
        brand="microdigital",
        category="analog-cameras",
        name="Камера AHD {body}, {mp} Мп, ИК {ir} м, {lens} мм",
        description="Матрица Sony Starvis: цвет в сумерках держится дольше, чем у камер того же класса.",
        properties=ANALOG_CAMERA | {"Матрица": "Sony Starvis, 1/2,8″"},
        rows="""
        article           | retail | picture | body               | mp | ir | lens
        MDC-AH6290FSL-24  | 5890   | bullet  | уличная            | 2  | 25 | 3,6
        MDC-AH6290VSL-42  | 8450   | bullet  | уличная            | 2  | 40 | 2,8–12
        MDC-AH7290FTN-24H | 4980   | dome    | купольная          | 2  | 20 | 3,6
        MDC-AH7290VTD-30  | 7820   | dome    | купольная          | 2  | 30 | 2,8–12
        MDC-AH8290FSL-2   | 5340   | turret  | с шаровым корпусом | 2  | 20 | 2,8
        """,
    ),
    Line(
        brand="vision-hi-tech",
        category="analog-cameras",
        name="Камера {body}, {mp} Мп, {trait}, {lens} мм",
        description="Сделано в Корее. Меню на русском языке, широкий динамический диапазон 120 дБ.",
        properties=ANALOG_CAMERA | {"ИК-подсветка": "{ir}", "Особенность": "{trait}"},
        rows="""
        article          | retail | picture | body          | mp  | trait         | lens   | ir
        VC56BSHRX-VFIR44 | 11900  | bullet  | AHD уличная   | 2   | ИК 44 м       | 2,8–12 | до 44 м
        VC56BSHRX-IR30   | 8640   | bullet  | AHD уличная   | 2   | ИК 30 м       | 3,6    | до 30 м
        VDA102SM3-VFIR   | 9480   | dome    | AHD купольная | 2   | ИК 25 м       | 2,8–12 | до 25 м
        VDA101SM3-S36    | 5920   | dome    | AHD купольная | 2   | звук          | 3,6    | —
        VB32BS-HVF49     | 7290   | dome    | AHD скрытая   | 2   | пинхол        | 4,3    | —
        VC58HX-12        | 10350  | camera  | AHD корпусная | 2   | крепление CS  | 3–12   | —
        VC58HQX-230      | 12480  | camera  | AHD корпусная | 2   | питание 230 В | 3–12   | —
        VQ29EH-B36       | 4870   | camera  | AHD модульная | 1,3 | без корпуса   | 3,6    | —
        """,
    ),
)

RECORDERS = (
    Line(
        brand="hikvision",
        category="recorders",
        picture="rec",
        name="Видеорегистратор, {channels}, {disks} HDD{poe}",
        description="Сетевой регистратор с поиском по людям и машинам; камеры своего производства находит сам.",
        properties={
            "Каналы": "{channels}",
            "Разрешение записи": "до {mp} Мп",
            "Входящий поток": "{stream} Мбит/с",
            "Диски": "{disks} HDD, до 10 ТБ каждый",
            "Видеовыходы": "HDMI 4K, VGA",
            "PoE": "{ports}",
        },
        rows="""
        article          | retail | channels   | disks | poe             | mp | stream | ports
        DS-7604NI-K1     | 11890  | 4 канала   | 1     |                 | 8  | 40     | —
        DS-7604NI-K1/4P  | 15990  | 4 канала   | 1     | , PoE 4 порта   | 8  | 40     | 4 порта, 50 Вт
        DS-7608NI-K1     | 13490  | 8 каналов  | 1     |                 | 8  | 80     | —
        DS-7608NI-K1/8P  | 21490  | 8 каналов  | 1     | , PoE 8 портов  | 8  | 80     | 8 портов, 75 Вт
        DS-7608NI-Q2/8P  | 26990  | 8 каналов  | 2     | , PoE 8 портов  | 8  | 80     | 8 портов, 120 Вт
        DS-7616NI-K2     | 24990  | 16 каналов | 2     |                 | 8  | 160    | —
        DS-7616NI-Q2/16P | 42990  | 16 каналов | 2     | , PoE 16 портов | 8  | 160    | 16 портов, 200 Вт
        DS-7632NI-K2     | 36990  | 32 канала  | 2     |                 | 8  | 256    | —
        DS-7732NI-K4/16P | 79900  | 32 канала  | 4     | , PoE 16 портов | 8  | 256    | 16 портов, 200 Вт
        DS-9664NI-I8     | 164900 | 64 канала  | 8     |                 | 12 | 320    | —
        """,
    ),
    Line(
        brand="hikvision",
        category="recorders",
        picture="rec",
        name="Видеорегистратор гибридный, {channels}, {disks} HDD, {mp} Мп",
        description="Пишет аналоговые камеры пяти стандартов и добавляет сетевые; звук по коаксиальному кабелю.",
        properties={
            "Аналоговые каналы": "{channels}",
            "Сетевые каналы": "ещё {ip}",
            "Разрешение записи": "{mp} Мп Lite",
            "Диски": "{disks} HDD, до 10 ТБ каждый",
            "Видеовыходы": "HDMI, VGA, CVBS",
        },
        rows="""
        article           | retail | channels   | ip | disks | mp
        DS-7104HQHI-M1/S  | 8490   | 4 канала   | 2  | 1     | 4
        iDS-7204HUHI-M1/S | 13990  | 4 канала   | 4  | 1     | 8
        iDS-7208HQHI-M1/S | 16490  | 8 каналов  | 4  | 1     | 4
        iDS-7208HUHI-M2/S | 27990  | 8 каналов  | 8  | 2     | 8
        iDS-7216HQHI-M1/S | 26490  | 16 каналов | 8  | 1     | 4
        iDS-7232HQHI-M2/S | 61900  | 32 канала  | 8  | 2     | 4
        """,
    ),
    Line(
        category="recorders",
        picture="rec",
        name="Видеорегистратор {kind}, {channels}, {disks} HDD",
        description="Просмотр с телефона и из браузера, меню на русском языке, архив копируется на USB-диск.",
        properties={
            "Вид": "{kind}",
            "Каналы": "{channels}",
            "Разрешение записи": "до {mp} Мп",
            "Диски": "{disks} HDD, до 8 ТБ каждый",
            "Видеовыходы": "HDMI, VGA",
        },
        rows="""
        article           | brand        | retail | kind      | channels   | disks | mp
        SN-NVR10/01E1/004 | sunell       | 9870   | сетевой   | 4 канала   | 1     | 8
        SN-NVR10/02E1/008 | sunell       | 14350  | сетевой   | 8 каналов  | 1     | 8
        SN-NVR10/04E2/016 | sunell       | 27400  | сетевой   | 16 каналов | 2     | 8
        SN-NVR2532E4-J    | sunell       | 58200  | сетевой   | 32 канала  | 4     | 12
        MDR-AH4590        | microdigital | 9650   | гибридный | 4 канала   | 1     | 2
        MDR-AH8900        | microdigital | 14980  | гибридный | 8 каналов  | 1     | 5
        MDR-AH16900       | microdigital | 28700  | гибридный | 16 каналов | 2     | 5
        MDR-N16400        | microdigital | 39800  | сетевой   | 16 каналов | 4     | 8
        DSR-411-Real      | sarmatt      | 4290   | гибридный | 4 канала   | 1     | 2
        DSR-823-h         | sarmatt      | 6870   | гибридный | 8 каналов  | 1     | 2
        DSR-1623-h        | sarmatt      | 11450  | гибридный | 16 каналов | 2     | 2
        NVR-0912          | sarmatt      | 5980   | сетевой   | 9 каналов  | 1     | 5
        """,
    ),
)

AROUND_CAMERAS = (
    Line(
        category="optics",
        picture="lens",
        name="Объектив {kind}, {focus} мм, {mount}, {mp} Мп",
        description="Асферическая оптика с ИК-коррекцией: фокус не уходит, когда камера переключается на ночь.",
        properties={
            "Фокусное расстояние": "{focus} мм",
            "Крепление": "{mount}",
            "Диафрагма": "{iris}",
            "Разрешение": "{mp} Мп",
            "Формат матрицы": "{size}″",
        },
        rows="""
        article       | brand          | retail | kind           | focus  | mount | mp | iris       | size
        HV2812P-8MPIR | hikvision      | 9490   | вариофокальный | 2,8–12 | CS    | 8  | P-Iris     | 1/1,8
        HV3816P-8MPIR | hikvision      | 11690  | вариофокальный | 3,8–16 | CS    | 8  | P-Iris     | 1/1,8
        HV1250P-8MPIR | hikvision      | 18900  | вариофокальный | 12–50  | CS    | 8  | P-Iris     | 1/1,8
        MDL-2812D     | microdigital   | 3150   | вариофокальный | 2,8–12 | CS    | 3  | DC-Drive   | 1/2,7
        MDL-0550D     | microdigital   | 4980   | вариофокальный | 5–50   | CS    | 3  | DC-Drive   | 1/2,7
        MDL-0036F     | microdigital   | 690    | фиксированный  | 3,6    | M12   | 5  | постоянная | 1/2,7
        VL-308DC      | vision-hi-tech | 2780   | вариофокальный | 3–8    | CS    | 2  | DC-Drive   | 1/3
        """,
    ),
    Line(
        category="optics",
        picture="housing",
        name="Термокожух уличный, {trait}, длина {length} мм",
        description="Алюминиевый кожух с солнцезащитным козырьком для корпусной камеры с объективом.",
        properties={
            "Внутренняя длина": "{length} мм",
            "Обогрев": "{heat}",
            "Питание": "{power}",
            "Защита": "IP66",
            "Рабочая температура": "−50…+50 °C",
        },
        rows="""
        article   | brand          | retail | trait            | length | heat               | power
        SN-HS3018 | sunell         | 4690   | обогрев          | 260    | 10 Вт              | 12 В
        SN-HS4022 | sunell         | 6350   | обогрев, 230 В   | 320    | 20 Вт              | 230 В AC
        VH-550HB  | vision-hi-tech | 7980   | обогрев и обдув  | 300    | 20 Вт и вентилятор | 24 В AC
        MDH-260W  | microdigital   | 5870   | стеклоочиститель | 260    | 15 Вт              | 24 В AC
        SR-TH210  | sarmatt        | 2940   | обогрев          | 210    | 8 Вт               | 12 В
        """,
    ),
    Line(
        category="optics",
        picture="bracket",
        name="Кронштейн {kind}, {colour}",
        description="Кабель проходит внутри, крепёж в комплекте. Подходит к сериям: {fits}.",
        properties={
            "Материал": "{material}",
            "Цвет": "{colour}",
            "Размеры": "{size} мм",
            "Нагрузка": "до {load} кг",
        },
        rows="""
        article       | brand     | retail | kind                 | colour   | fits     | material | size        | load
        DS-1272ZJ-110 | hikvision | 2190   | настенный            | белый    | DS-2CD21 | алюминий | 120×120×205 | 3
        DS-1473ZJ-155 | hikvision | 2690   | настенный с коробкой | белый    | DS-2CD27 | алюминий | 155×170×233 | 4,5
        DS-1602ZJ     | hikvision | 4390   | для поворотных камер | белый    | DS-2DE   | алюминий | 97×182×306  | 10
        DS-1275ZJ-SUS | hikvision | 1990   | на столб             | стальной | все      | сталь    | 127×258×47  | 30
        SN-CBK520B    | sunell    | 1480   | настенный            | белый    | SN-IPR   | алюминий | 115×115×190 | 3
        SR-BR01       | sarmatt   | 390    | для корпусных камер  | серый    | все      | сталь    | 90×60×160   | 2
        """,
    ),
    Line(
        category="optics",
        brand="hikvision",
        picture="box",
        name="Коробка монтажная для камеры, {colour}, {size} мм",
        description="Прячет разъёмы и запас кабеля под камерой. Подходит к сериям: {fits}.",
        properties={
            "Материал": "алюминий",
            "Цвет": "{colour}",
            "Размеры": "{size} мм",
            "Нагрузка": "до 4,5 кг",
        },
        rows="""
        article     | retail | colour | fits               | size
        DS-1280ZJ-S | 1290   | белая  | DS-2CD20, DS-2CD26 | 137×137×53
        DS-1260ZJ   | 1390   | белая  | DS-2CD2T           | 130×130×43
        """,
    ),
    Line(
        brand="hikvision",
        category="switches",
        picture="switch",
        name="Коммутатор PoE, {ports}, {power} Вт{uplink}",
        description="Режим дальней передачи доводит PoE до 250 м по витой паре; камеры стоят в отдельных сегментах.",
        properties={
            "Порты PoE": "{ports}",
            "Мощность PoE": "{power} Вт, до 30 Вт на порт",
            "Скорость портов": "{speed}",
            "Дальность": "до 250 м",
            "Управление": "{control}",
            "Грозозащита": "6 кВ",
        },
        rows="""
        article           | retail | ports     | power | uplink             | speed      | control
        DS-3E0105P-E/M(B) | 3290   | 4 порта   | 35    |                    | 100 Мбит/с | —
        DS-3E0109P-E/M(B) | 5390   | 8 портов  | 58    |                    | 100 Мбит/с | —
        DS-3E0310P-E/M    | 7490   | 8 портов  | 60    | , 2 порта 1 Гбит/с | 100 Мбит/с | —
        DS-3E0318P-E/M    | 14990  | 16 портов | 135   | , 2 порта 1 Гбит/с | 100 Мбит/с | —
        DS-3E0326P-E/M(B) | 22990  | 24 порта  | 185   | , 2 порта 1 Гбит/с | 100 Мбит/с | —
        DS-3E1310P-EI     | 13490  | 8 портов  | 110   | , 2 порта SFP      | 1 Гбит/с   | через приложение
        DS-3E1318P-EI/M   | 21990  | 16 портов | 135   | , 2 порта SFP      | 1 Гбит/с   | через приложение
        """,
    ),
)

LINES = CAMERAS + RECORDERS + AROUND_CAMERAS
