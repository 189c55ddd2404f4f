"""Empty values: one wording for all of them, and the remedy that fits."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pulumi_connect_users.core.lookups import Lookups
from pulumi_connect_users.model.attributes import attributes, top_level
from pulumi_connect_users.model.facts import Role
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.status import UserStatus
from pulumi_connect_users.users.status_check import check as check_status
from tests.support.bad_case import ABSENT
from tests.support.programs import MANAGED_ARN

Bag = Callable[..., dict[str, Any]]

_LISTS = {a.wire: a for a in top_level() if a.is_list}
_REMEDIES = {
    "username": "Give the name that the user logs in with.",
    "password": "Give a secret, or leave it out where Connect needs none.",
    "routing_profile": "Give routing_profile or routing_profile_id.",
    "routing_profile_id": "Give routing_profile or routing_profile_id.",
    "security_profiles": "Give security_profiles or security_profile_ids.",
    "security_profile_ids": "Give security_profiles or security_profile_ids.",
    "instance_arn": "Give instance=Instance(id or ARN).",
    **{
        a.program: "Give seconds; 0 means no limit."
        for a in attributes()
        if a.path[0] == "afterContactWorkConfigs" and a.name == "afterContactWorkTimeLimit"
    },
}


def _empty() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every attribute that a program may give, empty, with nothing beside it."""
    for attribute in attributes():
        head, rest = attribute.path[0], attribute.path[1:]
        if attribute.facts.role not in (Role.ATTRIBUTE, Role.NAME, Role.OPTION):
            continue
        value: Any = ""
        for member in reversed(rest):
            value = {member: value}
        of_list = head in _LISTS and (rest or _LISTS[head].model is None)
        yield attribute.program, {head: [value] if of_list else value}


@pytest.mark.parametrize(("program", "given"), list(_empty()))
def test_empty_value_is_said_to_be_empty(
    program: str, given: dict[str, Any], bag: Bag, session: Lookups
) -> None:
    """Not that it must be a number, a boolean, an E.164 number or one of some words."""
    twins = {
        "routingProfileId": {"routingProfile": ABSENT},
        "securityProfileIds": {"securityProfiles": ABSENT},
    }
    beside = twins.get(next(iter(given)), {})

    failures = [str(f) for f in check(None, bag(**given, **beside), session).failures]

    (said,) = [f for f in failures if ": is empty" in f]
    place, _, text = said.partition(": ")
    assert re.sub(r"\[\d+\]", "", place) == program
    if program in _REMEDIES:
        assert text == f"is empty. {_REMEDIES[program]}"
    elif program in ("identity_info.first_name", "identity_info.last_name"):
        assert text.startswith("is empty, and CONNECT_MANAGED users need it")
    else:
        assert text in (
            "is empty. Give a value, or leave it out.",
            "is empty. Give a value, or remove the entry.",
        )


def test_address_without_a_dotted_domain_is_told_what_it_lacks(bag: Bag, session: Lookups) -> None:
    """mary@localhost is of the form name@domain."""
    (failure,) = check(None, bag(**{"identityInfo.email": "mary@localhost"}), session).failures

    assert str(failure) == (
        "identity_info.email: has a domain without a dot. Give the whole address. "
        "(A rule of this provider, not of AWS.)"
    )


@pytest.mark.parametrize(("name", "wire"), [("agent_status", ""), ("agent_status_id", "Id")])
def test_empty_status_is_said_to_be_empty(name: str, wire: str, session: Lookups) -> None:
    """In the words of a user's attributes."""
    agent = {"userArn": f"{MANAGED_ARN}/agent/33333333-3333-4333-8333-333333333333"}

    found = check_status(UserStatus.decode({}), agent | {f"agentStatus{wire}": " "}, session)

    assert found.failures == [f"{name}: is empty. Give agent_status or agent_status_id."]


def test_empty_key_of_a_tag_is_said_to_be_empty(bag: Bag, session: Lookups) -> None:
    """A value may be empty, a key may not."""
    (failure,) = check(None, bag(tags={"": "west", "team": ""}), session).failures

    assert str(failure) == "tags: has a key that is empty. Give it a name, or remove it."
