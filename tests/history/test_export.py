"""The history as CSV: what stands on the page, all of it, piece by piece, and harmless in a spreadsheet."""

import csv
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from io import StringIO

import pytest

from app import clock
from app.accounts.models import Person
from app.database import counting_queries
from app.exports.cells import harmless
from app.history import export
from app.history.keys import Wanted
from app.history.models import Email, EmailState, HistoryEntry
from app.i18n import use_language
from app.settings import Settings
from jobs.relay import Relay
from tests.events import IP, happened, order_placed
from tests.factories import Cast, make_order
from tests.site import Browser
from tests.users import make_user

EXPORT = "/history/export.csv"


def table(body: bytes) -> list[list[str]]:
    """The cells of a file, its heading first."""
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.fixture
async def ordered(cast: Cast, settings: Settings) -> datetime:
    """Alice ordered at a moment, and the letters were sent."""
    moment = datetime(2026, 11, 20, 7, 4, 5, tzinfo=UTC)
    await order_placed(await make_order(person=cast.alice, manager=cast.maria), by=cast.alice)
    await happened("order.called", by=cast.maria, company=cast.company.id, order=1, order_id=1)
    await Relay(settings).run()
    await HistoryEntry.all().update(at=moment)
    await Email.all().update(state=EmailState.SENT, sent_at=moment)
    return moment


async def test_a_file_for_excel(cast: Cast, alice: Browser, ordered: datetime) -> None:
    answer = await alice.get(EXPORT)
    today = clock.today((await make_user(cast.alice)).zone)
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="kabinet-history-{today}.csv"'
    head, *rows = table(answer.content)
    assert head[0] == "Когда (Екатеринбург, Asia/Yekaterinburg)" and head[1:3] == ["IP", "Кто"]
    assert rows[0][:6] == ["20.11.2026 12:04:05", IP, "Алиса Соколова", "", "ООО «Монтаж-Сервис»", "Заказ оформлен"]
    assert "Заказ №\xa01" in rows[0][6]
    assert "alice@example.ru, «Спектр-СБ - заказ № 1" in rows[0][7] and "доставлено, 20.11.2026 12:04" in rows[0][7]
    assert len(rows) == 1


async def test_the_same_access_and_filters_as_the_page(
    cast: Cast, alice: Browser, charlie: Browser, maria: Browser, guest: Browser, ordered: datetime
) -> None:
    assert len(table((await maria.get(EXPORT)).content)) == 3
    assert len(table((await maria.get(f"{EXPORT}?what=order.called")).content)) == 2
    assert len(table((await charlie.get(EXPORT)).content)) == 1
    assert len(table((await alice.get(f"{EXPORT}?object=заказ 2")).content)) == 1
    assert len(table((await alice.get(f"{EXPORT}?to=2026-11-19")).content)) == 1
    assert (await guest.get(EXPORT)).status_code == 303
    assert (await alice.get(f"{EXPORT}?who={cast.charlie.id}")).status_code == 422
    assert "maria@" not in (await charlie.get(EXPORT)).text


async def test_a_filter_that_says_nothing_shows_the_page(alice: Browser, ordered: datetime) -> None:
    page = await alice.get(f"{EXPORT}?from=завтра")
    assert page.status_code == 422 and "Это не дата" in page.text and "content-disposition" not in page.headers


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_nothing_is_taken_for_a_formula(begin: str) -> None:
    assert harmless(f"{begin}cmd|' /C calc'!A0") == f"'{begin}cmd|' /C calc'!A0"
    assert harmless(f"DS{begin}2") == f"DS{begin}2"


async def test_names_are_no_formulas(cast: Cast, alice: Browser, ordered: datetime) -> None:
    await Person.filter(id=cast.alice.id).update(name='=HYPERLINK("http://example.com";"x")')
    _, row = table((await alice.get(EXPORT)).content)
    assert row[2] == '\'=HYPERLINK("http://example.com";"x")'


async def test_piece_by_piece(cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many entries are in memory as make a piece, and each piece costs the same queries."""
    monkeypatch.setattr(export, "BATCH", 10)
    use_language("ru")
    for _ in range(35):
        await happened("person.signed_in", by=cast.alice)
    await Relay(settings).run()
    pieces = export.table(await make_user(cast.alice), settings, Wanted(), language="ru")
    sizes, costs = [], []
    async for size, cost in counted(pieces):
        sizes.append(size)
        costs.append(cost)
    assert sizes == [1, 10, 10, 10, 5]
    assert costs == [0, 3, 3, 3, 3]


async def counted(pieces: AsyncIterator[bytes]) -> AsyncIterator[tuple[int, int]]:
    """The rows and the queries of each piece."""
    while True:
        with counting_queries() as queries:
            piece = await anext(pieces, None)
        if piece is None:
            return
        yield piece.count(b"\r\n"), queries.count


async def test_in_english(alice: Browser, ordered: datetime) -> None:
    await alice.post("/language", {"language": "en", "next": "/history"})
    head, row = table((await alice.get(EXPORT)).content)
    assert head[0].startswith("When (") and row[5] == "Order placed"
