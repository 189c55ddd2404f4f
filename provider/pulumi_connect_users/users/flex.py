"""Between Connect's structures (`FirstName`) and state's (`firstName`). Pure.

Keys of free maps (tags) are a user's own words and never translated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..core.described_user import DescribedUser
from ..core.ownership import without_mark
from ..core.properties import Properties, Value
from ..model.attributes import Attribute, members_of, top_level
from ..model.base import camel_to_pascal
from ..model.facts import Role
from .directory_id import DIRECTORY_ID, is_assigned
from .ignore_drift import ignored
from .inputs import UserInputs


def expand(wire: str, value: Any) -> Any:
    """A state value as the API takes it; `wire` names the attribute that it belongs to."""
    members = {a.path[-1]: a for a in members_of(wire)}
    if isinstance(value, list):
        return [expand(wire, entry) for entry in value]
    if isinstance(value, Mapping) and members:
        return {
            camel_to_pascal(k): expand(members[k].wire, v) for k, v in value.items() if k in members
        }
    return value


def flatten(wire: str, value: Any) -> Any:
    """An API value as state holds it, without members that the model does not know.

    An empty text is a member that is not there: Connect tells a missing desk phone number so.
    """
    members = {camel_to_pascal(a.path[-1]): a for a in members_of(wire)}
    if isinstance(value, list):
        return [flatten(wire, entry) for entry in value]
    if isinstance(value, Mapping) and members:
        return {
            members[k].path[-1]: flatten(members[k].wire, v)
            for k, v in value.items()
            if k in members and v != ""
        }
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def create_parameters(inputs: UserInputs) -> dict[str, Value]:
    """CreateUser's parameters but for the instance and tags: all that it can carry."""
    parameters: dict[str, Value] = {}
    for attribute in top_level(Role.ATTRIBUTE):
        wire = attribute.wire
        if wire in ("instanceArn", "proficiencies", "tags"):
            continue
        if wire in inputs.properties:
            parameters[camel_to_pascal(wire)] = expand(wire, inputs.properties[wire])
    return parameters


def flatten_user(
    described: DescribedUser,
    managed: UserInputs,
    proficiencies: Sequence[Properties] | None = None,
) -> UserInputs:
    """DescribeUser's answer as state: the attributes that `managed` (inputs or outputs) declares.

    What was never declared is not ours to report; what `ignoreDrift` names keeps its old value.
    `proficiencies` is ListUserProficiencies' answer, None where it was not asked.
    """
    declared = managed.properties
    left = ignored(declared)
    if is_assigned(managed.identity_type):
        left |= {DIRECTORY_ID}
    state: dict[str, Value] = {}
    for attribute in top_level(Role.ATTRIBUTE):
        wire = attribute.wire
        if wire not in declared:
            continue
        if wire in left or attribute.facts.change == "never" or wire == "instanceArn":
            state[wire] = declared[wire]
            continue
        if wire == "proficiencies":
            live = proficiencies if proficiencies is not None else None
            value = declared[wire] if live is None else flatten(wire, live)
        elif wire == "tags":
            value = without_mark(described.tags)
        else:
            value = flatten(wire, described.get(camel_to_pascal(wire)))
        value = _managed_part(attribute, value, declared[wire], left)
        if value is not None and value != {} and value != []:
            state[wire] = value
    mark = managed.mark if managed.mark == described.mark else None
    return replace(UserInputs.decode(state), mark=mark)


def _managed_part(attribute: Attribute, live: Any, managed: Any, left: frozenset[str]) -> Any:
    """What of a live value the program declares, in the order of the declaration's own rules."""
    if attribute.wire == "tags":
        return {k: v for k, v in live.items() if k in managed}
    if attribute.facts.key:
        return _entries(attribute.facts.key, live or [], managed)
    if attribute.is_list:
        return sorted(live or [])
    if attribute.model is not None:
        part = {}
        for member in managed:
            path = f"{attribute.wire}.{member}"
            value = managed[member] if path in left else (live or {}).get(member)
            if value is not None:
                part[member] = value
        return part
    return live


def _entries(keys: tuple[str, ...], live: list[Any], managed: list[Any]) -> list[Any]:
    """The managed entries of a keyed list, each with the members that the program declares."""
    wanted = {tuple(e.get(k) for k in keys): e for e in managed}
    found = []
    for entry in live:
        declared = wanted.get(tuple(entry.get(k) for k in keys))
        if declared is not None:
            found.append({m: entry[m] for m in declared if m in entry})
    return sorted(found, key=lambda e: tuple(str(e.get(k)) for k in keys))
