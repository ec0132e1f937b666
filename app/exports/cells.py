"""Cells that other people's data stand in: no spreadsheet may take one for a formula."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

BOM = "\ufeff"  # without it Excel takes UTF-8 for the local encoding


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection): a quote stands before what begins one."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
