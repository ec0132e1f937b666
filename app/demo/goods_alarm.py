"""Demo goods of alarms: control panels, detectors, sounders, radio systems and their programs."""

# long: a table of models

from app.demo.wares import Line

PANELS = (
    Line(
        brand="vers",
        category="control-panels",
        picture="ppk",
        name="Прибор приёмно-контрольный на {loops}{trait}",
        description="Охранно-пожарный прибор с настройкой каждого шлейфа и встроенным источником под аккумулятор.",
        properties={
            "Шлейфы": "{loops}",
            "Реле": "{relays}",
            "Токовый выход": "{output} мА",
            "Аккумулятор": "{battery}",
            "Корпус": "{body}",
            "Питание": "230 В",
        },
        rows="""
        article     | retail | loops      | trait                  | relays | output | battery      | body
        ВЭРС-ПК 1   | 4180   | 1 шлейф    |                        | 1      | 200    | 12 В, 1,2 Ач | пластик
        ВЭРС-ПК 2П  | 5640   | 2 шлейфа   |                        | 2      | 300    | 12 В, 4,5 Ач | пластик
        ВЭРС-ПК 4П  | 7920   | 4 шлейфа   |                        | 3      | 400    | 12 В, 7 Ач   | пластик
        ВЭРС-ПК 8П  | 11350  | 8 шлейфов  |                        | 4      | 400    | 12 В, 7 Ач   | пластик
        ВЭРС-ПК 8М  | 12980  | 8 шлейфов  | , металлический корпус | 4      | 400    | 12 В, 7 Ач   | металл
        ВЭРС-ПК 16П | 16740  | 16 шлейфов |                        | 5      | 600    | 12 В, 7 Ач   | пластик
        ВЭРС-ПК 16М | 18420  | 16 шлейфов | , металлический корпус | 5      | 600    | 12 В, 7 Ач   | металл
        ВЭРС-ПК 24П | 21800  | 24 шлейфа  |                        | 5      | 600    | 12 В, 7 Ач   | пластик
        ВЭРС-ПК 24М | 23650  | 24 шлейфа  | , металлический корпус | 5      | 600    | 12 В, 7 Ач   | металл
        """,
    ),
    Line(
        brand="navigard",
        category="control-panels",
        picture="ppk",
        name="Прибор охранный {link}, {zones}{trait}",
        description="Передаёт тревоги на пульт и на телефон владельца; настройка по USB и удалённо.",
        properties={
            "Зоны": "{zones}",
            "Каналы связи": "{link}",
            "Разделы": "{parts}",
            "Ключи и коды": "{codes}",
            "Питание": "{power}",
        },
        rows="""
        article | retail | link           | zones   | trait           | parts | codes | power
        NV 206  | 4390   | GSM            | 6 зон   |                 | 1     | 32    | 12 В
        NV 290  | 6480   | GSM            | 8 зон   | , в корпусе     | 2     | 32    | 230 В
        NV 291  | 7950   | GSM и GPRS     | 8 зон   | , две SIM-карты | 4     | 64    | 230 В
        NV 2050 | 9870   | GSM и Ethernet | 16 зон  |                 | 4     | 64    | 230 В
        NV 2116 | 13400  | GSM и Ethernet | 16 зон  | , радиоканал    | 8     | 128   | 230 В
        NV 8524 | 18900  | 4G и Ethernet  | 24 зоны | , радиоканал    | 16    | 250   | 230 В
        """,
    ),
    Line(
        brand="electronics-line",
        category="control-panels",
        picture="ppk",
        name="Панель охранная {kind}, {zones}",
        description="Израильская панель с самодиагностикой датчиков; управление из приложения и голосовое меню.",
        properties={
            "Зоны": "{zones}",
            "Связь с датчиками": "{kind}",
            "Каналы связи": "{link}",
            "Пользователи": "{users}",
            "Питание": "{power}",
        },
        rows="""
        article        | retail | kind         | zones   | link      | users | power
        iConnect 868   | 24900  | беспроводная | 33 зоны | GSM       | 32    | 9 В, адаптер
        iConnect2-Way  | 29700  | беспроводная | 33 зоны | GSM, IP   | 32    | 9 В, адаптер
        Infinite Prime | 21400  | беспроводная | 33 зоны | GSM, PSTN | 19    | 230 В
        Penta XL       | 13850  | проводная    | 32 зоны | PSTN      | 30    | 230 В
        """,
    ),
    Line(
        brand="eldes",
        category="control-panels",
        picture="ppk",
        name="Контроллер охранный {link}, {zones}{trait}",
        description="Охрана, отопление и ворота с одного телефона: SMS, звонок и облако. Датчики проводные и радио.",
        properties={
            "Зоны": "{zones}",
            "Беспроводные датчики": "до {radio}",
            "Каналы связи": "{link}",
            "Выходы": "{outputs}",
            "Питание": "{power}",
        },
        rows="""
        article           | retail | link | zones   | trait                    | radio | outputs | power
        ESIM364           | 15900  | GSM  | 76 зон  | , радиоканал             | 32    | 4       | 16–24 В AC
        ESIM384           | 19800  | 3G   | 80 зон  | , радиоканал             | 32    | 4       | 16–24 В AC
        PITBULL ALARM PRO | 17600  | 3G   | 64 зоны | , со встроенным датчиком | 32    | 2       | 230 В
        EPIR3             | 12300  | GSM  | 36 зон  | , в корпусе датчика      | 16    | 2       | 230 В
        """,
    ),
    Line(
        category="control-panels",
        picture="keypad",
        name="Клавиатура управления {trait}, {screen}",
        description="Постановка и снятие кодом, тревожные кнопки двойным нажатием, подсветка клавиш.",
        properties={
            "Индикация": "{screen}",
            "Подключение": "{wire}",
            "Питание": "{power}",
            "Размеры": "{size} мм",
        },
        rows="""
        article | brand            | retail | trait        | screen     | wire        | power   | size
        EKB2    | eldes            | 4890   | проводная    | ЖК-дисплей | шина RS-485 | 12 В    | 133×89×19
        EKB3    | eldes            | 3650   | проводная    | светодиоды | шина RS-485 | 12 В    | 140×100×18
        EKB3W   | eldes            | 5740   | беспроводная | светодиоды | 868 МГц     | 3 × AA  | 140×100×18
        NV 8505 | navigard         | 2980   | проводная    | светодиоды | шина        | 12 В    | 120×80×22
        NV 8520 | navigard         | 4370   | проводная    | ЖК-дисплей | шина        | 12 В    | 145×105×25
        EL-4718 | electronics-line | 6120   | беспроводная | ЖК-дисплей | 868 МГц     | 3 × AAA | 130×110×28
        """,
    ),
)

