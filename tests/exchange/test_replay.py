"""The test client that plays 1C: an exchange of a folder, orders fetched and taken, and what it says of failures."""

import asyncio
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from app.catalogue.models import Product
from app.errors import Refused
from app.exchange.models import ExchangedOrder
from app.exchange.replay import Failed, Play, play
from app.orders.models import Order, Status
from tests.exchange.one_c import DOOR, PASSWORD, OneC, work
from tests.exchange.papers import document, paper, whole
from tests.exchange.shop import Shop, wares
from tests.site import ORIGIN


class Bridge(httpx2.BaseTransport):
    """Carries the requests of a thread to the site in this process, and lets the worker work in between."""

    def __init__(self, site: Starlette, loop: asyncio.AbstractEventLoop) -> None:
        self.site, self.loop = site, loop

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return asyncio.run_coroutine_threadsafe(self._answer(request), self.loop).result(60)

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=self.site)) as client:
            answer = await client.request(
                request.method, request.url, content=request.read(), headers=dict(request.headers)
            )
        await work(self.site)
        headers = {name: value for name, value in answer.headers.items() if name != "content-encoding"}
        return httpx2.Response(answer.status_code, headers=headers, content=answer.content)


async def played(site: Starlette, folder: Path, **options: object) -> list[str]:
    """What the client said."""
    said: list[str] = []
    client = httpx2.Client(transport=Bridge(site, asyncio.get_running_loop()))
    what = Play(folder, f"{ORIGIN}{DOOR}", **{"login": "1c", "password": PASSWORD, **options})  # type: ignore[arg-type]
    await asyncio.to_thread(play, what, said.append, client)
    return said


@pytest.mark.parametrize("new", [False, True], ids=["2.07", "3.1"])
@pytest.mark.parametrize("options", [{}, {"zipped": True}, {"part": 500}], ids=str)
async def test_a_folder(one_c: OneC, tmp_path: Path, new: bool, options: dict[str, object]) -> None:
    Shop(wares(3), new=new).write(tmp_path / "sent")
    said = await played(one_c.site, tmp_path / "sent", **options)
    assert await Product.filter(retail=1499_90, stock=7).count() == 3
    assert said[0].startswith("catalog checkauth : 200 success | kabinet_1c | …") and PASSWORD not in "".join(said)
    assert said[-1].startswith("catalog complete : 200 success")


async def test_orders_both_ways(one_c: OneC, order: Order, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "orders.xml").write_bytes(document(order, Статус_заказа="Оплачен"))
    said = await played(one_c.site, folder, take=tmp_path / "taken.xml")
    assert "sale query: 1 orders" in "\n".join(said) and (tmp_path / "taken.xml").stat().st_size > 500
    assert (await Order.get(id=order.id)).status is Status.PAID and (await ExchangedOrder.get(order=order)).taken


async def test_papers_of_an_order(one_c: OneC, order: Order, tmp_path: Path) -> None:
    papers = paper(order.number, order.number), paper("", "П-1", "Выплата безналичных денег", based_on=order.number)
    (tmp_path / "documents_1.xml").write_bytes(whole("".join(papers)))
    said = await played(one_c.site, tmp_path)
    assert "1 заказ изменён, 1 заказ без изменений" in said[-1]
    assert (await Order.get(id=order.id)).status is Status.PAID


async def test_failures_are_said(one_c: OneC, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there is no folder"):
        await played(one_c.site, tmp_path / "none")
    with pytest.raises(Refused, match="nothing to send"):
        await played(one_c.site, tmp_path)
    (tmp_path / "import.xml").write_bytes(b"<nothing/>")
    with pytest.raises(Failed, match="не CommerceML"):
        await played(one_c.site, tmp_path)
    with pytest.raises(Failed, match="Неверный логин"):
        await played(one_c.site, tmp_path, password="wrong")
