"""What a program declares of a whole user, so that adopting or importing it changes nothing."""

from dataclasses import replace

from ..core.properties import Properties, Value, members, structures
from ..core.unknowns import get
from ..model.attributes import attributes, members_of, top_level
from ..model.facts import Role
from .directory_id import DIRECTORY_ID, is_declared
from .inputs import UserInputs

_IN_CHANNELS = {
    "phoneType": ("phoneType",),
    "deskPhoneNumber": ("phoneNumber",),
    "autoAccept": ("autoAccept",),
    "persistentConnection": ("persistentConnection",),
    "afterContactWorkTimeLimit": ("afterContactWorkConfig", "afterContactWorkTimeLimit"),
}
"""The place of a setting for all channels in an entry of its per-channel list."""
_PER_CHANNEL = {a.wire for a in top_level(Role.ATTRIBUTE) if a.facts.key == ("channel",)}


def declarable(whole: UserInputs) -> UserInputs:
    """The attributes that check accepts: ids, each phone setting on one level, no facts.

    What only the instance's directory can change is left to it: a program that declared it would
    show every change there as drift that cannot be reverted.
    """
    declared = {
        a.wire: whole.attributes[a.wire]
        for a in top_level(Role.ATTRIBUTE)
        if a.wire in whole.attributes
    }
    if not is_declared(whole.identity_type):
        declared.pop(DIRECTORY_ID, None)
    elif identity := members(declared.pop("identityInfo", None)):
        owned = {a.name for a in attributes() if a.facts.of_directory}
        kept = {name: value for name, value in identity.items() if name not in owned}
        declared |= {"identityInfo": kept} if kept else {}
    return replace(whole, attributes=_one_level_of_settings(declared))


def _one_level_of_settings(bag: Properties) -> dict[str, Value]:
    """Each setting once: for all channels if that is equivalent, for each channel otherwise."""
    declared = {k: v for k, v in bag.items() if k != "phoneConfig"}
    settings = dict(members(bag.get("phoneConfig")))
    for wire in _PER_CHANNEL & declared.keys():
        entries = structures(declared[wire])
        names = [m.name for m in members_of("phoneConfig") if m.channel_list == wire]
        is_general = any(name in settings for name in names)
        if is_general and _is_equivalent(names, entries, settings):
            del declared[wire]
        else:
            settings = {k: v for k, v in settings.items() if k not in names}
    return declared | ({"phoneConfig": settings} if settings else {})


def _is_equivalent(names: list[str], entries: list[Properties], settings: Properties) -> bool:
    """Whether settings for all channels express everything in a list of channels."""
    known = {"channel", *(_IN_CHANNELS[name][0] for name in names)}
    return all(known.issuperset(e) for e in entries) and all(
        _expresses(name, settings.get(name), entries) for name in names
    )


def _expresses(name: str, value: Value, entries: list[Properties]) -> bool:
    """Whether a setting's value for all channels is that of each channel."""
    by_channel = {e.get("channel"): get(e, _IN_CHANNELS[name]) for e in entries}
    if name == "afterContactWorkTimeLimit":
        return all(v == value for v in by_channel.values())
    if name in ("phoneType", "deskPhoneNumber"):
        return by_channel == {"VOICE": value}
    # For all channels is the soft phone's setting: the others have their default.
    return by_channel.pop("VOICE", None) == value and not any(by_channel.values())