DETECTORS = (
    Line(
        brand="eldes",
        category="detectors",
        picture="pir",
        name="Извещатель охранный {kind} беспроводной, {range}",
        description="Радиоизвещатель ELDES на 868 МГц: двусторонняя связь, батарея служит около полутора лет.",
        properties={
            "Принцип": "{kind}",
            "Дальность": "{range}",
            "Угол": "{angle}",
            "Радиоканал": "868 МГц, до 150 м",
            "Питание": "CR123A",
            "Температура": "−10…+55 °C",
        },
        rows="""
        article | retail | kind         | range   | angle
        EWP2    | 4780   | ИК           | до 12 м | 90°
        EWP3    | 5250   | ИК           | до 12 м | 90°
        EWP3-V  | 5480   | ИК-штора     | до 10 м | 15°
        EWM2    | 7940   | ИК с камерой | до 12 м | 90°
        """,
    ),
    Line(
        brand="eldes",
        category="detectors",
        picture="contact",
        name="Извещатель {kind} беспроводной, {trait}",
        description="Радиоизвещатель ELDES на 868 МГц с защитой от вскрытия и контролем батареи.",
        properties={
            "Принцип": "{kind}",
            "Особенность": "{trait}",
            "Радиоканал": "868 МГц, до 150 м",
            "Питание": "{power}",
        },
        rows="""
        article | retail | picture | kind                 | trait            | power
        EWD2    | 3980   | contact | магнитоконтактный    | белый            | CR123A
        EWD3    | 4240   | contact | магнитоконтактный    | с датчиком удара | CR123A
        EWD3-BR | 4240   | contact | магнитоконтактный    | коричневый       | CR123A
        EWF1    | 4650   | smoke   | пожарный дымовой     | с сиреной 85 дБ  | 9 В, крона
        EWF1CO  | 5890   | smoke   | дыма и угарного газа | с сиреной 85 дБ  | 9 В, крона
        """,
    ),
    Line(
        category="detectors",
        picture="pir",
        name="Извещатель охранный {kind}, {trait}, {range}",
        description="Проводной извещатель с термокомпенсацией; не реагирует на животных в пределах указанного веса.",
        properties={
            "Принцип": "{kind}",
            "Дальность": "{range}",
            "Угол": "{angle}°",
            "Животные": "{pets}",
            "Питание": "12 В, до 20 мА",
            "Температура": "{cold}…+50 °C",
        },
        rows="""
        article    | brand            | retail | kind     | trait                 | range   | angle | pets     | cold
        iWISE QUAD | electronics-line | 1890   | ИК       | четыре площадки       | до 15 м | 90    | —        | −20
        iWISE PET  | electronics-line | 2180   | ИК       | с защитой от животных | до 15 м | 90    | до 45 кг | −20
        iWISE DT   | electronics-line | 3950   | ИК и СВЧ | двойная технология    | до 15 м | 90    | до 25 кг | −20
        EL-2645    | electronics-line | 1240   | ИК       | компактный            | до 12 м | 105   | —        | −10
        EL-2645PI  | electronics-line | 1460   | ИК       | с защитой от животных | до 12 м | 105   | до 25 кг | −10
        DX-PIR12   | detectdx         | 690    | ИК       | объёмный              | до 12 м | 90    | —        | −20
        DX-PIR12P  | detectdx         | 790    | ИК       | с защитой от животных | до 12 м | 90    | до 20 кг | −20
        DX-CURT10  | detectdx         | 740    | ИК       | штора                 | до 10 м | 12    | —        | −20
        DX-CEIL8   | detectdx         | 860    | ИК       | потолочный            | до 8 м  | 360   | —        | −20
        DX-DUAL15  | detectdx         | 2190   | ИК и СВЧ | двойная технология    | до 15 м | 100   | до 25 кг | −30
        DX-OUT18   | detectdx         | 5890   | ИК и СВЧ | уличный               | до 18 м | 90    | до 40 кг | −40
        NV DT3000  | navigard         | 920    | ИК       | объёмный              | до 12 м | 110   | до 10 кг | −20
        """,
    ),
    Line(
        brand="detectdx",
        category="detectors",
        picture="contact",
        name="Извещатель магнитоконтактный {place}, {trait}",
        description="Геркон в корпусе: размыкается, когда дверь или окно открывают. Провод 45 см.",
        properties={
            "Установка": "{place}",
            "Зазор": "до {gap} мм",
            "Контакты": "нормально замкнутые",
            "Корпус": "{body}",
        },
        minimum=2,
        rows="""
        article  | retail | pack | minimum | place     | trait           | gap | body
        DX-MC10  | 68     | 10   | 10      | накладной | белый           | 20  | пластик
        DX-MC10B | 68     | 10   | 10      | накладной | коричневый      | 20  | пластик
        DX-MC20F | 94     | 10   | 10      | врезной   | белый           | 15  | пластик
        DX-MC50M | 485    | 1    | 2       | накладной | для ворот       | 60  | алюминий
        DX-MC55A | 790    | 1    | 2       | накладной | для рольставней | 50  | алюминий, металлорукав
        """,
    ),
    Line(
        category="detectors",
        picture="glass",
        name="Извещатель разбития стекла {trait}, {range}",
        description="Слышит двухчастотную картину: сначала удар, потом звон. Стекло обычное, закалённое, с плёнкой.",
        properties={
            "Принцип": "акустический",
            "Дальность": "{range}",
            "Стекло": "от 2,4 до 6,4 мм",
            "Питание": "{power}",
        },
        rows="""
        article | brand            | retail | trait        | range   | power
        DX-GB8  | detectdx         | 980    | проводной    | до 8 м  | 12 В, 20 мА
        EL-4500 | electronics-line | 2340   | проводной    | до 10 м | 12 В, 25 мА
        EL-4610 | electronics-line | 4780   | беспроводной | до 10 м | 3,6 В, ½ AA
        EWG1    | eldes            | 4990   | беспроводной | до 8 м  | CR123A
        """,
    ),
    Line(
        brand="detectdx",
        category="detectors",
        picture="beam",
        name="Извещатель охранный линейный, {beams}, {range}",
        description="ИК-барьер для забора и ворот: тревога, только когда перекрыты все лучи разом.",
        properties={
            "Лучи": "{beams}",
            "Дальность на улице": "{range}",
            "Обогрев": "{heat}",
            "Питание": "12–24 В",
            "Защита": "IP55",
            "Температура": "{cold}…+60 °C",
        },
        unit="компл",
        rows="""
        article   | retail | beams  | range    | heat       | cold
        DX-BM30D  | 3490   | 2 луча | до 30 м  | —          | −25
        DX-BM60D  | 4280   | 2 луча | до 60 м  | —          | −25
        DX-BM100Q | 8950   | 4 луча | до 100 м | встроенный | −40
        DX-BM150Q | 10700  | 4 луча | до 150 м | встроенный | −40
        """,
    ),
    Line(
        category="detectors",
        picture="smoke",
        name="Извещатель пожарный {kind}, {trait}",
        description="Дымовая камера открывается без инструмента; светодиод виден со всех сторон.",
        properties={
            "Принцип": "{kind}",
            "Подключение": "{wire}",
            "Площадь": "до {area} м²",
            "Питание": "{power}",
        },
        rows="""
        article | brand | retail | minimum | kind | trait | wire | area | power
        DX-SM2 | detectdx | 520 | 2 | дымовой | двухпроводной | шлейф | 85 | 9–28 В
        DX-SM4 | detectdx | 740 | 2 | дымовой | с реле | 4 провода | 85 | 12 В
        DX-HT70 | detectdx | 410 | 2 | тепловой | порог 70 °C | шлейф | 25 | 9–28 В
        DX-SA9 | detectdx | 890 | 1 | дымовой автономный | с сиреной 85 дБ | автономно | 60 | 9 В, крона
        EL-4603 | electronics-line | 5230 | 1 | дымовой | беспроводной | 868 МГц | 60 | 3 В, CR123A
        """,
    ),
)

