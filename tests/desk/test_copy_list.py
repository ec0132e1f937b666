"""POST …/copy and …/file: lines of offers, orders, templates and spreadsheets, through the same review."""

import io
import zipfile
from typing import Any

import pytest

from app import clock
from app.accounts.models import Company
from app.catalogue.models import Product
from app.presentations.models import Doubt, Line, Version
from app.presentations.templates import PresentationTemplate
from tests.desk.conftest import Draft
from tests.factories import Cast, make_order, make_presentation, make_product
from tests.site import Browser

OWN = 1500  # the discount that the company has on everything


async def lines(draft: Draft) -> list[tuple[str, int, int]]:
    found = await Line.filter(version_id=draft.version.id).order_by("position")
    return [(line.article, line.quantity, line.discount) for line in found][2:]


def workbook(rows: list[list[Any]]) -> bytes:
    """The least workbook that spreadsheets open."""
    cells = [(number, place, value) for number, row in enumerate(rows, 1) for place, value in enumerate(row)]
    return packed({f"{chr(65 + place)}{number}": value for number, place, value in cells})


def packed(cells: dict[str, Any]) -> bytes:
    """A workbook of these cells, in the order of rows."""
    rows: dict[str, list[str]] = {}
    for name, value in cells.items():
        kind = "" if isinstance(value, int | float) else ' t="inlineStr"'
        content = f"<v>{value}</v>" if not kind else f"<is><t>{value}</t></is>"
        rows.setdefault(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), []).append(f'<c r="{name}"{kind}>{content}</c>')
    data = "".join(f'<row r="{number}">{"".join(row)}</row>' for number, row in rows.items())
    main, relations = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org"
    office, package = f"{relations}/officeDocument/2006/relationships", f"{relations}/package/2006"
    sheet = f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
    book = f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">{book}</Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{sheet}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


async def upload(browser: Browser, draft: Draft, content: bytes, name: str) -> Any:
    return await browser.post(f"{draft.path}/file", {}, files={"files": (name, content)})


async def test_an_offer_to_another_partner_at_this_ones_discounts(maria: Browser, cast: Cast, draft: Draft) -> None:
    await Company.filter(id=cast.company.id).update(default_discount=700)
    other = await make_presentation(
        company=cast.lone_company, author=cast.maria, products=[draft.lock], quantity=3, discount=3000
    )
    answer = await maria.post(f"{draft.path}/copy", {"from": "presentation", "presentation": f"№ {other.number}"})
    assert answer.status_code == 303
    assert await lines(draft) == [("ML-16HR", 3, 700)]


async def test_an_order(maria: Browser, cast: Cast, draft: Draft) -> None:
    order = await make_order(person=cast.alice, products=[draft.lock])
    assert (await maria.post(f"{draft.path}/copy", {"from": "order", "order": str(order.number)})).status_code == 303
    assert [line[0] for line in await lines(draft)] == ["ML-16HR"]


async def test_what_is_gone_or_doubled_waits(maria: Browser, cast: Cast, draft: Draft) -> None:
    gone = await make_product(article="GONE-1")
    camera = await Product.get(id=draft.camera.product_id)
    offer = await make_presentation(company=cast.company, author=cast.maria, products=[gone, camera], quantity=3)
    await Product.filter(id=gone.id).update(discontinued_at=clock.now())
    await maria.post(f"{draft.path}/copy", {"from": "presentation", "presentation": str(offer.number)})
    assert await lines(draft) == [] and sorted([one.sought for one in await Doubt.all()]) == [
        "DS-2CD2043G2-I",
        "GONE-1",
    ]


async def test_what_others_have_is_not_there(maria: Browser, cast: Cast, draft: Draft) -> None:
    foreign = await make_presentation(company=cast.other_company, author=cast.oleg, products=[draft.lock])
    order = await make_order(person=cast.charlie, manager=cast.oleg)
    stencil = await PresentationTemplate.create(author=cast.oleg, name="Чужой", changed_at=clock.now())
    for source, number in (("presentation", foreign.number), ("order", order.number), ("template", stencil.id)):
        answer = await maria.post(f"{draft.path}/copy", {"from": source, source: str(number)})
        assert answer.status_code == 422 and f'id="{source}-e"' in answer.text
    for typed in ("", "нет", "0", "-1", "9" * 30):
        answer = await maria.post(f"{draft.path}/copy", {"from": "order", "order": typed})
        assert answer.status_code == 422 and f'value="{typed}"' in answer.text


