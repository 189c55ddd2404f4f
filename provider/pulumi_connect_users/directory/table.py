"""A CSV table of a directory's: its header, its rows, and what separates its columns."""

import csv
import io
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .refusal import ImportRefused

_SEPARATORS: Final[Mapping[str, str]] = {
    ",": "",
    ";": " (separated by semicolons)",
    "\t": " (separated by tabs)",
}
_ASIDE: Final = re.compile(r"[\W_]")


@dataclass(frozen=True)
class Table:
    """One file."""

    header: str
    """The header's place: `users.csv:1`."""
    names: Sequence[str]
    rows: Sequence[tuple[int, list[str]]]
    """Each with its line."""
    separated: str
    """How its columns are separated, where not by commas."""


def letters(name: str) -> str:
    """A name without what makes no difference: case, spaces, `_` and the like."""
    return _ASIDE.sub("", name.casefold())


def read_table(name: str, text: str, known: Container[str]) -> Table:
    """Reads a file; the separator is the one that makes the most known columns of the header.

    Raises ImportRefused where it is not CSV.
    """
    first = next((line for line in text.splitlines() if line.strip(" ,;\t")), "")

    def fit(separator: str) -> tuple[int, int]:
        names = next(csv.reader([first], delimiter=separator), [])
        return sum(letters(one) in known for one in names), len(names)

    separator = max(_SEPARATORS, key=fit)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((line, [cell.strip() for cell in row]))
            # A cell may hold line ends.
            line = reader.line_num + 1
    except csv.Error as error:
        raise ImportRefused([f"{name}:{line}: is not CSV: {error}."]) from None
    if not rows:
        raise ImportRefused([f"{name}: has no header. Export it again."])
    (at, names), *rest = rows
    return Table(f"{name}:{at}", names, rest, _SEPARATORS[separator])
