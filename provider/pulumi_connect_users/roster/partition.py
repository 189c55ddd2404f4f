"""A user's batch in a roster, and the form of its text: both are part of the state format."""

import hashlib
import json
from collections.abc import Mapping
from typing import Final

BATCHES: Final = 64
"""A constant of the state format, as `batch_of` is: another number would move every user."""

WHOLE: Final = "roster"
"""The wire key of what a batch holds for check alone, which drops it."""


def batch_of(username: str) -> int:
    """The number of a user's batch, 0 to 63; it never changes."""
    return int(hashlib.sha256(username.encode()).hexdigest()[:8], 16) % BATCHES


def canonical(user: Mapping[str, object]) -> str:
    """A mapping as the one JSON text that equal mappings share."""
    return json.dumps(user, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
