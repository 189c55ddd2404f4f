"""Converts between API and state shapes (`FirstName`, `firstName`). Pure.

Keys of free maps (tags) are a user's own words and never translated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..core.described_user import DescribedUser
from ..core.ownership import without_mark
from ..core.properties import Properties, Value, entries, members, structures
from ..model.attributes import Attribute, Shape, by_wire, members_of, top_level
from ..model.facts import Role
from .directory_id import DIRECTORY_ID, is_assigned
from .inputs import UserInputs, ignored


def expand(wire: str, value: Value) -> Value:
    """A state value as the API takes it; `wire` names the attribute that it belongs to."""
    if isinstance(value, list):
        return [expand(wire, entry) for entry in value]
    if isinstance(value, Mapping) and members_of(wire):
        return expand_structure(wire, value)
    return value


def expand_structure(wire: str, value: Properties) -> dict[str, Value]:
    """See `expand`."""
    return {
        member.api_name: expand(member.wire, value[member.name])
        for member in members_of(wire)
        if member.name in value
    }


def expand_entries(wire: str, value: Value) -> list[Properties]:
    """See `expand`."""
    return [expand_structure(wire, entry) for entry in structures(value)]


def flatten(wire: str, value: Value) -> Value:
    """An API value as state holds it, without members that the model does not know.

    An empty text is an absent member: Connect returns a missing desk phone number so.
    """
    if isinstance(value, list):
        return [flatten(wire, entry) for entry in value]
    if isinstance(value, Mapping) and members_of(wire):
        return {
            member.name: flatten(member.wire, value[member.api_name])
            for member in members_of(wire)
            if value.get(member.api_name, "") != ""
        }
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def program_names(bag: Properties, *above: str) -> dict[str, Value]:
    """Members as a program spells them (`first_name`); unknown ones stay."""
    spelled: dict[str, Value] = {}
    for name, value in bag.items():
        attribute = by_wire().get(".".join((*above, name)))
        if attribute is None:
            spelled[name] = value
        else:
            spelled[attribute.program_path[-1]] = _program_value(attribute, value)
    return spelled


def _program_value(attribute: Attribute, value: Value) -> Value:
    if isinstance(value, list):
        return [_program_value(attribute, entry) for entry in value]
    is_structure = attribute.model is not None and isinstance(value, Mapping)
    return program_names(members(value), *attribute.path) if is_structure else value


def create_parameters(inputs: UserInputs) -> dict[str, Value]:
    """CreateUser's parameters except the instance and tags: all that it can carry."""
    return {
        attribute.api_name: expand(attribute.wire, inputs.properties[attribute.wire])
        for attribute in top_level(Role.ATTRIBUTE)
        if attribute.facts.on_create and attribute.wire in inputs.properties
    }


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
    left = ignored(declared) | {"instanceArn"}
    if is_assigned(managed.identity_type):
        left |= {DIRECTORY_ID}
    if proficiencies is None:
        proficiencies = expand_entries("proficiencies", declared.get("proficiencies"))
    elsewhere: Properties = {
        "Tags": without_mark(described.tags),
        "Proficiencies": list(proficiencies),
    }
    live = {**described.attributes, **elsewhere}
    state: dict[str, Value] = {}
    for attribute in top_level(Role.ATTRIBUTE):
        wire = attribute.wire
        if wire not in declared:
            continue
        if wire in left or attribute.facts.change == "never":
            state[wire] = declared[wire]
            continue
        value = flatten(wire, live.get(attribute.api_name))
        value = _managed_part(attribute, value, declared[wire], left)
        if value not in (None, {}, []):
            state[wire] = value
    mark = managed.mark if managed.mark == described.mark else None
    return replace(UserInputs.decode(state), mark=mark)


def _managed_part(attribute: Attribute, live: Value, managed: Value, left: frozenset[str]) -> Value:
    """What of a live value the program declares, in the order of the declaration's own rules."""
    if attribute.shape is Shape.MAP:
        return {k: v for k, v in members(live).items() if k in members(managed)}
    if attribute.shape is Shape.KEYED_LIST:
        return _entries(attribute, live, managed)
    if attribute.shape is Shape.SET:
        return sorted(entries(live), key=str)
    if attribute.shape is Shape.STRUCTURE:
        parts = {
            name: value if f"{attribute.wire}.{name}" in left else members(live).get(name)
            for name, value in members(managed).items()
        }
        return {name: value for name, value in parts.items() if value is not None}
    return live


def _entries(attribute: Attribute, live: Value, managed: Value) -> list[Properties]:
    """The managed entries of a keyed list, each with the members that the program declares."""
    declared = {entry_key(attribute, entry): entry for entry in structures(managed)}
    found = [
        {name: entry[name] for name in declared[key] if name in entry}
        for entry in structures(live)
        if (key := entry_key(attribute, entry)) in declared
    ]
    return sorted(found, key=lambda entry: [str(part) for part in entry_key(attribute, entry)])


def entry_key(attribute: Attribute, entry: Properties) -> tuple[Value, ...]:
    """What identifies an entry of a keyed list."""
    return tuple(entry.get(name) for name in attribute.facts.key)
