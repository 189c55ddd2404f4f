"""The output for what a create left undone."""

from __future__ import annotations

from typing import Final

UNFINISHED: Final = "unfinished"
"""Reasons, each a sentence naming its user; the next update removes them."""
