"""A file on its way from a form to a comment."""

from dataclasses import dataclass
from typing import BinaryIO

from app.attachments.kinds import Kind


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file that is taken: its cleaned name, its kind by its content, its size in bytes, and the content."""

    name: str
    kind: Kind
    size: int
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class Stored:
    """A file on the disk that is to belong to a comment; `size` in bytes, `stored` is its random name."""

    name: str
    kind: Kind
    size: int
    stored: str
