"""YAML rosters: `defaults`, `teams`, `users`, each value with its line."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from ...core.documents import UnreadableDocument
from ...core.privacy import display_name
from ...core.properties import Value
from ...core.unknowns import Path as PropertyPath
from ...core.yaml_documents import compose_yaml, scalar_value
from .document import Document, Entry
from .users import TEAM

_KEYS = ("defaults", "teams", "users")
SCHEMA = "$schema"


def read_yaml(path: Path, text: str) -> Document:
    """Reads a file; mistakes in its form are among the document's problems."""
    document = Document(path)
    try:
        root = compose_yaml(text)
    except UnreadableDocument as error:
        document.problem(f"line {error.line or 1}", f"{error.cause}.")
        return document
    if isinstance(root, yaml.MappingNode):
        _read(root, document)
    else:
        document.problem("line 1", f"a roster has the keys {', '.join(_KEYS)}.")
    return document


def _read(root: yaml.MappingNode, document: Document) -> None:
    for key, node in _members(root, document):
        if key == SCHEMA:
            continue  # which editors read
        if key not in _KEYS:
            document.problem(_line(node), f"{key}: unknown key. Known: {', '.join(_KEYS)}.")
        elif key == "defaults":
            document.defaults = _entry("defaults", node, document)
        elif mapping := _mapping(node, key, document):
            for name, member in _members(mapping, document):
                if key == "teams":
                    document.teams[name] = _entry(f"team {name}", member, document)
                else:
                    document.users[name] = _entry(f"user {display_name(name)}", member, document)


def _entry(subject: str, node: yaml.Node, document: Document) -> Entry:
    lines: dict[PropertyPath, str] = {(): _line(node)}
    mapping = None if _is_null(node) else _mapping(node, subject, document)
    return Entry(subject, _content(mapping, (), lines, document) if mapping else {}, lines)


def _content(
    node: yaml.MappingNode, path: PropertyPath, lines: dict[PropertyPath, str], document: Document
) -> dict[str, Value]:
    return {k: _value(n, (*path, k), lines, document) for k, n in _members(node, document)}


def _value(
    node: yaml.Node, path: PropertyPath, lines: dict[PropertyPath, str], document: Document
) -> Value:
    lines[path] = _line(node)
    if isinstance(node, yaml.MappingNode):
        return _content(node, path, lines, document)
    if isinstance(node, yaml.SequenceNode):
        return [_value(n, (*path, i), lines, document) for i, n in enumerate(node.value)]
    if path == (TEAM,) and not _is_null(node):
        # As the key of a team is read: 010 is not 8, and no is not false.
        return str(node.value)
    try:
        value = scalar_value(node)
    except (UnreadableDocument, yaml.YAMLError):
        document.problem(_line(node), "YAML cannot read this value. Put it in quotes.")
        return None
    # YAML took a text without quotes for a date or time, which no attribute is.
    return value if isinstance(value, str | int | float | bool | None) else str(node.value)


def _members(node: yaml.MappingNode, document: Document) -> Iterator[tuple[str, yaml.Node]]:
    """The members with text keys; a repeated key is a problem, since YAML would drop the first."""
    seen: dict[str, str] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            document.problem(_line(key), "a key must be text.")
            continue
        name = str(key.value)
        if key.tag.endswith(":merge"):
            document.problem(
                _line(key), "<<: is not supported. Put shared values in defaults or teams."
            )
        elif name in seen:
            document.problem(_line(key), f"{display_name(name)}: is already on {seen[name]}.")
        else:
            seen[name] = _line(key)
            yield name, value


def _mapping(node: yaml.Node, subject: str, document: Document) -> yaml.MappingNode | None:
    if isinstance(node, yaml.MappingNode):
        return node
    document.problem(_line(node), f"{subject}: must be a map of names to values.")
    return None


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null")


def _line(node: yaml.Node) -> str:
    return f"line {node.start_mark.line + 1}"
