"""GET /attachments/{number}: always a download, for those who see the comment."""

from urllib.parse import quote

import pytest

from app.threads.models import Comment
from tests.attachments.samples import png
from tests.factories import Cast, make_attachment, make_comment, make_ticket
from tests.site import Browser


@pytest.fixture
async def comment(cast: Cast) -> Comment:
    """Alice's message."""
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    return await Comment.get(thread__ticket_id=ticket.id)


async def test_it_is_saved_and_never_shown(alice: Browser, comment: Comment) -> None:
    root = alice.site.state.settings.files
    file = await make_attachment(comment=comment, root=root, name="фото «склад».png", content=png())

    answer = await alice.get(f"/attachments/{file.id}")

    assert (answer.status_code, answer.content) == (200, png())
    expected = {
        "content-type": "image/png",
        "content-length": str(len(png())),
        "content-disposition": f"attachment; filename=\"file.png\"; filename*=UTF-8''{quote('фото «склад».png')}",
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-cache",
    }
    assert {name: answer.headers[name] for name in expected} == expected


async def test_a_text_is_sent_as_bytes(alice: Browser, comment: Comment) -> None:
    text = "<script>alert(1)</script>".encode("cp1251")
    file = await make_attachment(comment=comment, root=alice.site.state.settings.files, content=text)

    answer = await alice.get(f"/attachments/{file.id}")

    assert (answer.content, answer.headers["content-type"]) == (text, "application/octet-stream")


async def test_strangers(
    guest: Browser, charlie: Browser, nina: Browser, oleg: Browser, anna: Browser, comment: Comment
) -> None:
    file = await make_attachment(comment=comment, root=anna.site.state.settings.files)

    assert (await guest.get(f"/attachments/{file.id}")).headers["location"].startswith("/sign-in")
    for browser in (charlie, nina, oleg):
        assert (await browser.get(f"/attachments/{file.id}")).status_code == 404
    assert (await anna.get(f"/attachments/{file.id}")).status_code == 200
    assert (await anna.get(f"/attachments/{file.id + 1}")).status_code == 404


async def test_files_of_internal_notes_are_for_staff(alice: Browser, maria: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    note = await make_comment(on=ticket, author=cast.maria, internal=True)
    file = await make_attachment(comment=note, root=maria.site.state.settings.files)

    assert (await alice.get(f"/attachments/{file.id}")).status_code == 404
    assert (await maria.get(f"/attachments/{file.id}")).status_code == 200


async def test_a_file_that_is_lost_is_not_there(alice: Browser, comment: Comment) -> None:
    root = alice.site.state.settings.files
    file = await make_attachment(comment=comment, root=root)
    (root / file.stored[:2] / file.stored).unlink()

    assert (await alice.get(f"/attachments/{file.id}")).status_code == 404
