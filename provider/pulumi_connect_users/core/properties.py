"""Property bags: what an engine sends and stores, in plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from .unknowns import Unknown

Value: TypeAlias = (
    "str | int | float | bool | Unknown | Sequence[Value] | Mapping[str, Value] | None"
)
"""One property. Absent is None or a missing key; `Unknown` is what a preview cannot know."""

Properties: TypeAlias = Mapping[str, Value]
"""Wire names (`identityInfo`, `firstName`) to values."""
