"""What a program would say of a live user: its attributes with names instead of ids. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..core.lookups import REFERENCES, Catalog, Kind
from ..core.ownership import without_mark
from ..model.attributes import members_of, top_level
from ..model.base import camel_to_pascal
from ..model.facts import Role
from ..users.directory_id import DIRECTORY_ID, is_declared
from ..users.flex import flatten

KINDS = tuple(REFERENCES)
"""The lists that a declaration needs."""
_OF_THE_DIRECTORY = {a.name for a in members_of("identityInfo") if a.facts.of_directory}
"""Connect cannot change them with EXISTING_DIRECTORY (users/rules/identity.py), so a program
that declared them would show every change in the directory as drift that nothing puts back."""

Catalogs = Mapping[Kind, Catalog]


def declaration(
    described: Mapping[str, Any],
    proficiencies: Sequence[Mapping[str, Any]],
    *,
    instance_arn: str,
    mode: str,
    catalogs: Catalogs,
) -> dict[str, Any]:
    """The bag (wire names) of the program that declares all of a user and adopts it.

    `described` is DescribeUser's answer, `proficiencies` ListUserProficiencies'; `mode` is the
    instance's identity management type.
    """
    bag: dict[str, Any] = {"instanceArn": instance_arn, "adopt": True}
    for attribute in top_level(Role.ATTRIBUTE):
        wire = attribute.wire
        if attribute.facts.change == "never" or wire == "instanceArn":
            continue
        if wire == DIRECTORY_ID and not is_declared(mode):
            continue
        if wire == "proficiencies":
            live: Any = flatten(wire, proficiencies)
        elif wire == "tags":
            live = _own_tags(described.get("Tags") or {})
        else:
            live = flatten(wire, described.get(camel_to_pascal(wire)))
        live = _said(live)
        if live is not None:
            bag[wire] = live
    if mode == "EXISTING_DIRECTORY" and "identityInfo" in bag:
        bag["identityInfo"] = {
            k: v for k, v in bag["identityInfo"].items() if k not in _OF_THE_DIRECTORY
        }
    return _said(_with_names(_one_level_of_settings(bag), catalogs)) or {}


def _own_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Neither our mark nor AWS's own tags, which nobody can set."""
    own = without_mark(tags)
    return {k: own[k] for k in sorted(own) if not k.casefold().startswith("aws:")}


def _said(value: Any) -> Any:
    """The value without members that say nothing; None if nothing is left."""
    if isinstance(value, Mapping):
        kept = {k: said for k, v in value.items() if (said := _said(v)) is not None}
        return kept or None
    if isinstance(value, list):
        return [said for v in value if (said := _said(v)) is not None] or None
    return None if value == "" else value


def _one_level_of_settings(bag: dict[str, Any]) -> dict[str, Any]:
    """Connect shows each setting twice, for all channels and for each: one of them is kept.

    For all channels where that says the same (it is what people read), for each where it does not.
    """
    bag = dict(bag)
    phone = dict(bag.pop("phoneConfig", None) or {})
    for member in members_of("phoneConfig"):
        name, list_wire = member.name, member.channel_list
        if list_wire is None:
            continue
        entries = bag.get(list_wire)
        if not entries:
            continue
        if name in phone and _says_the_same(list_wire, entries, phone):
            del bag[list_wire]
    for member in members_of("phoneConfig"):
        if member.channel_list in bag:
            phone.pop(member.path[-1], None)
    if phone:
        bag["phoneConfig"] = phone
    return {
        wire: sorted(value, key=lambda e: str(e.get("channel"))) if wire in _LISTS else value
        for wire, value in bag.items()
    }


_LISTS = {a.wire for a in top_level(Role.ATTRIBUTE) if a.facts.key == ("channel",)}


def _says_the_same(wire: str, entries: list[dict[str, Any]], phone: Mapping[str, Any]) -> bool:
    """Whether the setting for all channels tells all that the list tells."""
    value = next(m.name for m in members_of(wire) if m.facts.required and m.name != "channel")
    if any(set(e) - {"channel", value, "phoneNumber"} for e in entries):
        return False
    by_channel = {e.get("channel"): e.get(value) for e in entries}
    if wire == "phoneNumberConfigs":
        numbers = [e.get("phoneNumber") for e in entries]
        return set(by_channel) == {"VOICE"} and (
            by_channel["VOICE"] == phone.get("phoneType")
            and numbers == [phone.get("deskPhoneNumber")]
        )
    if wire == "afterContactWorkConfigs":
        limits = [(v or {}).get("afterContactWorkTimeLimit") for v in by_channel.values()]
        return set(limits) == {phone.get("afterContactWorkTimeLimit")}
    voice = by_channel.pop("VOICE", None)
    # Auto-accept for all channels is the soft phone's: the others are at their default.
    return voice == phone.get(value) and all(v in (False, None) for v in by_channel.values())


def _with_names(bag: dict[str, Any], catalogs: Catalogs) -> dict[str, Any]:
    """Names where a name finds the very same thing again, ids elsewhere."""
    named = dict(bag)
    for kind, reference in REFERENCES.items():
        ids = bag.get(reference.id)
        if ids is None:
            continue
        many = isinstance(ids, list)
        names = [_name(catalogs[kind], i) for i in (ids if many else [ids])]
        if None not in names:
            del named[reference.id]
            named[reference.name] = sorted(str(n) for n in names) if many else names[0]
    return named


def _name(catalog: Catalog, identifier: str) -> str | None:
    name = catalog.names.get(identifier)
    if not name or name != name.strip().strip("/") or catalog.ids_of(name) != [identifier]:
        return None
    return name
