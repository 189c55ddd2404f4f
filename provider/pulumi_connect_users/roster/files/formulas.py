"""Cells that a spreadsheet would run as formulas: an apostrophe before them makes them text."""

import re
from typing import Final

_FORMULA: Final = re.compile(r"'*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_NUMBER: Final = re.compile(r"\+\d+\Z")


def guarded(cell: str) -> str:
    """The cell as text for every spreadsheet. Phone numbers stay: they calculate nothing."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
