"""The door of 1C: who comes in, the protocol, and what is refused there."""

import asyncio
from datetime import timedelta

import pytest
from starlette.applications import Starlette

from app import clock
from app.accounts.models import SignInFailure
from app.catalogue.models import Product
from app.exchange import store
from app.exchange.models import Connection, Exchange, ExchangeFile, FileState, State
from app.history.models import Event
from app.settings import Settings
from tests.exchange.one_c import DOOR, OneC, last, make_connection, packed, work
from tests.exchange.shop import Shop, wares
from tests.factories import Cast
from tests.site import Browser


async def test_the_conversation(one_c: OneC) -> None:
    answer = await one_c.enter()
    lines = answer.text.splitlines()
    assert lines[:2] == ["success", "kabinet_1c"] and one_c.http.cookies["kabinet_1c"] == lines[2]
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    answer = await one_c.ask("catalog", "init")
    assert answer.text.splitlines() == ["zip=yes", f"file_limit={store.PART}"]
    assert (await one_c.ask("catalog", "init", version="3.1")).text.splitlines()[-1] == "version=3.1"
    assert (await one_c.send("import.xml", Shop(wares(1)).files()["import.xml"], part=100)).text == "success\n"
    answer = await one_c.ask("catalog", "import", filename="import.xml")
    assert answer.text.startswith("progress\nПрочитано 0 %")
    await work(one_c.site)
    answer = await one_c.ask("catalog", "import", filename="import.xml")
    assert answer.text.startswith("success\n1 товар добавлен")
    again = await one_c.ask("catalog", "import", filename="import.xml")
    assert again.text == answer.text and await Product.all().count() == 1


@pytest.mark.parametrize(
    "mode", ["init", "file", "import", "query", "success", "deactivate", "complete", "nothing", ""]
)
async def test_closed_without_credentials(one_c: OneC, mode: str) -> None:
    for kind in ("catalog", "sale", "other"):
        for content in (None, b"x"):
            answer = await one_c.ask(kind, mode, content, filename="import.xml")
            assert answer.status_code == 401 and answer.text.startswith("failure\n")
    one_c.http.cookies.set("kabinet_1c", "forged")
    assert (await one_c.ask("catalog", mode)).status_code == 401