SOUNDERS = (
    Line(
        category="sounders",
        picture="siren",
        name="Оповещатель {kind}, {loud} дБ, {trait}",
        description="Пьезосирена с защитой от вскрытия и отрыва от стены; тон меняется перемычкой.",
        properties={
            "Громкость": "{loud} дБ на 1 м",
            "Установка": "{trait}",
            "Питание": "{power}",
            "Защита": "{ip}",
            "Температура": "{cold}…+55 °C",
        },
        rows="""
        article | brand | retail | minimum | kind | loud | trait | power | ip | cold
        DX-SR105 | detectdx | 290 | 2 | звуковой | 105 | внутренний | 12 В, 120 мА | IP40 | −20
        DX-SR110F | detectdx | 480 | 2 | светозвуковой | 110 | уличный | 12 В, 180 мА | IP54 | −40
        DX-SR120B | detectdx | 2680 | 1 | светозвуковой | 120 | уличный, с АКБ | 12 В | IP54 | −40
        EWS2 | eldes | 6890 | 1 | беспроводной | 102 | уличный | 4 × LR20 | IP54 | −30
        EWS3 | eldes | 4980 | 1 | беспроводной | 95 | внутренний | 2 × CR123A | IP30 | −10
        EL-4726 | electronics-line | 8250 | 1 | беспроводной | 104 | уличный | 3,6 В, литий | IP54 | −35
        NV SR10 | navigard | 540 | 2 | звуковой | 108 | внутренний | 12 В, 150 мА | IP40 | −20
        """,
    ),
    Line(
        brand="detectdx",
        category="sounders",
        picture="lamp",
        name="Оповещатель световой, {colour}, {trait}",
        description="Светодиодный маяк: показывает, что объект под охраной, и мигает при тревоге.",
        properties={
            "Цвет": "{colour}",
            "Установка": "{trait}",
            "Питание": "{power}",
            "Защита": "IP54",
        },
        minimum=2,
        rows="""
        article  | retail | colour  | trait   | power
        DX-FL12R | 320    | красный | уличный | 12 В, 60 мА
        DX-FL12B | 340    | синий   | уличный | 12 В, 60 мА
        DX-FL24R | 380    | красный | уличный | 24 В, 35 мА
        """,
    ),
    Line(
        brand="vers",
        category="sounders",
        picture="sign",
        name="Табло световое «{text}», {power} В{trait}",
        description="Светодиодное табло для путей эвакуации; надпись видна с 25 м.",
        properties={
            "Надпись": "«{text}»",
            "Питание": "{power} В",
            "Ток": "{current} мА",
            "Защита": "{ip}",
            "Размеры": "303×103×21 мм",
        },
        rows="""
        article        | retail | minimum | text            | power | trait     | current | ip
        ВЭРС-Т12 ВЫХОД | 340    | 2       | ВЫХОД           | 12    |           | 20      | IP41
        ВЭРС-Т24 ВЫХОД | 360    | 2       | ВЫХОД           | 24    |           | 18      | IP41
        ВЭРС-Т12З      | 520    | 2       | ВЫХОД           | 12    | , звук    | 45      | IP41
        ВЭРС-Т12У      | 690    | 1       | ВЫХОД           | 12    | , уличное | 20      | IP54
        ВЭРС-Т12 ПОЖАР | 340    | 2       | ПОЖАР           | 12    |           | 20      | IP41
        ВЭРС-Т12 ГАЗ   | 380    | 1       | ГАЗ! НЕ ВХОДИТЬ | 12    |           | 20      | IP41
        """,
    ),
)

