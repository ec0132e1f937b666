"""Keeping files: on the disk before the transaction that names them, and off it again when that names none."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from app.attachments import store
from app.attachments.files import Chosen, Stored
from app.database import DatabaseUnavailable
from app.errors import RuleBroken
from app.i18n import N_
from app.threads.models import Attachment, Comment

log = logging.getLogger("kabinet.attachments")


@asynccontextmanager
async def on_disk(files: Sequence[Chosen], root: Path) -> AsyncIterator[tuple[Stored, ...]]:
    """Writes the files; the block names them in rows. Those that no row names at its end are removed.

    :raises RuleBroken: they cannot be written.
    """
    stored: list[Stored] = []
    try:
        for one in files:
            stored.append(Stored(one.name, one.kind, one.size, await _keep(root, one)))
        yield tuple(stored)
    except DatabaseUnavailable:  # whether the rows are there is not known: the sweep will see
        raise
    except Exception:
        await _drop_unnamed(root, stored)
        raise
    await _drop_unnamed(root, stored)  # a form sent twice names its files once


async def attach(comment: Comment, files: Sequence[Stored]) -> None:
    """Adds the rows of a comment's files, in the transaction of the comment."""
    await Attachment.bulk_create(
        [Attachment(comment=comment, name=one.name, kind=one.kind, size=one.size, stored=one.stored) for one in files]
    )


async def _keep(root: Path, chosen: Chosen) -> str:
    try:
        return await store.keep(root, chosen.file)
    except OSError as error:
        log.exception("an attachment cannot be written")
        raise RuleBroken(N_("Files cannot be kept at the moment. Send the message without them, or later")) from error


async def _drop_unnamed(root: Path, stored: Sequence[Stored]) -> None:
    names = [one.stored for one in stored]
    if names:
        named = {row.stored for row in await Attachment.filter(stored__in=names)}
        await store.remove(root, [name for name in names if name not in named])