async def test_a_template_from_the_first_to_the_last(
    maria: Browser, oleg: Browser, anna: Browser, cast: Cast, draft: Draft
) -> None:
    await Version.filter(id=draft.version.id).update(greeting="Здравствуйте!")
    saved = await maria.post(f"{draft.path}/template", {"name": "Склад"})
    assert saved.status_code == 303
    again = await maria.post(f"{draft.path}/template", {"name": "склад"})
    assert again.status_code == 422 and 'value="склад"' in again.text and 'id="name-e"' in again.text
    stencil = await PresentationTemplate.get()
    path = f"/desk/presentations/templates/{stencil.id}"
    assert (await oleg.get(path)).status_code == 404 and (await oleg.post(path, {"name": "Моё"})).status_code == 404
    assert "Склад" not in (await oleg.get("/desk/presentations/templates")).text

    assert (await maria.post(path, {"name": "Склад и двор", "shared": "1"})).status_code == 303
    assert "Склад и двор" in (await oleg.get("/desk/presentations/templates")).text
    assert (await oleg.post(f"{path}/removal")).status_code == 404
    target = await make_presentation(company=cast.other_company, author=cast.oleg, sent=False, products=[])
    to = f"/desk/presentations/{target.number}"
    await Version.filter(presentation_id=target.id).update(greeting="")
    assert (await oleg.post(f"{to}/copy", {"from": "template", "template": str(stencil.id)})).status_code == 303
    made = await Version.get(presentation_id=target.id)
    assert made.greeting == "Здравствуйте!"
    taken = await Line.filter(version_id=made.id).order_by("position")
    assert [(one.article, one.quantity) for one in taken][-2:] == [("DS-2CD2043G2-I", 4), ("01-0043", 305)]

    assert (await maria.get(f"{path}/removal")).status_code == 200
    assert (await maria.post(f"{path}/removal")).status_code == 303
    assert not await PresentationTemplate.exists()


async def test_a_workbook(maria: Browser, draft: Draft) -> None:
    rows = [
        ["№", "Артикул", "Наименование", "Цена", "Кол-во"],
        [1, "ML-16HR", "Замок", 6490.0, 3],
        [2, "НЕТ-1", "?", 1, 2],
    ]
    assert (await upload(maria, draft, workbook(rows), "список.xlsx")).status_code == 303
    assert await lines(draft) == [("ML-16HR", 3, OWN)]
    assert [(one.quantity, one.sought) for one in await Doubt.all()] == [("2", "НЕТ-1")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1251", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
async def test_a_text_file(maria: Browser, draft: Draft, encoding: str, mark: str) -> None:
    text = f"Артикул{mark}Количество\r\nML-16HR{mark}3\r\n"
    assert (await upload(maria, draft, text.encode(encoding), "list.csv")).status_code == 303
    assert await lines(draft) == [("ML-16HR", 3, OWN)]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "list.xlsx"),
        (b"PK\x03\x04 broken", "list.xlsx"),
        (b"not a workbook", "list.xls"),
        (b"%PDF-1.7", "list.pdf"),
        (b"\x00\x01\x02", "list.csv"),
        (workbook([["", ""]]), "list.xlsx"),
        (workbook([["XX-1"]] * 2002), "list.xlsx"),
        (bomb(), "list.xlsx"),
    ],
    ids=["empty", "broken", "no-workbook", "pdf", "binary", "nothing", "long", "bomb"],
)
async def test_no_list(maria: Browser, draft: Draft, content: bytes, name: str) -> None:
    answer = await upload(maria, draft, content, name)
    assert answer.status_code == 422 and 'id="files-e"' in answer.text
    assert await lines(draft) == []


async def test_a_sheet_that_pretends_to_be_endless(maria: Browser, draft: Draft) -> None:
    answer = await upload(maria, draft, packed({"A1": "ML-16HR", "XFD1048576": "far away"}), "list.xlsx")
    assert answer.status_code == 422 and 'id="files-e"' in answer.text