RADIO = (
    Line(
        brand="altonika",
        category="radio",
        picture="antenna",
        name="Радиосистема «{system}», {kind}, {range}",
        description="Радиоканал АЛЬТОНИКА с динамическим кодом; мощность не требует разрешения на частоты.",
        properties={
            "Система": "«{system}»",
            "Частота": "{band} МГц",
            "Дальность": "{range}",
            "Выходы": "{outputs}",
            "Питание": "{power}",
        },
        rows="""
        article  | retail | system         | kind                  | range    | band   | outputs     | power
        RR-1R    | 3180   | Риф Ринг-1     | приёмник              | до 100 м | 433,92 | 1 реле      | 12 В
        RR-2R    | 3890   | Риф Ринг-2     | приёмник              | до 200 м | 433,92 | 2 реле      | 12 В
        RR-701R  | 6940   | Риф Ринг-701   | приёмник              | до 500 м | 433,92 | 4 реле      | 12 В
        RR-701X  | 9870   | Риф Ринг-701   | ретранслятор          | до 500 м | 433,92 | —           | 12 В
        RS-202R  | 12450  | Риф Стринг-202 | приёмник              | до 5 км  | 26,96  | 4 реле      | 12 В
        RS-202PN | 86500  | Риф Стринг-202 | пульт наблюдения      | до 20 км | 26,96  | RS-232, USB | 12 В
        RS-202TD | 8760   | Риф Стринг-202 | передатчик объектовый | до 20 км | 26,96  | —           | 12 В
        RS-202BS | 31200  | Риф Стринг-202 | базовая станция       | до 20 км | 26,96  | RS-485      | 12 В
        """,
    ),
    Line(
        category="radio",
        picture="fob",
        name="Брелок {kind}, {buttons}, {range}",
        description="Карманный передатчик с динамическим кодом; севшая батарея меняется без потери привязки.",
        properties={
            "Назначение": "{kind}",
            "Кнопки": "{buttons}",
            "Частота": "{band} МГц",
            "Дальность": "{range}",
            "Питание": "{power}",
        },
        rows="""
        article  | brand            | retail | kind                   | buttons  | range    | band   | power
        RR-1T    | altonika         | 1290   | тревожной сигнализации | 1 кнопка | до 100 м | 433,92 | CR2032
        RR-2T    | altonika         | 1480   | тревожной сигнализации | 2 кнопки | до 200 м | 433,92 | CR2032
        RR-701T  | altonika         | 1960   | тревожной сигнализации | 2 кнопки | до 500 м | 433,92 | CR2032
        RR-701TM | altonika         | 2240   | тревожной сигнализации | 4 кнопки | до 500 м | 433,92 | CR2032
        EWK2     | eldes            | 2490   | управления охраной     | 4 кнопки | до 150 м | 868    | CR2032
        EWK2A    | eldes            | 2690   | управления охраной     | 4 кнопки | до 150 м | 868    | CR2032
        EL-4714  | electronics-line | 2850   | управления охраной     | 4 кнопки | до 120 м | 868    | CR2032
        """,
    ),
    Line(
        brand="altonika",
        category="radio",
        picture="button",
        name="Радиокнопка {trait}, {range}",
        description="Тревожная кнопка под стойку или на стену: нажатие фиксируется до сброса ключом.",
        properties={
            "Установка": "{trait}",
            "Дальность": "{range}",
            "Частота": "433,92 МГц",
            "Питание": "{power}",
        },
        rows="""
        article  | retail | trait          | range    | power
        RR-701TS | 2380   | стационарная   | до 500 м | 3 В, литий
        RR-701TF | 3460   | ножная, педаль | до 300 м | 3 В, литий
        RR-1TW   | 1790   | наручная       | до 80 м  | CR2032
        """,
    ),
    Line(
        brand="altonika",
        category="radio",
        picture="antenna",
        name="Комплект тревожной кнопки: приёмник и {fobs}, {range}",
        description="Готовый комплект: брелоки уже записаны в приёмник, осталось подать питание.",
        properties={
            "Приёмник": "{receiver}",
            "Брелоки": "{fobs}",
            "Дальность": "{range}",
            "Питание": "12 В",
        },
        unit="компл",
        rows="""
        article    | retail | receiver | fobs      | range
        RR-1 Kit   | 4280   | RR-1R    | 1 брелок  | до 100 м
        RR-2 Kit   | 6590   | RR-2R    | 2 брелока | до 200 м
        RR-701 Kit | 10490  | RR-701R  | 2 брелока | до 500 м
        """,
    ),
    Line(
        category="software",
        picture="box",
        name="Лицензия «{program}», {limit}",
        description="Бессрочная лицензия, программа включена в реестр российского ПО. Ключ приходит письмом.",
        properties={
            "Программа": "«{program}»",
            "Ограничение": "{limit}",
            "Срок": "бессрочная",
            "Поставка": "электронный ключ",
        },
        vat="none",  # programs of the Russian register are exempt, Tax Code article 149, 2, 26
        rows="""
        article     | brand    | retail | program        | limit
        NV-PCN-50   | navigard | 14900  | NAVIgard Пульт | до 50 объектов
        NV-PCN-200  | navigard | 39900  | NAVIgard Пульт | до 200 объектов
        NV-PCN-1000 | navigard | 89000  | NAVIgard Пульт | до 1 000 объектов
        RS-SOFT-100 | altonika | 26500  | Риф Страж      | до 100 объектов
        RS-SOFT-600 | altonika | 68000  | Риф Страж      | до 600 объектов
        """,
    ),
)

LINES = PANELS + DETECTORS + SOUNDERS + RADIO
