"""GET /administration: what there is, and what needs attention."""

from app.accounts.models import Person
from app.clock import now
from app.database import counting_queries
from app.history.models import Event
from tests.events import happened
from tests.factories import Cast
from tests.site import Browser


async def test_it_counts_what_needs_attention(anna: Browser, cast: Cast) -> None:
    event = await happened("person.signed_in", by=cast.alice)
    await Event.filter(id=event.id).update(error="RuntimeError: no", attempts=1)
    await Person.filter(id=cast.maria.id).update(blocked_at=now())
    page = (await anna.get("/administration")).text
    assert "<b>1</b>событие со сбоем" in page and "<b>1</b>партнёр закрытого менеджера" in page
    assert "Обработчик заданий не работает" in page


async def test_only_administrators_are_led_there(anna: Browser, maria: Browser) -> None:
    assert 'href="/administration"' in (await anna.get("/desk")).text
    assert 'href="/administration"' not in (await maria.get("/desk")).text
    assert (await maria.get("/administration")).status_code == 403


async def test_it_costs_the_same_with_more(anna: Browser, cast: Cast) -> None:
    await anna.get("/administration")
    counts = []
    for more in (1, 20):
        for _ in range(more):
            await happened("person.signed_in", by=cast.alice)
        with counting_queries() as queries:
            await anna.get("/administration")
        counts.append(queries.count)
    assert counts[0] == counts[1]
