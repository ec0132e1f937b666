"""Files that come with a message: what is taken, what is refused and with which words, and where it lies."""

from pathlib import Path
from typing import Any

import pytest

from app.threads.models import Attachment, Comment
from tests.attachments import samples
from tests.factories import Cast, make_ticket
from tests.site import Browser
from tests.tickets.forms import attached, said

MB10 = 10 * 1024 * 1024


@pytest.fixture
async def door(cast: Cast) -> str:
    """Where Alice writes."""
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    return f"/tickets/{ticket.number}/comments"


def kept(browser: Browser) -> list[Path]:
    """What lies on the disk."""
    return [file for file in browser.site.state.settings.files.rglob("*") if file.is_file()]


async def test_every_kind_by_its_content(alice: Browser, door: str) -> None:
    for name, content in samples.REAL.items():
        answer = await alice.post(door, said(), files=attached((name, content), kind="application/x-msdownload"))
        assert answer.status_code == 303, name

    rows = {row.name: row for row in await Attachment.all()}
    assert {name: row.kind for name, row in rows.items()} == {
        "фото.png": "png",
        "фото.JPG": "jpeg",
        "схема.gif": "gif",
        "план.webp": "webp",
        "вид.avif": "avif",
        "акт.pdf": "pdf",
        "прайс.xlsx": "xlsx",
        "журнал.txt": "txt",
    }
    for name, row in rows.items():
        [file] = [one for one in kept(alice) if one.name == row.stored]
        assert file.read_bytes() == samples.REAL[name] and row.size == len(samples.REAL[name])
        assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("фото.png", samples.jpeg(), "повреждён или не то, чем назван"),
        ("вид.avif", samples.webp(), "повреждён или не то, чем назван"),
        ("фото.png", b"MZ\x90\0" * 50, "повреждён или не то, чем назван"),
        ("фото.png", samples.png()[:-8], "повреждён или не то, чем назван"),
        ("акт.pdf", b"<html><script>alert(1)</script>", "повреждён или не то, чем назван"),
        ("прайс.xlsx", samples.xlsx(types="application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "не то, чем назван"),
        ("прайс.xlsx", samples.xlsx(extra={"xl/vbaProject.bin": b"1"}), "не то, чем назван"),
        ("прайс.xlsx", samples.xlsx(extra={"xl/media/0": b"\0" * 200_000_001}), "не то, чем назван"),
        ("журнал.txt", b"a\0b", "не то, чем назван"),
        ("журнал.txt", samples.pdf(), "не то, чем назван"),
        ("файл.exe", b"MZ", "не принимается"),
        ("страница.html", b"<p>1</p>", "не принимается"),
        ("png", samples.png(), "не принимается"),
        ("фото.png", b"", "пустой"),
    ],
)
async def test_what_is_not_taken_is_refused_in_words(
    alice: Browser, door: str, name: str, content: bytes, words: str
) -> None:
    form = said("Вот файлы")
    files = attached(("журнал.txt", samples.TXT), (name, content), kind="image/png")

    for answer in (await alice.post(door, form, files=files), await alice.hx_post(door, form, files=files)):
        assert answer.status_code == 422
        assert f'id="files-0-e">Файл {name}' in answer.text and words in answer.text
        assert "Вот файлы</textarea>" in answer.text
    assert await Comment.all().count() == 1 and not kept(alice)


async def test_ten_megabytes_and_not_a_byte_more(alice: Browser, door: str) -> None:
    exactly, more = b"x" * MB10, b"x" * (MB10 + 1)

    assert (await alice.post(door, said(), files=attached(("а.txt", exactly)))).status_code == 303
    answer = await alice.post(door, said(), files=attached(("а.txt", more)))

    assert answer.status_code == 422 and "Файл а.txt слишком большой: можно до 10 МБ" in answer.text.replace(
        "\u00a0", " "
    )
    assert [row.size for row in await Attachment.all()] == [MB10]


async def test_five_files_and_not_one_more(alice: Browser, door: str) -> None:
    six = [(f"{number}.txt", samples.TXT) for number in range(6)]

    answer = await alice.post(door, said(), files=attached(*six))
    assert answer.status_code == 422 and "не больше 5 файлов" in answer.text and not kept(alice)
    assert (await alice.post(door, said(), files=attached(*six[:5]))).status_code == 303
    assert await Attachment.all().count() == len(kept(alice)) == 5


async def test_nothing_chosen_is_nothing_attached(alice: Browser, door: str) -> None:
    """As browsers send an empty field of files."""
    parts = {**{f'name="{name}"': text for name, text in said("Ждём").items()}, 'name="files"; filename=""': ""}
    body = "".join(f"--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n" for head, text in parts.items())

    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = await alice.http.post(door, content=f"{body}--x--\r\n".encode(), headers=headers)

    assert answer.status_code == 303 and not await Attachment.exists()
    assert (await Comment.get(number=2)).text == "Ждём"


async def test_large_forms_are_taken_at_doors_of_files_only(alice: Browser, door: str) -> None:
    large = attached(("а.txt", b"x" * 2_000_000))

    assert (await alice.post("/language", {"language": "ru", "next": "/"}, files=large)).status_code == 413
    assert (
        await alice.post("/language", {"language": "ru", "next": "/"}, files=attached(("а.txt", b"x")))
    ).status_code == 400
    assert (await alice.post(door, said("x" * 2_000_000))).status_code == 413
    seven = attached(*((f"{number}.txt", b"x" * MB10) for number in range(7)))
    assert (await alice.post(door, said(), files=seven)).status_code == 413
    assert not await Attachment.exists()


@pytest.mark.parametrize(
    "files",
    [
        [("text", ("а.txt", b"1", "text/plain"))],
        [("other", ("а.txt", b"1", "text/plain"))],
        [("files", (f"{number}.txt", b"1", "text/plain")) for number in range(21)],
    ],
)
async def test_what_no_form_of_ours_sends(alice: Browser, door: str, files: Any) -> None:
    assert (await alice.post(door, {"key": said()["key"]}, files=files)).status_code == 400


async def test_a_file_on_the_disk_goes_when_its_row_cannot_be_written(
    alice: Browser, door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("app.threads.actions.record", fails)
    answer = await alice.post(door, said(), files=attached(("а.txt", samples.TXT)))

    assert answer.status_code == 500 and not kept(alice)
    assert await Comment.all().count() == 1 and not await Attachment.exists()


async def test_a_full_disk_is_told(alice: Browser, door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.attachments.store.shutil.copyfileobj", full)
    answer = await alice.post(door, said(), files=attached(("а.txt", samples.TXT)))

    assert answer.status_code == 409 and "Сейчас файлы не сохранить" in answer.text and not kept(alice)


async def test_a_form_with_files_needs_its_token_too(alice: Browser, door: str) -> None:
    del alice.http.headers["sec-fetch-site"]

    assert (await alice.post(door, said(), files=attached(("а.txt", samples.TXT)))).status_code == 403
    assert not kept(alice)
