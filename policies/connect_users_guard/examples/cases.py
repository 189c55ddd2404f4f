"""Good and bad examples of the rules: shown in their documentation, evaluated by their tests.

They have the shape of this project's own users; `as_resources` turns them into other types.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

INSTANCE = "arn:aws:connect:us-west-2:000000000000:instance/11111111-1111-4111-8111-111111111111"

_USER: Mapping[str, Any] = {
    "instanceArn": INSTANCE,
    "username": "mary.major",
    "identityInfo": {"firstName": "Mary", "lastName": "Major"},
    "phoneConfig": {"phoneType": "SOFT_PHONE", "afterContactWorkTimeLimit": 60},
    "routingProfileId": "routing-basic",
    "routingProfileName": "Basic Routing Profile",
    "securityProfileIds": ["profile-frontline"],
    "securityProfileNames": ["Frontline"],
    "capabilities": [],
    "hierarchyGroupId": "group-west",
    "hierarchyPath": "AMER/West",
    "tags": {"Team": "West"},
}
_BY_MODE: Mapping[str, Mapping[str, Any]] = {
    "CONNECT_MANAGED": {
        "password": "Quokka-9-lattice-Moss",
        "identityInfo": {"firstName": "Mary", "lastName": "Major", "email": "marym@example.com"},
    },
    "SAML": {"username": "mary.major@example.com"},
    "EXISTING_DIRECTORY": {"identityInfo": None},
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a stack holds in an example, and the rule's settings in it."""

    users: tuple[Mapping[str, Any], ...] = ()
    profiles: tuple[Mapping[str, Any], ...] = ()
    instances: tuple[Mapping[str, Any], ...] = ()
    config: Mapping[str, Any] = field(default_factory=dict)
    protect: bool = False
    """The resource option of the users."""
    ignore_changes: tuple[str, ...] = ()
    secret: bool = True
    """Whether the users' passwords are secrets, where a program shows it."""
    generated: bool = False
    """Whether the users' passwords come from a `random.RandomPassword`."""


def user(mode: str = "CONNECT_MANAGED", /, **changes: Any) -> dict[str, Any]:
    """A good user; changes go into structures member by member, None takes one away."""
    made = deepcopy({**_USER, **_BY_MODE[mode], "identityManagementType": mode})
    return _changed(made, changes)


def profile(**changes: Any) -> dict[str, Any]:
    """A good security profile, with changes."""
    made = {
        "instanceArn": INSTANCE,
        "securityProfileName": "Frontline",
        "permissions": ["BasicAgentAccess", "OutboundCallAccess"],
    }
    return _changed(made, changes)


def instance(**changes: Any) -> dict[str, Any]:
    """An instance, with changes."""
    made = {"identityManagementType": "SAML", "instanceAlias": "example-centre"}
    return _changed(made, changes)


def case(mode: str = "CONNECT_MANAGED", /, config: Any = None, **changes: Any) -> Case:
    """The example of one user."""
    return Case(users=(user(mode, **changes),), config=config or {})


def added(case: Case) -> set[str]:
    """The attributes that the users of an example have in addition to those of a good user."""
    return {key for one in case.users for key in one} - user().keys()


def _changed(made: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    for key, value in changes.items():
        if value is None:
            made.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(inner := made.get(key), dict):
            made[key] = _changed(inner, value)
        else:
            made[key] = value
    return {key: value for key, value in made.items() if value is not None}
