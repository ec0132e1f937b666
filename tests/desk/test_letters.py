"""GET /desk/letters: what mail servers refused for good in the last 30 days."""

from tests.desk.test_desk import make_letter
from tests.factories import Cast
from tests.site import Browser


async def test_whose(maria: Browser, oleg: Browser, cast: Cast) -> None:
    for person in (cast.alice, cast.nina, cast.charlie):
        await make_letter(person)

    page = (await maria.get("/desk/letters")).text

    assert cast.alice.email in page and cast.nina.email in page and "550 no such mailbox" in page
    assert cast.charlie.email not in page
    assert cast.charlie.email in (await oleg.get("/desk/letters")).text


async def test_pages(maria: Browser, cast: Cast) -> None:
    for _ in range(32):
        await make_letter(cast.alice)
    first = (await maria.get("/desk/letters")).text
    older = first.split('class="pages"')[1].split('href="')[1].split('"')[0]
    assert first.count("mailto:") == 30 and (await maria.get(older)).text.count("mailto:") == 2


async def test_partners_may_not_look(alice: Browser) -> None:
    assert (await alice.get("/desk/letters")).status_code == 403
