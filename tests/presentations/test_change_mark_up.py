"""GET /presentations/7/customer, and POST /presentations/7/mark-up."""

import pytest

from app.accounts.models import Person
from app.money import marked_up
from app.presentations.models import ChosenQuantity, Line
from tests.factories import Cast, make_presentation, make_product
from tests.presentations.conftest import Offer
from tests.site import Browser


async def mark_up_of(person: Person) -> int | None:
    """What is kept for a person, in basis points."""
    return (await Person.get(id=person.id)).mark_up


async def test_with_htmx(alice: Browser, cast: Cast, offer: Offer) -> None:
    answer = await alice.hx_post(f"{offer.path}/mark-up", {"mark_up": "12,5"})
    assert answer.status_code == 200 and answer.text.startswith('<div id="customer"')
    assert "13\u00a0153,73" in answer.text  # 11 692,20 + 12,5 % = 13 153,725
    assert "52\u00a0614,92" in answer.text  # four of them
    assert await mark_up_of(cast.alice) == 1250


async def test_without_javascript_and_kept(alice: Browser, bob: Browser, cast: Cast, offer: Offer) -> None:
    answer = await alice.post(f"{offer.path}/mark-up", {"mark_up": "10 %"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{offer.path}/customer")
    page = (await alice.get(f"{offer.path}/customer")).text
    assert "12\u00a0861,42" in page and 'value="10"' in page
    other = await make_presentation(company=cast.company, author=cast.maria, products=[await make_product()])
    line = await Line.get(version__presentation_id=other.id)
    elsewhere = (await alice.get(f"/presentations/{other.number}/customer")).text
    assert f"{marked_up(line.price, 1000) / 100:.2f}"[-5:].replace(".", ",") in elsewhere
    assert "14\u00a0990,00" in (await bob.get(f"{offer.path}/customer")).text, "it is Alice's alone"
    await alice.post(f"{offer.path}/mark-up", {"mark_up": ""})
    assert "14\u00a0990,00" in (await alice.get(f"{offer.path}/customer")).text and await mark_up_of(cast.alice) is None


async def test_by_a_stranger(charlie: Browser, maria: Browser, vera: Browser, cast: Cast, offer: Offer) -> None:
    assert (await charlie.post(f"{offer.path}/mark-up", {"mark_up": "10"})).status_code == 404
    assert (await charlie.get(f"{offer.path}/customer")).status_code == 404
    assert (await maria.post(f"{offer.path}/mark-up", {"mark_up": "10"})).status_code == 403
    assert await mark_up_of(cast.charlie) is None and await mark_up_of(cast.maria) is None
    assert (await vera.post(f"{offer.path}/mark-up", {"mark_up": "10"})).status_code == 303, "it is no order"


@pytest.mark.parametrize("typed", ["много", "500,01", "-5", "1,234", "1e2", "９"])
async def test_what_is_no_mark_up_is_refused(alice: Browser, cast: Cast, offer: Offer, typed: str) -> None:
    await alice.post(f"{offer.path}/mark-up", {"mark_up": "10"})
    for answer in (
        await alice.post(f"{offer.path}/mark-up", {"mark_up": typed}),
        await alice.hx_post(f"{offer.path}/mark-up", {"mark_up": typed}),
    ):
        assert answer.status_code == 422 and f'value="{typed}"' in answer.text and 'id="mark-up-e"' in answer.text
        assert "12\u00a0861,42" in answer.text, "the prices stay as they were"
    assert await mark_up_of(cast.alice) == 1000


@pytest.mark.parametrize(("typed", "kept"), [("0", 0), ("500", 50_000), ("12.5", 1250), (" 7,25 % ", 725)])
async def test_what_is_one(alice: Browser, cast: Cast, offer: Offer, typed: str, kept: int) -> None:
    assert (await alice.post(f"{offer.path}/mark-up", {"mark_up": typed})).status_code == 303
    assert await mark_up_of(cast.alice) == kept


@pytest.mark.parametrize("typed", ["", "10"])
async def test_the_page_keeps_the_discount_to_itself(alice: Browser, cast: Cast, offer: Offer, typed: str) -> None:
    await alice.post(f"{offer.path}/mark-up", {"mark_up": typed})
    await Line.filter(id=offer.camera.id).update(remark="Скидка только до пятницы")
    answer = await alice.get(f"{offer.path}/customer")
    page = answer.text
    for hidden in ("11\u00a0692,20", "46\u00a0768,80", "22\u00a0%", "−", "2200", "1169220", "15\u00a0%", "до пятницы"):
        assert hidden not in page, hidden
    assert cast.maria.name not in page and "+7 495 000-12-34" not in page.replace("\u00a0", " "), "nor who sells it"
    assert cast.company.name in page and cast.alice.name in page and "цены действительны до" in page.casefold()
    assert 'content="noindex"' in page and answer.headers["x-robots-tag"] == "noindex"
    assert ("14\u00a0990,00" in page) is (typed == "")


async def test_it_shows_the_chosen_quantity_and_nothing_gone(alice: Browser, cast: Cast, offer: Offer) -> None:
    await ChosenQuantity.create(line=offer.camera, person=cast.alice, quantity=6)
    page = (await alice.get(f"{offer.path}/customer")).text
    assert "89\u00a0940,00" in page  # six at 14 990,00
    assert offer.gone.article not in page
    assert "99\u00a0547,50" in page, "with 305 m of cable at 31,50"
