"""How much of a price list is taken, and the refusal of one that is more, or is none."""

UNPACKED = 60_000_000  # bytes that a workbook may be unpacked
MOST_ROWS = 50_000  # of a sheet
MOST_COLUMNS = 256  # as many as XLS has
LONGEST = 20_000  # characters of a cell of a table
MEMORY = 112_000_000  # bytes for the process that reads
SECONDS = 6  # of its processor


class Refused(Exception):
    """The file is not taken: `code` says why (the words: `app.imports.files`), `values` where."""

    def __init__(self, code: str, **values: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
