"""An example of a rule as a piece of a program, for its documentation."""

import json
import re
from collections.abc import Iterable, Mapping

from ..absent import UNKNOWN
from ..property_values import Properties, Property
from ..rule import Rule
from ..user_resources import (
    AWS_INSTANCE,
    AWS_NATIVE_INSTANCE,
    AWS_NATIVE_PROFILE,
    AWS_NATIVE_USER,
    AWS_PROFILE,
    AWS_USER,
    USER,
    names_of,
)
from .as_resources import Example, examples
from .cases import INSTANCE, added

CLASSES: Mapping[str, str] = {
    USER: "connect.User",
    AWS_USER: "aws.connect.User",
    AWS_NATIVE_USER: "aws_native.connect.User",
    AWS_PROFILE: "aws.connect.SecurityProfile",
    AWS_NATIVE_PROFILE: "aws_native.connect.SecurityProfile",
    AWS_INSTANCE: "aws.connect.Instance",
    AWS_NATIVE_INSTANCE: "aws_native.connect.Instance",
}
"""The class of each resource type in a Python program."""

_NAMES = {
    "instanceArn": "instance",
    "routingProfileName": "routingProfile",
    "securityProfileNames": "securityProfiles",
    "hierarchyPath": "hierarchyGroup",
}
"""Properties of this project's own users, and the arguments that they come from."""
_NAME_OF = {
    "routingProfileId": "routingProfileName",
    "securityProfileIds": "securityProfileNames",
    "hierarchyGroupId": "hierarchyPath",
}
"""Of what has an id and a name, programs give the name."""
_ALWAYS = ("instanceArn", "instanceId", "username", "name", "securityProfileName")
_FREE = ("tags", "allowedAccessControlTags")
"""Members whose keys are a user's own words."""


def programs(rule: Rule, type_: str) -> tuple[str, str]:
    """A rule's two examples as resources of a type, without attributes that do not matter."""
    made = examples(rule.good, type_), examples(rule.bad, type_)
    kept = {path.partition(".")[0] for path in rule.reads} | added(rule.good) | added(rule.bad)
    shown = _differing(*made) | {names_of(type_).get(key, key) for key in kept}
    shown |= {_NAME_OF[key] for key in shown if key in _NAME_OF}
    managed = rule.modes == ("CONNECT_MANAGED",)
    if managed or any(case.ignore_changes or case.generated for case in (rule.good, rule.bad)):
        shown.add("password")
    texts = []
    for resources in made:
        several = len(resources) > 1
        texts.append(
            "\n".join(_resource(one, n + several, shown) for n, one in enumerate(resources))
        )
    return texts[0], texts[1]


def _differing(good: Iterable[Example], bad: Iterable[Example]) -> set[str]:
    """The attributes that are not alike in all resources of the two examples."""
    every = [one.props for one in (*good, *bad)]
    keys = {key for props in every for key in props}
    return {
        key for key in keys if len({json.dumps(props.get(key), default=str) for props in every}) > 1
    }


def _resource(one: Example, number: int, shown: set[str]) -> str:
    props = {key: one.props[key] for key in _ALWAYS if key in one.props}
    props |= {key: value for key, value in one.props.items() if key in shown}
    if one.type == USER:
        props = _named(props)
    arguments = [f"{_snake(key)}={_literal(key, value, one)}" for key, value in props.items()]
    options = []
    if one.protect:
        options.append("protect=True")
    if one.ignore_changes:
        options.append(f"ignore_changes={json.dumps(list(one.ignore_changes))}")
    if options:
        arguments.append(f"opts=pulumi.ResourceOptions({', '.join(options)})")
    body = "".join(f"    {argument},\n" for argument in [f'"example-{number or 1}"', *arguments])
    return f"{CLASSES[one.type]}(\n{body})"


def _named(props: Properties) -> dict[str, Property]:
    """Names instead of ids, as programs of this project's own users have them."""
    named: dict[str, Property] = {}
    for key, value in props.items():
        # Check finds these facts; where a rule is about one, its page says how the instance is.
        if key not in ("capabilities", "identityManagementType") and _NAME_OF.get(key) not in props:
            named[_NAMES.get(key, key)] = value
    return _without_granted(named)


def _without_granted(named: dict[str, Property]) -> dict[str, Property]:
    """The security profiles that a program gives permanently: state holds those of grants too."""
    grants, held = named.get("grants"), named.get("securityProfiles")
    if isinstance(grants, list) and isinstance(held, list):
        granted = [grant["securityProfile"] for grant in grants]
        named["securityProfiles"] = [name for name in held if name not in granted]
    return named


def _literal(key: str, value: Property, one: Example) -> str:
    if value is UNKNOWN:
        return f"new_resource.{_snake(key)}"
    if key in _VARIABLES:
        return _VARIABLES[key]
    if key == "password":
        if one.generated:
            return "random.RandomPassword(...).result"
        written = json.dumps(value)
        return f"pulumi.Output.secret({written})" if one.secret else written
    written = json.dumps(value if key in _FREE else _snake_keys(value))
    written = written.replace(f'"{INSTANCE}/', 'f"{instance_arn}/')
    return re.sub(r"\b(true|false|null)\b(?=[,}\]]|$)", lambda m: _PYTHON[m[1]], written)


_VARIABLES = {"instance": "centre", "instanceArn": "instance_arn", "instanceId": "instance_id"}
_PYTHON = {"true": "True", "false": "False", "null": "None"}


def _snake_keys(value: Property) -> Property:
    if isinstance(value, Mapping):
        return {_snake(key): _snake_keys(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_snake_keys(entry) for entry in value]
    return value


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda m: f"_{m[1].lower()}", name)
