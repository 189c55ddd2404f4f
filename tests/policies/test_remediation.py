"""Remediations: safe for secrets, for what is unknown and for the provider; idempotent."""

import json
from typing import Any

import pytest

from connect_users_guard.absent import UNKNOWN
from connect_users_guard.edit import REMOVE, WRAP, Change, Edit
from connect_users_guard.examples.as_resources import Example, config_for, examples
from connect_users_guard.examples.cases import user
from connect_users_guard.registry import all_rules
from connect_users_guard.remediation import apply
from connect_users_guard.rule import Rule
from connect_users_guard.user_resources import SINGLE_USERS
from tests.support.analyzer import SECRET, SIGNATURE, Analyzer, secret, wire

DYNAMIC = "pulumi-python:dynamic/connect:User"
NATIVE = "aws-native:connect:User"
ROSTER = "pulumi-python:dynamic/connect:UserBatch"
FIXING = [rule for rule in all_rules().values() if rule.fix]
PROVIDER = secret("gASVKAAAAAAAAAB9")
PAIRS = [
    (rule, type_)
    for rule in FIXING
    for type_ in rule.types
    if rule.name != "connect-user-password-secret"
]


def _is_secret(value: Any) -> bool:
    return isinstance(value, dict) and value.get(SIGNATURE) == SECRET


def _remediate(rule: str, props: dict[str, Any], **more: Any) -> dict[str, Any] | None:
    type_ = more.pop("type_", DYNAMIC)
    analyzer = Analyzer(rule, level="remediate", **more)
    return analyzer.remediate(Example(type=type_, props=props))[0]


@pytest.mark.parametrize(("rule", "type_"), PAIRS, ids=[f"{r.what}-{t}" for r, t in PAIRS])
def test_remediation_makes_the_bad_example_pass_and_a_second_one_changes_nothing(
    rule: Rule, type_: str
) -> None:
    (bad,) = examples(rule.bad, type_)
    analyzer = Analyzer(rule.name, config=config_for(rule, rule.bad, type_), level="remediate")
    fixed, diagnostic = analyzer.remediate(bad)

    assert diagnostic == ""
    assert fixed is not None
    again = Example(type=type_, props=fixed)
    assert analyzer.analyze(bad).outcome == "fail"
    assert analyzer.analyze(again).outcome == "pass"
    assert analyzer.remediate(again) == (None, "")


@pytest.mark.parametrize("rule", FIXING, ids=lambda r: r.what)
def test_remediation_of_a_good_example_changes_nothing(rule: Rule) -> None:
    for type_ in rule.types:
        (good, *_) = examples(rule.good, type_)
        if "password" in good.props:
            good = Example(
                type=type_, props={**good.props, "password": secret(good.props["password"])}
            )
        elif "passwords" in good.props:
            passwords = {name: secret(p) for name, p in good.props["passwords"].items()}
            good = Example(type=type_, props={**good.props, "passwords": passwords})
        config = config_for(rule, rule.good, type_)
        analyzer = Analyzer(rule.name, config=config, level="remediate")

        assert analyzer.remediate(good) == (None, "")


def test_remediation_leaves_no_provider_and_no_secret_behind() -> None:
    """A copy of the properties would store both in the clear, or lose the provider."""
    props = {
        **user("SAML", identityInfo={"email": "marym@example.com"}),
        "mobile": secret("+12065550100"),
        "__provider": PROVIDER,
    }
    fixed = _remediate("connect-user-saml-no-email", props)

    assert fixed is not None
    assert fixed["__provider"] == PROVIDER
    assert fixed["mobile"] == secret("+12065550100")
    assert fixed["identityInfo"] == {"firstName": "Mary", "lastName": "Major"}


def test_remediation_removes_a_secret_password_altogether() -> None:
    """An empty secret would still be a password to the provider."""
    props = user("SAML") | {"password": secret("Quokka-9-lattice-Moss"), "__provider": PROVIDER}
    fixed = _remediate("connect-user-saml-no-password", props)

    assert fixed == user("SAML") | {"__provider": PROVIDER}


def test_remediation_keeps_secret_what_it_changes() -> None:
    props = user(identityInfo={"firstName": secret("Zoe\u0308")})
    fixed = _remediate("connect-user-name-normalized", props)

    assert fixed is not None
    assert fixed["identityInfo"]["firstName"] == secret("Zo\u00eb")


def test_remediation_keeps_secret_a_structure_that_is_one() -> None:
    """`personalData: secret` makes whole structures secret."""
    info = secret({"firstName": "Zoe\u0308", "lastName": "Roe"})
    fixed = _remediate("connect-user-name-normalized", user() | {"identityInfo": info})

    assert fixed is not None
    assert fixed["identityInfo"] == secret({"firstName": "Zo\u00eb", "lastName": "Roe"})


@pytest.mark.parametrize("type_", SINGLE_USERS)
def test_plain_password_becomes_a_secret_and_a_secret_one_stays(type_: str) -> None:
    """Once: no secret in a secret."""
    props = {"password": "Quokka-9-lattice-Moss", "username": "mary"}
    fixed = _remediate("connect-user-password-secret", props, type_=type_)

    assert fixed == {"password": secret("Quokka-9-lattice-Moss"), "username": "mary"}
    assert _remediate("connect-user-password-secret", fixed, type_=type_) is None