@pytest.mark.parametrize("header", ["", "Basic", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer x", "Basic AGE6Yg=="])
async def test_odd_credentials(one_c: OneC, header: str) -> None:
    answer = await one_c.http.get(f"{DOOR}?type=catalog&mode=checkauth", headers={"authorization": header})
    assert answer.status_code == 401 and not await Exchange.all().exists()


async def test_a_wrong_password_is_throttled(
    one_c: OneC, site: Starlette, settings: Settings, connection: Connection
) -> None:
    wrong = OneC(site, password="wrong", ip="203.0.113.9")
    for _ in range(settings.signin_account_limit):
        assert (await wrong.enter()).status_code == 401
    answer = await wrong.enter()
    assert answer.status_code == 429 and "подождите 15 мин" in answer.text
    told = await Event.filter(name="exchange.sign_in_failed")
    assert [event.ip for event in told] == ["203.0.113.9"] * settings.signin_account_limit, "and none while it is shut"
    assert {event.data["connection"] for event in told} == {connection.id} and told[0].actor_id is None
    wrong.password = one_c.password
    assert (await wrong.enter()).status_code == 429
    assert (await one_c.enter()).text.startswith("success"), "1C itself, from its own address, is not locked out"
    await SignInFailure.all().update(at=clock.now() - timedelta(hours=1))
    assert (await wrong.enter()).text.startswith("success")


async def test_a_connection_that_is_switched_off(one_c: OneC, connection: Connection) -> None:
    await one_c.enter()
    await Connection.filter(id=connection.id).update(active=False)
    assert (await one_c.ask("catalog", "init")).status_code == 401 and (await one_c.enter()).status_code == 401


async def test_a_connection_does_what_it_is_for(site: Starlette, cast: Cast) -> None:
    await make_connection(cast.anna, login="orders-only", catalogue=False)
    async with OneC(site, login="orders-only") as client:
        assert (await client.enter()).text.startswith("failure\nЭтому подключению")
        await client.enter("sale")
        assert (await client.ask("catalog", "init")).text.startswith("failure")
        await client.send("sneaky.xml", Shop(wares(1)).files()["import.xml"], "sale")
        assert (await client.read("sneaky.xml", "sale")).startswith("failure\nЭтому подключению")
    assert not await Product.all().exists()


@pytest.mark.parametrize(
    "name",
    [
        "../import.xml",
        "..\\import.xml",
        "a/../../b.xml",
        "/etc/passwd.xml",
        "\\\\host\\x.xml",
        "C:\\import.xml",
        "C:import.xml",
        "",
        ".",
        "..",
        "a\x00.xml",
        "a\n.xml",
        "con|x.xml",
        "x" * 200 + ".xml",
        "a/b/c/d/e/f/g/h.xml",
        "a//b.xml",
        "\u202elmx.exe",
        "😀" * 100 + ".xml",
        "a/" + "я" * 128 + "/b.xml",
    ],
)
async def test_names_that_lead_elsewhere(one_c: OneC, settings: Settings, name: str) -> None:
    await one_c.enter()
    for mode, content in (("file", b"<x/>"), ("import", None)):
        answer = await one_c.ask("catalog", mode, content, filename=name)
        assert answer.text.startswith("failure\nНедопустимое имя файла")
    assert not await ExchangeFile.all().exists()
    assert not [path for path in settings.files.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["import_files", "import.xml/a.jpg", "import_files/a.jpg/b.xml"])
async def test_names_of_folders_and_within_files(one_c: OneC, name: str) -> None:
    await one_c.enter()
    await one_c.send("import_files/a.jpg", b"x")
    await one_c.send("import.xml", Shop(wares(1)).files()["import.xml"])
    answer = await one_c.send(name, b"<x/>")
    assert answer.status_code == 200 and answer.text.startswith("failure\nСайт не может сохранить файл"), answer.text
    assert (await one_c.read(name)).startswith("failure\nФайл")
    assert (await one_c.read("import.xml")).startswith("success\n1 товар добавлен")


async def test_no_room_is_told_of(one_c: OneC, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    await one_c.enter()
    monkeypatch.setattr("pathlib.Path.mkdir", full)
    assert (await one_c.send("import.xml", b"<x/>")).text.startswith("failure\nСайт не может сохранить файл import.xml")


async def test_names_that_lead_elsewhere_from_within_an_archive(one_c: OneC, settings: Settings) -> None:
    await one_c.enter()
    await one_c.send("v8.zip", packed({"import.xml": b"<x/>", "../../evil.xml": b"<x/>"}))
    assert "Недопустимое имя файла" in await one_c.read("import.xml")
    assert not list(settings.files.rglob("evil.xml")) and not list(settings.files.rglob("import.xml"))


async def test_two_at_once(one_c: OneC, site: Starlette) -> None:
    await one_c.enter()
    await one_c.send("import.xml", Shop(wares(1)).files()["import.xml"])
    async with OneC(site) as second:
        assert (await second.enter()).text.startswith("failure\nУже идёт другой обмен")
        await one_c.ask("catalog", "import", filename="import.xml")
        assert (await second.enter()).text.startswith("failure\nУже идёт другой обмен")
        assert (await one_c.read("import.xml")).startswith("success")
        assert (await second.enter()).text.startswith("success")
        assert (await one_c.send("offers.xml", b"<x/>")).text.startswith("failure\nЭтот обмен уже завершён")


async def test_orders_after_a_catalogue_that_failed(one_c: OneC, site: Starlette) -> None:
    files = Shop(wares(3)).files()
    await one_c.enter()
    await one_c.send("import.xml", files["import.xml"][:300])
    await one_c.send("offers.xml", files["offers.xml"])
    async with OneC(site) as second:
        assert (await second.enter("sale")).text.startswith("failure\nУже идёт другой обмен"), "it has not failed yet"
    assert (await one_c.read("import.xml")).startswith("failure")
    assert (await one_c.enter("sale")).text.startswith("success")


async def test_it_stops_midway_and_starts_again(one_c: OneC) -> None:
    shop = Shop(wares(3))
    await one_c.enter()
    await one_c.send("import.xml", shop.files()["import.xml"][:1000])
    broken = await last()
    await Exchange.filter(id=broken.id).update(seen_at=clock.now() - timedelta(minutes=2))
    answers = await one_c.exchange(shop)
    assert all(one.startswith("success") for one in answers) and await Product.all().count() == 3
    assert (await Exchange.get(id=broken.id)).state is State.STOPPED


async def test_a_worker_that_died_leaves_the_file_to_another(one_c: OneC) -> None:
    await one_c.enter()
    await one_c.send("import.xml", Shop(wares(3)).files()["import.xml"])
    await one_c.ask("catalog", "import", filename="import.xml")
    await ExchangeFile.all().update(state=FileState.WORKING, attempts=1, beat_at=clock.now())
    assert await work(one_c.site) == 0
    await ExchangeFile.all().update(beat_at=clock.now() - timedelta(minutes=5))
    assert await work(one_c.site) == 1 and (await one_c.read("import.xml")).startswith("success")
    await ExchangeFile.all().update(state=FileState.WORKING, attempts=3, beat_at=clock.now() - timedelta(minutes=5))
    await work(one_c.site)
    assert (await one_c.read("import.xml")).startswith("failure\nСайт прерывался")


async def test_parts_out_of_order(one_c: OneC) -> None:
    shop = Shop(wares(2), new=True)
    await one_c.enter()
    files = shop.files()
    await one_c.send("prices0_1.xml", files["prices0_1.xml"])
    assert (await one_c.read("prices0_1.xml")).startswith("failure\nНа сайте нет ни одного товара из этого файла")
    assert (await one_c.read("rests0_1.xml")).startswith("failure\nФайл rests0_1.xml не был передан")
    for name in ("import1_1.xml", "import0_1.xml", "offers0_1.xml", "prices0_1.xml"):
        await one_c.send(name, files[name])
        assert (await one_c.read(name)).startswith("success")
    content = packed(files)
    await one_c.send("v8.zip", content[500:1500] + content[:500] + content[1500:])
    assert (await one_c.read("v8.zip")).startswith(
        "failure\nАрхив v8.zip повреждён, или его части пришли не по порядку"
    )


async def test_a_part_that_broke_off_is_sent_again(one_c: OneC) -> None:
    await one_c.enter()
    content = Shop(wares(2)).files()["import.xml"]
    await one_c.send("import.xml", content[:900])

    async def breaking():  # type: ignore[no-untyped-def]
        yield content[900:1000]
        raise ConnectionError

    assert (await one_c.ask("catalog", "file", breaking(), filename="import.xml")).status_code == 500
    await one_c.send("import.xml", content[900:])
    assert (await one_c.read("import.xml")).startswith("success")


async def test_too_much_at_once(one_c: OneC, monkeypatch: pytest.MonkeyPatch) -> None:
    await one_c.enter()
    answer = await one_c.ask("catalog", "file", b"x" * (store.PART + 1), filename="import.xml")
    assert answer.status_code == 413
    monkeypatch.setattr(store, "MOST", 1000)
    await one_c.send("import.xml", b"x" * 2000)
    assert (await one_c.send("import.xml", b"x")).text.startswith("failure\nФайлы этого обмена больше")


async def test_nobody_signed_in_has_an_advantage(anna: Browser) -> None:
    assert (await anna.get(f"{DOOR}?type=catalog&mode=init")).status_code == 401


async def test_many_commands_at_once(one_c: OneC) -> None:
    await one_c.enter()
    await one_c.send("import.xml", Shop(wares(1)).files()["import.xml"])
    await asyncio.gather(*(one_c.ask("catalog", "import", filename="import.xml") for _ in range(5)))
    assert await work(one_c.site) == 1
