"""The process that writes a price list: rows come in as lines of JSON, a file goes out.

It is not the site's: fifty thousand rows are seconds of work, and pages are answered meanwhile. It gives way to
whoever else wants the machine. The first line says what is written; without the last line, [], nothing was.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from app.exports.files import Column, Feed, Head, Market, Rows, Text, Workbook

NICE = 5


def begin(to: Path, form: str, head: dict[str, Any]) -> Rows:
    """The file that rows are put into: `form` is xlsx, csv or yml."""
    if form == "yml":
        return Market(to, Feed(**head))
    table = Head(**{**head, "columns": [Column(*column) for column in head["columns"]]})
    return Workbook(to, table, folder=str(to.parent)) if form == "xlsx" else Text(to, table)


def main(form: str, path: str) -> int:
    """Writes the file; the exit code is 0 only for a whole one."""
    os.nice(NICE)
    lines = sys.stdin.buffer
    file = begin(Path(path), form, json.loads(lines.readline()))
    for line in lines:
        rows = json.loads(line)
        if not rows:
            file.close()
            return 0
        for row in rows:
            file.put(row)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
