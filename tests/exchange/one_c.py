"""1C as it knocks at the site in this process, and the worker that reads what it sent."""

import base64
import io
import zipfile
from datetime import timedelta
from typing import Any, Self
from urllib.parse import quote

import httpx2
from starlette.applications import Starlette

from app import clock
from app.accounts.models import Person
from app.accounts.passwords import hash_password
from app.exchange import telling
from app.exchange.models import Connection, Exchange, ExchangeFile
from app.i18n import speaking
from jobs.exchange import Exchanges
from tests.exchange.shop import Shop
from tests.site import ORIGIN

PASSWORD = "a-password-of-1c"
DOOR = "/1c_exchange"


async def make_connection(person: Person, *, login: str = "1c", **fields: Any) -> Connection:
    """A connection whose password is PASSWORD."""
    return await Connection.create(
        login=login,
        person=person,
        password_hash=hash_password(PASSWORD),
        created_at=clock.now(),
        orders_since=clock.distributor_today() - timedelta(days=30),
        **{"name": f"УТ 11 ({login})", **fields},
    )


class OneC:
    """A 1C with its cookies."""

    def __init__(
        self, site: Starlette, *, login: str = "1c", password: str = PASSWORD, ip: str = "203.0.113.5"
    ) -> None:
        self.site, self.login, self.password = site, login, password
        transport = httpx2.ASGITransport(app=site, client=(ip, 40000))
        self.http = httpx2.AsyncClient(
            transport=transport, base_url=ORIGIN, headers={"user-agent": "1C+Enterprise/8.3"}
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def ask(self, kind: str, mode: str, content: bytes | None = None, **params: str) -> httpx2.Response:
        """One command."""
        query = "".join(f"&{name}={quote(value)}" for name, value in params.items())
        address = f"{DOOR}?type={kind}&mode={mode}{query}"
        return await (self.http.get(address) if content is None else self.http.post(address, content=content))

    async def enter(self, kind: str = "catalog") -> httpx2.Response:
        """Login and password."""
        packed = base64.b64encode(f"{self.login}:{self.password}".encode()).decode()
        self.http.cookies.clear()
        return await self.http.get(f"{DOOR}?type={kind}&mode=checkauth", headers={"authorization": f"Basic {packed}"})

    async def send(self, name: str, content: bytes, kind: str = "catalog", *, part: int = 0) -> httpx2.Response:
        """A file, in parts of so many bytes (0: in one)."""
        for at in range(0, max(len(content), 1), part or max(len(content), 1)):
            answer = await self.ask(kind, "file", content[at : at + part] if part else content, filename=name)
        return answer

    async def read(self, name: str, kind: str = "catalog") -> str:
        """Has a file read, with the worker at work."""
        answer = ""
        for _ in range(20):
            answer = (await self.ask(kind, "import", filename=name)).text
            if not answer.startswith("progress"):
                break
            await work(self.site)
        return answer

    async def end(self, mode: str = "complete") -> str:
        """Ends a catalogue."""
        answer = ""
        for _ in range(5):
            answer = (await self.ask("catalog", mode)).text
            if not answer.startswith("progress"):
                break
            await work(self.site)
        return answer

    async def exchange(self, shop: Shop, *, zipped: bool = False, ends: bool = True) -> list[str]:
        """A whole exchange of a catalogue; the answers to the files, and to the end."""
        assert (await self.enter()).text.startswith("success")
        await self.ask("catalog", "init")
        files = shop.files()
        if zipped:
            await self.send("v8_1.zip", packed(files), part=700)
        else:
            for name, content in files.items():
                await self.send(name, content, part=4000)
        answers = [await self.read(name) for name in files]
        return [*answers, await self.end()] if ends else answers


def packed(files: dict[str, bytes]) -> bytes:
    """An archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


async def work(site: Starlette) -> int:
    """The worker does what waits."""
    return await Exchanges(site.state.settings).work_all()


async def told(one_c: OneC, content: bytes) -> str:
    """1C sends a file of orders and has it read."""
    await one_c.enter("sale")
    await one_c.send("orders.xml", content, "sale")
    return await one_c.read("orders.xml", "sale")


async def remarks() -> list[str]:
    """What the log says of the last file, in Russian."""
    file = await ExchangeFile.all().order_by("-id").first()
    with speaking("ru"):
        return [telling.told(one) for one in file.troubles] if file else []


async def last() -> Exchange:
    """The last exchange."""
    found = await Exchange.all().order_by("-id").first()
    assert found
    return found
