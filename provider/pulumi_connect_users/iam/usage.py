"""What a project does with users, as far as it matters for permissions. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..model.attributes import top_level
from ..model.facts import Role

_TYPES: Final = {
    "pulumi-python:dynamic/connect:User": "user",
    "pulumi-python:dynamic/connect:UserBatch": "batch",
    "pulumi-python:dynamic/connect:UserStatus": "status",
}
ATTRIBUTES: Final = frozenset(a.wire for a in top_level(Role.ATTRIBUTE))
_OPTIONAL: Final = {
    "adopt": "adoption",
    "deleteQuickConnects": "quick-connects",
    "initialPassword": "initial-password",
}
_NAMES: Final = {
    "routingProfile": "routingProfileId",
    "securityProfiles": "securityProfileIds",
    "hierarchyGroup": "hierarchyGroupId",
}
FEATURES: Final[Mapping[str, str]] = {
    "adoption": "takes users over (adopt=True)",
    "waiting": 'waits for contacts before a deletion (on_delete="wait")',
    "quick-connects": "deletes quick connects with their users",
    "status": "sets agents' statuses (UserStatus)",
    "live-data": "asks who works at the moment (get_current_user_data)",
    "initial-password": "keeps first passwords in Secrets Manager (InitialPassword)",
}
"""What a project may do besides managing users, by name."""


@dataclass(frozen=True)
class Usage:
    """Attributes (wire names) and features that a project uses."""

    attributes: frozenset[str] = field(default=ATTRIBUTES)
    features: frozenset[str] = frozenset(FEATURES)
    instances: tuple[str, ...] = ()
    """ARNs of the instances; empty where they are not known."""
    kms_keys: tuple[str, ...] = ()
    """Ids or ARNs of the keys of first passwords."""


def read_usage(text: str) -> Usage:
    """The usage in a `pulumi stack export` or a `pulumi preview --json`.

    Programs show live data in neither; name that feature besides. Raises ValueError for anything
    else, and where there are no users.
    """
    try:
        content = json.loads(text)
    except ValueError:
        content = None
    if isinstance(content, Mapping) and isinstance(content.get("deployment"), Mapping):
        states: Iterable[Any] = content["deployment"].get("resources") or ()
    elif isinstance(content, Mapping) and isinstance(content.get("steps"), list):
        # An old state too: what goes away needs its calls once more.
        steps = content["steps"]
        states = [s.get(k) for s in steps for k in ("oldState", "newState") if s.get(k)]
    else:
        raise ValueError(
            "it is neither what `pulumi stack export` nor what `pulumi preview --json` prints."
        )
    return _usage(states)


def _usage(states: Iterable[Mapping[str, Any]]) -> Usage:
    attributes: set[str] = set()
    features: set[str] = set()
    instances: dict[str, None] = {}
    keys: set[str] = set()
    for kind, inputs in _users(states):
        if inputs.get("instanceArn"):
            instances[str(inputs["instanceArn"])] = None
        if kind == "status":
            features.add("status")
            continue
        attributes |= (inputs.keys() & ATTRIBUTES) | {_NAMES[k] for k in _NAMES if k in inputs}
        features |= {name for option, name in _OPTIONAL.items() if inputs.get(option)}
        if inputs.get("onDelete") == "wait":
            features.add("waiting")
        if inputs.get("ownership"):
            attributes.add("tags")
        password = inputs.get("initialPassword")
        if isinstance(password, Mapping) and password.get("kmsKeyId"):
            keys.add(str(password["kmsKeyId"]))
    if not attributes and not features:
        raise ValueError("it has no users of Amazon Connect.")
    return Usage(
        frozenset(attributes),
        frozenset(features),
        tuple(arn for arn in instances if arn.startswith("arn:")),
        tuple(sorted(keys)),
    )


def _users(states: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Kind and inputs of each user and status; a batch's users one by one."""
    for state in states:
        kind = _TYPES.get(str(state.get("type")))
        inputs = state.get("inputs") or {}
        if kind != "batch":
            if kind is not None:
                yield kind, inputs
            continue
        for user in (inputs.get("users") or {}).values():
            try:
                decoded = json.loads(user)
            except (TypeError, ValueError):
                continue  # unknown at this preview, or hidden as a secret
            shared = {k: inputs[k] for k in ("instanceArn", "ownership") if k in inputs}
            yield "user", {"tags": {}, **shared, **decoded}
