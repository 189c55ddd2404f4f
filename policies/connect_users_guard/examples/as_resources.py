"""Examples as the resources of every type: what the adapters do, backwards."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..absent import UNKNOWN
from ..property_values import Properties, Property
from ..rule import Rule
from ..user_resources import (
    AWS_INSTANCE,
    AWS_NATIVE_PROFILE,
    AWS_NATIVE_USER,
    AWS_PROFILE,
    AWS_USER,
    INSTANCES,
    PROFILES,
    ROSTERS,
    TAG_LISTS,
    USERS,
    names_of,
)
from .cases import INSTANCE, Case

_BESIDE = ("username", "password", "instanceArn", "identityManagementType")
"""What a roster's user has beside its text."""

_FACTS = (
    "capabilities",
    "identityManagementType",
    "routingProfileName",
    "securityProfileNames",
    "hierarchyPath",
)
_LACKS = {
    AWS_USER: (*_FACTS, "proficiencies", "autoAcceptConfigs", "afterContactWorkConfigs"),
    AWS_NATIVE_USER: _FACTS,
    AWS_PROFILE: ("allowed", "tagRestricted"),
}
"""Type -> what it has no property for: names, or how they begin."""
_ARN_KINDS = {
    "routingProfileId": "routing-profile",
    "securityProfileIds": "security-profile",
    "hierarchyGroupId": "agent-group",
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
    user_type = type_ if type_ in USERS else AWS_NATIVE_USER
    users: list[Properties] = [_roster(case.users)] if case.users else []
    if user_type not in ROSTERS:
        users = [_as_type(user_type, user) for user in case.users]
    found = [
        Example(
            type=user_type,
            props=props,
            protect=case.protect,
            ignore_changes=case.ignore_changes,
            generated=case.generated,
            secret=case.secret,
        )
        for props in users
    ]
    profile_type = type_ if type_ in PROFILES else AWS_NATIVE_PROFILE
    found += [Example(type=profile_type, props=_as_type(profile_type, p)) for p in case.profiles]
    instance_type = type_ if type_ in INSTANCES else AWS_INSTANCE
    found += [Example(type=instance_type, props=dict(i)) for i in case.instances]
    return found


def config_for(rule: Rule, case: Case, type_: str) -> dict[str, Property]:
    """The example's settings; for other providers' types, with the facts that they lack."""
    config = dict(case.config)
    if type_ not in (AWS_USER, AWS_NATIVE_USER) or not case.users:
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


def lacks(rule: Rule, type_: str) -> bool:
    """Whether a type has no property for something that a rule reads."""
    return any(path.startswith(_LACKS.get(type_, ())) for path in rule.reads)


def _listed(value: Property) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else []


def _roster(users: tuple[Properties, ...]) -> dict[str, Property]:
    texts: dict[str, Property] = {}
    passwords = {}
    for user in users:
        name = str(user.get("username", "mary.major"))
        if "password" in user:
            passwords[name] = user["password"]
        own = {key: value for key, value in user.items() if key not in _BESIDE}
        # Nothing inside a JSON text can be unknown: the whole text is.
        texts[name] = UNKNOWN if _holds_unknown(own) else json.dumps(own, sort_keys=True)
    first = users[0]
    props: dict[str, Property] = {"instanceArn": first.get("instanceArn", INSTANCE), "users": texts}
    if "identityManagementType" in first:
        props["identityManagementType"] = first["identityManagementType"]
    return props | ({"passwords": passwords} if passwords else {})


def _holds_unknown(value: Property) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_unknown(member) for member in value.values())
    return value is UNKNOWN


def _as_type(type_: str, properties: Properties) -> Properties:
    """Properties of our own shape as those of a type."""
    names = names_of(type_)
    return {
        names.get(key, key): _value(type_, key, value)
        for key, value in properties.items()
        if not key.startswith(_LACKS.get(type_, ()))
    }


def _value(type_: str, key: str, value: Property) -> Property:
    if type_.startswith("aws-native:") and key in _ARN_KINDS:
        return _arn(value, _ARN_KINDS[key])
    if type_.startswith("aws-native:") and key in TAG_LISTS and isinstance(value, Mapping):
        return [{"key": name, "value": tag} for name, tag in value.items()]
    if "instanceArn" in names_of(type_) and isinstance(value, str) and key == "instanceArn":
        return value.rpartition("/")[2]
    return value


def _arn(id_: Property, kind: str) -> Property:
    if isinstance(id_, list):
        return [_arn(one, kind) for one in id_]
    return f"{INSTANCE}/{kind}/{id_}" if isinstance(id_, str) else id_
