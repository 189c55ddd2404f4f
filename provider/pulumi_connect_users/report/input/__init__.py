"""Reads what `pulumi` printed into a `preview`, whichever of the two shapes the text has.

`digest` reads the one document of `pulumi preview --json`, `events` the engine's events, one a
line, which alone carry policy results. `property_values` knows how Pulumi writes secrets and
unknowns.
"""

import json

from .digest import read_digest
from .events import read_events
from .preview import Preview


class UnreadableInput(ValueError):
    """The text is neither a preview's digest nor its events."""


_REMEDY = (
    "Pass the output of `pulumi preview --json`, or the engine's events "
    "(the same with PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1, or the file of --event-log)"
)


def read_preview(text: str) -> Preview:
    """Reads a digest or events, whole or truncated.

    An empty text is a run that failed without output, and is not an error.

    Raises:
        UnreadableInput: the text has no piece of a preview in it.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return Preview(outcome="empty")
    try:
        preview = (read_events(text) if _is_lines(text) else None) or read_digest(text)
    except RecursionError:
        raise UnreadableInput(f"it is nested too deeply. {_REMEDY}.") from None
    if preview is None:
        raise UnreadableInput(f"it is neither a digest nor the events of a preview. {_REMEDY}.")
    return preview


def _is_lines(text: str) -> bool:
    """Whether the first object is a line of its own: a digest is printed over many lines."""
    for line in text.split("\n"):
        if not line.lstrip().startswith("{"):
            continue
        try:
            value = json.loads(line)
        except ValueError:
            return False
        return isinstance(value, dict) and "steps" not in value
    return False
