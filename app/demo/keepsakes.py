"""What the demo's staff keep for themselves: answers and lists that come again and again, a note, a wish."""

from dataclasses import dataclass

from app.answer_templates.models import AnswerTemplate
from app.catalogue.models import Category, Discount
from app.demo.annals import Letter
from app.demo.shelves import fitting
from app.demo.stage import Stage
from app.desk.partners.models import DiscountRequest, Note
from app.presentations.templates import PresentationTemplate, PresentationTemplateLine

NOTE = "Платят по пятницам, счёт лучше выставлять до четверга. Отгрузку на объект согласовывать с Ольгой."
TEMPLATE = "Видеонаблюдение: комплект на 8 камер"
KIT = {"DS-2CD2043G2-I": 8, "DS-7608NI-K1/8P": 1, "01-0043": 305, "05-1021": 50, "SKAT-1200И7": 1}
WISH = ("handsets", 2200)  # a category's slug, and the discount in basis points


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is given again and again; one's own or everybody's."""

    name: str
    text: str
    shared: bool


ANSWERS = (
    Answer(
        "Счёт и реквизиты",
        "{имя}, здравствуйте! Счёт к заказу № {номер} отправили на почту. Он действует три рабочих дня.",
        shared=True,
    ),
    Answer(
        "Сертификаты и паспорта",
        "{имя}, паспорта едут в коробках с товаром, сертификаты можно скачать у производителя или спросить у нас.",
        shared=True,
    ),
    Answer(
        "Уточняю у склада",
        "{имя}, уточняю остатки у склада, отвечу сегодня до 17:00.",
        shared=False,
    ),
    Answer(
        "Пропуск на склад",
        "{имя}, для пропуска нужны номер машины и имя водителя. Склад работает с 9 до 18, въезд со двора.",
        shared=False,
    ),
)


def keep(stage: Stage) -> None:
    """All of it."""
    for number, one in enumerate(ANSWERS):
        _answer(stage, number, one)
    _template(stage)
    _note(stage)
    _wish(stage)


def _answer(stage: Stage, number: int, one: Answer) -> None:
    author, at = stage.cast.vetrova if one.shared else stage.cast.orlova, stage.days.at(35 - number, "10:40")
    owner = None if one.shared else author.id
    fields = {"name": one.name, "text": one.text}
    stage.rows.add(AnswerTemplate, owner_id=owner, key=f"demo-{number}", changed_at=at, **fields)
    stage.annals.note("answer_template.made", at, author, None, fields | {"shared": one.shared})


def _template(stage: Stage) -> None:
    author, at = stage.cast.orlova, stage.days.at(26, "13:15")
    greeting = "Комплект на восемь камер с запасом по кабелю. Количества поправьте под объект."
    template = stage.rows.add(
        PresentationTemplate, author_id=author.id, name=TEMPLATE, shared=True, greeting=greeting, changed_at=at
    )
    for position, (article, quantity) in enumerate(KIT.items(), 1):
        product = stage.shop.by_article[article]
        stage.rows.add(
            PresentationTemplateLine,
            template_id=template.id,
            position=position,
            product_id=product.id,
            quantity=fitting(product, quantity),
        )
    data = {"name": TEMPLATE, "lines": len(KIT), "shared": True}
    stage.annals.note("presentation_template.saved", at, author, None, data)


def _note(stage: Stage) -> None:
    partner, by, at = stage.cast.partners[0], stage.cast.orlova, stage.days.at(11, "14:05")
    stage.rows.add(Note, company_id=partner.company.id, author_id=by.id, text=NOTE, at=at, key="demo-note")
    stage.annals.note("company.noted", at, by, partner, {"text": NOTE}, hidden=True)


def _wish(stage: Stage) -> None:
    """A discount past a manager's limit, which an administrator has not decided on."""
    partner, by, at = stage.cast.partners[5], stage.cast.sinitsyn, stage.days.ago(125)
    category = next(one for one in stage.rows.of(Category) if one.slug == WISH[0])
    there = next(
        one for one in stage.rows.of(Discount) if (one.company_id, one.category_id) == (partner.company.id, category.id)
    )
    about = {"company_id": partner.company.id, "category_id": category.id, "replaces": there.id, "percent": WISH[1]}
    asked = stage.rows.add(DiscountRequest, asked_by_id=by.id, asked_at=at, **about)
    told = {"name": category.name, "percent": WISH[1], "since": None, "until": None}
    subject = stage.annals.subject("партнёр", partner.company.id, None, "скидка сверх предела")
    text = f"{by.name} просит для {partner.company.name}: {category.name}, 22 %."
    letter = Letter("discount_asked", stage.cast.vetrova, subject, text, "/desk/discounts/approvals")
    data = {"now": told, "request": asked.id}
    stage.annals.note("discount.asked", at, by, partner, data, [letter], hidden=True)
