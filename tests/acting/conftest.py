"""Maria acts for Alice."""

import pytest

from app.accounts.models import Person
from tests.accounts.conftest import Clock
from tests.conftest import SignIn
from tests.factories import Cast
from tests.site import Browser


async def act(browser: Browser, person: Person) -> None:
    """Begins to act for somebody."""
    answer = await browser.post(f"/desk/people/{person.id}/acting")
    assert (answer.status_code, answer.headers["location"]) == (303, "/presentations")


@pytest.fixture
async def deputy(sign_in: SignIn, cast: Cast) -> Browser:
    """Maria's browser, acting for Alice."""
    browser = await sign_in(cast.maria)
    await act(browser, cast.alice)
    return browser


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """`later.pass_(hours=13)`."""
    moved = Clock()
    monkeypatch.setattr("app.clock.now", moved.now)
    return moved
