"""GET /orders/{number}/comments/{comment}/answer: the pencil opens the form of an answer in place."""

from app.database import counting_queries
from app.tokens import new_secret
from tests.factories import Cast, make_order
from tests.site import Browser


async def say(browser: Browser, number: int, text: str = "Когда отгрузка?", **fields: str) -> None:
    """Adds a comment to an order."""
    answer = await browser.post(f"/orders/{number}/comments", {"text": text, "key": new_secret(), **fields})
    assert answer.status_code == 303


async def test_without_javascript(alice: Browser, maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    await say(maria, order.number)

    page = await alice.get(f"/orders/{order.number}/comments/1/answer")

    assert page.status_code == 200
    assert '<textarea id="text-1" name="text" rows="3" maxlength="5000" required autofocus>' in page.text
    assert page.text.count("autofocus") == 1
    assert 'name="answers" value="1"' in page.text
    assert f'href="/orders/{order.number}#comment-1"' in page.text


async def test_with_htmx(alice: Browser, maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    await say(maria, order.number)

    opened = await alice.hx_get(f"/orders/{order.number}/comments/1/answer")
    closed = await alice.hx_get(f"/orders/{order.number}/comments/1")

    assert opened.status_code == closed.status_code == 200
    assert opened.text.startswith('<li id="comment-1"')
    assert closed.text.startswith('<li id="comment-1"')
    assert 'name="answers" value="1"' in opened.text
    assert "<form" not in closed.text
    assert f'hx-get="/orders/{order.number}/comments/1/answer"' in closed.text


async def test_a_comment_has_an_address(alice: Browser, vera: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice)
    await say(alice, order.number)

    for browser in (alice, vera):
        answer = await browser.get(f"/orders/{order.number}/comments/1")
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/orders/{order.number}#comment-1"


async def test_a_comment_that_is_not_there(alice: Browser, maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, comment="До пятницы")
    await say(maria, order.number, "Не показывать", internal="1")

    for path in ("comments/1", "comments/1/answer", "comments/2", "comments/0/answer"):
        assert (await alice.get(f"/orders/{order.number}/{path}")).status_code == 404
    assert (await maria.get(f"/orders/{order.number}/comments/1/answer")).status_code == 200


async def test_an_answer_to_an_internal_note_is_internal_at_first(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    await say(maria, order.number, "Не показывать", internal="1")

    opened = await maria.hx_get(f"/orders/{order.number}/comments/1/answer")

    assert 'name="internal" value="1" checked' in opened.text


async def test_strangers(
    guest: Browser, alice: Browser, vera: Browser, charlie: Browser, oleg: Browser, cast: Cast
) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    await say(alice, order.number)
    door = f"/orders/{order.number}/comments/1/answer"

    assert (await guest.get(door)).headers["location"].startswith("/sign-in")
    assert (await vera.get(door)).status_code == 403
    for browser in (charlie, oleg):
        assert (await browser.get(door)).status_code == 404
        assert (await browser.get(f"/orders/{order.number}/comments/1")).status_code == 404


async def test_the_page_costs_the_same_for_any_number_of_comments(alice: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice)
    costs = []
    for count in (1, 30):
        for _ in range(count):
            await say(alice, order.number)
        await alice.get("/orders")  # reads the brands
        with counting_queries() as counted:
            await alice.get(f"/orders/{order.number}")
        costs.append(counted.count)

    assert costs[0] == costs[1]
