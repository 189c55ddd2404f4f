"""Around the rules: errors, leaks, waivers, settings for some instances and stacks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from connect_users_guard import policies
from connect_users_guard.absent import UNKNOWN
from connect_users_guard.edit import Edit
from connect_users_guard.examples.as_resources import Example
from connect_users_guard.examples.cases import user
from connect_users_guard.guard import policy_of
from connect_users_guard.registry import all_rules
from connect_users_guard.request import Requests
from connect_users_guard.results import Results
from connect_users_guard.rule import Rule
from connect_users_guard.settings import Settings
from connect_users_guard.subject import UserView
from tests.support.analyzer import Analyzer, secret, urn_of

DYNAMIC = "pulumi-python:dynamic/connect:User"
ROSTER = "pulumi-python:dynamic/connect:UserBatch"
LENGTH = "connect-user-password-length"
SHORT = "Quokka9moss"
TODAY = date(2026, 11, 22)


def _example(mode: str = "CONNECT_MANAGED", **changes: Any) -> Example:
    return Example(type=DYNAMIC, props=user(mode, **changes))


def _broken_rule() -> Rule:
    def judge(one: UserView, _settings: Settings) -> Results:
        raise ValueError(f"cannot judge {one.get('password')}")

    def fix(one: UserView, _settings: Settings) -> Iterator[Edit]:
        raise KeyError(one.get("password"))

    return replace(all_rules()[LENGTH], evaluate=judge, fix=fix, level="mandatory")


@pytest.mark.parametrize(
    ("level", "told"),
    [("mandatory", "MANDATORY"), ("remediate", "MANDATORY"), ("advisory", "ADVISORY")],
)
def test_rule_that_raises_objects_at_its_level_without_values(level: str, told: str) -> None:
    """What a mandatory rule could not evaluate does not pass, and nothing leaks."""
    broken = policy_of(_broken_rule(), 0, Requests())
    answer = Analyzer(made=[broken], level=level).analyze(_example(password=SHORT))

    assert answer.outcome == "could not run"
    assert answer.levels == (told,)
    assert "ValueError at test_guard.py:" in answer.messages[0]
    assert SHORT not in answer.messages[0]


def test_rule_that_raises_leaves_the_others_running() -> None:
    broken = policy_of(_broken_rule(), 0, Requests())
    answer = Analyzer(made=[broken, *policies([LENGTH])]).analyze(_example(password=SHORT))

    assert answer.levels == ("MANDATORY", "MANDATORY")
    assert "11 characters" in answer.messages[1]


def test_remediation_that_raises_changes_nothing_and_tells_no_value() -> None:
    broken = policy_of(_broken_rule(), 0, Requests())
    analyzer = Analyzer(made=[broken], level="remediate")
    props, diagnostic = analyzer.remediate(_example(password=SHORT))

    assert props is None
    assert "KeyError at test_guard.py:" in diagnostic
    assert SHORT not in diagnostic


def test_remediation_that_raises_fails_the_validation_until_it_runs() -> None:
    """Of some rules only the remediation can find anything: a failed one must not pass."""
    fails = [True, False]

    def fix(one: UserView, _settings: Settings) -> Iterator[Edit]:
        if fails.pop(0):
            raise KeyError(one.get("password"))
        yield from ()

    rule = replace(all_rules()["connect-user-password-secret"], fix=fix)
    analyzer = Analyzer(made=[policy_of(rule, 0, Requests())])
    outcomes = []
    for _ in range(2):
        analyzer.remediate(_example(password=SHORT))
        outcomes.append(analyzer.analyze(_example(password=SHORT), urn=urn_of(DYNAMIC)))

    assert [answer.outcome for answer in outcomes] == ["could not run", "not applicable"]
    assert outcomes[0].levels == ("MANDATORY",)
    assert SHORT not in outcomes[0].messages[0]


def test_messages_of_all_rules_hold_no_secret_and_no_personal_value() -> None:
    """Each of a user's values is a word of its own here; none of them comes back."""
    told = {
        "password": "Zq1secretword",
        "identityInfo": {
            "firstName": "Zqfirst\u202e",
            "lastName": "Zqlast",
            "email": "zqmail@zqdomain.example",
            "secondaryEmail": "zqmail@zqdomain.example",
            "mobile": "+12065550111",
        },
        "phoneConfig": {"phoneType": "SOFT_PHONE", "deskPhoneNumber": "12065550122"},
        "tags": {"aws:zqkey": "zqmail@zqdomain.example +12065550111 Zqfirst Zqlast"},
        "directoryUserId": "zqdirectory",
        "securityProfileIds": ["a", "b", "c", "d"],
        "securityProfileNames": ["Agent", "Admin", "C", "D"],
        "hierarchyGroupId": None,
        "hierarchyPath": None,
    }
    private = ("zq1", "zqfirst", "zqlast", "zqmail", "zqdomain", "0111", "0122", "zqdirectory")
    analyzer = Analyzer()
    count = 0
    for mode in ("CONNECT_MANAGED", "SAML", "EXISTING_DIRECTORY"):
        one = _example(mode, **told)
        two = _example(mode, **told, username="MARY.MAJOR")
        for answer in (analyzer.analyze(one), analyzer.analyze_stack([one, one, two])):
            said = " ".join((*answer.messages, *answer.reasons)).casefold()
            count += len(answer.messages)
            assert [word for word in private if word in said] == []
            assert "could not run" not in said
    assert count > 60


