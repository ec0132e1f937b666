"""Forms with files: read piece by piece, large files on the disk, and only at doors that take files."""

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

KIND = "multipart/form-data"
MOST_FILES = 20  # in one request: a few more than any form takes, so that the form itself can say how many it takes


def kind(request: Request) -> str:
    """The type of the body, without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def is_taken(request: Request) -> bool:
    """Whether this is a form with files at a door that takes files."""
    return kind(request) == KIND and bool(getattr(request.scope.get("endpoint"), "files", False))


async def form_data(request: Request) -> FormData:
    """The form, read once for a request; 400 for one that no browser sends. `close` closes its files."""
    form: FormData | None = getattr(request.state, "multipart", None)
    if form is None:
        try:
            form = await _Parser(request.headers, request.stream(), max_files=MOST_FILES, max_fields=100).parse()
        except ClientDisconnect:
            raise
        except (MultiPartException, UnicodeError, ValueError) as broken:
            raise HTTPException(400, "unreadable form") from broken
        request.state.multipart = form
    return form


async def close(request: Request) -> None:
    """Closes the files of the form, which are gone then."""
    form: FormData | None = getattr(request.state, "multipart", None)
    if form is not None:
        await form.close()


class _Parser(MultiPartParser):
    """Reads UTF-8, as our pages say; what is not is broken, and would be read as Latin-1 otherwise."""

    def on_part_end(self) -> None:
        if self._current_part.file is None:
            self._current_part.data.decode()
        super().on_part_end()

    def on_headers_finished(self) -> None:
        (self._current_part.content_disposition or b"").decode()
        super().on_headers_finished()

    async def parse(self) -> FormData:
        form = await super().parse()
        if self._charset != "utf-8":
            await form.close()
            raise HTTPException(400, "not in UTF-8")
        return form
