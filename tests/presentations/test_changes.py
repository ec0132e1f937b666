"""GET /presentations/7/versions/2/changes: what a version changed, line by line."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.database import counting_queries
from app.presentations.changes import Offered, compared
from app.presentations.models import ChosenQuantity, Line, Version
from tests.factories import Cast, make_line, make_product
from tests.presentations.conftest import Offer
from tests.site import Browser

CAMERA = Offered(1, 7, "DS-1", "Камера", "HIKVISION", "шт", 20_000, 2000, 16_000, 22, 4, "")


async def second(offer: Offer, cast: Cast, **fields: Any) -> Version:
    """The next version, without lines."""
    old = await Version.get(presentation_id=offer.presentation.id)
    await Version.filter(id=old.id).update(replaced_at=clock.now())
    values = {"title": old.title, "greeting": old.greeting, "valid_until": old.valid_until, **fields}
    return await Version.create(
        presentation=offer.presentation, number=2, author=cast.maria, sent_at=clock.now(), **values
    )


async def copy(line: Line, to: Version, **fields: Any) -> Line:
    """A line as it was, in another version and changed a little."""
    product = (await Line.get(id=line.id).select_related("product")).product
    made = await make_line(version=to, product=product, position=line.position, quantity=4, discount=2200)
    await Line.filter(id=made.id).update(**fields)
    return made


def test_each_field_is_told() -> None:
    now = replace(CAMERA, position=3, price=15_000, discount=2500, quantity=5, name="Камера новая", vat_rate=20)
    (found,) = compared([CAMERA], [now])
    assert found.what == ("price", "discount", "quantity", "name", "vat_rate")
    assert not compared([CAMERA], [replace(CAMERA, position=9)]), "another place is no change"


def test_what_came_and_what_went() -> None:
    other = replace(CAMERA, product_id=8, position=2)
    assert [(one.was, one.now) for one in compared([CAMERA], [other])] == [(CAMERA, None), (None, other)]
    assert compared([], []) == []


def test_two_lines_of_one_product() -> None:
    kept, dearer = replace(CAMERA, position=2, quantity=10), replace(CAMERA, price=17_000)
    (found,) = compared([CAMERA, kept], [replace(kept, position=1), replace(dearer, position=2)])
    assert (found.was, found.what) == (CAMERA, ("price",)), "the equal ones belong together, whatever their order"
    (found,) = compared([CAMERA], [CAMERA, kept])
    assert (found.was, found.now) == (None, kept)
    (found,) = compared([CAMERA, kept], [kept])
    assert (found.was, found.now) == (CAMERA, None)


async def test_the_page_says_it_in_words(alice: Browser, maria: Browser, cast: Cast, offer: Offer) -> None:
    last_day = offer.valid_until + timedelta(days=5)
    version = await second(offer, cast, title="Склад и ангар", greeting="Добавила ворота.", valid_until=last_day)
    await copy(offer.camera, version, price=1_100_000, discount=2662, quantity=6, name="Камера другая", vat_rate=10)
    await copy(offer.cable, version, price=2_600, discount=1746)
    added = await make_product(article="BFT-1", name="Шлагбаум")
    await make_line(version=version, product=added, position=3, quantity=1, discount=0)
    pages = [(await one.get(f"{offer.path}/versions/2/changes")).text for one in (alice, maria)]
    for page in pages:
        text = page[page.index("<main") : page.index("</main>")].replace("&nbsp;", "\u00a0")
        for told in ("Склад и ангар", "Добавила ворота.", "Видеонаблюдение для склада", "дешевле", "дороже"):
            assert told in text, told
        for told in ("<s>11\u00a0692,20</s> → <b>11\u00a0000,00\u00a0₽</b>", "<s>4</s> → <b>6\u00a0шт</b>"):
            assert told in text, told
        for told in ("<s>22\u00a0%</s> → <b>10\u00a0%</b>", "добавлена", "Шлагбаум", "убрана", offer.gone.article):
            assert told in text, told
        assert "<s>103\u00a0558,65\u00a0₽</s>" in text, "the total that was"


async def test_offered_quantities_are_compared(alice: Browser, cast: Cast, offer: Offer) -> None:
    await ChosenQuantity.create(line=offer.camera, person=cast.alice, quantity=9)
    version = await second(offer, cast)
    for line in (offer.camera, offer.cable, offer.gone):
        await copy(line, version)
    page = (await alice.get(f"{offer.path}/versions/2/changes")).text
    assert "Позиции не изменились." in page and "<s>9</s>" not in page


async def test_there_are_none_of_the_first_and_of_a_draft(alice: Browser, cast: Cast, offer: Offer) -> None:
    for version in (0, 1, 2, 3):
        assert (await alice.get(f"{offer.path}/versions/{version}/changes")).status_code == 404
    draft = await second(offer, cast)
    await Version.filter(id=draft.id).update(sent_at=None)
    assert (await alice.get(f"{offer.path}/versions/2/changes")).status_code == 404


async def test_by_strangers(charlie: Browser, oleg: Browser, vera: Browser, cast: Cast, offer: Offer) -> None:
    await second(offer, cast)
    for browser, status in ((charlie, 404), (oleg, 404), (vera, 200)):
        assert (await browser.get(f"{offer.path}/versions/2/changes")).status_code == status


@pytest.mark.parametrize("more", [30])
async def test_it_costs_the_same_with_many_lines(alice: Browser, cast: Cast, offer: Offer, more: int) -> None:
    version = await second(offer, cast)
    path = f"{offer.path}/versions/2/changes"
    await alice.get(path)
    with counting_queries() as few:
        await alice.get(path)
    for position in range(1, more):
        await make_line(version=version, product=await make_product(), position=position, quantity=1, discount=0)
    with counting_queries() as many:
        await alice.get(path)
    assert few.count == many.count <= 6
