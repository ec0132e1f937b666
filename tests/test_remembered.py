"""What a process remembers: read once by all who ask at once, and again when it is not fresh any more."""

import asyncio

import pytest

from app import remembered
from app.remembered import Remembered


async def test_nobody_gets_what_it_was_before_the_first_reading() -> None:
    async def read() -> str:
        await asyncio.sleep(0)
        return "from the database"

    kept = Remembered(read, "built in")
    assert await asyncio.gather(*(kept.now() for _ in range(3))) == ["from the database"] * 3
    assert kept.latest == "from the database"


async def test_it_is_read_again_when_forgotten_or_old(monkeypatch: pytest.MonkeyPatch) -> None:
    values = iter(range(1, 9))

    async def read() -> int:
        return next(values)

    kept = Remembered(read, 0)
    assert [await kept.now(), await kept.now()] == [1, 1]
    kept.forget()
    assert [kept.latest, await kept.now(), await kept.now()] == [1, 2, 2]
    monkeypatch.setattr(remembered, "FRESH", 0.0)
    kept.forget()
    assert [await kept.now(), await kept.now()] == [3, 4]


async def test_a_reading_that_fails_leaves_what_was_there() -> None:
    answers: list[Exception | str] = ["first", OSError("away"), "second"]

    async def read() -> str:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    kept = Remembered(read, "")
    assert await kept.now() == "first"
    kept.forget()
    with pytest.raises(OSError, match="away"):
        await kept.now()
    assert [kept.latest, await kept.now()] == ["first", "second"]
