"""Documents of products: kept by administrators, downloaded by everybody from an address that never changes."""

import asyncio
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from app import clock
from app.attachments.kinds import Kind
from app.catalogue.models import Product
from app.documents import actions, store
from app.documents.models import ProductDocument
from app.history.models import Event
from tests.attachments.samples import pdf, png
from tests.factories import make_product
from tests.goods.forms import HERE
from tests.site import Browser


@pytest.fixture
async def product(database: str) -> Product:
    return await make_product(article="DS-1")


def door(product: Product) -> str:
    return f"{HERE}/{product.id}/documents"


def file(content: bytes, name: str = "паспорт камеры.pdf") -> list[Any]:
    return [("files", (name, content, "application/pdf"))]


def kept(browser: Browser) -> list[Path]:
    return [one for one in store.folder(browser.site.state.settings).rglob("*") if one.is_file()]


@pytest.mark.parametrize("htmx", [False, True])
async def test_kept_shown_and_downloaded(anna: Browser, guest: Browser, product: Product, htmx: bool) -> None:
    post = anna.hx_post if htmx else anna.post
    answer = await post(door(product), {"title": "Паспорт & <схема>"}, files=file(pdf()))
    if htmx:
        assert answer.status_code == 200 and answer.text.startswith('<section class="stack" id="documents"')
    else:
        assert answer.headers["location"] == f"{HERE}/{product.id}#documents"
    document = await ProductDocument.get()
    assert (document.title, document.kind, document.size) == ("Паспорт & <схема>", Kind.PDF, len(pdf()))
    page = (await guest.get(f"/catalogue/products/{product.id}")).text
    assert f'<a href="/documents/{document.stored}" download>Паспорт &amp; &lt;схема&gt;</a>' in page
    sent = await guest.get(f"/documents/{document.stored}")
    assert sent.content == pdf() and sent.headers["content-type"] == "application/pdf"
    assert sent.headers["content-disposition"].startswith("attachment; ")
    assert "%D0%BF%D0%B0%D1%81%D0%BF%D0%BE%D1%80%D1%82" in sent.headers["content-disposition"]
    assert sent.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert sent.headers["content-security-policy"] == "default-src 'none'; sandbox" and "set-cookie" not in sent.headers
    event = await Event.get(name="product.document_added")
    assert (event.data["article"], event.data["title"]) == ("DS-1", "Паспорт & <схема>")


async def test_without_a_title_it_is_called_as_the_file(anna: Browser, product: Product) -> None:
    await anna.post(door(product), files=file(pdf()))
    assert (await ProductDocument.get()).title == "паспорт камеры"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "Выберите файл"),
        (file(b""), "пуст"),
        (file(b"MZ"), "повреждён"),
        (file(png(), "вирус.exe"), "не принимается"),
        (file(pdf(), "паспорт.png"), "повреждён"),
        ([*file(pdf()), *file(png(), "2.png")], "Выберите один файл"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
async def test_what_is_not_taken(anna: Browser, product: Product, files: Any, words: str, htmx: bool) -> None:
    post = anna.hx_post if htmx else anna.post
    answer = await post(door(product), {"title": "Не потеряйте"}, files=files or None)
    assert answer.status_code == 422 and words in answer.text and 'id="files-e"' in answer.text
    assert 'value="Не потеряйте"' in answer.text
    assert not await ProductDocument.exists() and not kept(anna)


async def test_too_long_a_title(anna: Browser, product: Product) -> None:
    answer = await anna.post(door(product), {"title": "x" * 151}, files=file(pdf()))
    assert answer.status_code == 422 and "Слишком длинно" in answer.text and not kept(anna)


async def test_the_same_file_of_two_products_is_one(anna: Browser, product: Product) -> None:
    other = await make_product(article="DS-2")
    for one in (product, product, other):
        assert (await anna.post(door(one), {"title": "Паспорт"}, files=file(pdf()))).status_code == 303
    assert await ProductDocument.all().count() == 2 and len(kept(anna)) == 1
    assert len({one.stored for one in await ProductDocument.all()}) == 1


async def test_sent_at_once_it_is_one(anna: Browser, product: Product) -> None:
    answers = await asyncio.gather(*(anna.post(door(product), files=file(pdf())) for _ in range(4)))
    assert {one.status_code for one in answers} == {303} and await ProductDocument.all().count() == 1
    assert await Event.filter(name="product.document_added").count() == 1


async def test_at_most_so_many(anna: Browser, product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 1)
    await anna.post(door(product), files=file(pdf()))
    answer = await anna.post(door(product), files=file(png(), "2.png"))
    assert answer.status_code == 422 and "не больше 1 документов" in answer.text


@pytest.mark.parametrize("htmx", [False, True])
async def test_removed_after_a_question(anna: Browser, guest: Browser, product: Product, htmx: bool) -> None:
    await anna.post(door(product), {"title": "Паспорт"}, files=file(pdf()))
    document = await ProductDocument.get()
    question = await anna.get(f"{door(product)}/{document.id}/removal")
    assert "Убрать документ?" in question.text and "Паспорт" in question.text
    post = anna.hx_post if htmx else anna.post
    for _ in range(2):
        assert (await post(f"{door(product)}/{document.id}/removal")).status_code in (200, 303)
    assert not await ProductDocument.exists() and await Event.filter(name="product.document_removed").count() == 1
    assert (await guest.get(f"/documents/{document.stored}")).status_code == 404
    assert (await anna.get(f"{door(product)}/{document.id}/removal")).status_code == 404


async def test_of_another_product(anna: Browser, product: Product) -> None:
    await anna.post(door(product), files=file(pdf()))
    other, document = await make_product(article="DS-2"), await ProductDocument.get()
    assert (await anna.get(f"{door(other)}/{document.id}/removal")).status_code == 404
    await anna.post(f"{door(other)}/{document.id}/removal")
    assert await ProductDocument.exists()


async def test_by_nobody_else(alice: Browser, maria: Browser, guest: Browser, product: Product) -> None:
    for browser in (alice, maria):
        assert (await browser.post(door(product), files=file(pdf()))).status_code == 403
    assert (await guest.post(door(product), files=file(pdf()))).headers["location"].startswith("/sign-in")
    assert not await ProductDocument.exists()


@pytest.mark.parametrize("stored", ["x", "0" * 32, "../" + "0" * 29, "%00", "%2e%2e%2f" + "0" * 23, "Ａ" * 32])
async def test_no_such_document(guest: Browser, product: Product, stored: str) -> None:
    assert (await guest.get(f"/documents/{stored}")).status_code == 404


async def test_what_nothing_names_is_swept_up(anna: Browser, product: Product) -> None:
    root = store.folder(anna.site.state.settings)
    await anna.post(door(product), files=file(pdf()))
    lost = await store.keep(root, BytesIO(b"lost"))
    assert await store.sweep(root) == 0, "it may be named yet"
    assert await store.sweep(root, older=-5) == 1 and not (store.place(root, lost) or root).is_file()
    assert len(kept(anna)) == 1 and await ProductDocument.filter(at__lte=clock.now()).count() == 1
