"""Carrying out a plan's steps on one user. Each step may be made twice without harm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..core.arns import user_arn
from ..core.described_user import DescribedUser
from ..core.errors import (
    Conflict,
    ConnectUsersError,
    Duplicate,
    InvalidRequest,
    NotFound,
)
from ..core.ownership import MOST_TAGS
from ..core.properties import members
from ..model import facts as api
from ..model.base import camel_to_pascal
from .flex import expand
from .ignore_drift import ignored
from .inputs import UserInputs
from .plan import Plan, Step
from .ports import ConnectInstance

_WHOLE = {api.UPDATE_IDENTITY: "identityInfo", api.UPDATE_PHONE: "phoneConfig"}
"""Calls that take a whole structure: what they are not given, they may wipe."""

_PER_CHANNEL_VALUE = {
    "autoAcceptConfigs": ("autoAccept", "AutoAccept"),
    "afterContactWorkConfigs": ("afterContactWorkTimeLimit", "AfterContactWorkConfig"),
    "phoneNumberConfigs": ("phoneType", "PhoneType"),
    "persistentConnectionConfigs": ("persistentConnection", "PersistentConnection"),
}


@dataclass(frozen=True)
class ApplyContext:
    """The user that the steps are made on."""

    connect: ConnectInstance
    live: DescribedUser
    """DescribeUser's `User`, read before the first step."""
    inputs: UserInputs
    """The desired state."""

    def levels(self) -> Mapping[tuple[str, str], Any]:
        """Levels by name and value, read anew."""
        rows = self.connect.proficiencies(self.live.id)
        return {_key(row): row["Level"] for row in rows}

    def call(self, operation: str, **parameters: Any) -> None:
        """One API call about this user."""
        self.connect.call(operation, UserId=self.live.id, **parameters)


def apply_plan(plan: Plan, target: ApplyContext) -> None:
    """Makes the calls of a plan in its order; stops at the first error, noting what was made."""
    made: list[str] = []
    for step in _in_order(plan, target.live):
        try:
            _CARRIERS.get(step.operation, _members)(step, target)
        except ConnectUsersError as error:
            if made:
                error.add_note(f"Made by then: {', '.join(made)}.")
            raise
        made.append(step.operation)


def _in_order(plan: Plan, live: DescribedUser) -> list[Step]:
    """The steps as planned; a user without room for old and new tags at once is untagged first."""
    wanted = [step.wanted["tags"] for step in plan.steps if step.operation == api.TAG]
    has_room = len(set(live.tags).union(*wanted)) <= MOST_TAGS
    return sorted(plan.steps, key=lambda step: has_room or step.operation != api.UNTAG)


def _members(step: Step, target: ApplyContext) -> None:
    """A call whose parameters are just what is wanted."""
    target.call(
        step.operation, **{camel_to_pascal(k): expand(k, v) for k, v in step.wanted.items()}
    )


def _tagging(step: Step, target: ApplyContext) -> None:
    connect = target.connect
    arn = user_arn(connect.instance_arn, target.live.id)
    key = "tags" if "tags" in step.wanted else "tagKeys"
    connect.call(step.operation, resourceArn=arn, **{key: step.wanted[key]})


def _whole(step: Step, target: ApplyContext) -> None:
    """Sends back as they are the members that are not managed, or are left to others."""
    wire = _WHOLE[step.operation]
    changed, left = _changed(step, wire), ignored(target.inputs.attributes)
    wanted = {
        member: value
        for member, value in step.wanted[wire].items()
        if member in changed or f"{wire}.{member}" not in left
    }
    if step.operation == api.UPDATE_PHONE and _differ_by_channel(target.live.attributes, wanted):
        _config(replace(step, operation=api.UPDATE_CONFIG), target)
        return
    structure = expand(wire, wanted)
    for member, value in members(target.live.get(camel_to_pascal(wire))).items():
        # Connect tells a missing number as an empty text, which it does not take.
        if value != "":
            structure.setdefault(member, value)
    for member in changed:
        if member not in wanted:
            structure.pop(camel_to_pascal(member), None)
    if structure.get("PhoneType") == "SOFT_PHONE":
        structure.pop("DeskPhoneNumber", None)
    if target.inputs.identity_type == "SAML":
        structure.pop("Email", None)
    target.call(step.operation, **{camel_to_pascal(wire): structure})


def _legacy(wanted: Mapping[str, Any], changed: list[str]) -> dict[str, Any]:
    """The changed settings for all channels; a number changes together with its phone type."""
    needed = {*changed, *(("phoneType", "deskPhoneNumber") if _is_phone(changed) else ())}
    return {member: wanted[member] for member in sorted(needed) if member in wanted}


def _is_phone(changed: list[str]) -> bool:
    return "phoneType" in changed or "deskPhoneNumber" in changed


def _changed(step: Step, wire: str) -> list[str]:
    return [p.partition(".")[2] for p in step.changed if p.startswith(wire + ".")]


