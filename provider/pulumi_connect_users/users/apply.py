"""Makes a plan's calls for one user. Each step may be made twice without harm."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from ..core.arns import user_arn
from ..core.described_user import DescribedUser
from ..core.errors import (
    Conflict,
    ConnectUsersError,
    Duplicate,
    InvalidRequest,
    NotFound,
)
from ..core.ownership import MOST_TAGS, SUSPENDED_TAG
from ..core.properties import Properties, Value, members, structures, texts
from ..model.attributes import Attribute, Shape, by_wire, camel_to_pascal, members_of, top_level
from ..model.facts import TAG, UNTAG, UPDATE_SECURITY, Role
from ..model.references import SECURITY_PROFILES
from .flex import expand, expand_entries, expand_structure
from .inputs import KnownInputs, ignored
from .plan import Plan, Step
from .ports import UserApi
from .run_context import RunContext


@dataclass(frozen=True)
class ApplyContext:
    """The user that the steps are made on."""

    api: UserApi
    live: DescribedUser
    """The user, read before the first step."""
    inputs: KnownInputs
    """The desired state."""
    run: RunContext
    done: list[Step] = field(default_factory=list)
    """The steps that were made so far."""

    def has_made(self, operation: str) -> bool:
        """Whether a step of this operation was made."""
        return any(step.operation == operation for step in self.done)

    def call(self, operation: str, parameters: Properties) -> None:
        """One API call about this user."""
        self.api.call(operation, UserId=self.live.id, **parameters)


def apply_plan(plan: Plan, context: ApplyContext) -> None:
    """Makes the calls of a plan in its order; stops at the first error, noting what was done.

    Raises TooFewAdmins before the first call.
    """
    live, admins = context.live, context.run.admin_minimum
    profiles = (
        s.wanted[SECURITY_PROFILES.id] for s in plan.steps if s.operation == UPDATE_SECURITY
    )
    after = next(profiles, live.get("SecurityProfileIds"))
    made = partial(context.has_made, UPDATE_SECURITY)
    with admins.change(context.api.instance_arn, live, texts(after), made):
        _make(plan, context)


def _make(plan: Plan, context: ApplyContext) -> None:
    for step in _in_order(plan, context.live):
        try:
            CALLS[step.operation](step, context)
        except ConnectUsersError as error:
            if context.done:
                done = ", ".join(step.operation for step in context.done)
                error.add_note(f"Done before: {done}.")
            raise
        context.done.append(step)


def _in_order(plan: Plan, live: DescribedUser) -> list[Step]:
    """The steps as planned, and the end of a suspension.

    A user without room for old and new tags at once is untagged first.
    """
    steps = list(plan.steps)
    if live.suspended is not None:
        steps.append(Step(UNTAG, {"tags": [SUSPENDED_TAG]}))
    tags = [members(step.wanted["tags"]) for step in steps if step.operation == TAG]
    has_room = len({*live.tags, *chain(*tags)}) <= MOST_TAGS
    return sorted(steps, key=lambda step: has_room or step.operation != UNTAG)


def _plain(step: Step, context: ApplyContext) -> None:
    """A call whose parameters are just what is wanted."""
    wanted = step.wanted.items()
    context.call(step.operation, {by_wire()[k].api_name: expand(k, v) for k, v in wanted})


def _tags(step: Step, context: ApplyContext) -> None:
    (value,) = step.wanted.values()
    key = "tags" if isinstance(value, Mapping) else "tagKeys"
    arn = user_arn(context.api.instance_arn, context.live.id)
    context.api.call(step.operation, resourceArn=arn, **{key: value})


def _structure(step: Step, context: ApplyContext) -> None:
    """Sends back as they are the members that are not managed, or are left to others."""
    ((wire, value),) = step.wanted.items()
    changed, left = _changed(step, wire), ignored(context.inputs.attributes)
    wanted = {
        name: member
        for name, member in members(value).items()
        if name in changed or f"{wire}.{name}" not in left
    }
    if _equals_channels(wire, wanted, context.live):
        by_channel = by_wire()[wire].facts.calls[1]
        _channels(replace(step, operation=by_channel), context)
        return
    sent = expand_structure(wire, wanted)
    for name, member in members(context.live.get(camel_to_pascal(wire))).items():
        # Connect returns a missing number as an empty text, which it does not take.
        if member != "":
            sent.setdefault(name, member)
    for attribute in members_of(wire):
        dropped = attribute.name in changed and attribute.name not in wanted
        saml = context.inputs.identity_type == "SAML"
        if dropped or (saml and not attribute.facts.saml):
            sent.pop(attribute.api_name, None)
    context.call(step.operation, {camel_to_pascal(wire): _possible(wire, sent)})


def _possible(wire: str, sent: dict[str, Value]) -> dict[str, Value]:
    """The structure without members that cannot exist with the value of another one."""
    for attribute in members_of(wire):
        if attribute.facts.needs:
            other, value = attribute.facts.needs
            if sent.get(camel_to_pascal(other)) not in (None, value):
                sent.pop(attribute.api_name, None)
    return sent


def _changed(step: Step, wire: str) -> list[str]:
    return [p.partition(".")[2] for p in step.changed if p.startswith(wire + ".")]


def _of_channels(wire: str) -> list[tuple[Attribute, Attribute, tuple[str, ...]]]:
    """Settings for all channels, each with the list that has it by channel and its place there."""
    paths = [(a, a.facts.per_channel.split(".")) for a in members_of(wire) if a.facts.per_channel]
    return [(a, by_wire()[path[0]], tuple(path[1:])) for a, path in paths]


def _equals_channels(wire: str, wanted: Properties, live: DescribedUser) -> bool:
    """Whether a call for all channels would make channels equal that others have set apart.

    It sets one value for all of them (API reference, UpdateUserPhoneConfig); only a member that
    the program manages may be made equal.
    """
    for attribute, listed, (member, *_) in _of_channels(wire):
        values = [str(e.get(camel_to_pascal(member))) for e in _live_entries(listed, live)]
        if attribute.name not in wanted and len(set(values)) > 1:
            return True
    return False


def _live_entries(listed: Attribute, live: DescribedUser) -> Sequence[Properties]:
    return structures(live.get(listed.api_name))


def _channels(step: Step, context: ApplyContext) -> None:
    """Lists of channels; settings for all channels are written out channel by channel."""
    live = context.live
    lists: dict[str, Value] = {}
    for wire, value in step.wanted.items():
        if by_wire()[wire].shape is Shape.KEYED_LIST:
            lists[wire] = value
        else:
            lists |= _written_out(wire, members(value), _changed(step, wire), live)
    listed = {by_wire()[wire]: value for wire, value in lists.items()}
    parameters = {a.api_name: _with_unmanaged(a, value, live) for a, value in listed.items()}
    context.call(step.operation, parameters)


def _with_unmanaged(listed: Attribute, value: Value, live: DescribedUser) -> list[Properties]:
    """Whole entries, with the members of the live entry that the program does not declare."""
    known = {e["Channel"]: e for e in _live_entries(listed, live)}
    entries = expand_entries(listed.wire, value)
    return [_possible(listed.wire, {**known.get(e["Channel"], {}), **e}) for e in entries]


def _written_out(
    wire: str, wanted: Properties, changed: list[str], live: DescribedUser
) -> dict[str, Value]:
    """Changed settings for all channels, as entries of the lists of channels.

    Settings of one list change together: a number with its phone type.
    """
    settings = _of_channels(wire)
    entries: dict[str, dict[str, Value]] = {
        listed.wire: {} for setting, listed, _ in settings if setting.name in changed
    }
    for setting, listed, (member, *below) in settings:
        value = wanted.get(setting.name)
        if value is not None and listed.wire in entries:
            for name in reversed(below):
                value = {name: value}
            entries[listed.wire][member] = value
    return {
        listed: [{"channel": c, **entry} for c in _channels_of(by_wire()[listed], live)]
        for listed, entry in entries.items()
        if entry
    }


def _channels_of(listed: Attribute, live: DescribedUser) -> list[Value]:
    channels = [e["Channel"] for e in _live_entries(listed, live)]
    return ["VOICE"] if listed.facts.voice_only else channels or ["VOICE"]


def _proficiencies(step: Step, context: ApplyContext) -> None:
    """The calls that the live list still needs: none of the three may be made twice.

    An interrupted apply leaves state behind Connect, others may have been quicker, and the second
    attempt after a lost answer is refused where the first one worked.
    """
    ((wire, value),) = step.wanted.items()
    attribute, entries = by_wire()[wire], expand_entries(wire, value)

    def needed() -> list[tuple[str, Properties]]:
        live = context.api.proficiencies(context.live.id)
        return _needed(step.operation, attribute, entries, live)

    calls = needed()
    try:
        for operation, parameters in calls:
            context.call(operation, parameters)
    except (Conflict, Duplicate, InvalidRequest, NotFound):
        left = needed()
        if left == calls:
            raise
        for operation, parameters in left:
            context.call(operation, parameters)


def _needed(
    operation: str,
    attribute: Attribute,
    entries: list[Properties],
    live: Sequence[Properties],
) -> list[tuple[str, Properties]]:
    remove, add, change = attribute.facts.calls
    names = [camel_to_pascal(name) for name in attribute.facts.key]

    def key(entry: Properties) -> tuple[Value, ...]:
        return tuple(entry[name] for name in names)

    before = {key(entry): entry for entry in live}
    present = [entry for entry in entries if key(entry) in before]
    if operation == remove:
        calls = [(remove, present)]
    else:
        absent = [entry for entry in entries if key(entry) not in before]
        moved = [e for e in present if any(before[key(e)][name] != e[name] for name in e)]
        calls = [(add, absent), (change, moved)]
    name = attribute.facts.parameter or attribute.api_name
    return [(call, {name: missing}) for call, missing in calls if missing]


def _caller(attribute: Attribute) -> Callable[[Step, ApplyContext], None]:
    """How the calls of an attribute are made."""
    if attribute.shape is Shape.KEYED_LIST:
        return _channels if len(attribute.facts.calls) == 1 else _proficiencies
    shapes = {Shape.STRUCTURE: _structure, Shape.MAP: _tags}
    return shapes.get(attribute.shape, _plain)


CALLS = {call: _caller(a) for a in top_level(Role.ATTRIBUTE) for call in a.facts.calls}
"""Operations by how they are made; lists of channels, which follow, have the last word."""
