"""Members of a foreign document in the shape that they should have; empty where they have another.

A newer engine, a wrapper, or somebody who wants the report to fail may write anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def mapping(value: Any) -> Mapping[str, Any]:
    """A JSON object."""
    return value if isinstance(value, Mapping) else {}


def entries(value: Any) -> list[Any]:
    """A JSON list; of an object, its keys."""
    return list(value) if isinstance(value, list | Mapping) else []


def counts(value: Any) -> dict[str, int]:
    """An object of numbers: operation -> number of resources."""
    return {key: count for key, count in mapping(value).items() if isinstance(count, int)}
