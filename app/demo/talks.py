"""What the demo's people say to each other about orders and presentations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.accounts.models import Person
from app.demo.annals import Letter
from app.demo.deals import STORE_ORDER, Deal
from app.demo.offers import Offer
from app.demo.people import Partner
from app.demo.stage import Stage
from app.demo.tales import STORE
from app.orders.models import Order, Status
from app.threads.models import Comment, Thread

SWAP_ORDER = 2059
EXCERPT = 200  # characters of a comment that its event keeps


@dataclass(frozen=True, slots=True)
class Said:
    """A remark: by the partner or by staff, so many minutes after the one before, or so many minutes ago."""

    staff: bool
    text: str
    after: int = 30
    ago: int = 0
    internal: bool = False
    position: int = 0  # of the line that it is about


STORE_ORDER_TALK = (
    Said(True, "Камер хватит на всех, отгрузим одной партией. Счёт отправила на почту.", 27),
    Said(False, "Принято, оплатим завтра.", 31),
    Said(
        True,
        "Оплату видим, склад начал сборку. Подскажите, накладную оформлять на ваш склад или сразу на объект?",
        ago=12,
    ),
)
STORE_TALK = (
    Said(True, "В версии 2 снизила цены на камеры и блоки питания. Позицию 4 сняли с производства, замена рядом.", 3),
    Said(False, "Если будет исполнение на DIN-рейку, возьмём его.", ago=31, position=14),
)
SWAP = (
    Said(False, "Можно заменить SN-IPR56 на HIKVISION той же цены?", ago=190),
    Said(True, "Уточнить у склада остаток DS-2CD2143G2-IS, потом ответить.", ago=60, internal=True),
)
ORDINARY = (
    (
        Said(False, "Приложите, пожалуйста, паспорта и сертификаты на камеры.", 20),
        Said(True, "Паспорта положим в коробки, сертификаты отправила на почту.", 45),
    ),
    (
        Said(True, "Кабель отгрузим двумя бухтами, так дешевле доставка. Не возражаете?", 35),
        Said(False, "Не возражаем.", 50),
        Said(True, "Спасибо, тогда обе бухты поедут в одной машине.", 10),
    ),
    (
        Said(False, "Можно забрать завтра к десяти? Приедет водитель с доверенностью.", 25),
        Said(True, "Да, соберём к девяти. Склад на Складочной, въезд со двора.", 15),
    ),
    (
        Said(False, "Цвет панелей важен: нужна медь.", 30),
        Said(True, "Медь есть, поправили в сборке.", 60),
        Said(True, "Клиент спешит, поставить в первую машину.", 5, internal=True),
    ),
)
QUESTIONS = (
    (Said(False, "Когда отгрузите? Монтажники выезжают в четверг.", ago=140),),
    (Said(False, "Добавьте, пожалуйста, в счёт доставку до объекта.", ago=85),),
)


class Talks:
    """Makes threads and their comments."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.chance = Random("talks")  # noqa: S311 - demo data, not a secret

    def make(self, deals: Sequence[Deal], offers: Sequence[Offer]) -> None:
        """About some orders, and about the store's presentation."""
        for deal in deals:
            said = self._about(deal.order)
            if said:
                manager = next(one for one in self.stage.cast.managers if one.id == deal.order.manager_id)
                self._talk(deal, deal.partner, (deal.person, manager), said, deal.order.placed_at)
        store = next(one for one in offers if one.presentation.number == STORE)
        both = (store.partner.owner, store.partner.manager or self.stage.cast.sinitsyn)
        self._talk(store, store.partner, both, STORE_TALK, store.version.sent_at or self.stage.days.now)

    def _about(self, order: Order) -> Sequence[Said]:
        number = order.number - self.stage.rows.before.get(Order, 0)
        if number == STORE_ORDER:
            return STORE_ORDER_TALK
        if number == SWAP_ORDER:
            return SWAP
        if order.status is Status.IN_WORK:
            return QUESTIONS[order.number % 2]
        if order.manager_id is None or order.status is Status.NEW or self.chance.random() < 0.35:
            return ()
        return self.chance.choice(ORDINARY)

    def _talk(
        self,
        about: Deal | Offer,
        partner: Partner,
        both: tuple[Person, Person],
        said: Sequence[Said],
        at: datetime,
    ) -> None:
        """A thread: what the person and the manager said to each other from a moment on."""
        # long: the columns of a row, and an argument a line
        on = {"order_id": about.order.id} if isinstance(about, Deal) else {"presentation_id": about.presentation.id}
        thread = self.stage.rows.add(Thread, company_id=partner.company.id, comments=len(said), **on)
        for number, one in enumerate(said, 1):
            at = self.stage.days.ago(one.ago) if one.ago else at + timedelta(minutes=one.after)
            author, other = (both[1], both[0]) if one.staff else both
            line = about.lines[one.position - 1] if one.position and isinstance(about, Offer) else None
            comment = self.stage.rows.add(
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
            self._tell(comment, partner, author, other, about, one.position)
            if not one.internal:
                thread.awaits, thread.last_at = "partner" if one.staff else "staff", at
                thread.by_staff, thread.by_partner = (
                    (number, thread.by_partner) if one.staff else (thread.by_staff, number)
                )

    def _tell(
        self, comment: Comment, partner: Partner, author: Person, other: Person, about: Deal | Offer, position: int
    ) -> None:
        path, subject, data = self._told_of(about)
        data |= {"thread_id": comment.thread_id, "comment_id": comment.id, "comment": comment.number}
        data |= {"position": position} if position else {}
        data |= {"internal": comment.internal, "excerpt": comment.text[:EXCERPT]}
        letter = Letter("comment_added", other, subject, comment.text, f"{path}#comment-{comment.number}")
        hidden = comment.internal
        letters = [] if hidden else [letter]
        self.stage.annals.note("comment.added", comment.at, author, partner, data, letters, hidden=hidden)

    def _told_of(self, about: Deal | Offer) -> tuple[str, str, dict[str, object]]:
        """The path, the subject of letters and what events say of the thing that is talked about."""
        subject, what = self.stage.annals.subject, "добавление комментария"
        if isinstance(about, Offer):
            number = about.presentation.number
            data: dict[str, object] = {"on": "presentation", "presentation": number}
            return f"/presentations/{number}", subject("презентация", number, None, what), data
        order = about.order
        data = {"on": "order", "order": order.number, "order_id": order.id}
        return f"/orders/{order.number}", subject("заказ", order.number, order.placed_at, what), data
