"""plan: what an update will do, as a list of steps, each one API call. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..core.ownership import mark_of_inputs
from ..core.unfinished import UNFINISHED
from ..core.unknowns import UNKNOWN, get
from ..model import facts as api
from ..model.attributes import program_path, top_level
from ..model.facts import Role
from .directory_id import DIRECTORY_ID, is_assigned
from .ignore_drift import ignored
from .inputs import UserInputs
from .state import UserState

_NONE: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Step:
    """One API call. `wanted` holds wire members; apply adds what a whole structure needs."""

    operation: str
    wanted: Mapping[str, Any] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    """The wire paths that it changes."""
    revokes: bool = False
    """Whether it only takes something away: such steps come first."""


@dataclass(frozen=True)
class Plan:
    """What stands between two states."""

    steps: tuple[Step, ...] = ()
    replaces: tuple[str, ...] = ()
    """Wire names whose change makes a new user."""
    deletes_first: bool = False
    """Whether the old user must go before the new one can take its username."""
    settled: tuple[str, ...] = ()
    """Wire names that change in state alone, without a call."""

    @property
    def changes(self) -> bool:
        """Whether there is anything to do or to store."""
        return bool(self.steps or self.replaces or self.settled)

    @property
    def told(self) -> str:
        """What a replacement that deletes first means, for the person who reads the preview."""
        names = " and ".join(program_path((key,)) for key in self.replaces)
        return (
            f"a changed {names} makes a new user of the same username: the present one is deleted "
            "first, and the new one has another id"
        )

    @property
    def changed(self) -> tuple[str, ...]:
        """Every wire path that changes in Connect."""
        return tuple(path for step in self.steps for path in step.changed)


_ORDER = (
    api.UPDATE_SECURITY,
    api.UPDATE_HIERARCHY,
    api.DISASSOCIATE_PROFICIENCIES,
    api.UPDATE_IDENTITY,
    api.UPDATE_PHONE,
    api.UPDATE_CONFIG,
    api.UPDATE_ROUTING,
    api.ASSOCIATE_PROFICIENCIES,
    api.UPDATE_PROFICIENCIES,
    api.TAG,
    api.UNTAG,
)
_GRANTS = (api.UPDATE_HIERARCHY, api.UPDATE_SECURITY)
"""Made last unless they only take away: nobody gains rights before the rest is in place."""


def plan(old: UserInputs, new: UserInputs) -> Plan:
    """The steps from old outputs to new inputs.

    Never declared is left alone; declared before and absent now is cleared where a call exists.
    An UNKNOWN value counts as a change.
    """
    before, after = old.properties, new.properties
    replaces = _replaces(before, after)
    if replaces:
        same = (old.username, old.instance_arn) == (new.username, new.instance_arn)
        return Plan(replaces=replaces, deletes_first=same)
    steps = [step for make in _MAKERS for step in make(before, after)]
    settled = _settled(before, after)
    if isinstance(old, UserState) and old.unfinished:
        settled = (*settled, UNFINISHED)
    return Plan(steps=tuple(sorted(steps, key=_place)), settled=settled)


def _place(step: Step) -> int:
    if step.operation in _GRANTS and not step.revokes:
        return len(_ORDER) + _GRANTS.index(step.operation)
    return _ORDER.index(step.operation)


def _replaces(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    keys = [a.wire for a in top_level(Role.ATTRIBUTE) if a.facts.change == "replace"]
    if is_assigned(new.get("identityManagementType")):
        keys.remove(DIRECTORY_ID)
    changed = [k for k in keys if old.get(k) != new.get(k)]
    replaceable = new.get("onPasswordChange") == "replace" and "password" in old
    if replaceable and "password" in new and new["password"] != old["password"]:
        changed.append("password")
    return tuple(changed)


def _settled(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """Options and marks of state: delete sees outputs only, so they must be stored."""
    keys = [a.wire for a in top_level(Role.OPTION)]
    settled = [k for k in keys if old.get(k) != new.get(k)]
    if "password" in old and "password" not in new:
        settled.append("password")
    for wire in sorted(ignored(new)):
        path = tuple(wire.split("."))
        if get(old, path) is not None and get(new, path) is None:
            settled.append(wire)
    return tuple(settled)


_Members = Mapping[str, Any]


def _members(value: Any) -> _Members:
    return value if isinstance(value, Mapping) else _NONE


def _identity(old: _Members, new: _Members) -> list[Step]:
    before, after = _members(old.get("identityInfo")), new.get("identityInfo")
    if after is UNKNOWN:
        return [Step(api.UPDATE_IDENTITY, {"identityInfo": UNKNOWN}, ("identityInfo",))]
    changed = [m for m, v in _members(after).items() if v != before.get(m)]
    if not changed:
        return []
    paths = tuple(f"identityInfo.{m}" for m in changed)
    return [Step(api.UPDATE_IDENTITY, {"identityInfo": dict(after or {})}, paths)]


def _phone(old: _Members, new: _Members) -> list[Step]:
    """One call: for all channels, or (where one has a setting of its own) per channel."""
    before, after = _members(old.get("phoneConfig")), new.get("phoneConfig")
    if after is UNKNOWN:
        return [Step(api.UPDATE_PHONE, {"phoneConfig": UNKNOWN}, ("phoneConfig",))]
    legacy = [m for m, v in _members(after).items() if v != before.get(m)]
    # A desk phone's number goes with it: where others decide on the phone, they do on the number.
    if "deskPhoneNumber" in before and _members(after).get("phoneType") == "SOFT_PHONE":
        legacy.append("deskPhoneNumber")
    lists: dict[str, Any] = {}
    managed = False
    for attribute in top_level(Role.ATTRIBUTE):
        if api.UPDATE_CONFIG not in attribute.facts.calls or attribute.wire not in new:
            continue
        managed = True
        entries = new[attribute.wire]
        if entries is UNKNOWN:
            lists[attribute.wire] = UNKNOWN
            continue
        known = {e.get("channel"): e for e in old.get(attribute.wire) or ()}
        differing = [e for e in entries if e is UNKNOWN or e != known.get(e.get("channel"))]
        if differing:
            lists[attribute.wire] = differing
    paths = (*(f"phoneConfig.{m}" for m in legacy), *lists)
    if not paths:
        return []
    if not managed:
        return [Step(api.UPDATE_PHONE, {"phoneConfig": dict(after or {})}, paths)]
    wanted = dict(lists)
    if legacy:
        wanted["phoneConfig"] = dict(_members(after))
    return [Step(api.UPDATE_CONFIG, wanted, paths)]


def _routing(old: _Members, new: _Members) -> list[Step]:
    wanted = new.get("routingProfileId")
    if wanted is None or wanted == old.get("routingProfileId"):
        return []
    return [Step(api.UPDATE_ROUTING, {"routingProfileId": wanted}, ("routingProfileId",))]


def _security(old: _Members, new: _Members) -> list[Step]:
    wanted = new.get("securityProfileIds")
    if wanted is None:
        return []
    before = set(old.get("securityProfileIds") or ())
    # A set: the order in which a program or Connect lists profiles means nothing.
    unknown = wanted is UNKNOWN or UNKNOWN in wanted
    if not unknown and set(wanted) == before:
        return []
    revokes = not unknown and set(wanted) < before
    path = ("securityProfileIds",)
    return [Step(api.UPDATE_SECURITY, {"securityProfileIds": wanted}, path, revokes)]


def _hierarchy(old: _Members, new: _Members) -> list[Step]:
    before, wanted = old.get("hierarchyGroupId"), new.get("hierarchyGroupId")
    if before == wanted:
        return []
    if wanted is None:
        if "hierarchyGroupId" in ignored(new):
            return []
        return [Step(api.UPDATE_HIERARCHY, {}, ("hierarchyGroupId",), revokes=True)]
    return [Step(api.UPDATE_HIERARCHY, {"hierarchyGroupId": wanted}, ("hierarchyGroupId",))]


def _proficiencies(old: _Members, new: _Members) -> list[Step]:
    """Managed per name and value: those of others are left alone."""
    entries = new.get("proficiencies", ())
    path = ("proficiencies",)
    if entries is UNKNOWN or UNKNOWN in entries:
        return [Step(api.UPDATE_PROFICIENCIES, {"userProficiencies": UNKNOWN}, path)]

    def keyed(values: Any) -> dict[tuple[Any, Any], Any]:
        return {(e.get("attributeName"), e.get("attributeValue")): e for e in values or ()}

    before, after = keyed(old.get("proficiencies")), keyed(entries)
    gone = [before[k] for k in before if k not in after]
    if not entries and "proficiencies" in ignored(new):
        gone = []
    added = [e for k, e in after.items() if k not in before]
    moved = [e for k, e in after.items() if k in before and e != before[k]]
    steps = []
    if gone:
        keys = [{k: e[k] for k in ("attributeName", "attributeValue")} for e in gone]
        wanted = {"userProficiencies": keys}
        steps.append(Step(api.DISASSOCIATE_PROFICIENCIES, wanted, path, revokes=True))
    if added:
        steps.append(Step(api.ASSOCIATE_PROFICIENCIES, {"userProficiencies": added}, path))
    if moved:
        steps.append(Step(api.UPDATE_PROFICIENCIES, {"userProficiencies": moved}, path))
    return steps


def _tags(old: _Members, new: _Members) -> list[Step]:
    """Tag before untag: a changed value is never absent in between."""
    tags = new.get("tags", _NONE)
    if tags is UNKNOWN:
        return [Step(api.TAG, {"tags": UNKNOWN}, ("tags",))]
    before = _members(old.get("tags"))
    wanted = {k: v for k, v in tags.items() if v != before.get(k)}
    changed = ["tags"] if wanted else []
    mark = mark_of_inputs(new)
    if mark is not None and mark != mark_of_inputs(old):
        wanted |= mark.tags()
        changed.append("ownership")
    steps = [Step(api.TAG, {"tags": wanted}, tuple(changed))] if wanted else []
    gone = [k for k in before if k not in tags]
    if not tags and "tags" in ignored(new):
        gone = []
    if mark is None and (formerly := mark_of_inputs(old)) is not None:
        gone += formerly.tags()
    if gone:
        steps.append(Step(api.UNTAG, {"tagKeys": sorted(gone)}, ("tags",)))
    return steps


_MAKERS: tuple[Callable[[_Members, _Members], list[Step]], ...] = (
    _identity,
    _phone,
    _routing,
    _security,
    _hierarchy,
    _proficiencies,
    _tags,
)
