"""Plays 1C against an address: sends what lies in a folder, as 1C would, and says what was answered.

Files named import…, offers…, prices… and rests… are a catalogue, those named orders… or documents… are orders; what
else lies there, and in folders within it, are pictures.
"""

import io
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx2

from app.errors import Refused

CATALOGUE = ("import", "offers", "prices", "rests")
ORDERS = ("orders", "documents")
PATIENCE = 3600.0  # seconds that one file may be read for
SLOW = 600.0  # seconds for one answer
PIECE = 16 * 1024 * 1024  # bytes of a part, when the site does not say


@dataclass(frozen=True, slots=True)
class Play:
    """What is played: to which address, as whom. `zipped`: in an archive; `part`: bytes at once (0: as the site says).

    `take`: orders are fetched, and written to this path.
    """

    folder: Path
    to: str
    login: str
    password: str
    zipped: bool = False
    part: int = 0
    take: Path | None = None


class Failed(Refused):
    """The site answered failure."""


def play(what: Play, say: Callable[[str], None], client: httpx2.Client | None = None) -> None:
    """Plays it all. Raises Failed, Refused: the folder has nothing, the address does not answer."""
    if not what.folder.is_dir():
        raise Refused(f"there is no folder {what.folder}")
    files = sorted((path for path in what.folder.rglob("*") if path.is_file()), key=_place)
    goods = [path for path in files if not _is(path, ORDERS)]
    orders = [path for path in files if _is(path, ORDERS)]
    if not (goods or orders or what.take):
        raise Refused(f"there is nothing to send in {what.folder}")
    try:
        with client or httpx2.Client(timeout=SLOW) as http:
            conversation = _Conversation(what, http, say)
            if goods:
                conversation.catalogue(goods)
            if orders or what.take:
                conversation.orders(orders)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise Refused(f"{what.to} does not answer: {error}") from error


class _Conversation:
    """The commands, one after the other, each with its answer."""

    def __init__(self, what: Play, http: httpx2.Client, say: Callable[[str], None]) -> None:
        self.what, self.http, self.say = what, http, say
        self.part = what.part or PIECE

    def catalogue(self, files: Sequence[Path]) -> None:
        """Everything of a catalogue, and its end."""
        self._begin("catalog")
        names = [self._name(path) for path in files if _is(path, CATALOGUE)]
        self._send("catalog", files)
        for name in names:
            self._until_done("catalog", "import", name)
        self._until_done("catalog", "complete", "")

    def orders(self, files: Sequence[Path]) -> None:
        """The orders of the site, and what 1C says of orders."""
        self._begin("sale")
        if self.what.take:
            answer = self._ask("sale", "query", quiet=True)
            self.what.take.write_bytes(answer.content)
            count = max(answer.content.count("<Документ>".encode(one)) for one in ("utf-8", "windows-1251"))
            self.say(f"sale query: {count} orders, written to {self.what.take}")
            self._must(self._ask("sale", "success"))
        self._send("sale", files)
        for path in files:
            self._until_done("sale", "import", self._name(path))

    def _begin(self, kind: str) -> None:
        auth = httpx2.BasicAuth(self.what.login.encode(), self.what.password.encode())
        lines = self._must(self._ask(kind, "checkauth", auth=auth)).text.splitlines()
        if len(lines) > 2:
            self.http.cookies.set(lines[1], lines[2])
        said = re.search(r"file_limit=(\d+)", self._must(self._ask(kind, "init")).text)
        self.part = self.what.part or (int(said[1]) if said else PIECE)

    def _send(self, kind: str, files: Sequence[Path]) -> None:
        if self.what.zipped and files:
            self._send_parts(kind, "v8_1.zip", io.BytesIO(_packed((path, self._name(path)) for path in files)))
            return
        for path in files:
            with path.open("rb") as file:
                self._send_parts(kind, self._name(path), file)

    def _send_parts(self, kind: str, name: str, file: BinaryIO) -> None:
        piece = file.read(self.part)
        while True:
            self._must(self._ask(kind, "file", name, content=piece))
            piece = file.read(self.part)
            if not piece:
                return

    def _until_done(self, kind: str, mode: str, name: str) -> None:
        until = time.monotonic() + PATIENCE
        while self._must(self._ask(kind, mode, name)).text.startswith("progress"):
            if time.monotonic() > until:
                raise Failed(f"{name}: no end after {PATIENCE:.0f} s")

    def _ask(
        self,
        kind: str,
        mode: str,
        name: str = "",
        *,
        content: bytes | None = None,
        auth: httpx2.BasicAuth | None = None,
        quiet: bool = False,
    ) -> httpx2.Response:
        began = time.monotonic()
        params = {"type": kind, "mode": mode, **({"filename": name} if name else {})}
        method = "GET" if content is None else "POST"
        answer = self.http.request(method, self.what.to, params=params, content=content, auth=auth)
        if not quiet:
            size = f" ({len(content):,} bytes)" if content is not None else ""
            shown = " | ".join(_shown(answer.text, mode))
            self.say(f"{kind} {mode} {name}{size}: {answer.status_code} {shown} [{time.monotonic() - began:.1f} s]")
        return answer

    def _must(self, answer: httpx2.Response) -> httpx2.Response:
        if answer.status_code != 200 or answer.text.startswith("failure"):
            raise Failed(" ".join(answer.text.split())[:500] or f"status {answer.status_code}")
        return answer

    def _name(self, path: Path) -> str:
        return path.relative_to(self.what.folder).as_posix()


def _shown(text: str, mode: str) -> list[str]:
    """The lines of an answer, without the secret in it."""
    lines = text.splitlines()[:5]
    return [*lines[:2], *(["…"] if len(lines) > 2 else [])] if mode == "checkauth" else lines


def _is(path: Path, names: tuple[str, ...]) -> bool:
    return path.suffix.casefold() == ".xml" and path.name.casefold().startswith(names)


def _place(path: Path) -> tuple[int, list[int], str]:
    """Pictures first, then what describes products, offers, prices and stock."""
    kinds = (*CATALOGUE, *ORDERS)
    kind = next((at for at, name in enumerate(kinds, 1) if _is(path, (name,))), 0)
    return kind, [int(one) for one in re.findall(r"\d+", path.name)], str(path)


def _packed(files: Iterator[tuple[Path, str]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, name in files:
            archive.write(path, name)
    return made.getvalue()


def said(text: str) -> None:
    """Says a line at once, though nobody looks on."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
