"""Settings: for which instances and stacks they hold, and which one of several does."""

from typing import Any

import pytest

from connect_users_guard.absent import UNKNOWN
from connect_users_guard.examples.as_resources import Example
from connect_users_guard.examples.cases import user
from connect_users_guard.instances import closest, means
from connect_users_guard.registry import all_rules
from tests.policies.matrix import WAIVER
from tests.support.analyzer import Analyzer

DYNAMIC = "pulumi-python:dynamic/connect:User"
ROSTER = "pulumi-python:dynamic/connect:UserBatch"
SHARED = {"instanceArn": user()["instanceArn"], "identityManagementType": "CONNECT_MANAGED"}
LENGTH = "connect-user-password-length"
SHORT = "Quokka9moss"


def _example(mode: str = "CONNECT_MANAGED", **changes: Any) -> Example:
    return Example(type=DYNAMIC, props=user(mode, **changes))


@pytest.mark.parametrize(
    ("types", "outcome"),
    [
        ({"*": "CONNECT_MANAGED", "1111*": "SAML"}, "fail"),
        ({"1*": "SAML", "1111*": "CONNECT_MANAGED"}, "not applicable"),
        ({"1111*": "CONNECT_MANAGED", user()["instanceArn"]: "SAML"}, "fail"),
        ({"*": "SAML", user()["instanceArn"]: "CONNECT_MANAGED"}, "not applicable"),
        ({"2222*": "SAML"}, "not applicable"),
    ],
)
def test_identity_type_of_an_instance_is_the_closest_one(
    types: dict[str, str], outcome: str
) -> None:
    """Maps reach a policy without their order: by chance, `*` would hide an instance's own."""
    example = _example("SAML", identityManagementType=None, directoryUserId="d-1")
    answer = Analyzer("connect-user-saml-no-directory-id", config={"identityTypes": types})

    assert answer.analyze(example).outcome == outcome


ID = user()["instanceArn"].rpartition("/")[2]
OWN = "arn:aws:connect:us-west-2:111122223333:instance/"
OTHER = "arn:aws:connect:*:444455556666:instance/"


@pytest.mark.parametrize(
    ("glob", "instance", "meant"),
    [
        (OWN + "*", OWN + ID, True),
        (OTHER + "*", OWN + ID, False),
        ("arn:aws:connect:us-west-2:111122223333:*", OWN + ID, True),
        ("*:444455556666:*", OWN + ID, False),
        (OTHER + ID[:4] + "*", OWN + ID, False),
        (ID[:4] + "*", OWN + ID, True),
        ("*", OWN + ID, True),
        (OWN + ID, ID, True),
        (OWN + "2222*", ID, False),
        (OWN + "*", ID, None),
        ("arn:aws:connect:us-west-2:111122223333:*", ID, None),
        ("*", ID, True),
        ("*", UNKNOWN, True),
        (OWN + "*", UNKNOWN, None),
        (ID, UNKNOWN, None),
    ],
)
def test_glob_on_arns_means_the_instances_of_its_account_and_region(
    glob: str, instance: Any, meant: bool | None
) -> None:
    """One stack may have users of several accounts; an id alone does not tell its account."""
    assert means(glob, instance) is meant


@pytest.mark.parametrize(
    ("globs", "instance", "best"),
    [
        ([OWN + "*", OTHER + "*"], OWN + ID, [OWN + "*"]),
        ([OWN + "*", OTHER + "*"], ID, [OTHER + "*", OWN + "*"]),
        ([OWN + "*", OTHER + "*", ID], ID, [ID]),
        ([OWN + "*", "*"], ID, ["*", OWN + "*"]),
        ([OWN + "*", "1111*"], ID, ["1111*"]),
        ([OWN + "*", "*"], UNKNOWN, ["*"]),
        ([OWN + "2222*"], ID, []),
    ],
)
def test_closest_globs_are_all_that_could_be_it(
    globs: list[str], instance: Any, best: list[str]
) -> None:
    """Which account an id is of cannot be told: no glob on ARNs is picked by chance."""
    assert sorted(closest(globs, instance)) == sorted(best)


def test_identity_types_by_account_keep_a_password_where_it_belongs() -> None:
    """Judged by another account's type, a remediation would take the password away."""
    arn = user()["instanceArn"]
    here = arn.rpartition("/")[0] + "/*"
    types = {here: "CONNECT_MANAGED", OTHER + "*": "SAML"}
    analyzer = Analyzer(
        "connect-user-saml-no-password", config={"identityTypes": types}, level="remediate"
    )
    native = Example(
        type="aws-native:connect:User", props={"instanceArn": arn, "password": "Quokka-9-lattice"}
    )
    by_id = Example(type="aws:connect/user:User", props={"instanceId": ID, "password": "Quokka-9"})

    assert analyzer.remediate(native) == (None, "")
    assert analyzer.remediate(by_id) == (None, "")
    assert "set identityTypes" in analyzer.analyze(by_id).reasons[0]


def test_instances_of_an_account_are_judged_and_no_others() -> None:
    own = user()["instanceArn"].partition(":instance/")[0]
    for glob, outcome in ((own + ":*", "fail"), (OTHER + "*", "not applicable")):
        analyzer = Analyzer(LENGTH, config={"instances": [glob]})

        assert analyzer.analyze(_example(password=SHORT)).outcome == outcome


