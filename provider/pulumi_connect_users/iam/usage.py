"""What a project does with users, as far as it matters for permissions. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ..core.documents import read_json
from ..core.properties import Properties, Value, members
from ..core.user_resources import OWN_USERS, ROSTERS, STATUSES
from ..model.attributes import top_level
from ..model.facts import Role
from ..model.references import OF_USER, SUSPENDED_SECURITY

_TYPES: Final = (
    dict.fromkeys(OWN_USERS, "user")
    | dict.fromkeys(ROSTERS, "batch")
    | dict.fromkeys(STATUSES, "status")
)
ATTRIBUTES: Final = frozenset(a.wire for a in top_level(Role.ATTRIBUTE))
_OPTIONAL: Final = {
    "adopt": "adoption",
    "deleteQuickConnects": "quick-connects",
    "initialPassword": "initial-password",
    "part": "part",
    SUSPENDED_SECURITY: "suspension",
}
_ANYTHING: Final[Properties] = {
    **dict.fromkeys(ATTRIBUTES),
    **dict.fromkeys(_OPTIONAL, True),
    "onDelete": "wait",
}
"""All that a hidden or unknown user may have."""
FEATURES: Final[Mapping[str, str]] = {
    "adoption": "adopts users (adopt=True)",
    "waiting": 'waits for contacts before a deletion (on_delete="wait")',
    "suspension": 'suspends users instead of deleting them (on_delete="suspend")',
    "quick-connects": "deletes quick connects with their users",
    "status": "sets agents' statuses (UserStatus)",
    "live-data": "reads current user data (get_current_user_data)",
    "look-ups": "looks up users and instances (get_user, get_users, get_instance)",
    "coverage": "looks up who can take contacts (connect-users report --instance)",
    "access": "looks up who can do what (connect-users access, report --instance)",
    "part": "declares less than a whole user (adopt=True)",
    "initial-password": "keeps initial passwords in Secrets Manager (InitialPassword)",
}
"""What a project may do in addition to managing users, by name."""
OF_PROGRAMS: Final = frozenset({"access", "coverage", "live-data", "look-ups"})
"""What a program does and no state shows."""


@dataclass(frozen=True)
class Usage:
    """Attributes (wire names) and features that a project uses."""

    attributes: frozenset[str] = field(default=ATTRIBUTES)
    features: frozenset[str] = frozenset(FEATURES)
    instances: tuple[str, ...] = ()
    """ARNs of the instances; empty where they are not known."""
    kms_keys: tuple[str, ...] = ()
    """Ids or ARNs of the keys of initial passwords."""

    def __or__(self, other: Usage) -> Usage:
        """What either of the two uses."""
        return Usage(
            self.attributes | other.attributes,
            self.features | other.features,
            tuple(dict.fromkeys(self.instances + other.instances)),
            tuple(sorted({*self.kms_keys, *other.kms_keys})),
        )


def read_usage(text: str) -> Usage:
    """The usage in a `pulumi stack export` or a `pulumi preview --json`.

    A preview has only the users that change. Neither shows OF_PROGRAMS; name these as well.
    A hidden user counts as one that uses everything, since what is printed must suffice. Raises
    ValueError for anything else, and where there are no users.
    """
    try:
        content = members(read_json(text))
    except (ValueError, RecursionError):
        content = {}
    deployment, steps = content.get("deployment"), content.get("steps")
    if isinstance(deployment, Mapping):
        resources = deployment.get("resources")
        states = resources if isinstance(resources, list) else []
    elif isinstance(steps, list):
        # The old state too: what is removed needs its calls once more.
        states = [members(step).get(key) for step in steps for key in ("oldState", "newState")]
    else:
        raise ValueError(
            "it is neither what `pulumi stack export` nor what `pulumi preview --json` prints."
        )
    usage = _usage(map(members, states))
    if usage is None:
        rest = (
            "" if deployment else ": a preview shows those that change. Add `pulumi stack export`"
        )
        raise ValueError(f"it has no Amazon Connect users{rest}.")
    return usage


def _usage(states: Iterable[Properties]) -> Usage | None:
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
        attributes |= (inputs.keys() & ATTRIBUTES) | {r.id for r in OF_USER if r.name in inputs}
        features |= {
            name for option, name in _OPTIONAL.items() if inputs.get(option) not in (None, False)
        }
        if inputs.get("onDelete") == "wait":
            features.add("waiting")
        if inputs.get("ownership"):
            attributes.add("tags")
        key = members(inputs.get("initialPassword")).get("kmsKeyId")
        if isinstance(key, str) and key:
            keys.add(key)
    if not attributes and not features:
        return None
    return Usage(
        frozenset(attributes),
        frozenset(features),
        tuple(arn for arn in instances if arn.startswith("arn:")),
        tuple(sorted(keys)),
    )


def _users(states: Iterable[Properties]) -> Iterator[tuple[str, Properties]]:
    """Kind and inputs of each user and status; a batch's users one by one."""
    for state in states:
        kind = _TYPES.get(str(state.get("type")))
        inputs = members(state.get("inputs"))
        if kind != "batch":
            if kind is not None:
                yield kind, inputs
            continue
        users = inputs.get("users") or {}
        shared = {k: inputs[k] for k in ("instanceArn", "ownership") if k in inputs}
        # All of them are one secret with `personalData: secret`.
        for user in users.values() if isinstance(users, Mapping) else [users]:
            yield "user", {"tags": {}, **_batch_user(user), **shared}


def _batch_user(text: Value) -> Properties:
    """One user of a batch; all that a user may have where it is hidden or not known yet."""
    try:
        user = read_json(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        user = None
    return user if isinstance(user, Mapping) else _ANYTHING
