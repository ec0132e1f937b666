"""The bank's XML as it comes, and as nobody wants it."""

import asyncio
import time
import tracemalloc
from datetime import date

import httpx2
import pytest

from app.rates import bank
from app.rates.bank import Quoted, Unreadable
from tests.rates.quotes import answering, daily

DAY = date(2026, 12, 5)
ADDRESS = "https://bank.example.ru/daily.xml"
BOMB = "<!DOCTYPE ValCurs [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 50}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (daily("92,1234", day=DAY), 921_234),
        (daily("92.1234", day=DAY), 921_234),
        (daily(" 1 092,12 ", day=DAY), 10_921_200),
        (daily("7812,3456", day=DAY, nominal="100"), 781_235),
        (daily("92,1234", day=DAY, head="<!DOCTYPE ValCurs>"), 921_234),
        (daily("92,1234", day=DAY).decode("windows-1251").replace("windows-1251", "utf-8").encode(), 921_234),
    ],
    ids=["comma", "point", "spaces", "nominal 100, half up", "doctype", "utf-8"],
)
def test_a_rate(content: bytes, value: int) -> None:
    assert bank.parse(content) == Quoted(DAY, value)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xml"),
        (b"<html>busy", "xml"),
        (daily()[:200], "xml"),
        (daily(code="EUR"), "missing"),
        (daily("0"), "value"),
        (daily("-5"), "value"),
        (daily("сто"), "value"),
        (daily("1e9"), "value"),
        (daily("NaN"), "value"),
        (daily("92,1", nominal="0"), "value"),
        (daily("9" * 9, day=DAY), "value"),
        (daily().replace(b"Date=", b"Day="), "day"),
        (daily(day=DAY).replace(b"05.12.2026", b"45.12.2026"), "day"),
        (daily(head='<!DOCTYPE v [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace(b"92,1234", b"&x;"), "value"),
        (daily(head=f"{BOMB}]>").replace(b"92,1234", b"&i;"), "xml"),
        (daily().replace(b"windows-1251", b"klingon"), "xml"),
        (b"\x00" * 4000, "xml"),
        (b"<a>" * 200_000, "xml"),
    ],
)
def test_what_is_no_rate(content: bytes, code: str) -> None:
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(Unreadable) as unreadable:
            bank.parse(content)
        took, (_now, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert unreadable.value.code == code
    assert took < 1 and peak < 20_000_000


async def test_over_the_network() -> None:
    assert await bank.read(ADDRESS, answering(daily(day=DAY))) == Quoted(DAY, 921_234)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [(b"", 503, "status"), (b"", 302, "status"), (b" " * (bank.LARGEST + 1), 200, "large"), (b"", 200, "xml")],
)
async def test_answers_that_are_none(content: bytes, status: int, code: str) -> None:
    with pytest.raises(Unreadable) as unreadable:
        await bank.read(ADDRESS, answering(content, status))
    assert unreadable.value.code == code


async def test_a_bank_that_is_away() -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("nobody there")

    for transport, address in ((httpx2.MockTransport(refuse), ADDRESS), (None, "http://127.0.0.1:1/x")):
        with pytest.raises(Unreadable) as unreadable:
            await bank.read(address, transport)
        assert unreadable.value.code == "away"


async def test_a_slow_bank_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def drip(request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(5)
        return httpx2.Response(200)

    monkeypatch.setattr(bank, "SECONDS", 0.05)
    with pytest.raises(Unreadable) as unreadable:
        await bank.read(ADDRESS, httpx2.MockTransport(drip))
    assert unreadable.value.code == "away"
