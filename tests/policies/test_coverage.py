"""What no rule could evaluate is counted; facts that other types lack are given once."""

from collections.abc import Mapping
from typing import Any

import pytest

from connect_users_guard.absent import UNKNOWN
from connect_users_guard.examples.as_resources import Example
from connect_users_guard.examples.cases import INSTANCE, user
from tests.support.analyzer import Analyzer, urn_of

AWS = "aws:connect/user:User"
DYNAMIC = "pulumi-python:dynamic/connect:User"
ROSTER = "pulumi-python:dynamic/connect:UserBatch"
SHARING, EVALUATED = "connect-user-identity-known", "connect-user-evaluated"
NO_PASSWORD, ADMIN = "connect-user-saml-no-password", "connect-user-admin-allowed"
INSTANCE_ID = INSTANCE.rpartition("/")[2]
SAML = {"identityTypes": {INSTANCE_ID: "SAML"}, "profiles": {"admin-id": "Admin"}}


def _aws(**changes: Any) -> Example:
    """An Admin with a password, where SAML manages identities: nothing of which shows here."""
    props = {"instanceId": INSTANCE_ID, "name": "mary", "securityProfileIds": ["admin-id"]}
    return Example(type=AWS, props={**props, "password": "Quokka-9-lattice-Moss", **changes})


def _analyzer(*rules: str, **shared: Any) -> Analyzer:
    return Analyzer(*rules, SHARING, EVALUATED, by_rule={SHARING: shared})


def _advisory(analyzer: Analyzer, *examples: Example) -> str:
    """What is said of a run on the resources; empty if all was evaluated."""
    for number, one in enumerate(examples):
        analyzer.analyze(one, urn=urn_of(one.type, number))
    said = [m for m in analyzer.analyze_stack(examples).messages if "Every rule" in m]
    return said[0].splitlines()[1] if said else ""


def test_what_no_rule_could_evaluate_is_one_advisory_with_counts_and_names() -> None:
    """A SAML user with a password and Admin's id passed without a word."""
    said = _advisory(_analyzer(NO_PASSWORD, ADMIN), _aws(), _aws(name="jane"))

    assert f"2 users were not evaluated by {NO_PASSWORD}: how the instance" in said
    assert f"2 users were not evaluated by {ADMIN}: the names of security profiles" in said
    assert f"Set identityTypes of {SHARING}. " in said
    assert f"Set profiles of {SHARING}." in said


def test_facts_given_once_are_for_all_rules() -> None:
    analyzer = _analyzer(NO_PASSWORD, ADMIN, **SAML)
    messages = analyzer.analyze(_aws(), urn=urn_of(AWS)).messages

    assert len(messages) == 2
    assert _advisory(analyzer, _aws()) == ""


def test_facts_given_once_are_known_to_remediations() -> None:
    """They run before any validation."""
    by_rule = {SHARING: SAML}
    props, _ = Analyzer(NO_PASSWORD, SHARING, by_rule=by_rule, level="remediate").remediate(_aws())

    assert props is not None
    assert "password" not in props


def test_fact_of_a_rule_of_its_own_wins() -> None:
    """Settings of earlier configurations go on working."""
    own = {NO_PASSWORD: {"identityTypes": {INSTANCE_ID: "CONNECT_MANAGED"}}, SHARING: SAML}
    analyzer = Analyzer(NO_PASSWORD, SHARING, by_rule=own)

    assert analyzer.analyze(_aws()).messages == ()


@pytest.mark.parametrize(("stack", "count"), [("dev", 1), ("production", 0)])
def test_facts_given_once_may_differ_by_stack(stack: str, count: int) -> None:
    overrides = [{"stacks": [stack], "settings": SAML}]
    analyzer = _analyzer(NO_PASSWORD, overrides=overrides)

    assert len(analyzer.analyze(_aws()).messages) == count


def test_facts_that_mean_another_instance_leave_users_unevaluated() -> None:
    """A wrong id was as good as none, and nobody noticed."""
    said = _advisory(_analyzer(NO_PASSWORD, identityTypes={"other": "SAML"}), _aws())

    assert f"1 user was not evaluated by {NO_PASSWORD}: how the instance" in said


def test_wrong_settings_are_not_hidden_by_shared_ones() -> None:
    by_rule: Mapping[str, Any] = {
        NO_PASSWORD: {"overrides": "x"},
        SHARING: {"overrides": [{"settings": SAML}]},
    }
    analyzer = Analyzer(NO_PASSWORD, SHARING, by_rule=by_rule)

    assert analyzer.analyze(_aws()).outcome == "could not run"


def test_unknown_values_and_hidden_users_are_counted() -> None:
    """Users of a roster, not batches."""
    length = "connect-user-password-length"
    users = {"mary": UNKNOWN, "jane": UNKNOWN, "john": "{}"}
    roster = Example(type=ROSTER, props={"instanceArn": INSTANCE, "users": users})
    single = Example(type=DYNAMIC, props=user(password=UNKNOWN, tags=UNKNOWN))
    analyzer = _analyzer(length, "connect-user-tag-limits")
    said = _advisory(analyzer, roster, single)

    assert f"1 user was not evaluated by {length}" in said
    assert "3 users were not evaluated by connect-user-tag-limits" in said
    assert said.count("a value is not known yet") == 1


def test_stack_rule_that_cannot_tell_is_named() -> None:
    count = "connect-user-admin-count"
    said = _advisory(_analyzer(count), _aws())

    assert f"the stack was not evaluated by {count}: the names" in said


@pytest.mark.parametrize(
    ("type_", "reported"),
    [
        ("awscc:connect/user:User", True),
        ("acme:connect:User", True),
        ("aws:connect/userHierarchyGroup:UserHierarchyGroup", False),
        ("aws:iam/user:User", False),
        (AWS, False),
    ],
)
def test_type_that_no_rule_knows_is_reported(type_: str, reported: bool) -> None:
    said = _advisory(_analyzer(), Example(type=type_, props={}))

    assert (f"the type {type_} is not supported" in said) is reported


def test_what_is_evaluated_the_next_time_is_not_reported_any_more() -> None:
    """In `up`, what the preview did not know is known."""
    analyzer = _analyzer("connect-user-tag-limits")
    unknown, known = (Example(type=DYNAMIC, props=user(tags=t)) for t in (UNKNOWN, {"Team": "W"}))

    assert "1 user was" in _advisory(analyzer, unknown)
    assert _advisory(analyzer, known) == ""


@pytest.mark.parametrize("mode", ["CONNECT_MANAGED", "SAML"])
def test_nothing_is_reported_of_users_who_show_everything(mode: str) -> None:
    """A rule that does not apply is not one that could not tell."""
    assert _advisory(Analyzer(), Example(type=DYNAMIC, props=user(mode))) == ""
