"""Forms that change one thing, which somebody else may have changed since the page was shown."""

from collections.abc import Iterable
from typing import Any

from starlette.datastructures import UploadFile

from app.web.forms import Form, Texts


class ComparedForm(Form):
    """Its hidden field `version` says what was seen. `values` are the columns that are to stand.

    `theirs` is filled when somebody was quicker: what stands now, at the fields where something else was typed.
    """

    def __init__(self, data: Iterable[tuple[str, str | UploadFile]] = ()) -> None:
        super().__init__(data)
        self.theirs = Texts()
        self.values: dict[str, Any] = {}

    def compare(self, now: Form) -> None:
        """Keeps what stands now beside what was typed; the next save is meant so."""
        for name in self.names - {"version"}:
            if now.typed[name] != self.typed[name].replace("\r\n", "\n").strip():
                self.theirs[name] = now.typed[name]
        self.typed["version"] = now.typed["version"]
