"""GET /presentations: every version that was ever sent, by state, words and author."""

import re
from datetime import timedelta

import pytest

from app import clock
from app.database import counting_queries
from app.presentations import lists
from app.presentations.lists import STATES
from app.presentations.models import Line, Opening, Presentation, Version
from app.unread import Unread
from tests.factories import Cast, make_cart_line, make_order, make_presentation, make_product
from tests.presentations.conftest import Offer
from tests.site import Browser

AGO = timedelta(days=3)


async def main(browser: Browser, path: str = "/presentations") -> str:
    """What stands between the frame's sides."""
    page = await browser.get(path)
    assert page.status_code == 200
    return page.text[page.text.index("<main") : page.text.index("</main>")]


async def offered(cast: Cast, title: str, days: int = 10) -> Line:
    """The line of a new presentation that is valid for so many days from today."""
    last_day = clock.distributor_today() + timedelta(days=days)
    offer = await make_presentation(company=cast.company, author=cast.maria, title=title, valid_until=last_day)
    return await Line.get(version__presentation_id=offer.id)


async def replaced(cast: Cast, title: str) -> Presentation:
    """A presentation with two versions, the first of them under this title."""
    offer = await make_presentation(company=cast.company, author=cast.maria, title=title)
    await Version.filter(presentation_id=offer.id).update(replaced_at=clock.now())
    last_day = clock.distributor_today() + timedelta(days=10)
    fields = {"title": "Вторая версия", "valid_until": last_day, "author": cast.maria, "sent_at": clock.now()}
    await Version.create(presentation=offer, number=2, **fields)
    return offer


@pytest.fixture
async def states(cast: Cast) -> dict[str, str]:
    """A presentation of each state for Alice: its title by the state."""
    titles = {state: f"Камеры {number}" for number, state in enumerate(STATES)}
    await offered(cast, titles["new"])
    seen, ordered = await offered(cast, titles["seen"]), await offered(cast, titles["ordered"], -3)
    for line in (seen, ordered):
        await Opening.create(
            version_id=line.version_id, person=cast.alice, day=clock.distributor_today(), at=clock.now()
        )
    await make_cart_line(person=cast.alice, line=await offered(cast, titles["in_cart"]))
    order = await make_order(person=cast.bob, manager=cast.maria)
    await order.lines.all().update(presentation_line_id=ordered.id)  # type: ignore[attr-defined]
    await make_cart_line(person=cast.alice, line=await offered(cast, titles["expired"], -3))
    await replaced(cast, titles["replaced"])
    withdrawn = await offered(cast, titles["withdrawn"])
    await Version.filter(id=withdrawn.version_id).update(withdrawn_at=clock.now(), withdrawal="Ошибка в цене")
    return titles


async def test_each_state_has_its_word_and_its_address(alice: Browser, states: dict[str, str]) -> None:
    page = await main(alice)
    words = ("новая", "просмотрена", "в корзине · 1", "заказана", "истекла", "заменена", "отозвана")
    for state, word in zip(STATES, words, strict=True):
        row = page[page.index(f">{states[state]}<") :].partition("</tr>")[0]
        assert re.search(rf'class="tag[^"]*">{word}</span>', row), (state, word, row)
        only = await main(alice, f"/presentations?state={state}")
        assert f">{states[state]}<" in only
        assert not [other for other in STATES if other != state and f">{states[other]}<" in only]


async def test_states_are_the_readers_own(bob: Browser, states: dict[str, str]) -> None:
    page = await main(bob, "/presentations?state=new")
    for state in ("new", "seen", "in_cart"):
        assert f">{states[state]}<" in page, "what Alice has opened and put into her cart is new to Bob"
    assert f">{states['ordered']}<" in await main(bob, "/presentations?state=ordered"), "what anybody ordered"


async def test_a_replaced_version_leads_to_itself(alice: Browser, cast: Cast) -> None:
    offer = await replaced(cast, "Первая версия")
    page = await main(alice)
    assert (
        f'href="/presentations/{offer.number}/versions/1"' in page and f'href="/presentations/{offer.number}"' in page
    )


async def test_an_answer_of_the_manager_is_news(alice: Browser, cast: Cast, states: dict[str, str]) -> None:
    assert "есть новое" not in await main(alice)
    number = (await Presentation.get(versions__title=states["seen"])).number
    await Unread.create(person=cast.alice, kind="presentation", number=number, since=clock.now())
    page = await main(alice)
    assert page.count("есть новое") == 1
    assert "есть новое" in page[page.index(f">{states['seen']}<") :].partition("</tr>")[0]


@pytest.mark.parametrize(("days", "words"), [(0, "последний день"), (1, "остался 1 день"), (3, "осталось 3 дня")])
async def test_it_is_told_how_long_an_offer_holds(alice: Browser, cast: Cast, days: int, words: str) -> None:
    await offered(cast, "Скоро истечёт", days)
    await offered(cast, "Ещё не скоро", 4)
    page = (await main(alice)).replace("\u00a0", " ")
    assert words in page and page.count("остал") + page.count("последний день") == 1


