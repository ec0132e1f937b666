"""Names of files as people and headers get them."""

import pytest

from app.attachments.names import cleaned, disposition
from tests.attachments.samples import TXT
from tests.conftest import SignIn
from tests.factories import Cast, make_ticket
from tests.tickets.forms import attached, said


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("акт.pdf", "акт.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\акт.pdf", "акт.pdf"),
        ("/etc/акт.pdf", "акт.pdf"),
        ("a%22b%0D%0ASet-Cookie: x=1.txt", "a_b Set-Cookie_ x=1.txt"),
        ('a"b\r\nc.txt', "a_b c.txt"),
        ("\u202efdp.exe.txt", "fdp.exe.txt"),
        ("Акт\u00a0№\u2028 5.PDF", "Акт № 5.PDF"),
        ("..", "file"),
        ("", "file"),
        ("a\u0301.txt", "á.txt"),
    ],
)
def test_cleaned(sent: str, shown: str) -> None:
    assert cleaned(sent) == shown


@pytest.mark.parametrize("sign", ["x", "я", "😀"])
def test_long_names_are_cut_before_the_extension(sign: str) -> None:
    short = cleaned(sign * 500 + ".pdf")

    assert short.endswith(f"{sign}.pdf") and len(short) <= 150 and len(short.encode()) <= 200


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a b.txt", "attachment; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt"),
        ("акт.pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%D0%B0%D0%BA%D1%82.pdf"),
        ("акт 5.pdf", "attachment; filename=\"5.pdf\"; filename*=UTF-8''%D0%B0%D0%BA%D1%82%205.pdf"),
    ],
)
def test_disposition(name: str, header: str) -> None:
    assert disposition(name) == header


async def test_a_name_is_never_a_path(sign_in: SignIn, cast: Cast) -> None:
    alice = await sign_in(cast.alice)
    ticket = await make_ticket(person=cast.alice)

    files = attached(("../../../climbs.txt", TXT), ("a%22b.txt", TXT))
    await alice.post(f"/tickets/{ticket.number}/comments", said(), files=files)

    root = alice.site.state.settings.files
    assert not list(root.parent.glob("climbs*")) and len([one for one in root.rglob("*") if one.is_file()]) == 2
    page = (await alice.get(f"/tickets/{ticket.number}")).text
    assert ">climbs.txt</a>" in page and ">a_b.txt</a>" in page
