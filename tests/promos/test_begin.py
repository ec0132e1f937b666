"""GET and POST /desk/presentations/{number}/promo: whom an offer goes to, and the check before it is sent."""

from datetime import timedelta

from app import clock
from app.accounts.models import Assignment, Person
from app.catalogue.models import Discount
from app.presentations.models import Presentation, Version
from app.promos.models import Promo, PromoCompany, PromoLine
from tests.factories import Cast, make_order
from tests.promos.conftest import Offer
from tests.site import Browser


async def names(browser: Browser, path: str) -> set[str]:
    """The companies that a page offers."""
    text = (await browser.get(path)).text
    every = ("Дом-0", "Дом-1", "Дом-2", "Дом-3", "Монтаж-Сервис", "Видеолайн", "Кравцова")
    table = text.partition("<tbody")[2].partition("</tbody>")[0]
    return {name for name in every if name in table}


async def test_own_partners_are_found_by_filters(maria: Browser, anna: Browser, cast: Cast, offer: Offer) -> None:
    homes = {"Дом-0", "Дом-1", "Дом-2", "Дом-3"}
    assert await names(maria, offer.path) == {*homes, "Монтаж-Сервис"}
    assert await names(maria, f"{offer.path}?manager=all") == {*homes, "Монтаж-Сервис", "Кравцова"}
    assert await names(maria, f"{offer.path}?manager={cast.oleg.id}") == {*homes, "Монтаж-Сервис"}
    assert await names(anna, f"{offer.path}?manager={cast.oleg.id}") == {"Видеолайн"}
    assert "Видеолайн" in await names(anna, offer.path)
    assert await names(maria, f"{offer.path}?q=дом-2") == {"Дом-2"}
    assert await names(maria, f"{offer.path}?discount=10") == {"Дом-2", "Дом-3", "Монтаж-Сервис"}
    assert await names(maria, f"{offer.path}?city=Тверь") == set()
    brand = offer.products[0].brand_id
    await Discount.create(company=offer.companies[1], brand_id=brand, percent=2500)
    assert await names(maria, f"{offer.path}?brand={brand}") == {"Дом-1"}
    await make_order(person=offer.owners[0], placed_at=clock.now() - timedelta(days=40))
    assert await names(maria, f"{offer.path}?days=30") == set()
    assert await names(maria, f"{offer.path}?days=90") == {"Дом-0"}
    await Person.filter(id=offer.owners[3].id).update(blocked_at=clock.now())
    assert "Дом-3" not in await names(maria, offer.path), "nobody there could read it"


async def test_the_check_counts_who_agreed(maria: Browser, offer: Offer) -> None:
    answer = await maria.post(offer.path, offer.form())
    promo = await Promo.get()
    assert answer.headers["location"] == f"/desk/promos/{promo.id}"
    assert await PromoCompany.filter(promo=promo).count() == 4 and await PromoLine.filter(promo=promo).count() == 2
    page = (await maria.get(f"/desk/promos/{promo.id}")).text
    assert "согласны 2 человека" in page and "В 2 компаниях никто не согласился" in page
    assert "Дом-2" in page and "Дом-3" in page and "Отправить 4 компаниям" in page
    assert promo.sent_at is None


async def test_sent_twice_it_is_kept_once(maria: Browser, offer: Offer) -> None:
    for _ in range(2):
        assert (await maria.hx_post(offer.path, offer.form())).status_code == 200
    assert await Promo.all().count() == 1


async def test_all_that_were_found(maria: Browser, offer: Offer) -> None:
    await maria.post(offer.path, {**offer.form(which="all", discount="10"), "q": "дом"})
    assert set(await PromoCompany.all().values_list("company_id", flat=True)) == {one.id for one in offer.companies[2:]}


async def test_others_partners_cannot_be_ticked(maria: Browser, cast: Cast, offer: Offer) -> None:
    await Assignment.filter(company=offer.companies[0]).update(manager=cast.oleg)
    await maria.post(offer.path, offer.form(**{f"c{cast.other_company.id}": "1"}))
    assert set(await PromoCompany.all().values_list("company_id", flat=True)) == {one.id for one in offer.companies[1:]}


async def test_what_is_wrong_stands_at_its_field(maria: Browser, cast: Cast, offer: Offer) -> None:
    form = {"key": offer.form()["key"], "title": f"Для {cast.company.name}", "valid_until": "вчера", "which": "ticked"}
    answer = await maria.post(offer.path, {**form, "greeting": "Набрано"})
    assert answer.status_code == 422 and "Набрано" in answer.text
    for id in ("title-e", "valid_until-e", "which-e"):
        assert f'id="{id}"' in answer.text
    assert not await Promo.all().exists()


async def test_a_stranger_finds_nothing(oleg: Browser, alice: Browser, offer: Offer) -> None:
    assert (await oleg.get(offer.path)).status_code == 404
    assert (await oleg.post(offer.path, offer.form())).status_code == 404
    assert (await alice.post(offer.path, offer.form())).status_code == 403


async def test_it_is_discarded_before_it_is_sent(maria: Browser, oleg: Browser, promo: Promo) -> None:
    assert (await oleg.post(f"/desk/promos/{promo.id}/removal")).status_code == 404
    assert (await maria.post(f"/desk/promos/{promo.id}/removal")).headers["location"] == "/desk/promos"
    assert not await Promo.all().exists() and (await maria.get(f"/desk/promos/{promo.id}")).status_code == 404


async def test_what_was_said_to_one_is_not_offered_to_many(maria: Browser, cast: Cast, offer: Offer) -> None:
    versions = Version.filter(presentation=offer.presentation.id)
    first, text = cast.alice.name.split()[0], "собрала по вашему списку"
    await Presentation.filter(id=offer.presentation.id).update(recipient_id=cast.alice.id)
    await versions.update(greeting=f"{first}, {text}", title=f"Для {cast.company.name}")
    page = (await maria.get(offer.path)).text
    assert text not in page and f'value="Для {cast.company.name}"' not in page
    await versions.update(greeting=f"Добрый день! {text}")
    assert text in (await maria.get(offer.path)).text
