"""From the engine's steps, several for one replacement, to one step for each resource."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from .preview import State, Step
from .property_values import PropertyValue, entries, properties

REPLACEMENT_OPS = frozenset(
    {
        "replace",
        "create-replacement",
        "delete-replaced",
        "import-replacement",
        "read-replacement",
        "discard-replaced",
        "remove-pending-replace",
    }
)
_MAKES_NEW = ("create-replacement", "import-replacement", "read-replacement")


def collapse(steps: Iterable[Step]) -> tuple[Step, ...]:
    """One step for each resource, in the order in which the resources first appear.

    Whether a replacement deletes first shows only in the order of its parts.
    """
    collapsed: dict[tuple[str, bool, str], Step] = {}
    for step in steps:
        replaces = step.op in REPLACEMENT_OPS
        key = (step.urn, step.drift, "replace" if replaces else step.op)
        known = collapsed.get(key)
        if not replaces:
            collapsed[key] = step if known is None else known
        elif known is None:
            first = {"delete-replaced": True}.get(step.op)
            collapsed[key] = replace(step, op="replace", deletes_first=first)
        else:
            collapsed[key] = _joined(known, step)
    return tuple(collapsed.values())


def _joined(known: Step, step: Step) -> Step:
    deletes_first = known.deletes_first
    if deletes_first is None and step.op == "delete-replaced":
        deletes_first = False
    return replace(
        known,
        old=known.old or step.old,
        new=known.new or step.new,
        reasons=known.reasons or step.reasons,
        deletes_first=deletes_first,
    )


def superseded(reported: Iterable[Step], kept: Iterable[Step]) -> tuple[Step, ...]:
    """Steps with a state that none of the kept ones has: its values must be hidden too."""
    states = {id(state) for step in kept for state in (step.old, step.new)}
    return tuple(
        step
        for step in reported
        if any(state is not None and id(state) not in states for state in (step.old, step.new))
    )


def state(value: PropertyValue) -> State | None:
    """A resource's state, from a digest or an event; None where the step has none."""
    if not isinstance(value, Mapping):
        return None
    return State(
        inputs=properties(value.get("inputs")),
        outputs=properties(value.get("outputs")),
        id=str(value.get("id") or ""),
        protect=bool(value.get("protect")),
        retain=bool(value.get("retainOnDelete")),
    )


def type_of(urn: str) -> str:
    """The type of a URN's own resource: the last of its chain of parents."""
    parts = urn.split("::")
    return parts[2].split("$")[-1] if len(parts) > 3 else ""


def reasons(*candidates: PropertyValue) -> tuple[str, ...]:
    """The first list of property paths, or object by them, that is not empty: sorted."""
    for candidate in candidates:
        if paths := entries(candidate):
            return tuple(sorted(map(str, paths)))
    return ()
