"""Examples (`sample.Case`) as the resources of every type: what the adapters do, backwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..absent import UNKNOWN
from ..adapters import INSTANCES, PROFILES
from ..adapters.aws import AWS_INSTANCE, AWS_PROFILE, AWS_USER
from ..adapters.aws_native import NATIVE_PROFILE, NATIVE_USER
from ..adapters.dynamic import DYNAMIC_USER
from ..adapters.roster import ROSTER
from ..rule import Rule
from .cases import INSTANCE, Case

_BESIDE = ("username", "password", "instanceArn", "identityManagementType")
"""What a roster's user has beside its text."""

GENERATOR = "random:index/randomPassword:RandomPassword"

_FACTS = (
    "identityManagementType",
    "routingProfileName",
    "securityProfileNames",
    "hierarchyPath",
)
_AWS_UNKNOWN = ("proficiencies", "autoAcceptConfigs", "afterContactWorkConfigs")
_ARNS = {
    "routingProfileId": ("routingProfileArn", "routing-profile"),
    "hierarchyGroupId": ("hierarchyGroupArn", "agent-group"),
}


@dataclass(frozen=True, kw_only=True)
class Example:
    """One resource of an example: type, properties in the type's own shape, options."""

    type: str
    props: Mapping[str, Any]
    protect: bool = False
    ignore_changes: tuple[str, ...] = ()
    generated: bool = False
    secret: bool = True


def examples(case: Case, type_: str) -> list[Example]:
    """The resources of an example, its users (or profiles, or instances) being of one type."""
    found = []
    if type_ == ROSTER.type and case.users:
        found.append(Example(type=type_, props=_roster(case.users)))
    elif case.users:
        user_type = type_ if type_ in _USERS else NATIVE_USER.type
        found += [Example(type=user_type, props=_USERS[user_type](user)) for user in case.users]
    found = [
        replace(
            example,
            protect=case.protect,
            ignore_changes=case.ignore_changes,
            generated=case.generated,
            secret=case.secret,
        )
        for example in found
    ]
    profile_type = type_ if type_ in PROFILES else NATIVE_PROFILE.type
    found += [Example(type=profile_type, props=_profile(p, profile_type)) for p in case.profiles]
    instance_type = type_ if type_ in INSTANCES else AWS_INSTANCE.type
    found += [Example(type=instance_type, props=dict(i)) for i in case.instances]
    return found


def config_for(rule: Rule, case: Case, type_: str) -> dict[str, Any]:
    """The example's settings; for other providers' types, with the facts that they do not tell."""
    config = dict(case.config)
    if type_ not in (AWS_USER.type, NATIVE_USER.type) or not case.users:
        return config
    if "identityTypes" in rule.schema and "identityTypes" not in config:
        mode = case.users[0].get("identityManagementType")
        config["identityTypes"] = {"*": mode} if isinstance(mode, str) else {}
    if "profiles" in rule.schema and "profiles" not in config:
        config["profiles"] = {
            id_: name
            for user in case.users
            for id_, name in zip(
                _listed(user.get("securityProfileIds")),
                _listed(user.get("securityProfileNames")),
                strict=False,
            )
        }
    return config


def _listed(value: Any) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else []


def _roster(users: tuple[Mapping[str, Any], ...]) -> dict[str, Any]:
    texts: dict[str, Any] = {}
    passwords = {}
    for user in users:
        name = str(user.get("username", "mary.major"))
        if "password" in user:
            passwords[name] = user["password"]
        own = {key: value for key, value in user.items() if key not in _BESIDE}
        # Nothing inside a JSON text can be unknown: the whole text is.
        texts[name] = UNKNOWN if _holds_unknown(own) else json.dumps(own, sort_keys=True)
    first = users[0]
    props: dict[str, Any] = {"instanceArn": first.get("instanceArn", INSTANCE), "users": texts}
    if "identityManagementType" in first:
        props["identityManagementType"] = first["identityManagementType"]
    return props | ({"passwords": passwords} if passwords else {})


def _holds_unknown(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_unknown(member) for member in value.values())
    return value is UNKNOWN


def _aws(user: Mapping[str, Any]) -> dict[str, Any]:
    own = {k: v for k, v in user.items() if k not in (*_FACTS, *_AWS_UNKNOWN)}
    if "username" in own:
        own["name"] = own.pop("username")
    arn = own.pop("instanceArn", None)
    if arn is not None:
        own["instanceId"] = arn.rpartition("/")[2] if isinstance(arn, str) else arn
    return own


def _native(user: Mapping[str, Any]) -> dict[str, Any]:
    own = {k: v for k, v in user.items() if k not in _FACTS}
    for key, (name, kind) in _ARNS.items():
        if key in own:
            own[name] = _arn(own.pop(key), kind)
    if "securityProfileIds" in own:
        ids = own.pop("securityProfileIds")
        own["securityProfileArns"] = (
            [_arn(id_, "security-profile") for id_ in ids] if isinstance(ids, list) else ids
        )
    if "proficiencies" in own:
        own["userProficiencies"] = own.pop("proficiencies")
    if isinstance(own.get("tags"), Mapping):
        own["tags"] = _pairs(own["tags"])
    return own


def _profile(profile: Mapping[str, Any], type_: str) -> dict[str, Any]:
    own = dict(profile)
    if type_ == AWS_PROFILE.type:
        own["name"] = own.pop("securityProfileName")
        own["instanceId"] = str(own.pop("instanceArn")).rpartition("/")[2]
        return {k: v for k, v in own.items() if not k.startswith(("allowed", "tagRestricted"))}
    if isinstance(own.get("allowedAccessControlTags"), Mapping):
        own["allowedAccessControlTags"] = _pairs(own["allowedAccessControlTags"])
    return own


def _pairs(tags: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in tags.items()]


def _arn(id_: Any, kind: str) -> Any:
    return f"{INSTANCE}/{kind}/{id_}" if isinstance(id_, str) else id_


_USERS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    DYNAMIC_USER.type: lambda user: dict(user),
    AWS_USER.type: _aws,
    NATIVE_USER.type: _native,
}
