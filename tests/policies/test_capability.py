"""What security profiles allow is judged by its names, for each user, and closed if unread."""

import json
from typing import Any

import pytest

from connect_users_guard.absent import UNKNOWN
from connect_users_guard.capabilities import TEXTS
from connect_users_guard.check_config import check_text
from connect_users_guard.examples.as_resources import Example
from connect_users_guard.examples.cases import INSTANCE, user
from connect_users_guard.presets import path
from tests.policies.rule_outcomes import DYNAMIC, outcome_of
from tests.policies.test_matrix import TODAY
from tests.support.analyzer import Analyzer, urn_of

RULE, EVALUATED = "connect-user-capability", "connect-user-evaluated"
LEAD = ["become-admin", "change-rights", "edit-users"]
NAMED = {
    "securityProfileIds": ["p-1", "p-2"],
    "securityProfileNames": ["Team Lead", "Agent"],
    "capabilities": LEAD,
}


@pytest.mark.parametrize(
    ("capabilities", "config", "outcome"),
    [
        (LEAD, {}, "fail"),
        ([], {}, "pass"),
        (["edit-users", "listen-to-recordings"], {}, "pass"),
        (["listen-to-recordings"], {"capabilities": ["listen-*", "export-*"]}, "fail"),
        (LEAD, {"capabilities": ["listen-to-recordings"]}, "pass"),
        (LEAD, {"capabilities": []}, "pass"),
        (LEAD, {"allowed": ["mary.*"]}, "pass"),
        (LEAD, {"allowed": ["urn:*"]}, "pass"),
        (LEAD, {"allowed": ["jane.*"]}, "fail"),
        (None, {}, "fail"),
        (None, {"allowed": ["mary.*"]}, "pass"),
        (None, {"allowUnread": True}, "not applicable"),
        (UNKNOWN, {}, "not applicable"),
        ([UNKNOWN], {}, "not applicable"),
    ],
)
def test_verdicts(capabilities: Any, config: dict[str, Any], outcome: str) -> None:
    assert outcome_of("capability", config=config, capabilities=capabilities) == outcome


def test_message_says_what_the_user_can_do_and_by_which_profiles() -> None:
    answer = Analyzer(RULE).analyze(Example(type=DYNAMIC, props=user(**NAMED)))

    (message,) = answer.messages
    assert message.endswith(
        "user mary.major: can become Admin (become-admin), change users' security profiles "
        "(change-rights) by the security profiles Agent, Team Lead. Use smaller security profiles, "
        "or list the user under allowed."
    )


def test_unread_capabilities_name_the_actions_to_allow() -> None:
    """The rule objects at its own level: a mandatory one stays closed."""
    answer = Analyzer(RULE).analyze(Example(type=DYNAMIC, props=user(capabilities=None)))

    (message,) = answer.messages
    assert "user mary.major: may do anything: the capabilities of users are not known" in message
    assert "Allow connect:ListSecurityProfilePermissions and connect:DescribeSecurityP" in message


@pytest.mark.parametrize("roster", ["pulumi-python:dynamic/connect:UserBatch"])
def test_user_of_a_roster_is_judged_alone(roster: str) -> None:
    texts = {"amy": json.dumps({"capabilities": []}), "lee": json.dumps({"capabilities": LEAD})}
    props = {"instanceArn": INSTANCE, "users": texts}

    (message,) = Analyzer(RULE).analyze(Example(type=roster, props=props)).messages

    assert "user lee: can become Admin" in message


def test_users_that_pass_unread_are_counted() -> None:
    """One line of the rule about what no rule could evaluate, with the remedy."""
    analyzer = Analyzer(RULE, EVALUATED, by_rule={RULE: {"allowUnread": True}})
    unread = Example(type=DYNAMIC, props=user(capabilities=None))
    analyzer.analyze(unread, urn=urn_of(DYNAMIC, 0))

    (message,) = analyzer.analyze_stack([unread]).messages

    assert f"1 user was not evaluated by {RULE}: the capabilities of users are not" in message
    assert "Allow the role connect:ListSecurityProfilePermissions and " in message


@pytest.mark.parametrize("glob", ["become-admins", "Users.*"])
def test_capability_that_does_not_exist_is_a_mistake_that_lists_those_that_do(glob: str) -> None:
    given = {"capabilities": ["change-rights", glob]}

    (problem,) = check_text(json.dumps({RULE: given}), TODAY)

    assert problem.where == f"{RULE}.capabilities"
    assert problem.text == f"must be names, or globs, of {', '.join(sorted(TEXTS))}."
    answer = Analyzer(RULE, config=given).analyze(Example(type=DYNAMIC, props=user()))
    assert answer.outcome == "could not run"


@pytest.mark.parametrize(
    ("preset", "level"),
    [("starter", "disabled"), ("saml-strict", "advisory"), ("managed-strict", "advisory")],
)
def test_presets_advise_it_where_they_are_strict(preset: str, level: str) -> None:
    """Without a line for each user where an older role reads no permissions."""
    entry = json.loads(path(preset).read_text())[RULE]

    assert entry == (level if level == "disabled" else {"enforcementLevel": level} | _QUIET)


_QUIET = {"allowUnread": True}
