"""What a bank says, for tests."""

from collections.abc import AsyncIterator
from datetime import date

import httpx2

from app import clock


def daily(
    value: str = "92,1234", *, day: date | None = None, nominal: str = "1", code: str = "USD", head: str = ""
) -> bytes:
    """The bank's XML of a day (None: today), in windows-1251 as it comes."""
    on = (day or clock.distributor_today()).strftime("%d.%m.%Y")
    text = (
        f'<?xml version="1.0" encoding="windows-1251"?>{head}<ValCurs Date="{on}" name="Foreign Currency Market">'
        '<Valute ID="R01010"><NumCode>036</NumCode><CharCode>AUD</CharCode><Nominal>1</Nominal>'
        "<Name>Австралийский доллар</Name><Value>60,0001</Value></Valute>"
        f'<Valute ID="R01235"><NumCode>840</NumCode><CharCode>{code}</CharCode><Nominal>{nominal}</Nominal>'
        f"<Name>Доллар США</Name><Value>{value}</Value></Valute></ValCurs>"
    )
    return text.encode("windows-1251")


def answering(content: bytes, status: int = 200) -> httpx2.MockTransport:
    """A bank that answers so."""

    async def body() -> AsyncIterator[bytes]:
        yield content

    return httpx2.MockTransport(lambda request: httpx2.Response(status, content=body()))
