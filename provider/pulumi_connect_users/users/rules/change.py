"""Changes that an existing user cannot have, and drift that may be ignored."""

from collections.abc import Iterator

from ...core.check_failure import Failure
from ...core.privacy import similar
from ...core.properties import Properties, entries, structures
from ...model.attributes import (
    Attribute,
    Shape,
    attributes,
    by_program,
    by_wire,
    in_lists,
    members_of,
    top_level,
)
from ...model.facts import Role
from ...model.references import OF_USER
from ..declared_user import DeclaredUser
from ..inputs import IGNORABLE, IGNORED, ignored
from .registry import IDENTITY_INFO, UPDATE_CONFIG, refuse, rule

_NEVER_CLEARED = tuple(
    a
    for a in attributes()
    if a.facts.role is Role.ATTRIBUTE
    and not (a.facts.change == "never" or a.facts.clears or a.facts.required)
    and not (a.shape is Shape.STRUCTURE or a.wire in in_lists())
)
_NAMED = {reference.id: reference.name for reference in OF_USER}


def _vanished(user: DeclaredUser, attribute: Attribute) -> bool:
    ways = (attribute.wire, _NAMED.get(attribute.wire, attribute.wire))
    return user.old(attribute.wire) is not None and all(user.absent(way) for way in ways)


@rule(
    "A setting that Connect cannot clear cannot be removed, only left to others.",
    IDENTITY_INFO,
)
def cannot_be_cleared(user: DeclaredUser) -> Iterator[Failure]:
    if user.old_inputs is None or user.replaces:
        return
    left_alone = ignored(user.values)
    for attribute in _NEVER_CLEARED:
        if not _vanished(user, attribute):
            continue
        if attribute.wire in left_alone or _moved_to_channels(user, attribute):
            continue
        yield refuse(
            attribute.path,
            "was removed from the program, but Connect cannot clear it",
            _way_out(attribute),
        )


def _way_out(attribute: Attribute) -> str:
    if attribute.program in IGNORABLE:
        return f'Restore it, or leave it to others with ignore_drift=["{attribute.program}"].'
    return "Restore it; for a user without it, remove the resource and add it again."


def _moved_to_channels(user: DeclaredUser, attribute: Attribute) -> bool:
    """Whether the setting for all channels became one for each, or the other way round."""
    if attribute.channel_list:
        return user.has(attribute.channel_list)
    return any(a.channel_list == attribute.wire and user.has(a.wire) for a in attributes())


@rule("A channel with its own setting keeps one: Connect cannot remove it.", UPDATE_CONFIG)
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
                    f"lacks its entry for {entry.get('channel')}, which Connect cannot remove",
                    _way_out(attribute),
                )
            else:
                yield from _lost_members(attribute, index, entry, settings[index])


def _lost_members(
    attribute: Attribute, index: int, old: Properties, new: Properties
) -> Iterator[Failure]:
    """Members that an entry had; a rule of its own refuses an entry without required ones."""
    for member in members_of(attribute.wire):
        name, stays = member.name, member.facts.required or member.facts.clears
        if not stays and name in old and new.get(name) is None:
            yield refuse(
                (*attribute.path, index, name),
                "was removed from the program, but Connect cannot clear it",
                _way_out(attribute),
            )


@rule("ignore_drift names attributes that a call can change.", IDENTITY_INFO, kind="ours")
def ignore_drift_names(user: DeclaredUser) -> Iterator[Failure]:
    for index, name in enumerate(entries(user.get("ignoreDrift"))):
        if name in IGNORED:
            continue
        near = similar(str(name), IGNORABLE)
        if str(name) in by_program() or str(name) in by_wire():
            cause = "is an attribute that only this program can change"
        else:
            cause = "is not an attribute"
        remedy = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(sorted(IGNORABLE))}."
        yield refuse(("ignoreDrift", index), cause, remedy)
