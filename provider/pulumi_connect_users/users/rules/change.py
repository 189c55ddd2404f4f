"""What an existing user cannot become, and what drift may be ignored."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ...core.check_failure import Failure
from ...core.properties import Properties, entries, structures
from ...model.attributes import Attribute, attributes, by_program, members_of, top_level
from ...model.facts import Role
from ...model.references import OF_USER
from ..declared_user import DeclaredUser
from ..ignore_drift import IGNORABLE, ignored
from .registry import IDENTITY_INFO, UPDATE_CONFIG, refuse, rule

_NAMED = {reference.id: reference.name for reference in OF_USER}


def _vanished(user: DeclaredUser, attribute: Attribute) -> bool:
    ways = (attribute.wire, _NAMED.get(attribute.wire, attribute.wire))
    return user.old(attribute.wire) is not None and all(user.absent(way) for way in ways)


@rule(
    "A setting that no call empties cannot be taken away again, only left to others.",
    IDENTITY_INFO,
)
def cannot_be_cleared(user: DeclaredUser) -> Iterator[Failure]:
    if user.old_inputs is None or user.replaces:
        return
    left_alone = ignored(user.values)
    required = {"username", "instanceArn"}
    for attribute in attributes():
        facts = attribute.facts
        if facts.role is not Role.ATTRIBUTE or facts.change == "never" or facts.clears:
            continue
        is_structure = attribute.model is not None and not attribute.is_list
        if attribute.wire in required or is_structure:
            continue
        if _in_list(attribute) or not _vanished(user, attribute):
            continue
        if attribute.wire in left_alone or _moved_to_channels(user, attribute):
            continue
        yield refuse(
            attribute.path,
            "was managed until now and is gone from the program, but Connect has no call that "
            "empties it",
            _way_out(attribute),
        )


def _way_out(attribute: Attribute) -> str:
    if attribute.program in IGNORABLE:
        return f'Put it back, or leave it to others with ignore_drift=["{attribute.program}"].'
    return "Put it back; for a user without it, remove the resource and add it again."


def _in_list(attribute: Attribute) -> bool:
    """Whether it is a member of a list's entries: those are compared as wholes."""
    lists = {a.wire for a in top_level() if a.is_list}
    return len(attribute.path) > 1 and attribute.path[0] in lists


def _moved_to_channels(user: DeclaredUser, attribute: Attribute) -> bool:
    """Whether the setting for all channels became one for each, or the other way round."""
    other = attribute.facts.per_channel
    if other:
        return user.has(other)
    return any(a.facts.per_channel == attribute.wire and user.has(a.wire) for a in attributes())


@rule("A channel that had its own setting keeps one: no call removes it.", UPDATE_CONFIG)
def channel_cannot_be_cleared(user: DeclaredUser) -> Iterator[Failure]:
    if user.old_inputs is None or user.replaces:
        return
    left_alone = ignored(user.values)
    for attribute in top_level(Role.ATTRIBUTE):
        if attribute.facts.key != ("channel",) or attribute.wire in left_alone:
            continue
        new = user.declared.get(attribute.wire)
        settings = structures(new)
        if not isinstance(new, list) or len(settings) < len(new):
            continue
        places = {e.get("channel"): index for index, e in enumerate(settings)}
        if not all(isinstance(channel, str) for channel in places):
            continue
        for entry in structures(user.old(attribute.wire)):
            index = places.get(entry.get("channel"))
            if index is None:
                yield refuse(
                    attribute.path,
                    f"had an entry for {entry.get('channel')} that is gone from the program, but "
                    "Connect has no call that removes it",
                    _way_out(attribute),
                )
            else:
                yield from _lost_members(attribute, index, entry, settings[index])


def _lost_members(
    attribute: Attribute, index: int, old: Properties, new: Properties
) -> Iterator[Failure]:
    """Members that an entry had; those that every entry needs are missed by a rule of their own."""
    for member in members_of(attribute.wire):
        name = member.path[-1]
        if name.startswith("agentFirstCallback") and name in old and new.get(name) is None:
            yield refuse(
                (*attribute.path, index, name),
                "was managed until now and is gone from the program, but Connect has no call that "
                "empties it",
                _way_out(attribute),
            )


@rule("ignore_drift names attributes that a call can change.", IDENTITY_INFO, kind="ours")
def ignore_drift_names(user: DeclaredUser) -> Iterator[Failure]:
    for index, name in enumerate(entries(user.get("ignoreDrift"))):
        if name in IGNORABLE:
            continue
        near = get_close_matches(str(name), IGNORABLE, n=1, cutoff=0.6)
        known = by_program().get(str(name))
        if known is not None:
            cause = "names an attribute that nothing outside this program can change"
        else:
            cause = "names no attribute"
        remedy = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(sorted(IGNORABLE))}."
        yield refuse(("ignoreDrift", index), cause, remedy)
