"""What an update that failed half-way has reached, from the steps that were made. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..core.ownership import MARK_PREFIX, without_mark
from ..core.properties import Value, members, structures, texts
from ..model.attributes import Attribute, Shape, by_wire
from ..model.references import OF_USER
from .flex import entry_key
from .inputs import KnownInputs
from .plan import Step
from .state import UserState


def after_steps(old: UserState, new: KnownInputs, done: Iterable[Step]) -> UserState:
    """The old state with what these steps changed; a failed one counts as not made.

    The next plan repeats the rest: each step may be made twice.
    """
    attributes, mark = dict(old.attributes), old.mark
    for step in done:
        for wire in dict.fromkeys(path.partition(".")[0] for path in step.changed):
            if wire == "ownership" or _names_mark(step.wanted.get(wire)):
                mark = new.mark
            if wire != "ownership":
                attributes[wire] = _changed(by_wire()[wire], step, attributes.get(wire), new)
    for reference in OF_USER:
        if attributes.get(reference.id) != old.attributes.get(reference.id):
            attributes[reference.fact] = new.attributes.get(reference.fact)
    present = {wire: value for wire, value in attributes.items() if value not in (None, {}, [])}
    return replace(old, attributes=present, mark=mark)


def _names_mark(tag_keys: Value) -> bool:
    return any(key.startswith(MARK_PREFIX) for key in texts(tag_keys))


def _changed(attribute: Attribute, step: Step, before: Value, new: KnownInputs) -> Value:
    wire = attribute.wire
    wanted, declared = step.wanted.get(wire), new.attributes.get(wire)
    if attribute.shape is Shape.STRUCTURE:
        names = [path.partition(".")[2] for path in step.changed if path.startswith(f"{wire}.")]
        changed = {name: members(declared).get(name) for name in names}
        return {k: v for k, v in {**members(before), **changed}.items() if v is not None}
    if attribute.shape is Shape.MAP:
        if isinstance(wanted, Mapping):
            tags = {key: str(value) for key, value in wanted.items()}
            return {**members(before), **without_mark(tags)}
        return {k: v for k, v in members(before).items() if k not in texts(wanted)}
    if attribute.shape is Shape.KEYED_LIST:
        return _entries(attribute, step, before)
    return declared


def _entries(attribute: Attribute, step: Step, before: Value) -> Value:
    calls = attribute.facts.calls
    removes = len(calls) > 1 and step.operation == calls[0]
    entries = {entry_key(attribute, entry): entry for entry in structures(before)}
    for entry in structures(step.wanted.get(attribute.wire)):
        key = entry_key(attribute, entry)
        if removes:
            entries.pop(key, None)
        else:
            entries[key] = entry
    return [entries[key] for key in sorted(entries, key=str)]
