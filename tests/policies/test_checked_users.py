"""What check refuses of this project's own users is left to it, and it does refuse it."""

from dataclasses import replace
from typing import Any

import pytest

from connect_users_guard.examples.as_resources import config_for, examples
from connect_users_guard.registry import all_rules
from connect_users_guard.rule import Rule
from connect_users_guard.user_resources import AWS_NATIVE_USER, AWS_USER, NATIVE_USER, ROSTERS, USER
from pulumi_connect_users.users.check import check
from tests.support.analyzer import Analyzer
from tests.support.twin import Twin
from tests.support.twin_process import ARNS, TwinLookups
from tests.support.valid_users import bag_of

CHECKED = [rule for rule in all_rules().values() if rule.checked]
DECLARED = ("username", "identityInfo", "password", "directoryUserId", "phoneConfig", "tags")
PER_CHANNEL = ("autoAcceptConfigs", "afterContactWorkConfigs")
rules = pytest.mark.parametrize("rule", CHECKED, ids=lambda rule: rule.what)


def _outcome(rule: Rule, type_: str, **changes: Any) -> str:
    [example] = examples(rule.bad, type_)
    example = replace(example, props={**example.props, **changes})
    config = {"ownUsers": False, **config_for(rule, rule.bad, AWS_USER)}
    return Analyzer(rule.name, config=config).analyze(example).outcome


@rules
def test_what_a_checked_rule_finds_is_refused_by_check(rule: Rule) -> None:
    [user] = rule.bad.users
    mode = user["identityManagementType"]
    found = {key: user[key] for key in (*DECLARED, *PER_CHANNEL) if user.get(key) is not None}
    bag = {**bag_of(mode, ARNS[mode], {}), **found}

    assert check(None, bag, TwinLookups(Twin()), strict=False).failures != []


@rules
@pytest.mark.parametrize("type_", [USER, NATIVE_USER, *ROSTERS])
def test_checked_rule_leaves_own_users_to_check(rule: Rule, type_: str) -> None:
    assert _outcome(rule, type_) == "not applicable"


@rules
def test_checked_rule_finds_users_of_other_types(rule: Rule) -> None:
    types = {AWS_USER, AWS_NATIVE_USER} & set(rule.types)

    assert {_outcome(rule, type_) for type_ in types} == {"fail"}


@rules
def test_checked_rule_finds_users_whose_identity_type_check_did_not_know(rule: Rule) -> None:
    """Without credentials a preview knows it from `identityTypes` alone."""
    assert _outcome(rule, USER, identityManagementType=None) == "fail"
