"""A part of a user is judged by what Connect tells of it, and misses nothing that others set."""

import json
from typing import Any

import pytest

from connect_users_guard.examples.as_resources import Example
from connect_users_guard.examples.cases import INSTANCE
from connect_users_guard.registry import all_rules
from tests.policies.rule_outcomes import DYNAMIC
from tests.support.analyzer import Analyzer

BATCH = "pulumi-python:dynamic/connect:UserBatch"
SEEN = {
    "part": {
        "routingProfileId": "routing-basic",
        "securityProfileIds": ["profile-admin"],
        "hierarchyGroupId": "group-west",
    },
    "routingProfileName": "Basic Routing Profile",
    "securityProfileNames": ["Admin"],
    "hierarchyPath": "AMER/West",
}


def _props(kind: str, mode: str, **own: Any) -> dict[str, Any]:
    """A part as check makes it, in a resource of its own or in a roster."""
    shared = {"instanceArn": INSTANCE, "identityManagementType": mode}
    username = "mary@example.com" if mode == "SAML" else "mary.major"
    if kind == DYNAMIC:
        return {**shared, "username": username, **own}
    return {**shared, "users": {username: json.dumps(own)}}


def _outcome(kind: str, what: str, config: Any = None, /, **own: Any) -> str:
    analyzer = Analyzer(f"connect-user-{what}", config=config)
    return analyzer.analyze(Example(type=kind, props=_props(kind, "SAML", **own))).outcome


@pytest.mark.parametrize("kind", [DYNAMIC, BATCH])
def test_part_is_judged_by_what_others_gave_the_user(kind: str) -> None:
    """Admin comes from the identity provider: it is Admin all the same."""
    assert _outcome(kind, "admin-allowed", **SEEN) == "fail"
    assert _outcome(kind, "admin-allowed", {"allowedUsers": ["mary*"]}, **SEEN) == "pass"
    assert _outcome(kind, "profile-known", {"profiles": {"p-1": "Agent"}}, **SEEN) == "fail"
    assert _outcome(kind, "hierarchy-required", {"minLevel": 2}, **SEEN) == "pass"
    assert _outcome(kind, "hierarchy-required", {"minLevel": 3}, **SEEN) == "fail"


@pytest.mark.parametrize("kind", [DYNAMIC, BATCH])
def test_part_whose_user_is_in_no_group_has_none(kind: str) -> None:
    none = {"part": {"hierarchyGroupId": ""}}

    assert _outcome(kind, "hierarchy-required", **none) == "fail"


@pytest.mark.parametrize("kind", [DYNAMIC, BATCH])
@pytest.mark.parametrize("mode", ["CONNECT_MANAGED", "SAML", "EXISTING_DIRECTORY"])
@pytest.mark.parametrize("part", [{"part": {}}, {"part": {}, "adopt": True}])
def test_part_that_was_not_looked_up_misses_nothing(
    kind: str, mode: str, part: dict[str, Any]
) -> None:
    """Names, addresses, tags, groups: nobody knows, and no rule complains of it."""
    settings: dict[str, dict[str, Any]] = {
        "connect-user-required-tags": {"required": {"Team": ".*"}},
        "connect-user-hierarchy-tag": {"map": {"AMER*": "West"}},
        # Defaults to no: what such a user may do is not known.
        "connect-user-capability": {"allowUnread": True},
    }
    part = part | {"phoneConfig": {"phoneType": "DESK_PHONE"}}
    for name in all_rules():
        analyzer = Analyzer(name, config=settings.get(name))
        found = analyzer.analyze(Example(type=kind, props=_props(kind, mode, **part)))
        assert found.messages == (), name


def test_whole_user_still_misses_what_it_lacks() -> None:
    """Also one that is adopted: it may be made."""
    whole = {"adopt": True, "securityProfileIds": ["p"], "routingProfileId": "r"}

    assert _outcome(DYNAMIC, "hierarchy-required", **whole) == "fail"
    assert _outcome(DYNAMIC, "required-tags", {"required": {"Team": ".*"}}, **whole) == "fail"
