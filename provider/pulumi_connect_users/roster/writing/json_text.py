"""The text of JSON rosters: a team, and a user, on one line each."""

import json

from ...core.properties import Properties, Value
from ..files.limits import MAY
from .drawing import Layout


def json_text(layout: Layout) -> str:
    """The text."""
    parts = []
    for name, entries in (
        (MAY, layout.may),
        ("defaults", layout.defaults),
        ("teams", layout.teams),
        ("users", layout.users),
    ):
        if entries or name == "users":
            parts.append(f"  {_dump(name)}: {_lines(entries)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(entries: Properties) -> str:
    lines = [f"    {_dump(name)}: {_dump(value)}" for name, value in entries.items()]
    return "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"


def _dump(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False)