def _differ_by_channel(live: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether UpdateUserPhoneConfig would make channels equal that somebody set apart.

    It sets one value for all channels (API reference, UpdateUserPhoneConfig); only a member that
    the program manages may be made equal.
    """
    for wire, (member, api_member) in _PER_CHANNEL_VALUE.items():
        values = [str(e.get(api_member)) for e in live.get(camel_to_pascal(wire)) or ()]
        if member not in wanted and len(set(values)) > 1:
            return True
    return False


def _config(step: Step, target: ApplyContext) -> None:
    """UpdateUserConfig; settings for all channels are written out per channel."""
    live = target.live.attributes
    parameters = {
        camel_to_pascal(k): _with_unmanaged(expand(k, v), live.get(camel_to_pascal(k)) or ())
        for k, v in step.wanted.items()
        if k != "phoneConfig"
    }
    legacy = _legacy(step.wanted.get("phoneConfig") or {}, _changed(step, "phoneConfig"))
    target.call(api.UPDATE_CONFIG, **parameters, **_per_channel(legacy, live))


def _with_unmanaged(entries: Any, live: Any) -> list[dict[str, Any]]:
    """Entries with the members of the live entry that the program does not declare."""
    known = {e["Channel"]: e for e in live}
    merged = [{**known.get(e["Channel"], {}), **e} for e in entries]
    for entry in merged:
        if entry.get("PhoneType") == "SOFT_PHONE":
            entry.pop("PhoneNumber", None)
    return merged


def _per_channel(legacy: Mapping[str, Any], live: Mapping[str, Any]) -> dict[str, Any]:
    """Settings for all channels as UpdateUserConfig takes them."""
    parameters: dict[str, Any] = {}

    def channels(name: str) -> list[str]:
        return [e["Channel"] for e in live.get(name) or ()] or ["VOICE"]

    if legacy.get("autoAccept") is not None:
        parameters["AutoAcceptConfigs"] = [
            {"Channel": c, "AutoAccept": legacy["autoAccept"]}
            for c in channels("AutoAcceptConfigs")
        ]
    if legacy.get("afterContactWorkTimeLimit") is not None:
        limit = {"AfterContactWorkTimeLimit": legacy["afterContactWorkTimeLimit"]}
        parameters["AfterContactWorkConfigs"] = [
            {"Channel": c, "AfterContactWorkConfig": limit}
            for c in channels("AfterContactWorkConfigs")
        ]
    if legacy.get("phoneType") is not None:
        phone = {"Channel": "VOICE", "PhoneType": legacy["phoneType"]}
        if legacy.get("deskPhoneNumber") is not None:
            phone["PhoneNumber"] = legacy["deskPhoneNumber"]
        parameters["PhoneNumberConfigs"] = [phone]
    if legacy.get("persistentConnection") is not None:
        parameters["PersistentConnectionConfigs"] = [
            {"Channel": "VOICE", "PersistentConnection": legacy["persistentConnection"]}
        ]
    return parameters


def _proficiencies(step: Step, target: ApplyContext) -> None:
    """The calls that the live list still needs: none of the three may be made twice.

    An interrupted apply leaves state behind Connect, somebody else may have been quicker, and the
    second attempt after a lost answer is refused where the first one worked.
    """
    entries = expand("proficiencies", step.wanted["userProficiencies"])
    needed = _needed(step.operation, entries, target.levels())
    try:
        for operation, missing in needed:
            target.call(operation, UserProficiencies=missing)
    except (Conflict, Duplicate, InvalidRequest, NotFound):
        left = _needed(step.operation, entries, target.levels())
        if left == needed:
            raise
        for operation, missing in left:
            target.call(operation, UserProficiencies=missing)


def _needed(
    wanted: str, entries: list[dict[str, Any]], levels: Mapping[tuple[str, str], Any]
) -> list[tuple[str, list[dict[str, Any]]]]:
    present = [e for e in entries if _key(e) in levels]
    if wanted == api.DISASSOCIATE_PROFICIENCIES:
        calls = [(wanted, present)]
    else:
        absent = [e for e in entries if _key(e) not in levels]
        moved = [e for e in present if e["Level"] != levels[_key(e)]]
        calls = [(api.ASSOCIATE_PROFICIENCIES, absent), (api.UPDATE_PROFICIENCIES, moved)]
    return [(operation, missing) for operation, missing in calls if missing]


def _key(entry: Mapping[str, Any]) -> tuple[str, str]:
    return str(entry["AttributeName"]), str(entry["AttributeValue"])


_CARRIERS = {
    api.UPDATE_IDENTITY: _whole,
    api.UPDATE_PHONE: _whole,
    api.UPDATE_CONFIG: _config,
    api.TAG: _tagging,
    api.UNTAG: _tagging,
    api.DISASSOCIATE_PROFICIENCIES: _proficiencies,
    api.ASSOCIATE_PROFICIENCIES: _proficiencies,
    api.UPDATE_PROFICIENCIES: _proficiencies,
}
