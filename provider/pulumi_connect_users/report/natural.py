"""The order in which people read names: n2 before n10."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"(\d+)")

Natural = tuple[tuple[int, str], ...]


def natural(text: str) -> Natural:
    """A key that orders texts by their words, and the numbers in them by their value."""
    parts = _NUMBER.split(text)
    # Every second part is a number; of equal numbers (n7, n07) the text decides.
    return tuple((int(part), part) if place % 2 else (0, part) for place, part in enumerate(parts))
