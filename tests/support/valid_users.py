"""Valid users of each identity mode, as property bags."""

from typing import Any

from tests.support.bad_case import ABSENT

DIRECTORY_ID = "d-1234567890"
OURS = "organization/p/s#r"
THEIRS = "organization/other/s#r"
SPANISH = {"attributeName": "language", "attributeValue": "Spanish", "level": 4}
_NAMES = {"firstName": "Mary", "lastName": "Major"}
_COMMON: dict[str, Any] = {
    "username": "mary.major",
    "routingProfile": "Basic Routing Profile",
    "securityProfiles": ["Agent"],
}
_MODES: dict[str, dict[str, Any]] = {
    "CONNECT_MANAGED": {
        "password": "Corr3ctHorse",
        "identityInfo": {**_NAMES, "email": "marym@example.com"},
    },
    "SAML": {"identityInfo": _NAMES},
    "EXISTING_DIRECTORY": {},
}


def bag_of(mode: str, instance_arn: str, changes: dict[str, Any]) -> dict[str, Any]:
    """A valid user of a mode with values changed by wire path (`identityInfo.email`)."""
    bag: dict[str, Any] = {"instanceArn": instance_arn, **_COMMON, **_MODES[mode]}
    for path, value in changes.items():
        _set(bag, path.split("."), value)
    return bag


def _set(bag: dict[str, Any], path: list[str], value: Any) -> None:
    head, rest = path[0], path[1:]
    if rest:
        bag[head] = dict(bag.get(head) or {})
        _set(bag[head], rest, value)
    elif value is ABSENT:
        bag.pop(head, None)
    else:
        bag[head] = value
