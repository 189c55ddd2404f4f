"""The review as CSV: a line for each person and capability."""

from __future__ import annotations

import csv
import io

from .outcome import Outcome

_HEAD = ("username", "capability", "known", "restricted to", "security profiles", "fingerprint")
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def render_csv(outcome: Outcome) -> str:
    """One line for a person without capabilities too, so that none is missing."""
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(_HEAD)
    for person in outcome.access.people:
        rows = [
            (
                name,
                "yes" if name in person.capabilities else "unknown",
                person.capabilities.get(name, ""),
            )
            for name in outcome.capabilities
            if name in person.capabilities or name in person.unknown
        ]
        for row in rows or [("", "", "")]:
            profiles = ", ".join(person.profiles)
            cells = (person.username, *row, profiles, person.fingerprint)
            table.writerow(_harmless(cell) for cell in cells)
    return file.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
