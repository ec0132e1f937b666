"""POST /administration/imports: whose list it is, and the file; and the list of imports."""

import asyncio

import pytest

from app.history.models import Event
from app.imports import files
from app.imports.models import ImportRun, State, Supplier
from app.settings import Settings
from tests.imports import books
from tests.imports.conftest import DOOR, KEY, begin, fields_of
from tests.site import Browser

LIST = books.workbook(("Прайс", books.DIRTY))


async def send(browser: Browser, content: bytes, name: str = "прайс.xlsx", **fields: str) -> tuple[int, str]:
    """The status and the page of an upload."""
    data = {"key": KEY, "name": "Маяк-Снаб", **fields}
    answer = await browser.http.post(DOOR, data=data, files={"files": (name, content)})
    return answer.status_code, answer.text


async def test_a_list_of_a_new_supplier(anna: Browser, settings: Settings) -> None:
    at = await begin(anna, LIST, name="../C:\\прайс 12.xlsx")
    run = await ImportRun.get().select_related("supplier")
    assert (run.state, run.file_name, run.supplier.name) == (State.CHOOSING, "прайс 12.xlsx", "Маяк-Снаб")
    assert files.place(settings, run.stored).read_bytes() == LIST and run.stored.endswith(".xlsx")
    assert (await Event.get(name="import.begun")).data["file"] == "прайс 12.xlsx"
    fields = fields_of((await anna.get(f"{at}/columns")).text)
    assert (fields["header"], fields["at_article"], fields["at_price"]) == ("3", "1", "3")
    assert (await anna.get(at)).headers["location"] == f"{at}/columns"


async def test_the_same_form_and_the_same_supplier(anna: Browser) -> None:
    answers = await asyncio.gather(*(begin(anna, LIST) for _ in range(3)))
    assert len(set(answers)) == 1 and await ImportRun.all().count() == 1
    supplier = await Supplier.get()
    await begin(anna, LIST, key=KEY + "2", supplier=str(supplier.id))
    data = {"key": KEY + "3", "name": " МАЯК-снаб"}
    assert (await anna.http.post(DOOR, data=data, files={"files": ("a.xlsx", LIST)})).status_code == 303
    assert await ImportRun.filter(supplier_id=supplier.id).count() == 3 and await Supplier.all().count() == 1


@pytest.mark.parametrize("case", books.BAD)
async def test_what_is_not_taken(anna: Browser, settings: Settings, case: str) -> None:
    """Said at the field, with what was typed still there; nothing is kept."""
    name, make, words = books.BAD[case]
    status, page = await send(anna, make(), name)
    assert status == 422 and words in page and 'value="Маяк-Снаб"' in page
    assert not await ImportRun.exists() and not await Supplier.exists()
    assert not list(files.folder(settings).glob("*"))


async def test_without_a_name_or_a_file(anna: Browser) -> None:
    answer = await anna.http.post(DOOR, data={"key": KEY, "name": " "}, files={"files": ("a.xlsx", LIST)})
    assert answer.status_code == 422 and "впишите название нового" in answer.text
    answer = await anna.post(DOOR, {"key": KEY, "name": "Маяк"})
    assert answer.status_code == 422 and "Выберите один файл" in answer.text
    status, page = await send(anna, LIST, supplier="999")
    assert status == 422 and "Выберите поставщика" in page


async def test_too_large(anna: Browser, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "most_size", lambda _settings: 1000)
    status, page = await send(anna, LIST)
    assert status == 422 and "слишком велик" in page


async def test_strangers(maria: Browser, alice: Browser, guest: Browser) -> None:
    for browser in (maria, alice):
        assert (await send(browser, LIST))[0] == 403 and (await browser.get(DOOR)).status_code == 403
    assert (await send(guest, LIST))[0] == 303
    assert not await ImportRun.exists()


async def test_the_list_of_imports(anna: Browser) -> None:
    assert "Импортов ещё не было" in (await anna.get(DOOR)).text
    await begin(anna, LIST)
    page = (await anna.get(DOOR)).text
    assert "Маяк-Снаб" in page and "выбор столбцов" in page
    assert "Более ранних нет" in (await anna.get(f"{DOOR}?before=1")).text
