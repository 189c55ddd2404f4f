"""Validates one entry of a roster file: mistakes, and where they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ...core.privacy import similar
from ...core.properties import Properties, Value
from ...core.safe_text import invisible
from ...core.unknowns import Path
from ...model.attributes import Attribute, by_program, by_wire, program_path, top_level
from ...model.facts import Role
from ...users.validate import validate

_NOT_HERE = ("instanceArn", "username")
_NO_TEXT = "must be a valid string"


@dataclass(frozen=True)
class EntryMistake:
    """One mistake in an entry: its place (program names, list indices) and the reason."""

    path: Path
    reason: str


@cache
def members() -> Mapping[str, Attribute]:
    """The attributes that an entry may hold, by their names in a program."""
    return {
        a.program: a
        for a in top_level(Role.ATTRIBUTE, Role.NAME, Role.OPTION, Role.ROSTER)
        if a.wire not in _NOT_HERE and not a.facts.secret
    }


def validated(entry: Properties) -> tuple[dict[str, Value], list[EntryMistake]]:
    """The entry as wire members, and its mistakes. No value is repeated."""
    known, mistakes = members(), []
    bag: dict[str, Value] = {}
    for name, value in entry.items():
        if name in known:
            bag[known[name].wire] = _wire(known[name], value)
        else:
            mistakes.append(EntryMistake((name,), _unknown(name, known)))
        mistakes += _invisible(name, value)
    values, failures = validate(bag)
    for failure in failures:
        # YAML takes `no` for false, and 0042 for 34.
        remedy = "Put it in quotes." if failure.cause == _NO_TEXT else failure.remedy
        reason = f"{program_path(failure.path)}: {failure.cause}. {remedy}"
        mistakes.append(EntryMistake(as_written(failure.path), reason))
    return {k: v for k, v in values.items() if k in bag}, mistakes


def _invisible(name: str, value: Value) -> Iterator[EntryMistake]:
    """Connect would not find the name, and no message could show why."""
    attribute = members().get(name)
    if attribute is None or attribute.facts.role is not Role.NAME:
        return
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str) and (character := invisible(text)):
            reason = f"{name}: holds the invisible character {character}. Remove it."
            yield EntryMistake((name,), reason)


def _unknown(name: str, known: Mapping[str, Attribute]) -> str:
    attribute = by_program().get(name)
    if attribute is not None and attribute.facts.secret:
        return (
            f"{name}: not allowed in a roster file. Give UserRoster {name}s={{username: secret}}."
        )
    near = similar(name, known)
    hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."
    return f"{name}: unknown argument. {hint}"


def _wire(attribute: Attribute, value: Value) -> Value:
    """The value with its members' names as the wire spells them; keys of tags stay."""
    if isinstance(value, list):
        return [_wire(attribute, entry) for entry in value]
    if isinstance(value, Mapping) and attribute.model is not None:
        spelled: dict[str, Value] = {}
        for name, member in value.items():
            below = by_program().get(f"{attribute.program}.{name}")
            spelled[below.path[-1] if below else name] = _wire(below, member) if below else member
        return spelled
    return value


def as_written(path: Path) -> Path:
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
