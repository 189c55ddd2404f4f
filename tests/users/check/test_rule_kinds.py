"""Rules by who stands behind them: AWS refuses, AWS's text says so, this provider, a quota."""

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_connect_users.core.lookups import Lookups
from pulumi_connect_users.users.check import Checked, check
from pulumi_connect_users.users.rules import RULES
from pulumi_connect_users.users.run.rule_warnings import RuleWarnings
from tests.support.bad_case import ABSENT, MODES
from tests.support.twin_process import TwinLookups

Bag = Callable[..., dict[str, Any]]

FROM_SALESFORCE = (
    "mmajor@005AB000001XyZqQAK@00DAB000000Wxyz",
    "005AB000001XyZqQAK@00DAB000000Wxyz",
)
"""Salesforce Help, "Use Customized Usernames for Contact Centers": by default the alias, the user's
id and the organisation's, in government clouds without the alias."""
_CHAT = {"channel": "CHAT", "afterContactWorkConfig": {"afterContactWorkTimeLimit": 5401}}
_DOCUMENTED: dict[str, dict[str, Any]] = {
    "chat-acw": {"afterContactWorkConfigs": [_CHAT]},
    "email-required": {"identityInfo.email": ABSENT},
    "last-name-256-characters": {"identityInfo.lastName": "M" * 257},
    "username-20-characters": {"username": "m" * 43},
    "username-at-sign": {"username": "mary@example"},
}
"""What breaks each rule, on an instance that manages identities itself.

Terraform's acceptance tests make users without an e-mail address and with names of 43 characters,
and AWS takes them.
"""


def _kinds(kind: str) -> set[str]:
    return {rule.name for rule in RULES if rule.kind == kind}


def _warned(checked: Checked) -> list[str]:
    return [finding.rule for finding in checked.rule_warnings]


def test_documented_rules_are_those_that_are_broken_here() -> None:
    """A new one gets its case."""
    assert _kinds("documented") == set(_DOCUMENTED)
    assert _kinds("quota") == {"proficiency-quota"}


@pytest.mark.parametrize("name", _DOCUMENTED)
def test_documented_rule_warns_and_refuses_only_where_strict(
    name: str, bag: Bag, session: Lookups
) -> None:
    """AWS was seen to take such values, or not seen to refuse them."""
    broken = bag(**_DOCUMENTED[name])

    checked = check(None, broken, session)
    refused = check(None, broken, session, strict=True)

    assert (checked.failures, _warned(checked)) == ([], [name])
    assert "a warning, once per run" in checked.rule_warnings[0].warning
    (failure,) = refused.failures
    assert str(failure).endswith("(AWS documents this; connect:strict refuses it.)")
    assert refused.rule_warnings == []


@pytest.mark.parametrize("strict", [False, True])
def test_quota_that_aws_can_raise_only_warns(strict: bool, bag: Bag, session: Lookups) -> None:
    """Nobody but AWS knows an account's quota."""
    levels = [
        {"attributeName": "language", "attributeValue": "Spanish", "level": n} for n in range(11)
    ]

    checked = check(None, bag(proficiencies=levels), session, strict=strict)

    assert _warned(checked) == ["proficiency-quota"]
    assert not any("entries" in str(failure) for failure in checked.failures)


def test_rule_of_this_provider_refuses_and_says_that_it_is_ours(bag: Bag, session: Lookups) -> None:
    """Connect would take a name that shows its letters in another order."""
    (failure,) = check(None, bag(**{"identityInfo.firstName": "Ma\u202ery"}), session).failures

    assert str(failure) == (
        "identity_info.first_name: holds the invisible character U+202E. Remove it. "
        "(A rule of this provider, not of AWS.)"
    )


@pytest.mark.parametrize("username", FROM_SALESFORCE)
@pytest.mark.parametrize("mode", MODES)
def test_username_from_service_cloud_voice_passes_without_a_word(
    mode: str, username: str, bag: Bag, session: Lookups
) -> None:
    """Salesforce makes such users through the Connect API; strict or not."""
    for strict in (False, True):
        checked = check(None, bag(mode, username=username), session, strict=strict)
        assert (checked.failures, checked.rule_warnings, checked.warnings) == ([], [], [])


@pytest.mark.parametrize("name", sorted({r.name for r in RULES if r.making} & set(_DOCUMENTED)))
def test_rule_about_making_a_user_never_judges_one_in_state(
    name: str, bag: Bag, session: Lookups
) -> None:
    """What was made stays made, whatever else changes about it."""
    had = bag(**_DOCUMENTED[name])
    old = check(None, had, session).inputs.known()

    changed = check(old, had | {"tags": {"team": "west"}}, session, strict=True)

    assert (changed.failures, changed.rule_warnings) == ([], [])


@pytest.mark.parametrize("username", ["mary@example", "m" * 43, *FROM_SALESFORCE])
def test_adopted_user_is_not_judged_as_one_to_be_made(
    username: str, bag: Bag, session: TwinLookups
) -> None:
    """Connect has its e-mail address and its name: neither is missing or too long."""
    session.twin.add(username)
    changes = {"username": username, "password": ABSENT, "identityInfo.email": ABSENT}

    checked = check(None, bag(**changes, adopt=True), session, strict=True)

    assert (checked.failures, checked.rule_warnings) == ([], [])
    assert checked.inputs.get("adoption") is not None


def test_value_that_an_adopted_user_has_is_accepted(bag: Bag, session: TwinLookups) -> None:
    """A last name that is longer than documented: AWS took it; another one of the kind is new."""
    session.twin.add("long.name", IdentityInfo={"FirstName": "Mary", "LastName": "M" * 257})

    def declared(last_name: str) -> dict[str, Any]:
        names = {"identityInfo.lastName": last_name, "identityInfo.email": ABSENT}
        return bag(username="long.name", adopt=True, password=ABSENT, **names)

    assert _warned(check(None, declared("M" * 257), session)) == []
    assert _warned(check(None, declared("M" * 258), session)) == ["last-name-256-characters"]


def test_rule_warns_once_in_a_run_at_the_first_user(bag: Bag, session: Lookups) -> None:
    """Whoever comes later says nothing new; users of a batch are counted, and three named."""
    (finding,) = check(None, bag(username="mary@example"), session).rule_warnings
    (other,) = check(None, bag(username="m" * 43), session).rule_warnings
    run = RuleWarnings()

    alone = run.lines([("mary", finding)])
    batch = run.lines([(f"agent.{n}", found) for n in range(5) for found in (finding, other)])

    assert alone == [f"mary: {finding.warning}"]
    assert batch == [f"5 users: agent.0, agent.1, agent.2 and 2 more: {other.warning}"]
    assert run.lines([("late", finding), ("later", other)]) == []
