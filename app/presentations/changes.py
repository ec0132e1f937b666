"""What is different in a version of a presentation from the version before it, line by line."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.accounts.user import User
from app.database import Sql
from app.errors import NotFound
from app.presentations.queries import head
from app.settings import Settings

_LINES = Sql(
    """
    SELECT l.version_id, l.position, l.product_id, l.article, l.name, l.brand, l.unit, l.retail, l.discount, l.price,
           l.vat_rate, l.quantity, l.remark
    FROM presentation_line l WHERE l.version_id IN :versions ORDER BY l.position
    """
)
_COMPARED = ("price", "retail", "discount", "quantity", "name", "vat_rate", "remark")


@dataclass(frozen=True, slots=True)
class Offered:
    """A line as it was sent, whatever quantity its readers have chosen since. Kopecks with VAT, basis points."""

    position: int
    product_id: int
    article: str
    name: str
    brand: str
    unit: str
    retail: int
    discount: int
    price: int
    vat_rate: int | None
    quantity: int
    remark: str

    @property
    def sum(self) -> int:
        """Kopecks for the offered quantity."""
        return self.price * self.quantity


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that differs: `was` is None when it was added, `now` is None when it was taken out.

    `what` names the fields that differ of one that stayed.
    """

    was: Offered | None
    now: Offered | None
    what: tuple[str, ...] = ()

    @property
    def line(self) -> Offered:
        """The line as it is, or as it was."""
        line = self.now or self.was
        if line is None:
            raise ValueError("a change of no line")
        return line


@dataclass(frozen=True, slots=True)
class Text:
    """The texts and the last day of a version."""

    title: str
    greeting: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Changes:
    """What version `version` changed. `same` counts the lines that it left alone; totals are of the offered lines."""

    number: int
    version: int
    newest: int
    was: Text
    now: Text
    total_was: int
    total: int
    lines: tuple[LineChange, ...]
    same: int


async def changes(user: User, number: int, version: int, settings: Settings) -> Changes:
    """What a sent version changed; raises NotFound for the first one, and for what the reader may not see."""
    if version < 2:
        raise NotFound
    now = await head(user, number, settings, version=version)
    was = await head(user, number, settings, version=version - 1)
    of: dict[int, list[Offered]] = {now["version_id"]: [], was["version_id"]: []}
    for row in await _LINES.all(versions=list(of)):
        of[row.pop("version_id")].append(Offered(**row))
    before, after = of[was["version_id"]], of[now["version_id"]]
    different = compared(before, after)
    return Changes(
        number=number,
        version=version,
        newest=now["newest"],
        was=_text(was),
        now=_text(now),
        total_was=sum(line.sum for line in before),
        total=sum(line.sum for line in after),
        lines=tuple(different),
        same=len(after) - sum(one.now is not None for one in different),
    )


def compared(before: Sequence[Offered], after: Sequence[Offered]) -> list[LineChange]:
    """The lines that differ, in the order of the new ones, each line that was taken out where it had stood.

    Lines are the same when their product is. Of a product with several lines the equal ones belong together first,
    then the others in their order.
    """
    pairs = [pair for product in _products(before, after) for pair in _paired(*product)]
    found = [LineChange(was, now, _differing(was, now)) for was, now in pairs]
    return sorted((one for one in found if one.what or not (one.was and one.now)), key=lambda one: one.line.position)


def _products(before: Sequence[Offered], after: Sequence[Offered]) -> Iterator[tuple[list[Offered], list[Offered]]]:
    """The lines of each product, as they were and as they are."""
    found: dict[int, tuple[list[Offered], list[Offered]]] = defaultdict(lambda: ([], []))
    for place, lines in enumerate((before, after)):
        for line in lines:
            found[line.product_id][place].append(line)
    yield from found.values()


def _paired(was: list[Offered], now: list[Offered]) -> Iterator[tuple[Offered | None, Offered | None]]:
    for line in tuple(now):
        if equal := next((one for one in was if not _differing(one, line)), None):
            was.remove(equal)
            now.remove(line)
            yield equal, line
    for place in range(max(len(was), len(now))):
        yield (was[place] if place < len(was) else None), (now[place] if place < len(now) else None)


def _differing(was: Offered | None, now: Offered | None) -> tuple[str, ...]:
    if was is None or now is None:
        return ()
    return tuple(name for name in _COMPARED if getattr(was, name) != getattr(now, name))


def _text(row: dict[str, Any]) -> Text:
    return Text(row["title"], row["greeting"], row["valid_until"])
