"""A roster in YAML: `defaults`, `teams`, `users`; each line is remembered for messages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ...core.documents import UnreadableDocument
from ...core.privacy import display_name
from ...core.yaml_documents import compose_yaml, scalar_value
from .document import Document, Entry
from .users import TEAM

_PARTS = ("defaults", "teams", "users")


def read_yaml(path: Path, text: str) -> Document:
    """The document; what is wrong with its form is among its problems."""
    document = Document(path)
    try:
        _read(text, document)
    except UnreadableDocument as error:
        document.problem(f"line {error.line or 1}", f"{error.cause}.")
    return document


def _read(text: str, document: Document) -> None:
    root = compose_yaml(text)
    if not isinstance(root, yaml.MappingNode):
        document.problem("line 1", f"a roster has the keys {', '.join(_PARTS)}.")
        return
    for key, node in _members(root, document):
        if key not in _PARTS:
            document.problem(_line(node), f"{key}: a roster has the keys {', '.join(_PARTS)}.")
        elif key == "defaults":
            document.defaults = _entry("defaults", node, document)
        elif _is_map(node, key, document):
            for name, member in _members(node, document):
                if key == "teams":
                    document.teams[name] = _entry(f"team {name}", member, document)
                else:
                    document.users[name] = _entry(f"user {display_name(name)}", member, document)


def _entry(subject: str, node: yaml.Node, document: Document) -> Entry:
    if _is_null(node):
        return Entry(subject, {}, {(): _line(node)})
    if not _is_map(node, subject, document):
        return Entry(subject, {}, {(): _line(node)})
    where: dict[tuple[str | int, ...], str] = {}
    content = _value(node, (), where, document)
    return Entry(subject, content, where)


def _value(
    node: yaml.Node,
    path: tuple[str | int, ...],
    where: dict[tuple[str | int, ...], str],
    document: Document,
) -> Any:
    where[path] = _line(node)
    if isinstance(node, yaml.MappingNode):
        return {k: _value(n, (*path, k), where, document) for k, n in _members(node, document)}
    if path == (TEAM,) and isinstance(node, yaml.ScalarNode) and not _is_null(node):
        # As the key of a team is read: 010 is not 8, and no is not false.
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_value(n, (*path, i), where, document) for i, n in enumerate(node.value)]
    try:
        value = scalar_value(node)
    except (UnreadableDocument, yaml.YAMLError):
        document.problem(_line(node), "is a value that YAML cannot read. Put it in quotes.")
        return None
    # A date or time is none here: YAML took a text without quotes for one.
    return value if isinstance(value, str | int | float | bool | None) else str(node.value)


def _members(node: Any, document: Document) -> Iterator[tuple[str, yaml.Node]]:
    """Keys as texts; one that stands twice is a problem, since YAML would drop the first."""
    seen: dict[str, str] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            document.problem(_line(key), "a key must be a text.")
            continue
        name = str(key.value)
        if key.tag.endswith(":merge"):
            document.problem(
                _line(key), "<<: is not read. Say in defaults or teams what users share."
            )
        elif name in seen:
            document.problem(_line(key), f"{display_name(name)}: stands already on {seen[name]}.")
        else:
            seen[name] = _line(key)
            yield name, value


def _is_map(node: yaml.Node, subject: str, document: Document) -> bool:
    if isinstance(node, yaml.MappingNode):
        return True
    document.problem(_line(node), f"{subject}: must be a map of names to values.")
    return False


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null")


def _line(node: yaml.Node) -> str:
    return f"line {node.start_mark.line + 1}"
