"""A promo among the ruins: workers killed in the middle, several at once, stopped and resumed.

Each company gets exactly one presentation, one line of its history, and one letter for each person who agreed.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app import clock
from app.accounts.joining import Consent, ConsentKind
from app.accounts.models import Role
from app.history.models import Email, EmailState, Event, HistoryEntry
from app.presentations.models import Presentation
from app.promos import actions
from app.promos.models import Promo, PromoCompany, PromoLine, PromoState
from app.settings import Settings
from tests.factories import Cast, make_company, make_person, make_product
from tests.processes import WorkerProcess, until
from tests.smtp import MailServer
from tests.users import make_user

COMPANIES = 40
Start = Callable[[], WorkerProcess]


@pytest.fixture
async def mail_server() -> AsyncIterator[MailServer]:
    server = MailServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def start(settings: Settings, mail_server: MailServer, tmp_path: Path) -> Iterator[Start]:
    """Starts a worker without a queue; whatever a test leaves running is killed."""
    started: list[WorkerProcess] = []

    def begin() -> WorkerProcess:
        ready = replace(settings, smtp_port=mail_server.port, mail_from="robot@example.ru")
        started.append(WorkerProcess(ready, tmp_path / f"worker-{len(started)}.log", lease=3.0, sweep=0.3))
        return started[-1]

    yield begin
    for worker in started:
        worker.kill()


@pytest.fixture
async def promo(cast: Cast, settings: Settings) -> Promo:
    """A promo of two products to COMPANIES, sent; in each company an owner and a buyer, who agreed in every other."""
    last_day = clock.today(settings.timezone)
    promo = await Promo.create(title="Неделя камер", valid_until=last_day, author=cast.maria, key="key")
    for position in (1, 2):
        await PromoLine.create(promo=promo, position=position, product=await make_product(), quantity=position)
    for number in range(COMPANIES):
        company = await make_company(manager=cast.maria, default_discount=number * 100)
        for role in (Role.OWNER, Role.BUYER):
            person = await make_person(name=f"{role} {number}", role=role, company=company)
            if number % 2:
                await Consent.create(person=person, kind=ConsentKind.PROMO, version="1", given_at=clock.now())
        await PromoCompany.create(promo=promo, company=company)
    await actions.send(promo.id, by=await make_user(cast.maria), settings=settings)
    return promo


async def made() -> int:
    """How many companies have their presentation."""
    return await PromoCompany.filter(state=PromoState.MADE).count()


async def all_told() -> bool:
    """Whether nothing is left to be done."""
    waiting = await Event.filter(handled_at=None).exists() or await Email.exclude(state=EmailState.SENT).exists()
    return (await Promo.get()).finished_at is not None and not waiting


async def each_once(mail_server: MailServer) -> None:
    """Fails unless every company has what it should, once."""
    offers = Counter(await Presentation.filter(promo=True).values_list("company_id", flat=True))
    companies = set(await PromoCompany.all().values_list("company_id", flat=True))
    assert offers == Counter(companies) and len(companies) == COMPANIES
    assert len(set(await Presentation.all().values_list("number", flat=True))) == COMPANIES
    told = HistoryEntry.filter(action="presentation.sent")
    assert Counter(await told.values_list("company_id", flat=True)) == Counter(companies)
    letters = Counter(await Email.all().values_list("recipient", flat=True))
    assert len(letters) == COMPANIES and set(letters.values()) == {1}, "two people in every other company"
    assert {str(one["Message-ID"]) for one in mail_server.letters} == set(
        await Email.all().values_list("message_id", flat=True)
    )
    assert await Event.filter(name="promo.finished").count() == 1


async def test_killed_again_and_again(promo: Promo, start: Start, mail_server: MailServer) -> None:
    for step in (5, 15, 25):

        async def so_far(least: int = step) -> bool:
            return await made() >= least

        worker = start()
        await until(so_far, 60)
        worker.kill()
    assert await made() < COMPANIES, "it was killed in the middle"
    start()
    await until(all_told, 90)
    await each_once(mail_server)


async def test_two_workers_with_a_stop_in_between(
    cast: Cast, promo: Promo, start: Start, settings: Settings, mail_server: MailServer
) -> None:
    maria = await make_user(cast.maria)
    first, _second = start(), start()

    async def begun() -> bool:
        return await made() >= 5

    await until(begun, 60)
    await actions.stop(promo.id, by=maria)
    stopped_at = await made()
    await asyncio.sleep(1.5)
    assert await made() == stopped_at < COMPANIES, "after the stop nothing is made"
    first.kill()
    await actions.resume(promo.id, by=maria, settings=settings)
    await until(all_told, 90)
    await each_once(mail_server)