def test_user_of_a_roster_is_named_by_username() -> None:
    users = {"mary.major": "{}", "jane.roe@example.com": "{}"}
    props = {"users": users, "passwords": {"jane.roe@example.com": SHORT}}
    answer = Analyzer(LENGTH).analyze(Example(type=ROSTER, props=props))

    (message,) = answer.messages
    assert "user jane.roe@example.com: password has 11 characters" in message


def test_complaint_names_its_subject() -> None:
    """`holds Admin, but is not listed`: who?"""
    held: dict[str, Any] = {"securityProfileNames": ["Admin"], "securityProfileIds": ["a"]}
    allowed = Analyzer("connect-user-admin-allowed")
    known, new = (
        allowed.analyze(_example(username=name, **held)).messages[0].splitlines()[1]
        for name in ("mary.major", UNKNOWN)
    )
    (profile,) = all_rules()["connect-user-risky-permission"].bad.profiles
    risky = Analyzer("connect-user-risky-permission").analyze(
        Example(type="aws-native:connect:SecurityProfile", props=profile)
    )

    assert known.startswith("user mary.major: holds Admin, but is not listed")
    assert new.startswith("user r0: holds Admin, but is not listed")
    assert f"security profile {profile['securityProfileName']}: grants" in risky.messages[0]


def test_violation_stands_at_its_resource() -> None:
    one, two = _example(), _example(username="jane.roe")
    answer = Analyzer("connect-user-password-unique").analyze_stack([one, two])

    assert answer.urns == (urn_of(DYNAMIC, 0), urn_of(DYNAMIC, 1))


def test_known_part_is_judged_beside_an_unknown_one() -> None:
    """One unknown attribute switches off nothing but what rests on it."""
    example = _example(password=SHORT, username=UNKNOWN, identityInfo={"email": UNKNOWN})
    answer = Analyzer(LENGTH, "connect-user-password-context").analyze(example)

    assert len(answer.messages) == 1
    assert "11 characters" in answer.messages[0]
    (reason,) = answer.reasons
    assert [part.partition(" is not known yet")[0] for part in reason.split("; ")] == [
        "username",
        "identityInfo.email",
    ]


@pytest.mark.parametrize(
    ("waiver", "outcome", "said"),
    [
        ({}, "not applicable", "waived until 2026-12-31"),
        ({"expires": "2026-11-22"}, "not applicable", "waived until 2026-11-22"),
        ({"expires": "2026-11-21"}, "fail", "expired on 2026-11-21"),
        ({"expires": "2026-02-30"}, "fail", "expires is not a date"),
        ({"owner": " "}, "fail", "it needs urn, reason, owner and expires"),
        ({"reason": None}, "fail", "it needs urn, reason, owner and expires"),
        ({"urn": "*::somebody-else"}, "fail", "11 characters"),
        ({"urn": "urn:pulumi:dev::centre::*::r0"}, "not applicable", "waived"),
    ],
)
def test_waiver_holds_until_its_day_for_its_urn_if_it_is_complete(
    waiver: dict[str, Any], outcome: str, said: str
) -> None:
    whole = {"urn": "*::r0", "reason": "Zqreason", "owner": "zq@example.com"}
    config = {"waivers": [{**whole, "expires": "2026-12-31", **waiver}]}
    rule = policy_of(all_rules()[LENGTH], 0, Requests(), today=lambda: TODAY)
    answer = Analyzer(made=[rule], config=config).analyze(_example(password=SHORT))

    assert answer.outcome == outcome
    text = " ".join((*answer.messages, *answer.reasons))
    assert said in text
    assert "zq" not in text.casefold()


