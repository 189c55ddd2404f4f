"""The text of YAML rosters: a user on one line, or where that would be long, an attribute."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

import yaml

from ...core.properties import Properties, Value
from ..files.limits import MAY
from .drawing import Layout

WIDTH: Final = 160
_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w .@/+='()-]*[\w.)])?\Z")
"""Texts that no YAML takes for anything else, `_WORDS` aside."""
_WORDS: Final = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})


def yaml_text(layout: Layout, notes: Mapping[str, Sequence[str]], head: Sequence[str]) -> str:
    """The text; `head` is comments for the file, `notes` are those of users."""
    lines = [f"# {' '.join(line.splitlines())}" for line in head]
    if layout.may:
        lines += [f"{MAY}:", *_members(layout.may, 2)]
    if layout.defaults:
        lines += ["defaults:", *_members(layout.defaults, 2)]
    if layout.teams:
        lines.append("teams:")
        for name, team in layout.teams.items():
            lines += (
                [f"  {scalar(name)}:", *_members(team, 4)] if team else [f"  {scalar(name)}: {{}}"]
            )
    lines.append("users:" if layout.users else "users: {}")
    for name, user in layout.users.items():
        lines += [f"  # {' '.join(note.split())}" for note in notes.get(name, ())]
        lines += _user(name, user)
    return "\n".join(lines) + "\n"


def _user(name: str, user: Properties) -> list[str]:
    key, entry = scalar(name), flow(user)
    if len(line := f"  {key}: {entry}") <= WIDTH or not user:
        return [line]
    return [f"  {key}:", *_members(user, 4)]


def _members(entry: Properties, indent: int) -> Iterator[str]:
    """One attribute a line; long ones of several."""
    margin = " " * indent
    for name, value in entry.items():
        line = f"{margin}{scalar(name)}: {flow(value)}"
        if len(line) <= WIDTH or not value or isinstance(value, str):
            yield line
        elif isinstance(value, Mapping):
            yield f"{margin}{scalar(name)}:"
            yield from _members(value, indent + 2)
        else:
            yield f"{margin}{scalar(name)}:"
            yield from (f"{margin}  - {flow(one)}" for one in _entries(value))


def _entries(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list) else [value]


def flow(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{scalar(name)}: {flow(member)}" for name, member in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return scalar(value) if isinstance(value, str) else json.dumps(value)


@cache
def scalar(text: str) -> str:
    """A text, in quotes where some YAML would take it for anything else."""
    if _PLAIN.match(text) and text.casefold() not in _WORDS:
        return text
    quoted: str = yaml.dump(text, default_style='"', width=len(text) * 12, allow_unicode=True)
    return quoted.rstrip("\n")
