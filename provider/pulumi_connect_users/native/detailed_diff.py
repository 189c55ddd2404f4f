"""The detailed diff that the engine shows: each changed member with its kind."""

import json
from collections.abc import Iterator, Mapping

from pulumi.runtime.proto import provider_pb2 as messages

from ..core.properties import Properties, Value
from ..core.unknowns import get
from ..engine.resource import Plan
from .values import Path

_Kind = messages.PropertyDiff.Kind
_KINDS: Mapping[tuple[str, bool], _Kind.ValueType] = {
    ("add", False): _Kind.ADD,
    ("add", True): _Kind.ADD_REPLACE,
    ("delete", False): _Kind.DELETE,
    ("delete", True): _Kind.DELETE_REPLACE,
    ("update", False): _Kind.UPDATE,
    ("update", True): _Kind.UPDATE_REPLACE,
}


def detailed_diff(plan: Plan, old: Properties, new: Properties) -> dict[str, messages.PropertyDiff]:
    """Each changed property by its path, from old outputs to new inputs."""
    replacing = [(name,) for name in plan.replaces]
    diff = {}
    for path in dict.fromkeys((*replacing, *plan.changed)):
        for own, before, after in _members(path, get(old, path), get(new, path)):
            kind = "add" if before is None else "delete" if after is None else "update"
            replaces = path in replacing
            diff[_shown(own)] = messages.PropertyDiff(kind=_KINDS[kind, replaces])
    return diff


def _members(path: Path, before: Value, after: Value) -> Iterator[tuple[Path, Value, Value]]:
    """The members that differ, where both values are structures; else the values."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            if before.get(key) != after.get(key):
                yield (*path, key), before.get(key), after.get(key)
    else:
        yield path, before, after


def _shown(path: Path) -> str:
    """A path as Pulumi writes it: `identityInfo.firstName`, `users["ana.silva"]`."""
    shown = path[0]
    for part in path[1:]:
        plain = part.isascii() and part.isidentifier()
        shown += f".{part}" if plain else f"[{json.dumps(part, ensure_ascii=False)}]"
    return shown