@pytest.mark.parametrize(
    "q", ["склад ВИДЕО", "2043g2", "DS-2CD2043G2-I", "sn-ipr56", "уличная hikvision", "{number}", "№ {number}"]
)
async def test_search_finds(alice: Browser, cast: Cast, offer: Offer, q: str) -> None:
    await offered(cast, "Домофония")
    page = await main(alice, "/presentations?q=" + q.format(number=offer.presentation.number))
    assert f'href="{offer.path}"' in page


@pytest.mark.parametrize("q", ["Тверь", "%", "_", "999", "склад домофония"])
async def test_search_finds_nothing_else(alice: Browser, offer: Offer, q: str) -> None:
    page = await main(alice, f"/presentations?q={'%25' if q == '%' else q}")
    assert f'href="{offer.path}"' not in page and "Показать все" in page


async def test_search_stays_within_the_company(charlie: Browser, offer: Offer) -> None:
    for q in ("", "2043", "склад", str(offer.presentation.number)):
        assert offer.path not in await main(charlie, f"/presentations?q={q}&author={offer.presentation.author_id}")


async def test_filters_go_together_and_stay(alice: Browser, cast: Cast, offer: Offer) -> None:
    other = await make_presentation(company=cast.company, author=cast.oleg, title="Склад в Твери")
    page = await main(alice, f"/presentations?q=склад&author={cast.oleg.id}")
    assert f'href="/presentations/{other.number}"' in page and f'href="{offer.path}"' not in page
    assert f'aria-current="page">{cast.oleg.name}<' in page and 'value="склад"' in page
    assert f'<input type="hidden" name="author" value="{cast.oleg.id}">' in page
    assert re.search(rf'href="/presentations\?q=[^"]+&amp;state=seen&amp;author={cast.oleg.id}"', page)
    assert "Показать все" in await main(alice, f"/presentations?q=склад&author={cast.oleg.id}&state=ordered")


async def test_it_goes_by_when_they_were_sent(
    alice: Browser, cast: Cast, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    older = await make_presentation(company=cast.company, author=cast.maria, title="Отправлена раньше для склада")
    await Version.filter(presentation_id=older.id).update(sent_at=clock.now() - timedelta(days=1))
    await make_presentation(company=cast.company, author=cast.maria, title="Отправлена последней для склада")
    for query in ("", "q=%D1%81%D0%BA%D0%BB%D0%B0%D0%B4&state=new&"):
        page = await main(alice, f"/presentations?{query}")
        assert page.index("Отправлена последней") < page.index("Видеонаблюдение для склада")
        assert "Отправлена раньше" not in page, "it stands on the next page"
        key = page.split("before=")[1].split('"')[0]
        rest = await main(alice, f"/presentations?{query}before={key}")
        assert "Отправлена раньше" in rest and "Отправлена последней" not in rest


async def test_drafts_are_not_listed(alice: Browser, cast: Cast) -> None:
    await make_presentation(company=cast.company, author=cast.maria, sent=False, title="Ещё не отправлена")
    for query in ("", "?q=отправлена"):
        assert "Ещё не отправлена" not in await main(alice, f"/presentations{query}")


async def test_the_list_of_nobody_says_what_will_be_here(charlie: Browser) -> None:
    page = await main(charlie)
    assert 'href="/catalogue"' in page and 'name="q"' not in page, "there is nothing to search in"


@pytest.mark.parametrize("asked", ["before=0", "before=x", "before=-1", "before=" + "9" * 20, "author=x", "state=odd"])
async def test_odd_addresses_are_harmless(alice: Browser, offer: Offer, asked: str) -> None:
    assert f'href="{offer.path}"' in await main(alice, f"/presentations?{asked}")


@pytest.mark.parametrize("query", ["", "?q=2043&state=new"])
async def test_it_costs_the_same_with_many(alice: Browser, cast: Cast, offer: Offer, query: str) -> None:
    await alice.get("/presentations")  # the brands are read once a minute
    with counting_queries() as few:
        await alice.get(f"/presentations{query}")
    product = (await Line.get(id=offer.camera.id).select_related("product")).product
    for _ in range(12):
        await make_presentation(company=cast.company, author=cast.maria, products=[product])
    with counting_queries() as many:
        await alice.get(f"/presentations{query}")
    assert few.count == many.count <= 8


async def test_a_viewer_sees_states_and_asks_for_nothing(vera: Browser, states: dict[str, str]) -> None:
    page = await main(vera)
    assert states["expired"] in page and "/extension" not in page


async def test_nothing_is_searched_by_an_article_of_no_line(alice: Browser, cast: Cast, offer: Offer) -> None:
    await make_product(article="KCO-12")
    assert f'href="{offer.path}"' not in await main(alice, "/presentations?q=KCO-12")
