"""One entry of a roster file against the model: what is wrong with it, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...core.privacy import similar
from ...model.attributes import Attribute, by_program, by_wire, program_path, top_level
from ...model.facts import Role
from ...users.validate import validate

_NOT_HERE = ("instanceArn", "username")
_NO_TEXT = "must be a valid string"


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong with an entry: where (program names, list indices), and why."""

    path: tuple[str | int, ...]
    reason: str


@cache
def members() -> Mapping[str, Attribute]:
    """What an entry may hold, by its name in a program."""
    return {
        a.program: a
        for a in top_level(Role.ATTRIBUTE, Role.NAME, Role.OPTION)
        if a.wire not in _NOT_HERE and not a.facts.secret
    }


def validated(entry: Mapping[str, Any]) -> tuple[dict[str, Any], list[Wrong]]:
    """The entry as wire members, and what is wrong with it. No value is repeated."""
    known, wrong = members(), []
    bag = {}
    for name, value in entry.items():
        if name in known:
            bag[known[name].wire] = _wire(known[name], value)
        else:
            wrong.append(Wrong((name,), _unknown(name, known)))
    values, failures = validate(bag)
    for failure in failures:
        path = as_written(failure.path)
        # YAML takes `no` for false, and 0042 for 34.
        remedy = "Put it in quotes." if failure.cause == _NO_TEXT else failure.remedy
        reason = f"{program_path(failure.path)}: {failure.cause}. {remedy}"
        wrong.append(Wrong(path, reason))
    return {k: v for k, v in values.items() if k in bag}, wrong


def _unknown(name: str, known: Mapping[str, Attribute]) -> str:
    attribute = by_program().get(name)
    if attribute is not None and attribute.facts.secret:
        return (
            f"{name}: is never written into a roster. "
            f"Give {name}s={{username: secret}} to UserRoster."
        )
    near = similar(name, known)
    hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."
    return f"{name}: is no attribute of a user in a roster. {hint}"


def _wire(attribute: Attribute, value: Any) -> Any:
    """Names of members as the wire spells them; the keys of tags are a user's own words."""
    if isinstance(value, list):
        return [_wire(attribute, entry) for entry in value]
    if isinstance(value, Mapping) and attribute.model is not None:
        found = {}
        for name, member in value.items():
            below = by_program().get(f"{attribute.program}.{name}")
            found[below.path[-1] if below else name] = _wire(below, member) if below else member
        return found
    return value


def as_written(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """A wire path as the file spells it."""
    names: list[str] = []
    spelled: list[str | int] = []
    for part in path:
        if isinstance(part, int):
            spelled.append(part)
            continue
        names.append(part)
        attribute = by_wire().get(".".join(names))
        spelled.append(attribute.program_path[-1] if attribute else part)
    return tuple(spelled)
