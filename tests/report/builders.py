"""Small previews, made by hand in the shapes that `pulumi` prints."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_connect_users.report import Options, Report, assemble, read_preview

USER = "pulumi-python:dynamic/connect:User"
USER_BATCH = "pulumi-python:dynamic/connect:UserBatch"
USER_STATUS = "pulumi-python:dynamic/connect:UserStatus"
AWS_USER = "aws:connect/user:User"
NATIVE_USER = "aws-native:connect:User"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
INSTANCE = "arn:aws:connect:us-west-2:000000000000:instance/11111111-1111-4111-8111-111111111111"
STACK_URN = "urn:pulumi:dev::centre::pulumi:pulumi:Stack::centre-dev"

MARY: dict[str, Any] = {
    "__provider": "gASVHwAAAAAAAACMIg==",
    "identityInfo": {"email": "marym@example.com", "firstName": "Mary", "lastName": "Major"},
    "identityManagementType": "CONNECT_MANAGED",
    "instanceArn": INSTANCE,
    "ownership": "organization/centre/dev#b2",
    "password": "[secret]",
    "phoneConfig": {"afterContactWorkTimeLimit": 60, "phoneType": "SOFT_PHONE"},
    "routingProfileId": "r-1",
    "routingProfileName": "Basic Routing Profile",
    "securityProfileIds": ["s-1"],
    "securityProfileNames": ["Agent"],
    "hierarchyGroupId": "h-1",
    "hierarchyPath": "AMER/West/Team 1",
    "tags": {"Cost_Center": "42"},
    "username": "mary.major",
}


def user(**changed: Any) -> dict[str, Any]:
    """Mary's inputs with some changed; None takes one away. Another username is another person."""
    merged = {**MARY, **changed}
    if "mary" not in str(changed.get("username", "mary")) and "identityInfo" not in changed:
        merged["identityInfo"] = {**MARY["identityInfo"], "lastName": str(changed["username"])}
    return {key: value for key, value in merged.items() if value is not None}


def admin(**changed: Any) -> dict[str, Any]:
    """Mary as an administrator."""
    both = {"securityProfileIds": ["s-1", "s-9"], "securityProfileNames": ["Agent", "Admin"]}
    return user(**{**both, **changed})


def urn(name: str = "mary", kind: str = USER) -> str:
    """The URN of a resource of the stack."""
    return f"urn:pulumi:dev::centre::{kind}::{name}"


def step(
    op: str,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    *,
    name: str = "mary",
    kind: str = USER,
    **more: Any,
) -> dict[str, Any]:
    """A step of a digest, from inputs."""
    made: dict[str, Any] = {"op": op, "urn": urn(name, kind), "detailedDiff": None, **more}
    for key, inputs in (("oldState", old), ("newState", new)):
        if inputs is not None:
            made[key] = {"type": kind, "urn": urn(name, kind), "inputs": dict(inputs)}
    return made


def digest(*steps: Mapping[str, Any], **more: Any) -> str:
    """A digest of steps; the stack itself is the same."""
    stack = {"op": "same", "urn": STACK_URN, "newState": {"type": "pulumi:pulumi:Stack"}}
    return json.dumps({"steps": [stack, *steps], "changeSummary": {}, **more}, indent=1)


def planned(found: Mapping[str, Any]) -> dict[str, Any]:
    """The pre-event of a step."""
    metadata: dict[str, Any] = {
        "op": found["op"],
        "urn": found["urn"],
        "type": found["urn"].split("::")[2],
        "old": found.get("oldState"),
        "new": found.get("newState"),
        "keys": found.get("replaceReasons"),
    }
    return {"resourcePreEvent": {"metadata": metadata, "planning": True}}


def refreshed(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The two events of a refresh that ends with a step."""
    before = planned({**found, "op": "refresh"})
    after = planned(found)["resourcePreEvent"]
    return [before, {"resOutputsEvent": after}]


def violation(name: str = "mary", **more: Any) -> dict[str, Any]:
    """A policy event."""
    return {
        "policyEvent": {
            "resourceUrn": urn(name),
            "message": "Agents only.\nMary is more.\n",
            "policyName": "connect-user-no-admin",
            "policyPackName": "guard",
            "enforcementLevel": "mandatory",
            "severity": "high",
            **more,
        }
    }


def events(*found: Mapping[str, Any], ends: bool = True, result: str = "succeeded") -> str:
    """Events, a line each; `ends` adds the engine's summary. As from Go, other letters stay."""
    summary = {"summaryEvent": {"result": result, "resourceChanges": {}}}
    told = [*found, *([summary] if ends else [])]
    return "\n".join(json.dumps(event, ensure_ascii=False) for event in told) + "\n"


def report(text: str, options: Options | None = None) -> Report:
    """The report of a text."""
    return assemble(read_preview(text), options)


def shown(found: Report) -> dict[str, dict[str, tuple[str, str]]]:
    """What the report shows: name -> attribute -> old and new, as text."""
    return {
        change.name: {
            p.attribute: (value_text(p.old), value_text(p.new)) for p in change.properties
        }
        for change in found.changes
    }


def value_text(value: Any) -> str:
    """A value as `state` or as its items."""
    items: Sequence[Any] = value.items
    text = ", ".join(f"{i.text} ({i.id})" if i.id else str(i.text) for i in items)
    return text if value.state == "shown" else f"<{value.state}{': ' + text if text else ''}>"


def actions(found: Report) -> dict[str, str]:
    """Name -> action."""
    return {change.name: change.action for change in found.changes}


def risk_kinds(found: Report) -> set[str]:
    """The kinds of all risks."""
    single = {risk.kind for change in found.changes for risk in change.risks}
    return single | {risk.kind for risk in found.risks}
