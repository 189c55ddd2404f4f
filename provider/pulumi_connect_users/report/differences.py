"""The differences between two versions of a user, one per leaf. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from ..model.attributes import by_wire, program_path
from ..model.facts import Role
from .input.property_values import Marker, Properties, PropertyValue, entries, mapping
from .user_changes import Wire

_LEFT_OUT: Final = (Role.FACT, Role.MARK)
_STATUS_FACTS: Final = ("agentStatusName",)
_LABELS: Final = {
    "routing_profile_id": "routing_profile",
    "security_profile_ids": "security_profiles",
    "hierarchy_group_id": "hierarchy_group",
    "agent_status_id": "agent_status",
}


Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One leaf; None is absent."""

    path: Path
    """Wire names, without the keys of maps and lists: what the facts are looked up by."""
    label: str
    """As a program writes it: `tags[Cost_Center]`, `proficiencies[language: Spanish].level`."""
    old: PropertyValue
    new: PropertyValue


def differences(old: Wire | None, new: Wire | None) -> tuple[Difference, ...]:
    """The leaves that differ, in the model's order, without facts and marks; else all of them."""
    before, after = old or {}, new or {}
    leaves: list[Difference] = []
    for key in sorted({*before, *after}, key=_place):
        known = by_wire().get(key)
        if key in _STATUS_FACTS or (known is not None and known.facts.role in _LEFT_OUT):
            continue
        spelled = program_path((key,)) if known else _snake(key)
        leaves += _compare((key,), label(spelled), before.get(key), after.get(key))
    return tuple(leaves)


def label(program_name: str) -> str:
    """An attribute as a reader knows it: ids are shown by names, and called by these."""
    return _LABELS.get(program_name, program_name)


def _place(key: str) -> tuple[int, str]:
    order = _ORDER.get(key)
    return (len(_ORDER), key) if order is None else (order, key)


_ORDER: Final = {a.path[0]: i for i, a in enumerate(by_wire().values()) if len(a.path) == 1}


def _compare(
    path: Path, spelled: str, old: PropertyValue, new: PropertyValue
) -> Iterator[Difference]:
    if old == new:
        return
    keys = _keys(path)
    if keys and _is_keyed(old) and _is_keyed(new):
        before, after = _entries(keys, old), _entries(keys, new)
        for entry in sorted({*before, *after}):
            inner = f"{spelled}[{entry}]"
            yield from _members(path, inner, before.get(entry), after.get(entry), skip=keys)
    elif isinstance(old, Mapping | None) and isinstance(new, Mapping | None) and (old or new):
        yield from _members(path, spelled, old, new)
    else:
        yield Difference(path, spelled, old, new)


def _members(
    path: Path,
    above: str,
    old: Properties | None,
    new: Properties | None,
    *,
    skip: Sequence[str] = (),
) -> Iterator[Difference]:
    before, after = old or {}, new or {}
    structure = by_wire().get(".".join(path))
    for key in sorted({*before, *after} - {*skip}):
        if structure is None or structure.model is None:
            # A free map: its keys are not attributes.
            inner, spelled = path, f"{above}[{key}]"
        else:
            inner = (*path, key)
            known = by_wire().get(".".join(inner))
            spelled = f"{above}.{known.program_path[-1] if known else _snake(key)}"
        yield from _compare(inner, spelled, before.get(key), after.get(key))


def _snake(wire_name: str) -> str:
    """A name that the model does not know, as a Python program writes it."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", wire_name).lower()


def _keys(path: Path) -> Path:
    known = by_wire().get(".".join(path))
    return known.facts.key if known else ()


def _is_keyed(value: PropertyValue) -> bool:
    return value is None or (
        isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value)
    )


def _entries(keys: Path, value: PropertyValue) -> dict[str, Properties]:
    """The entries of a keyed list by what identifies them: `VOICE`, `language: Spanish`."""
    return {
        ": ".join(_key_text(entry[key]) for key in keys if entry.get(key) is not None): entry
        for entry in map(mapping, entries(value))
    }


def _key_text(value: PropertyValue) -> str:
    return "?" if isinstance(value, Marker) else str(value)
