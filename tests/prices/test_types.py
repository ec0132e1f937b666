"""Types of prices: made, renamed, hidden, given to partners."""

from app.accounts.models import Company
from app.history.models import Event
from app.prices.models import PriceType
from tests.factories import Cast
from tests.prices.shelf import make_type
from tests.site import Browser

DOOR = "/administration/price-types"
NEW = {"name": "Дилер 1", "position": "10", "currency": "RUB"}


async def test_retail_is_always_there(anna: Browser) -> None:
    page = (await anna.get(DOOR)).text
    assert "Розничная" in page and "основа" in page
    assert await PriceType.filter(base=True).count() == 1
    await anna.get(DOOR)
    assert await PriceType.filter(base=True).count() == 1


async def test_a_type_is_made_renamed_and_hidden(anna: Browser) -> None:
    answer = await anna.post(DOOR, NEW)
    made = await PriceType.get(name="Дилер 1")
    assert answer.headers["location"] == f"{DOOR}/{made.id}"
    await anna.post(f"{DOOR}/{made.id}", {**NEW, "name": "Дилер А", "hidden": "1", "version": "1"})
    made = await PriceType.get(id=made.id)
    assert (made.name, made.hidden, made.version) == ("Дилер А", True, 2)
    changed = await Event.get(name="price_type.changed")
    assert {"field": "name", "was": "Дилер 1", "now": "Дилер А"} in changed.data["changes"]
    assert "Дилер А" in (await anna.get(DOOR)).text


async def test_with_htmx(anna: Browser) -> None:
    made = await make_type()
    refused = await anna.hx_post(f"{DOOR}/{made.id}", {**NEW, "name": "", "version": "1"})
    assert refused.status_code == 422 and 'id="type"' in refused.text
    saved = await anna.hx_post(f"{DOOR}/{made.id}", {**NEW, "version": "1"})
    assert saved.headers["hx-redirect"] == f"{DOOR}/{made.id}"


async def test_names_differ_and_nobody_is_overwritten(anna: Browser) -> None:
    made, other = await make_type(), await make_type("Проект")
    answer = await anna.post(DOOR, {**NEW, "name": "ДИЛЕР 1"})
    assert answer.status_code == 422 and "Такое название уже есть" in answer.text
    await anna.post(f"{DOOR}/{other.id}", {**NEW, "name": "Проект 2", "version": "1"})
    stale = await anna.post(f"{DOOR}/{other.id}", {**NEW, "name": "Проект 3", "version": "1"})
    assert stale.status_code == 409 and "Проект 2" in stale.text and "Проект 3" in stale.text
    assert (await PriceType.get(id=made.id)).name == "Дилер 1"


async def test_retail_is_not_hidden(anna: Browser) -> None:
    await anna.get(DOOR)
    base = await PriceType.get(base=True)
    answer = await anna.post(
        f"{DOOR}/{base.id}", {"name": "Розница", "position": "0", "currency": "RUB", "hidden": "1", "version": "1"}
    )
    assert answer.status_code == 409
    assert not (await PriceType.get(base=True)).hidden


async def test_administrators_alone(maria: Browser, alice: Browser) -> None:
    made = await make_type()
    for stranger in (maria, alice):
        assert (await stranger.post(f"{DOOR}/{made.id}", {**NEW, "version": "1"})).status_code == 403
        assert (await stranger.post(DOOR, NEW)).status_code == 403


async def test_a_partner_gets_a_type(anna: Browser, maria: Browser, cast: Cast) -> None:
    made, hidden = await make_type(), await make_type("Старые", hidden=True)
    card = f"/desk/partners/{cast.company.id}"
    assert "Старые" not in (await anna.get(card)).text
    answer = await anna.post(f"{card}/price-type", {"price_type": str(made.id)})
    assert answer.headers["location"] == card
    assert (await Company.get(id=cast.company.id)).price_type_id == made.id
    event = await Event.get(name="company.price_type_set")
    assert (event.data["was"], event.data["now"]) == ("", "Дилер 1")
    assert "Дилер 1" in (await maria.get(card)).text
    refused = await anna.post(f"{card}/price-type", {"price_type": str(hidden.id)})
    assert refused.status_code == 422
    again = await anna.hx_post(f"{card}/price-type", {"price_type": ""})
    assert again.status_code == 200 and 'id="price_type"' in again.text
    assert (await Company.get(id=cast.company.id)).price_type_id is None


async def test_a_manager_does_not_give_types(maria: Browser, cast: Cast) -> None:
    made = await make_type()
    answer = await maria.post(f"/desk/partners/{cast.company.id}/price-type", {"price_type": str(made.id)})
    assert answer.status_code == 403
    assert (await Company.get(id=cast.company.id)).price_type_id is None
    assert (await maria.get(f"/desk/partners/{cast.company.id}")).text.count('price-type"') == 0
