"""plan: what an update will do, as a list of steps, each one API call. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from ..core.messages import UNFINISHED
from ..core.ownership import mark_of_inputs
from ..core.properties import Properties, Value, entries, members, split, structures
from ..core.unknowns import UNKNOWN, get, unknown_paths
from ..model.attributes import Attribute, Shape, members_of, program_path, top_level
from ..model.facts import Role
from .directory_id import DIRECTORY_ID, is_assigned
from .flex import entry_key
from .inputs import IMPORTED, UserInputs, ignored
from .state import UserState


@dataclass(frozen=True)
class Step:
    """One API call. `wanted` holds wire members; apply adds what a whole structure needs."""

    operation: str
    wanted: Properties = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    """The wire paths that it changes."""
    revokes: bool = False
    """Whether it only takes something away: such steps come first."""
    grants: bool = False
    """Whether it gives rights: such steps come last."""


@dataclass(frozen=True)
class Plan:
    """The difference between two states."""

    steps: tuple[Step, ...] = ()
    replaces: tuple[str, ...] = ()
    """Wire names whose change replaces the user."""
    deletes_first: bool = False
    """Whether the old user must go before the new one can take its username."""
    state_only: tuple[str, ...] = ()
    """Wire names that change in state alone, without a call."""

    @property
    def changes(self) -> bool:
        """Whether there is anything to do or to store."""
        return bool(self.steps or self.replaces or self.state_only)

    @property
    def replacement_notice(self) -> str:
        """What a replacement that deletes first means, for the person who reads the preview."""
        names = " and ".join(program_path((key,)) for key in self.replaces)
        return f"changing {names} replaces the user: it is deleted first and gets a new id"

    @property
    def changed(self) -> tuple[str, ...]:
        """Every wire path that changes in Connect."""
        return tuple(path for step in self.steps for path in step.changed)


def plan(old: UserInputs, new: UserInputs) -> Plan:
    """The steps from old outputs to new inputs.

    Never declared is left alone; declared before and absent now is cleared where a call exists.
    An UNKNOWN value counts as a change.
    """
    before, after = old.declared_by(new.properties).properties, new.properties
    replaces = _replaces(before, after)
    if replaces:
        same = (old.username, old.instance_arn) == (new.username, new.instance_arn)
        return Plan(replaces=replaces, deletes_first=same)
    steps = (
        step
        for attribute in top_level(Role.ATTRIBUTE)
        if attribute.facts.calls
        for step in _STEPS[attribute.shape](attribute, before, after)
    )
    state_only = _state_only(before, after)
    if isinstance(old, UserState) and old.unfinished:
        state_only = (*state_only, UNFINISHED)
    if old.imported:
        state_only = (*state_only, IMPORTED)
    return Plan(steps=tuple(sorted(_merged(steps), key=_place)), state_only=state_only)


def known_causes(changes: Plan, new: UserInputs) -> list[str]:
    """What replaces the user, as far as it is known: an unknown value may be what it was."""
    return [k for k in changes.replaces if not any(True for _ in unknown_paths(new.get(k)))]


@cache
def _order() -> tuple[str, ...]:
    """Every operation in the order of the model."""
    calls = (call for a in top_level(Role.ATTRIBUTE) for call in a.facts.calls)
    return tuple(dict.fromkeys(calls))


def _place(step: Step) -> tuple[int, int]:
    """Revocations first, grants last: no one gains rights before the rest is in place."""
    place = _order().index(step.operation)
    if step.revokes:
        return -1, place
    return (1, -place) if step.grants else (0, place)


def _merged(steps: Iterable[Step]) -> list[Step]:
    """One step for each operation."""
    merged: dict[str, Step] = {}
    for step in steps:
        if earlier := merged.get(step.operation):
            wanted = {**earlier.wanted, **step.wanted}
            step = Step(step.operation, wanted, earlier.changed + step.changed)
        merged[step.operation] = step
    return list(merged.values())


def _replaces(old: Properties, new: Properties) -> tuple[str, ...]:
    keys = [a.wire for a in top_level(Role.ATTRIBUTE) if a.facts.change == "replace"]
    if is_assigned(new.get("identityManagementType")):
        keys.remove(DIRECTORY_ID)
    changed = [k for k in keys if old.get(k) != new.get(k)]
    replaceable = new.get("onPasswordChange") == "replace" and "password" in old
    if replaceable and "password" in new and new["password"] != old["password"]:
        changed.append("password")
    return tuple(changed)


def _state_only(old: Properties, new: Properties) -> tuple[str, ...]:
    """Options and marks of state: delete sees outputs only, so they must be stored."""
    keys = [
        a.wire for a in top_level(Role.OPTION, Role.ROSTER) if old.get(a.wire) != new.get(a.wire)
    ]
    if "password" in old and "password" not in new:
        keys.append("password")
    for wire in sorted(ignored(new)):
        if get(old, split(wire)) is not None and get(new, split(wire)) is None:
            keys.append(wire)
    return tuple(keys)


def _scalar(attribute: Attribute, old: Properties, new: Properties) -> Iterator[Step]:
    wire, (call,) = attribute.wire, attribute.facts.calls
    value = new.get(wire)
    if value == old.get(wire):
        return
    if value is not None:
        yield Step(call, {wire: value}, (wire,), grants=attribute.facts.grants)
    elif attribute.facts.clears and wire not in ignored(new):
        yield Step(call, {}, (wire,), revokes=True)


def _set(attribute: Attribute, old: Properties, new: Properties) -> Iterator[Step]:
    """The order in which a program or Connect lists its members means nothing."""
    wire, (call,) = attribute.wire, attribute.facts.calls
    value = new.get(wire)
    if value is None:
        return
    unknown = value is UNKNOWN or UNKNOWN in entries(value)
    before, after = set(entries(old.get(wire))), set(entries(value))
    if unknown or before != after:
        revokes = not unknown and after < before
        grants = attribute.facts.grants and not revokes
        yield Step(call, {wire: value}, (wire,), revokes, grants)


def _structure(attribute: Attribute, old: Properties, new: Properties) -> Iterator[Step]:
    """One call with all members: for all channels or, if one has a setting of its own, by channel.

    What cannot exist with the new value of another member goes with the old one.
    """
    wire, value = attribute.wire, new.get(attribute.wire)
    call = _call(attribute, new)
    if value is UNKNOWN:
        yield Step(call, {wire: UNKNOWN}, (wire,))
        return
    before, after = members(old.get(wire)), members(value)
    changed = [name for name, member in after.items() if member != before.get(name)]
    for member in members_of(wire):
        if member.facts.needs and member.name in before:
            other, needed = member.facts.needs
            if after.get(other) not in (None, UNKNOWN, needed):
                changed.append(member.name)
    if changed:
        yield Step(call, {wire: dict(after)}, tuple(f"{wire}.{name}" for name in changed))


def _call(attribute: Attribute, new: Properties) -> str:
    """For all channels; by channel beside lists of channels, which the other would make equal."""
    whole, *by_channel = attribute.facts.calls
    for other in top_level(Role.ATTRIBUTE) if by_channel else ():
        if list(other.facts.calls) == by_channel and other.wire in new:
            return by_channel[0]
    return whole


def _keyed_list(attribute: Attribute, old: Properties, new: Properties) -> Iterator[Step]:
    """Whole entries where one call sets them, else entry by entry."""
    wire, calls = attribute.wire, attribute.facts.calls
    value = new.get(wire)
    if value is UNKNOWN or (len(calls) > 1 and UNKNOWN in entries(value)):
        yield Step(calls[-1], {wire: UNKNOWN}, (wire,))
        return
    before = {entry_key(attribute, entry): entry for entry in structures(old.get(wire))}
    if len(calls) > 1:
        after = {entry_key(attribute, entry): entry for entry in structures(value)}
        yield from _entries(attribute, before, after, keep=wire in ignored(new) and not after)
    elif differing := [
        entry
        for entry in entries(value)
        if not isinstance(entry, Mapping) or entry != before.get(entry_key(attribute, entry))
    ]:
        yield Step(calls[0], {wire: differing}, (wire,))


_ByKey = Mapping[tuple[Value, ...], Properties]


def _entries(attribute: Attribute, before: _ByKey, after: _ByKey, *, keep: bool) -> Iterator[Step]:
    """Entries that no program has declared are left alone."""
    wire = attribute.wire
    remove, add, change = attribute.facts.calls
    removed = [] if keep else [entry for key, entry in before.items() if key not in after]
    if removed:
        keys = [{name: entry[name] for name in attribute.facts.key} for entry in removed]
        yield Step(remove, {wire: keys}, (wire,), revokes=True)
    if added := [entry for key, entry in after.items() if key not in before]:
        yield Step(add, {wire: added}, (wire,))
    if changed := [e for key, e in after.items() if key in before and e != before[key]]:
        yield Step(change, {wire: changed}, (wire,))


def _map(attribute: Attribute, old: Properties, new: Properties) -> Iterator[Step]:
    """Keys are managed one by one, and set before others are removed: none is absent in between.

    The ownership mark is a part of the tags.
    """
    wire, (tag, untag) = attribute.wire, attribute.facts.calls
    value = new.get(wire)
    if value is UNKNOWN:
        yield Step(tag, {wire: UNKNOWN}, (wire,))
        return
    before, after = members(old.get(wire)), members(value)
    mark, former = mark_of_inputs(new), mark_of_inputs(old)
    wanted = {k: v for k, v in after.items() if v != before.get(k)}
    changed = [wire] if wanted else []
    if mark is not None and mark != former:
        wanted |= mark.tags()
        changed.append("ownership")
    if wanted:
        yield Step(tag, {wire: wanted}, tuple(changed))
    keep = wire in ignored(new) and not after
    removed = [] if keep else [key for key in before if key not in after]
    if mark is None and former is not None:
        removed += former.tags()
    if removed:
        yield Step(untag, {wire: sorted(removed)}, (wire,))


_STEPS = {
    Shape.SCALAR: _scalar,
    Shape.SET: _set,
    Shape.STRUCTURE: _structure,
    Shape.KEYED_LIST: _keyed_list,
    Shape.MAP: _map,
}