def test_waiver_for_one_user_of_a_roster_leaves_the_others() -> None:
    names = ("mary", "jane")
    props = {"users": dict.fromkeys(names, "{}"), "passwords": dict.fromkeys(names, SHORT)}
    waiver = {"urn": "*#mary", "reason": "r", "owner": "o", "expires": "2999-01-01"}
    analyzer = Analyzer(LENGTH, config={"waivers": [waiver]})
    (message,) = analyzer.analyze(Example(type=ROSTER, props=props)).messages

    assert "user jane:" in message


def test_override_changes_settings_for_its_stacks_and_instances() -> None:
    """Per environment and per instance, the last entry that fits wins."""
    config = {
        "minLength": 8,
        "overrides": [
            {"stacks": ["dev"], "settings": {"minLength": 30}},
            {"instances": ["1111*"], "settings": {"minLength": 40}},
            {"stacks": ["production"], "settings": {"minLength": 50}},
        ],
    }
    answer = Analyzer(LENGTH, config=config).analyze(_example())

    assert "21 characters, fewer than 40" in answer.messages[0]


def test_settings_arrive_as_floats_and_are_told_as_whole_numbers() -> None:
    """15.0 characters would be a strange demand."""
    answer = Analyzer(LENGTH, config={"minLength": 30.0}).analyze(_example())

    assert "fewer than 30" in answer.messages[0]
    broken = Analyzer(LENGTH, config={"minLength": 30.5}).analyze(_example())
    assert "minLength must be a whole number" in broken.messages[0]


@pytest.mark.parametrize(
    ("rule", "config", "said"),
    [
        ("connect-user-saml-username-pattern", {"pattern": "("}, "pattern must be"),
        ("connect-user-required-tags", {"required": {"Team": "("}}, "required must map"),
        ("connect-user-tag-personal-data", {"patterns": {"x": "("}}, "patterns must map"),
        ("connect-user-password-common", {"listFile": "/nowhere"}, "listFile must be"),
        ("connect-user-profile-combination", {"pairs": ["Admin"]}, "pairs must be"),
        ("connect-user-routing-profile-allowed", {"map": {"West": "x"}}, "map must map"),
        ("connect-user-after-contact-work", {"min": 9, "max": 5}, "min must not"),
        ("connect-user-password-length", {"overrides": ["x"]}, "overrides must be"),
    ],
)
def test_setting_that_cannot_be_used_is_named_without_its_value(
    rule: str, config: dict[str, Any], said: str
) -> None:
    """At the rule's own level: what could not be evaluated does not pass."""
    mode = "SAML" if "saml" in rule else "CONNECT_MANAGED"
    answer = Analyzer(rule, config=config, level="mandatory").analyze(_example(mode))

    assert answer.outcome == "could not run"
    assert answer.levels == ("MANDATORY",)
    assert f"in its configuration, {said}" in answer.messages[0]


def test_rules_of_one_request_read_it_once_and_of_the_next_anew() -> None:
    """What is kept for a request never reaches another one of the same resource."""
    analyzer = Analyzer(LENGTH, "connect-user-password-pattern")
    outcomes = [
        analyzer.analyze(_example(password=password)).outcome
        for password in (SHORT, "Quokka-9-lattice-Moss", SHORT)
    ]

    assert outcomes == ["fail", "pass", "fail"]


def test_identity_type_that_is_not_known_yet_may_be_configured() -> None:
    """A new instance's type is an output; the configuration knows it before."""
    example = _example("SAML", identityManagementType=UNKNOWN, directoryUserId="d-1")
    rule = "connect-user-saml-no-directory-id"

    assert Analyzer(rule).analyze(example).outcome == "not applicable"
    config = {"identityTypes": {"1111*": "SAML"}}
    assert Analyzer(rule, config=config).analyze(example).outcome == "fail"


def test_secret_arrives_in_the_clear_and_is_judged() -> None:
    answer = Analyzer(LENGTH).analyze(_example(password=secret(SHORT)))

    assert answer.outcome == "fail"
