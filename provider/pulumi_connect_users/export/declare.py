"""Declares a live user as a program does: its attributes, with names instead of ids. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from ..core.lookups import REFERENCES, Catalog, InstanceFacts, Kind
from ..core.ownership import without_mark
from ..core.properties import Properties, Value, members, structures
from ..core.unknowns import get
from ..model.attributes import Attribute, camel_to_pascal, members_of, top_level
from ..model.facts import Role
from ..users.directory_id import DIRECTORY_ID, is_declared
from ..users.flex import flatten
from .read_user import ReadUser

KINDS = tuple(REFERENCES)
"""The lists that a declaration needs."""
_OF_THE_DIRECTORY = ("firstName", "lastName", "email")
"""Connect cannot change them with EXISTING_DIRECTORY (users/rules/identity.py), so a program
that declared them would show every change in the directory as drift that cannot be reverted."""
_IN_CHANNELS = {
    "phoneType": ("phoneType",),
    "deskPhoneNumber": ("phoneNumber",),
    "autoAccept": ("autoAccept",),
    "persistentConnection": ("persistentConnection",),
    "afterContactWorkTimeLimit": ("afterContactWorkConfig", "afterContactWorkTimeLimit"),
}
"""The place of a setting for all channels in an entry of its per-channel list."""
_PER_CHANNEL = {a.wire for a in top_level(Role.ATTRIBUTE) if a.facts.key == ("channel",)}

Catalogs = Mapping[Kind, Catalog]


def declare(user: ReadUser, instance: InstanceFacts, catalogs: Catalogs) -> dict[str, Value]:
    """The wire members of a program that declares a whole user and adopts it."""
    identity_type = instance.identity_management_type
    left = ("instanceArn",) if is_declared(identity_type) else ("instanceArn", DIRECTORY_ID)
    bag: dict[str, Value] = {"instanceArn": instance.arn, "adopt": True}
    for attribute in top_level(Role.ATTRIBUTE):
        wire = attribute.wire
        if attribute.facts.change == "never" or wire in left:
            continue
        live = _without_empty(_live(wire, user))
        if wire == "identityInfo" and identity_type == "EXISTING_DIRECTORY":
            live = {k: v for k, v in members(live).items() if k not in _OF_THE_DIRECTORY} or None
        if live is not None:
            bag[wire] = live
    return _with_names(_one_level_of_settings(bag), catalogs)


def _live(wire: str, user: ReadUser) -> Value:
    if wire == "tags":
        return own_tags(user.described.tags)
    is_proficiencies = wire == "proficiencies"
    api_value = (
        user.proficiencies if is_proficiencies else user.described.get(camel_to_pascal(wire))
    )
    live: Value = flatten(wire, api_value)
    return live


def own_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Neither our mark nor AWS's own tags, which only AWS can set."""
    own = without_mark(tags)
    return {k: own[k] for k in sorted(own) if not k.casefold().startswith("aws:")}


def _without_empty(value: Value) -> Value:
    """The value without empty members, None if nothing is left."""
    if isinstance(value, Mapping):
        kept = {k: _without_empty(v) for k, v in value.items()}
        return {k: v for k, v in kept.items() if v is not None} or None
    if isinstance(value, list):
        return [entry for v in value if (entry := _without_empty(v)) is not None] or None
    return None if value == "" else value


def _one_level_of_settings(bag: Properties) -> dict[str, Value]:
    """Each setting once: for all channels if that is equivalent, for each channel otherwise."""
    declared = {k: v for k, v in bag.items() if k != "phoneConfig"}
    settings = dict(members(bag.get("phoneConfig")))
    for wire in _PER_CHANNEL & declared.keys():
        entries = structures(declared[wire])
        names = [m.path[-1] for m in members_of("phoneConfig") if _channel_list(m) == wire]
        is_general = any(name in settings for name in names)
        if is_general and _is_equivalent(names, entries, settings):
            del declared[wire]
        else:
            settings = {k: v for k, v in settings.items() if k not in names}
            entries.sort(key=lambda entry: str(entry.get("channel")))
            declared[wire] = entries
    return declared | ({"phoneConfig": settings} if settings else {})


def _channel_list(setting: Attribute) -> str:
    """The list that has a setting for all channels channel by channel."""
    return (setting.facts.per_channel or "").partition(".")[0]


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


def _with_names(bag: dict[str, Value], catalogs: Catalogs) -> dict[str, Value]:
    """Names that resolve to the same ids, ids elsewhere."""
    for kind, reference in REFERENCES.items():
        value = bag.get(reference.id)
        ids = value if isinstance(value, list) else [value]
        names = [_name(catalogs[kind], i) for i in ids]
        if None not in names:
            del bag[reference.id]
            bag[reference.name] = sorted(filter(None, names)) if reference.many else names[0]
    return bag


def _name(catalog: Catalog, identifier: Value) -> str | None:
    if not isinstance(identifier, str):
        return None
    name = catalog.names.get(identifier)
    if not name or name != name.strip().strip("/") or catalog.ids_of(name) != [identifier]:
        return None
    return name
