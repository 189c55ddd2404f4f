"""YAML rosters: `defaults`, `teams`, `users`, `may`, each value with its place."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import yaml

from ...core.documents import UnreadableDocument
from ...core.privacy import display_name
from ...core.properties import Value
from ...core.unknowns import Path as PropertyPath
from ...core.yaml_documents import compose_yaml, scalar_value
from .document import Document, Entry
from .limits import MAY
from .users import TEAM, Place

_KEYS = ("defaults", "teams", "users", MAY)
SCHEMA = "$schema"
_TEXT = "tag:yaml.org,2002:str"


def read_yaml(document: Document, text: str) -> None:
    """Reads a roster; mistakes in its form are among the document's problems."""
    for member in _root(document, text, _KEYS):
        if member.name == "defaults":
            document.defaults = _entry("defaults", member, document)
        elif member.name == MAY:
            document.may = _may(MAY, member, document)
        elif member.name == "teams":
            for team in _named(member, document):
                document.teams[team.name] = _entry(f"team {team.name}", team, document)
        else:
            for user in _named(member, document):
                subject = f"user {display_name(user.name)}"
                document.users[user.name] = _entry(subject, user, document)


def read_limits(document: Document, text: str) -> Mapping[str, Entry]:
    """Reads a limits file: a `may` for the users of each file."""
    return {
        file.name: _may(f"{MAY} {file.name}", file, document)
        for member in _root(document, text, (MAY,))
        for file in _named(member, document)
    }


class _Member(NamedTuple):
    """A member of a map."""

    name: str
    key: yaml.Node
    value: yaml.Node


def _root(document: Document, text: str, known: tuple[str, ...]) -> Iterator[_Member]:
    """The members of the file's map; an unknown one is a problem."""
    try:
        root = compose_yaml(text)
    except UnreadableDocument as error:
        document.problem(Place(error.line or 1, error.column), f"{error.cause}.")
        return
    if not isinstance(root, yaml.MappingNode):
        document.problem(Place(1), f"must be a map. Known keys: {', '.join(known)}.")
        return
    for member in _members(root, document):
        if member.name in known:
            yield member
        elif member.name != SCHEMA:  # which editors read
            text = f"{member.name}: unknown key. Known: {', '.join(known)}."
            document.problem(_place(member.key), text)


def _named(member: _Member, document: Document) -> Iterator[_Member]:
    mapping = _mapping(member.value, member.name, document)
    return _members(mapping, document) if mapping else iter(())


def _may(subject: str, member: _Member, document: Document) -> Entry:
    if _is_null(member.value):
        document.problem(_place(member.key), f"{subject}: is empty. Remove it, or write {{}}.")
    return _entry(subject, member, document)


def _entry(subject: str, member: _Member, document: Document) -> Entry:
    places: dict[PropertyPath, Place] = {(): _place(member.key)}
    node = member.value
    mapping = None if _is_null(node) else _mapping(node, subject, document)
    return Entry(subject, _content(mapping, (), places, document) if mapping else {}, places)


def _content(
    node: yaml.MappingNode,
    path: PropertyPath,
    places: dict[PropertyPath, Place],
    document: Document,
) -> dict[str, Value]:
    return {
        member.name: _value(member.value, (*path, member.name), places, document)
        for member in _members(node, document)
    }


def _value(
    node: yaml.Node, path: PropertyPath, places: dict[PropertyPath, Place], document: Document
) -> Value:
    places[path] = _place(node)
    if isinstance(node, yaml.MappingNode):
        return _content(node, path, places, document)
    if isinstance(node, yaml.SequenceNode):
        return [_value(n, (*path, i), places, document) for i, n in enumerate(node.value)]
    if path == (TEAM,) and not _is_null(node):
        # As the key of a team is read: 010 is not 8, and no is not false.
        return str(node.value)
    if node.tag == _TEXT:
        return str(node.value)
    try:
        value = scalar_value(node)
    except (UnreadableDocument, yaml.YAMLError):
        document.problem(_place(node), "YAML cannot read this value. Put it in quotes.")
        return None
    # YAML took a text without quotes for a date or time, which no attribute is.
    return value if isinstance(value, str | int | float | bool | None) else str(node.value)


def _members(node: yaml.MappingNode, document: Document) -> Iterator[_Member]:
    """The members with text keys; a repeated key is a problem, since YAML would drop the first."""
    seen: dict[str, Place] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            document.problem(_place(key), "a key must be text.")
            continue
        name = str(key.value)
        if key.tag.endswith(":merge"):
            document.problem(
                _place(key), "<<: is not supported. Put shared values in defaults or teams."
            )
        elif name in seen:
            document.problem(_place(key), f"{display_name(name)}: is already on {seen[name]}.")
        else:
            seen[name] = _place(key)
            yield _Member(name, key, value)


def _mapping(node: yaml.Node, subject: str, document: Document) -> yaml.MappingNode | None:
    if isinstance(node, yaml.MappingNode):
        return node
    document.problem(_place(node), f"{subject}: must be a map of names to values.")
    return None


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null")


def _place(node: yaml.Node) -> Place:
    mark = node.start_mark
    return Place(mark.line + 1, mark.column + 1)