def test_excluded_user_of_a_roster_is_named_as_in_a_waiver() -> None:
    users = {"mary.major": "{}", "jane.roe": "{}"}
    passwords = dict.fromkeys(users, SHORT)
    roster = Example(type=ROSTER, props=SHARED | {"users": users, "passwords": passwords})
    analyzer = Analyzer(LENGTH, config={"excludeUrns": ["*::UserBatch*#mary.major", "*#mary.*"]})

    (message,) = analyzer.analyze(roster).messages
    assert "user jane.roe: " in message


@pytest.mark.parametrize(
    ("patterns", "outcome"),
    [
        (["centre/dev"], "fail"),
        (["dev"], "fail"),
        (["*/dev"], "fail"),
        (["d*"], "fail"),
        (["*"], "fail"),
        (["c*"], "not applicable"),
        (["centre/prod"], "not applicable"),
    ],
)
def test_stack_is_named_with_its_project_or_without(patterns: list[str], outcome: str) -> None:
    """A glob without a slash is of stacks alone: `c*` is not the project `centre`."""
    answer = Analyzer(LENGTH, config={"stacks": patterns}).analyze(_example(password=SHORT))

    assert answer.outcome == outcome


def test_roster_that_is_hidden_is_judged_by_no_rule_and_passed_by_none() -> None:
    """A scan of an export without the passphrase says what it could not look at."""
    hidden = Example(type=ROSTER, props=SHARED | {"users": "[secret]", "passwords": "[secret]"})
    outcomes = {}
    for rule in all_rules().values():
        if ROSTER in rule.types and rule.scope != "run":
            analyzer = Analyzer(rule.name)
            stack = rule.scope == "stack"
            answer = analyzer.analyze_stack([hidden]) if stack else analyzer.analyze(hidden)
            outcomes[rule.name] = answer.outcome

    # What it looks at stands beside the users, and is not hidden.
    assert outcomes.pop("connect-user-identity-mode-consistent") == "pass"
    assert set(outcomes.values()) == {"not applicable"}


def test_instance_is_named_by_its_arn_too() -> None:
    """As `connect:instanceArn` has it."""
    analyzer = Analyzer(LENGTH, config={"instances": [user()["instanceArn"]]})

    assert analyzer.analyze(_example(password=SHORT)).outcome == "fail"


def test_waiver_of_an_override_holds_where_the_override_does() -> None:
    """An exception for one stack, beside that stack's other settings."""
    for stack, outcome in (("dev", "not applicable"), ("production", "fail")):
        override = {"stacks": [stack], "settings": {"waivers": [WAIVER]}}
        analyzer = Analyzer(LENGTH, config={"overrides": [override]})

        assert analyzer.analyze(_example(password=SHORT)).outcome == outcome


def test_waiver_of_an_override_stops_a_remediation_too() -> None:
    """A waiver means: as it is."""
    override = {"stacks": ["dev"], "settings": {"waivers": [WAIVER]}}
    rule = "connect-user-saml-no-password"
    analyzer = Analyzer(rule, config={"overrides": [override]}, level="remediate")

    assert analyzer.remediate(_example("SAML", password=SHORT)) == (None, "")


@pytest.mark.parametrize(
    ("name", "glob", "outcome"),
    [
        ("agent[0]", "*::agent[0]", "not applicable"),
        ("agent0", "*::agent[0]", "fail"),
        ("agent[0]", "*::agent[?]", "not applicable"),
        ("agent(1)", "*::agent(1)", "not applicable"),
        ("agent!", "*::agent[!a]", "fail"),
    ],
)
def test_brackets_of_a_waiver_stand_for_themselves(name: str, glob: str, outcome: str) -> None:
    """A waiver for `agent[0]` did not hold, in silence, and held for `agent0`."""
    waiver = {"urn": glob, "reason": "r", "owner": "o", "expires": "2999-01-01"}
    analyzer = Analyzer(LENGTH, config={"waivers": [waiver]})
    urn = f"urn:pulumi:dev::centre::{DYNAMIC}::{name}"

    assert analyzer.analyze(_example(password=SHORT), urn=urn).outcome == outcome


def test_brackets_of_a_map_and_a_list_stand_for_themselves() -> None:
    allowed = {"allowedUsers": ["mary[west]"]}
    held: dict[str, Any] = {"securityProfileNames": ["Admin"], "securityProfileIds": ["a"]}
    analyzer = Analyzer("connect-user-admin-allowed", config=allowed)
    tagged = {"map": {"AMER/[West]": "West"}, "teamTag": "Team"}
    by_group = Analyzer("connect-user-hierarchy-tag", config=tagged)
    group: dict[str, Any] = {"hierarchyPath": "AMER/[West]", "tags": {"Team": "East"}}

    assert analyzer.analyze(_example(username="mary[west]", **held)).outcome == "pass"
    assert analyzer.analyze(_example(username="maryw", **held)).outcome == "fail"
    assert by_group.analyze(_example(**group)).outcome == "fail"


def test_waiver_with_a_day_in_another_form_does_not_hold() -> None:
    """20261127 is a day for Python, and none for the configuration's check."""
    waiver = {"urn": "*", "reason": "r", "owner": "o", "expires": "29990101"}
    answer = Analyzer(LENGTH, config={"waivers": [waiver]}).analyze(_example(password=SHORT))

    assert "expires is not a date (YYYY-MM-DD)" in answer.messages[0]
