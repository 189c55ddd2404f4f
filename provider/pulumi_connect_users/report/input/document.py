"""Which of the two shapes a text has."""

from __future__ import annotations

import json

from .digest import read_digest
from .events import read_events
from .preview import Preview


class UnreadableInput(ValueError):
    """The text is neither a preview's digest nor its events."""


_REMEDY = (
    "Give the output of `pulumi preview --json`, or the engine's events "
    "(the same with PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1, or the file of --event-log)"
)


def read_preview(text: str) -> Preview:
    """Reads a digest or events, whole or torn off.

    Nothing at all is a run that failed before it said anything, and is not an error.

    Raises:
        UnreadableInput: there is text, and no piece of a preview in it.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return Preview(outcome="empty")
    first = _first_line(text)
    if first is not None:
        events = read_events(text)
        if events is not None:
            return events
    digest = read_digest(text)
    if digest is not None:
        return digest
    raise UnreadableInput(f"it is neither a preview's digest nor its events. {_REMEDY}.")


def _first_line(text: str) -> dict[str, object] | None:
    """The first line that is a JSON object of its own: a digest is printed over many lines."""
    for line in text.splitlines():
        if not line.lstrip().startswith("{"):
            continue
        try:
            found = json.loads(line)
        except ValueError:
            return None
        return found if isinstance(found, dict) and "steps" not in found else None
    return None
