"""What 1C calls the steps of an order: our own words, usual ones of its own, and what an administrator has said."""

import re
from collections.abc import Mapping
from typing import Any

from app.database import transaction
from app.exchange.models import ExternalKey, Kind
from app.exchange.orders_out import STATUSES
from app.orders.models import Status

MOST = 100  # words of a connection that are kept
IGNORED = 0
# What a word is here, by the number that its key has; these are in the database: what is new comes last.
CODES: Mapping[int, Status] = {
    1: Status.NEW,
    2: Status.IN_WORK,
    3: Status.INVOICED,
    4: Status.PAID,
    5: Status.PICKING,
    6: Status.SHIPPED,
    7: Status.DONE,
    8: Status.CANCELLED,
}
_NUMBERS = {status: number for number, status in CODES.items()}
USUAL = {
    Status.NEW: ("Принят", "Не согласован", "На согласовании", "Ожидается согласование"),
    Status.IN_WORK: (
        "Открыт",
        "Согласован",
        "К выполнению",
        "К обеспечению",
        "В резерве",
        "Готов к обеспечению",
        "Ожидается обеспечение",
    ),
    Status.INVOICED: (
        "Выставлен счёт",
        "Ожидается оплата",
        "Ожидается аванс (до обеспечения)",
        "Ожидается предоплата (до отгрузки)",
    ),
    Status.PICKING: ("К отгрузке", "Готов к отгрузке", "Ожидает отгрузки", "В процессе отгрузки"),
    Status.SHIPPED: ("Отгружен полностью", "Ожидается оплата (после отгрузки)", "Готов к закрытию"),
    Status.DONE: ("Закрыт", "Завершён"),
    Status.CANCELLED: ("Отменен клиентом", "Аннулирован"),
}


def plain(text: str) -> str:
    """A word as it is looked up: «[N] Принят» has a code before it."""
    return " ".join(word_of(text).split()).casefold().replace("ё", "е")


def word_of(text: str) -> str:
    """A word without the code before it."""
    return re.sub(r"^\s*\[[^\]]*\]", "", text).strip()


_KNOWN = {
    **{plain(word): status for status, words in USUAL.items() for word in words},
    **{plain(word): status for status, word in STATUSES.items()},
}


async def code_of(connection_id: int, text: str) -> int | None:
    """What a word of 1C is here, by the numbers of CODES (or IGNORED); None: nobody has said. It is kept for them."""
    key: dict[str, Any] = {"connection_id": connection_id, "kind": Kind.STATUS, "guid": plain(text)}
    found = await ExternalKey.get_or_none(**key)
    if found:
        return found.object_id
    status = _KNOWN.get(plain(text))
    code = _NUMBERS[status] if status else None
    if await ExternalKey.filter(connection_id=connection_id, kind=Kind.STATUS).count() < MOST:
        async with transaction():
            found, _made = await ExternalKey.get_or_create(**key, defaults={"object_id": code, "text": word_of(text)})
        return found.object_id
    return code


def choice_of(code: int | None) -> str:
    """What stands in the form, and in the history, for the number of a word."""
    return "" if code is None else CODES[code].value if code in CODES else "ignore"


CHOICES: Mapping[str, int | None] = {
    "": None,
    **{status.value: number for number, status in CODES.items()},
    "ignore": IGNORED,
}