def test_plain_password_of_a_roster_becomes_a_secret() -> None:
    """Passwords stand beside the users, each by itself."""
    weak, strong = "Password123", secret("Quokka-9-lattice-Moss")
    props = {"users": {"mary": "{}", "jane": "{}"}, "passwords": {"mary": weak, "jane": strong}}
    fixed = _remediate("connect-user-password-secret", props, type_=ROSTER)

    assert fixed == props | {"passwords": {"mary": secret(weak), "jane": strong}}
    assert _remediate("connect-user-password-secret", fixed, type_=ROSTER) is None


def test_secret_user_of_a_roster_stays_a_secret() -> None:
    mary = json.dumps(user("SAML", identityInfo={"email": "marym@example.com"}))
    props = {"users": {"mary": secret(mary)}}
    fixed = _remediate("connect-user-saml-no-email", props, type_=ROSTER)

    assert fixed is not None
    assert _is_secret(fixed["users"]["mary"])
    assert "marym@example.com" not in fixed["users"]["mary"]["value"]


UNKNOWNS: dict[str, dict[str, Any]] = {
    "connect-user-saml-no-email": user("SAML") | {"identityInfo": UNKNOWN},
    "connect-user-directory-identity-unmanaged": user("EXISTING_DIRECTORY")
    | {"identityInfo": UNKNOWN},
    "connect-user-name-normalized": user(identityInfo={"firstName": UNKNOWN, "lastName": UNKNOWN}),
    "connect-user-required-tags": user() | {"tags": UNKNOWN},
    "connect-user-hierarchy-tag": user(hierarchyGroupId=UNKNOWN, hierarchyPath=UNKNOWN),
    "connect-user-phone-consistent": user() | {"phoneConfig": UNKNOWN},
    "connect-user-after-contact-work": user(phoneConfig={"afterContactWorkTimeLimit": UNKNOWN}),
    "connect-user-password-secret": user(password=UNKNOWN),
}


@pytest.mark.parametrize("rule", list(UNKNOWNS))
def test_remediation_leaves_unknown_values_alone(rule: str) -> None:
    config = {
        "connect-user-required-tags": {"required": {"Team": ".*"}, "defaults": {"Team": "West"}},
        "connect-user-hierarchy-tag": {"map": {"group-east": "East"}},
    }.get(rule, {})

    assert _remediate(rule, UNKNOWNS[rule], config=config) is None


def test_remediation_changes_what_is_known_beside_what_is_not() -> None:
    props = user(identityInfo={"firstName": UNKNOWN, "lastName": "Ma\u0301jor"})
    fixed = _remediate("connect-user-name-normalized", props)

    assert fixed is not None
    assert fixed["identityInfo"] == wire({**props["identityInfo"], "lastName": "M\u00e1jor"})


def test_waived_resource_is_not_remediated() -> None:
    """A waiver means: as it is."""
    waiver = {"urn": "*", "reason": "r", "owner": "o", "expires": "2999-01-01"}
    props = user("SAML", identityInfo={"email": "marym@example.com"})

    assert _remediate("connect-user-saml-no-email", props, config={"waivers": [waiver]}) is None


def test_native_tags_keep_their_other_entries() -> None:
    config = {"required": {"Team": "West"}, "defaults": {"Team": "West"}}
    other = {"key": "Floor", "value": secret("2")}
    fixed = _remediate("connect-user-required-tags", {"tags": [other]}, config=config, type_=NATIVE)

    assert fixed == {"tags": [other, {"key": "Team", "value": "West"}]}


def test_after_contact_work_of_each_channel_is_clamped_in_place() -> None:
    """Inside a list of structures, whose other members stay."""
    configs = [
        {"channel": "CHAT", "afterContactWorkConfig": {"afterContactWorkTimeLimit": 9000}},
        {"channel": "TASK", "afterContactWorkConfig": {"afterContactWorkTimeLimit": 30}},
    ]
    props = user(phoneConfig={"afterContactWorkTimeLimit": None}, afterContactWorkConfigs=configs)
    config = {"max": 7200}
    fixed = _remediate("connect-user-after-contact-work", props, config=config)

    assert fixed is not None
    limits = [
        c["afterContactWorkConfig"]["afterContactWorkTimeLimit"]
        for c in fixed["afterContactWorkConfigs"]
    ]
    assert limits == [5400, 30]


def test_remediations_of_one_resource_add_up() -> None:
    """The engine runs one after the other on the same properties."""
    props = user("SAML", password="Quokka-9-lattice-Moss", identityInfo={"email": "m@example.com"})
    rules = ["connect-user-saml-no-email", "connect-user-saml-no-password"]
    analyzer = Analyzer(*rules, level="remediate")
    fixed, _ = analyzer.remediate(Example(type=DYNAMIC, props=props))

    assert fixed == user("SAML") | {"username": props["username"]}


@pytest.mark.parametrize("change", [REMOVE, WRAP])
def test_change_of_what_is_not_there_makes_nothing(change: Change) -> None:
    """No empty structure is left where there was none."""
    raw: dict[str, Any] = {}

    assert not apply(raw, [Edit(("identityInfo", "email"), change)])
    assert raw == {}
