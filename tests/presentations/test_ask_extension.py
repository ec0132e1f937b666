"""POST /presentations/7/extension, from the page and from the list."""

from datetime import timedelta

import pytest

from app import clock
from app.history.models import Event
from app.presentations.models import ExtensionRequest, Version
from tests.factories import Cast
from tests.presentations.conftest import Offer
from tests.site import ORIGIN, Browser


@pytest.fixture
async def expired(offer: Offer) -> Offer:
    """The offer, three days after its last one."""
    last_day = clock.distributor_today() - timedelta(days=3)
    await Version.filter(presentation_id=offer.presentation.id).update(valid_until=last_day)
    return offer


async def test_with_htmx(alice: Browser, cast: Cast, expired: Offer) -> None:
    answer = await alice.hx_post(f"{expired.path}/extension")
    assert answer.status_code == 200 and answer.text.startswith('<div id="state"')
    assert "/extension" not in answer.text, "it is asked for once"
    assert (await ExtensionRequest.get()).person_id == cast.alice.id  # type: ignore[attr-defined]
    assert (await Event.get(name="presentation.extension_asked")).data["presentation"] == expired.presentation.number


async def test_without_javascript(alice: Browser, bob: Browser, expired: Offer) -> None:
    for browser in (alice, bob):
        answer = await browser.post(f"{expired.path}/extension")
        assert (answer.status_code, answer.headers["location"]) == (303, expired.path)
    assert await ExtensionRequest.all().count() == 1
    assert await Event.filter(name="presentation.extension_asked").count() == 1
    assert f"{expired.path}/extension" not in (await bob.get(expired.path)).text


async def test_again_when_the_first_one_was_dealt_with(
    alice: Browser, bob: Browser, cast: Cast, expired: Offer
) -> None:
    await alice.post(f"{expired.path}/extension")
    await ExtensionRequest.all().update(settled_at=clock.now())
    assert f'action="{expired.path}/extension"' in (await bob.get(expired.path)).text
    for _ in range(2):
        assert (await bob.post(f"{expired.path}/extension")).status_code == 303
    request = await ExtensionRequest.get()
    assert request.settled_at is None and request.person_id == cast.bob.id  # type: ignore[attr-defined]
    assert await Event.filter(name="presentation.extension_asked").count() == 2


async def test_from_the_list_back_to_the_list(alice: Browser, expired: Offer) -> None:
    here = "/presentations?state=expired"
    assert f'action="{expired.path}/extension"' in (await alice.get(here)).text
    answer = await alice.post(f"{expired.path}/extension", headers={"referer": ORIGIN + here})
    assert (answer.status_code, answer.headers["location"]) == (303, here)
    page = (await alice.get(here)).text
    assert "продление запрошено" in page and "/extension" not in page


async def test_by_a_stranger_and_by_a_viewer(charlie: Browser, vera: Browser, maria: Browser, expired: Offer) -> None:
    assert (await charlie.post(f"{expired.path}/extension")).status_code == 404
    assert (await vera.post(f"{expired.path}/extension")).status_code == 403
    assert (await maria.post(f"{expired.path}/extension")).status_code == 403
    assert await ExtensionRequest.all().count() == 0


async def test_an_offer_that_holds_needs_none(alice: Browser, offer: Offer) -> None:
    for answer in (await alice.post(f"{offer.path}/extension"), await alice.hx_post(f"{offer.path}/extension")):
        assert answer.status_code == 409 and "Предложение ещё действует" in answer.text
    assert await ExtensionRequest.all().count() == 0
