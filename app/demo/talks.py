"""What the demo's people say to each other about orders and presentations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.accounts.models import Person
from app.demo.annals import Annals, Letter
from app.demo.days import Days
from app.demo.deals import FIRST_NUMBER, MOCKED, Deals
from app.demo.offers import Offer
from app.demo.people import Cast, Partner
from app.demo.rows import Rows
from app.demo.tales import STORE
from app.orders.models import Order, Status
from app.presentations.models import Line
from app.threads.models import Comment, Thread

EXCERPT = 200  # characters of a comment that its event keeps


@dataclass(frozen=True, slots=True)
class Said:
    """A remark: by the partner or by staff, so many minutes after the one before, or so many minutes ago."""

    staff: bool
    text: str
    after: int = 30
    ago: int = 0
    internal: bool = False
    asks: bool = False  # the other side's answer is due
    position: int = 0  # of the line that it is about


MOCKED_TALK = (
    Said(False, "Нужно отгрузить одной партией до конца недели. Если камер не хватит, напишите, заменим.", 0),
    Said(True, "Камер хватит на всех, отгрузим одной партией. Счёт отправила на почту.", 27),
    Said(False, "Принято, оплатим завтра.", 31),
    Said(
        True,
        "Оплату видим, склад начал сборку. Подскажите, накладную оформлять на ваш склад или сразу на объект?",
        ago=12,
        asks=True,
    ),
)
STORE_TALK = (
    Said(True, "В версии 2 снизила цены на камеры и блоки питания. Позицию 4 сняли с производства, замена рядом.", 3),
    Said(False, "Если будет исполнение на DIN-рейку, возьмём его.", ago=31, asks=True, position=14),
)
SWAP = (
    Said(False, "Можно заменить SN-IPR56 на HIKVISION той же цены?", ago=190, asks=True),
    Said(True, "Уточнить у склада остаток DS-2CD2143G2-IS, потом ответить.", ago=60, internal=True),
)
ORDINARY = (
    (
        Said(False, "Приложите, пожалуйста, паспорта и сертификаты на камеры.", 20),
        Said(True, "Паспорта положим в коробки, сертификаты отправила на почту.", 45),
    ),
    (
        Said(True, "Кабель отгрузим двумя бухтами, так дешевле доставка. Не возражаете?", 35),
        Said(False, "Не возражаем, спасибо.", 50),
    ),
    (
        Said(False, "Можно забрать завтра к десяти? Приедет водитель с доверенностью.", 25),
        Said(True, "Да, соберём к девяти. Склад на Складочной, въезд со двора.", 15),
        Said(False, "Отлично.", 5),
    ),
    (
        Said(False, "Цвет панелей важен: нужна медь.", 30),
        Said(True, "Медь есть, поправили в сборке.", 60),
        Said(True, "Клиент спешит, поставить в первую машину.", 5, internal=True),
    ),
)
QUESTIONS = (
    (Said(False, "Когда отгрузите? Монтажники выезжают в четверг.", ago=140, asks=True),),
    (Said(False, "Добавьте, пожалуйста, в счёт доставку до объекта.", ago=85, asks=True),),
)


class Talks:
    """Makes threads and their comments."""

    def __init__(self, rows: Rows, days: Days, cast: Cast, annals: Annals) -> None:
        self.rows, self.days, self.cast, self.annals = rows, days, cast, annals
        self.chance = Random("talks")  # noqa: S311 - demo data, not a secret

    def make(self, deals: Deals, offers: Sequence[Offer]) -> None:
        """About some orders, and about the store's presentation."""
        for order, partner in deals.placed:
            said = self._about(order)
            if said:
                self._talk(order, partner, said)
        store = next(one for one in offers if one.presentation.number == STORE)
        sent_at = store.version.sent_at
        if sent_at:
            thread = self.rows.add(Thread, company_id=store.partner.company.id, presentation_id=store.presentation.id)
            self._say_all(thread, store.partner, STORE_TALK, sent_at, store.partner.owner, store.partner.manager, store)

    def _about(self, order: Order) -> Sequence[Said]:
        if order.number == MOCKED:
            return MOCKED_TALK
        if order.number == FIRST_NUMBER + 9:
            return SWAP
        if order.status is Status.IN_WORK:
            return QUESTIONS[order.number % 2]
        if order.manager_id is None or order.status is Status.NEW or self.chance.random() < 0.35:
            return ()
        return self.chance.choice(ORDINARY)

    def _talk(self, order: Order, partner: Partner, said: Sequence[Said]) -> None:
        thread = self.rows.add(Thread, company_id=partner.company.id, order_id=order.id)
        person = next(one for one in partner.people if one.id == order.person_id)
        manager = next(one for one in self.cast.managers if one.id == order.manager_id)
        self._say_all(thread, partner, said, order.placed_at, person, manager, order)

    def _say_all(
        self,
        thread: Thread,
        partner: Partner,
        said: Sequence[Said],
        began: datetime,
        person: Person,
        manager: Person | None,
        about: Order | Offer,
    ) -> None:
        at = began
        for number, one in enumerate(said, 1):
            at = self.days.ago(one.ago) if one.ago else at + timedelta(minutes=one.after)
            author, other = (manager or self.cast.sinitsyn, person) if one.staff else (person, manager)
            line = about.lines[one.position - 1] if one.position and isinstance(about, Offer) else None
            comment = self.rows.add(
                Comment,
                thread_id=thread.id,
                number=number,
                author_id=author.id,
                text=one.text,
                internal=one.internal,
                line_id=line.id if line else None,
                key=f"demo-{number}",
                at=at,
            )
            self._tell(comment, partner, author, other, about, line)
            if not one.internal:
                thread.awaits = "" if not one.asks else "partner" if one.staff else "staff"
                thread.last_at = at
        thread.comments = len(said)

    def _tell(
        self,
        comment: Comment,
        partner: Partner,
        author: Person,
        other: Person | None,
        about: Order | Offer,
        line: Line | None,
    ) -> None:
        data: dict[str, object] = {"thread_id": comment.thread_id, "comment_id": comment.id, "comment": comment.number}
        if isinstance(about, Order):
            subject = self.annals.subject("заказ", about.number, about.placed_at, "добавление комментария")
            path = f"/orders/{about.number}"
            data |= {"on": "order", "order": about.number, "order_id": about.id}
        else:
            number = about.presentation.number
            subject = self.annals.subject("презентация", number, comment.at, "добавление комментария")
            path = f"/presentations/{number}"
            data |= {"on": "presentation", "presentation": number}
        if line:
            data["position"] = line.position
        data |= {"internal": comment.internal, "excerpt": comment.text[:EXCERPT]}
        letters = []
        if other and not comment.internal:
            letters = [Letter("comment_added", other, subject, comment.text, f"{path}#comment-{comment.number}")]
        self.annals.note("comment.added", comment.at, author, partner, data, letters, hidden=comment.internal)
