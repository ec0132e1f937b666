"""POST /presentations/7/lines/31/quantity."""

import pytest

from app.history.models import Event
from app.presentations.models import ChosenQuantity, Version
from tests.factories import Cast
from tests.presentations.conftest import Offer
from tests.site import Browser


async def chosen(line_id: int, person_id: int) -> int | None:
    row = await ChosenQuantity.get_or_none(line_id=line_id, person_id=person_id)
    return row.quantity if row else None


async def test_with_htmx(alice: Browser, cast: Cast, offer: Offer) -> None:
    answer = await alice.hx_post(f"{offer.line(offer.camera)}/quantity", {f"q{offer.camera.id}": "9"})
    assert answer.status_code == 200
    assert answer.text.startswith(f'<tbody role="rowgroup" id="line-{offer.camera.id}">')
    assert "105\u00a0229,80" in answer.text  # 9 × 11 692,20
    assert '<hx-partial hx-target="#totals"' in answer.text
    assert await chosen(offer.camera.id, cast.alice.id) == 9
    event = await Event.get(name="presentation.quantity_changed")
    assert (event.data["was"], event.data["quantity"], event.actor_id) == (4, 9, cast.alice.id)
    assert event.company_id == cast.company.id


async def test_without_javascript(alice: Browser, cast: Cast, offer: Offer) -> None:
    form = {f"q{offer.camera.id}": "5", f"q{offer.cable.id}": "610", "step": "1", "brand": "HIKVISION", "order": "sum"}
    answer = await alice.post(f"{offer.line(offer.camera)}/quantity", form)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{offer.path}?brand=HIKVISION&order=sum#line-{offer.camera.id}"
    assert await chosen(offer.camera.id, cast.alice.id) == 6, "the step goes from what was typed"
    assert await chosen(offer.cable.id, cast.alice.id) == 610, "what was typed elsewhere in the form is kept"


async def test_by_a_stranger(charlie: Browser, guest: Browser, offer: Offer) -> None:
    path = f"{offer.line(offer.camera)}/quantity"
    assert (await charlie.post(path, {f"q{offer.camera.id}": "9"})).status_code == 404
    assert (await guest.post(path, {f"q{offer.camera.id}": "9"})).headers["location"].startswith("/sign-in")
    assert await ChosenQuantity.all().count() == 0


async def test_each_person_has_an_own_quantity(alice: Browser, bob: Browser, cast: Cast, offer: Offer) -> None:
    await alice.hx_post(f"{offer.line(offer.camera)}/quantity", {f"q{offer.camera.id}": "9"})
    assert f'name="q{offer.camera.id}" value="4"' in (await bob.get(offer.path)).text


async def test_against_a_broken_rule(alice: Browser, offer: Offer) -> None:
    version = await Version.get(presentation_id=offer.presentation.id)
    version.replaced_at = version.sent_at
    await version.save()
    await Version.create(
        presentation_id=offer.presentation.id,
        number=2,
        title="Новее",
        valid_until=version.valid_until,
        author_id=version.author_id,
        sent_at=version.sent_at,
    )
    old = f"{offer.path}/lines/{offer.camera.id}/quantity"
    assert (await alice.post(old, {f"q{offer.camera.id}": "9"})).status_code == 404, "lines of the new version only"
    assert await ChosenQuantity.all().count() == 0


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("", [305]),
        ("0", [305]),
        ("-1", [305]),
        ("500", [305, 610]),
        ("1,5", [305]),
        ("610,5", [610, 915]),
        ("１２", [305]),
        ("много", [305]),
        ("1000000000", [999_790]),
        ("9223372036854775808", [999_790]),
        ("1e9", [305]),
        ("<b>", [305]),
    ],
)
async def test_a_wrong_quantity_is_kept_and_explained(
    alice: Browser, offer: Offer, typed: str, nearest: list[int]
) -> None:
    name = f"q{offer.cable.id}"
    answer = await alice.hx_post(f"{offer.line(offer.cable)}/quantity", {name: typed})
    assert answer.status_code == 422
    for quantity in nearest:
        assert f'name="set" value="{quantity}:' in answer.text
    assert answer.text.count('name="set"') == len(nearest)
    assert 'aria-invalid="true"' in answer.text
    whole = await alice.post(f"{offer.line(offer.cable)}/quantity", {name: typed})
    assert whole.status_code == 422
    shown = typed.replace("<", "&lt;").replace(">", "&gt;") or "305"
    assert f'name="{name}" value="{shown}"' in whole.text
    assert await ChosenQuantity.all().count() == 0


@pytest.mark.parametrize(
    "form",
    [
        {"q999999": "4"},
        {"unknown": "4"},
        {"qx": "4"},
    ],
)
async def test_unknown_fields_are_refused(alice: Browser, offer: Offer, form: dict[str, str]) -> None:
    assert (await alice.post(f"{offer.line(offer.camera)}/quantity", form)).status_code in (400, 404)


async def test_doubled_fields_are_refused(alice: Browser, offer: Offer) -> None:
    name = f"q{offer.camera.id}"
    answer = await alice.http.post(
        f"{offer.line(offer.camera)}/quantity",
        content=f"{name}=4&{name}=5",
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("body", [b"q1=%ff%fe", b"q1=%00", b"\xff\xfe=1", b"q1=" + b"4" * 2_000_000])
async def test_unreadable_bodies_are_refused(alice: Browser, offer: Offer, body: bytes) -> None:
    answer = await alice.http.post(
        f"{offer.line(offer.camera)}/quantity",
        content=body,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code in (400, 413, 404)


@pytest.mark.parametrize("line", ["0", "999999999", "99999999999999999999", "-1", "1.5", "x"])
async def test_wrong_ids_are_not_found(alice: Browser, offer: Offer, line: str) -> None:
    assert (await alice.post(f"{offer.path}/lines/{line}/quantity", {})).status_code == 404
