"""Web processes and browsers that are ended with the test."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.accounts.models import Person
from app.settings import Settings
from tests.faults.web import Visitor, WebProcess

NewWeb = Callable[..., WebProcess]
Enter = Callable[[Person | None], Awaitable[Visitor]]


@pytest.fixture
def new_web(settings: Settings, tmp_path: Path) -> Iterator[NewWeb]:
    """A web process to start, on the test's database; another `database_url` may say more of it."""
    made: list[WebProcess] = []

    def make(database_url: str = "") -> WebProcess:
        made.append(WebProcess(replace(settings, database_url=database_url or settings.database_url), tmp_path))
        return made[-1]

    yield make
    for web in made:
        web.kill()


@pytest.fixture
async def enter(settings: Settings) -> AsyncIterator[Enter]:
    """`await enter(cast.alice)` gives a signed-in browser; `enter(None)` a guest's."""
    visitors: list[Visitor] = []

    async def sign_in(person: Person | None) -> Visitor:
        visitor = Visitor(settings)
        visitors.append(visitor)
        if person:
            await visitor.enter(person)
        return visitor

    yield sign_in
    for visitor in visitors:
        await visitor.http.aclose()
