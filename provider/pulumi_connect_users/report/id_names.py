"""Names of profiles and hierarchy groups by id, gathered from the whole input."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..core.arns import is_id, last_part
from ..model.references import AGENT_STATUS, OF_USER
from .input.preview import Step
from .input.property_values import Properties
from .resource_types import NAMED
from .user_changes import UserChange, Wire

_REFERENCES: Final = (*OF_USER, AGENT_STATUS)
_SINGLE: Final = {r.id: r.fact for r in _REFERENCES if not r.many}
_MANY: Final = {r.id: r.fact for r in _REFERENCES if r.many}

IDENTIFIED: Final = frozenset({*_SINGLE, *_MANY})
"""The attributes whose values are ids."""

Names = Mapping[str, str]
"""Id (of an ARN, its last part) -> name."""


def bare_id(value: str) -> str:
    """The id in an ARN or `INSTANCE:ID`; anything else is one already."""
    return last_part(value) if is_id(value) else value


def gather(steps: Iterable[Step], changes: Iterable[UserChange]) -> Names:
    """Every id with its name; new names replace old ones."""
    names: dict[str, str] = {}
    for step in steps:
        if step.type in NAMED:
            for state in (step.old, step.new):
                if state is not None:
                    names.update(_of_resource(step.type, {**state.inputs, **state.outputs}))
    for change in changes:
        for wire in (change.old, change.new):
            names.update(pairs(wire) if wire is not None and not _is_stale(change, wire) else ())
    return names


def _is_stale(change: UserChange, wire: Wire) -> bool:
    """Whether ids have changed outside Pulumi, but the names beside them have not."""
    return (
        wire is change.new
        and change.op == "drift"
        and change.old is not None
        and any(
            wire.get(ids) != change.old.get(ids) and wire.get(names) == change.old.get(names)
            for ids, names in {**_SINGLE, **_MANY}.items()
        )
    )


def _of_resource(type_token: str, properties: Properties) -> dict[str, str]:
    identifier, name = (properties.get(key) for key in NAMED[type_token])
    if isinstance(identifier, str) and isinstance(name, str):
        return {bare_id(identifier): name}
    return {}


def pairs(wire: Wire) -> Iterator[tuple[str, str]]:
    """The ids of one user with the names that `check` found for them."""
    for id_key, name_key in _SINGLE.items():
        identifier, name = wire.get(id_key), wire.get(name_key)
        if isinstance(identifier, str) and isinstance(name, str):
            yield bare_id(identifier), name
    yield from _pairs_of_lists(wire)


def _pairs_of_lists(wire: Wire) -> Iterator[tuple[str, str]]:
    for id_key, name_key in _MANY.items():
        ids, names = wire.get(id_key), wire.get(name_key)
        if isinstance(ids, list) and isinstance(names, list) and len(ids) == len(names):
            for identifier, name in zip(ids, names, strict=True):
                if isinstance(identifier, str) and isinstance(name, str):
                    yield bare_id(identifier), name
