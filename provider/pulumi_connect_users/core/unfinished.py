"""The output that says what a creation left undone."""

from __future__ import annotations

from typing import Final

UNFINISHED: Final = "unfinished"
"""Why, as sentences that each name their user; it stays until the next update has done the rest."""
