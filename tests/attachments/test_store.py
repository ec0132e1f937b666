"""Files on the disk, and the sweep of those that a crash left behind."""

import os
import time
from io import BytesIO
from pathlib import Path

import pytest

from app.attachments import store
from app.threads.models import Comment
from tests.factories import Cast, make_attachment, make_ticket

DAYS_AGO = time.time() - 2 * store.ORPHAN


async def test_only_old_files_that_no_row_names_are_swept(cast: Cast, tmp_path: Path) -> None:
    root = tmp_path / "files"
    ticket = await make_ticket(person=cast.alice)
    named = await make_attachment(comment=await Comment.get(thread__ticket_id=ticket.id), root=root)
    orphan, fresh = await store.keep(root, BytesIO(b"1")), await store.keep(root, BytesIO(b"2"))
    other = root / orphan[:2] / "notes.txt"
    other.write_text("somebody's")
    for path in (store.place(root, named.stored), store.place(root, orphan), other):
        os.utime(path, (DAYS_AGO, DAYS_AGO))

    assert await store.sweep(root) == 1
    assert not store.place(root, orphan).exists()
    assert store.place(root, named.stored).exists() and store.place(root, fresh).exists() and other.exists()
    assert await store.sweep(root) == 0


async def test_there_may_be_nothing_to_sweep(database: str, tmp_path: Path) -> None:
    assert await store.sweep(tmp_path / "nowhere") == 0


@pytest.mark.parametrize("name", ["", "..", "../" + "a" * 29, "A" * 32, "a" * 31, "a" * 33, "a" * 32 + "\n"])
def test_only_names_of_ours_lead_to_files(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a stored file"):
        store.place(tmp_path, name)
