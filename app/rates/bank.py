"""The bank's rates of a day: an XML of some kilobytes, read as what a stranger sent."""

import asyncio
import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import httpx2
from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own

from app.money import WHOLE, Currency

LARGEST = 1_000_000  # bytes; the bank's have about 15,000
SECONDS = 8.0  # for all of it: whoever sends a byte now and then is not waited for
DEAREST = 100_000 * WHOLE  # ten-thousandths of a rouble
_NUMBER = re.compile(r"[0-9]{1,9}([.,][0-9]{1,8})?")


class Unreadable(Exception):
    """There is no rate to be had; `code` says why: away, status, large, xml, day, missing, value."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Quoted:
    """What the bank says: ten-thousandths of a rouble for one unit, from a day on."""

    day: date
    value: int


async def read(address: str, transport: httpx2.AsyncBaseTransport | None = None) -> Quoted:
    """The rate of the dollar at an address. Raises Unreadable."""
    try:
        async with asyncio.timeout(SECONDS):
            return parse(await _fetch(address, transport))
    except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, OSError) as error:
        raise Unreadable("away") from error


async def _fetch(address: str, transport: httpx2.AsyncBaseTransport | None) -> bytes:
    """The body. It does not go where a redirect leads: the address is what an administrator wrote."""
    content = bytearray()
    async with (
        httpx2.AsyncClient(transport=transport, timeout=SECONDS, follow_redirects=False, trust_env=True) as client,
        client.stream("GET", address, headers={"Accept-Encoding": "identity"}) as answer,
    ):
        if answer.status_code != 200:
            raise Unreadable("status")
        async for part in answer.aiter_raw():  # as it came: what is packed could unpack to gigabytes
            content += part
            if len(content) > LARGEST:
                raise Unreadable("large")
    return bytes(content)


def parse(content: bytes, currency: Currency = Currency.USD) -> Quoted:
    """The rate of a currency in the bank's XML, in whatever encoding it declares. Raises Unreadable.

    Entities are not resolved, nothing is loaded: neither a bomb nor a file of ours comes of a DOCTYPE.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("xml") from error
    day = _day(root.get("Date") or "")
    for one in root.iterfind("Valute"):
        if (one.findtext("CharCode") or "").strip() == currency.value:
            return Quoted(day, _value(one.findtext("Value") or "", one.findtext("Nominal") or "1"))
    raise Unreadable("missing")


def _day(text: str) -> date:
    found = re.fullmatch(r"([0-9]{2})[./]([0-9]{2})[./]([0-9]{4})", text.strip())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise Unreadable("day")


def _value(text: str, nominal: str) -> int:
    """Ten-thousandths of a rouble for one unit, half up."""
    texts = [re.sub(r"\s", "", one) for one in (text, nominal)]
    if not all(_NUMBER.fullmatch(one) for one in texts):
        raise Unreadable("value")
    try:
        value, units = (Decimal(one.replace(",", ".")) for one in texts)
        found = int((value * WHOLE / units).quantize(Decimal(1), ROUND_HALF_UP))
    except (InvalidOperation, ZeroDivisionError) as error:
        raise Unreadable("value") from error
    if not 0 < found < DEAREST:
        raise Unreadable("value")
    return found
