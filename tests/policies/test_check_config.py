"""`connect-users policy check-config`: what the engine ignores is found, and never repeated."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from connect_users_guard.check_config import Problem, check, check_text
from connect_users_guard.examples.as_resources import Example
from connect_users_guard.examples.cases import user
from connect_users_guard.presets import NAMES, path
from connect_users_guard.registry import all_rules
from pulumi_connect_users.cli.policy import policy
from tests.support.analyzer import Analyzer
from tools.checkout import ROOT

TODAY = date(2026, 11, 22)
LENGTH = "connect-user-password-length"
ACW = "connect-user-after-contact-work"
WAIVER = {"urn": "*::mary", "reason": "moves to SAML", "owner": "west", "expires": "2026-12-31"}


@pytest.mark.parametrize(
    ("document", "where", "said"),
    [
        ({"connect-user-pasword-length": "mandatory"}, "connect-user-pasword-length", LENGTH),
        ({"password-length": "mandatory"}, "password-length", LENGTH),
        ({"s3-bucket": "mandatory"}, "s3-bucket", "policy list"),
        ({LENGTH: "mandatry"}, LENGTH, "Did you mean mandatory?"),
        ({LENGTH: {"enforcementLevel": 1}}, f"{LENGTH}.enforcementLevel", "one of"),
        ({LENGTH: {"minLenght": 15}}, f"{LENGTH}.minLenght", "Did you mean minLength?"),
        ({LENGTH: {"words": []}}, f"{LENGTH}.words", "The rule has enforcementLevel, "),
        ({LENGTH: {"minLength": 3}}, f"{LENGTH}.minLength", "8 or more"),
        ({LENGTH: {"minLength": "15"}}, f"{LENGTH}.minLength", "type integer"),
        ({LENGTH: ["mandatory"]}, LENGTH, "a level, or an object"),
        ({"all": "off"}, "all", "must be one of"),
        ({"environments": "prod"}, "environments", "a list"),
        ({LENGTH: {"waivers": [{"urn": "*"}]}}, f"{LENGTH}.waivers[0]", "reason, owner, expires"),
        (
            {LENGTH: {"waivers": [{**WAIVER, "expires": "31.12.2026"}]}},
            f"{LENGTH}.waivers[0].expires",
            "YYYY-MM-DD",
        ),
        (
            {LENGTH: {"waivers": [{**WAIVER, "expires": "20261127"}]}},
            f"{LENGTH}.waivers[0].expires",
            "YYYY-MM-DD",
        ),
        (
            {LENGTH: {"waivers": [{**WAIVER, "reason": " "}]}},
            f"{LENGTH}.waivers[0].reason",
            "not be blank",
        ),
        (
            {LENGTH: {"overrides": [{"settings": {"waivers": [{**WAIVER, "owner": "\t"}]}}]}},
            f"{LENGTH}.overrides[0].settings.waivers[0].owner",
            "not be blank",
        ),
        (
            {LENGTH: {"waivers": [{**WAIVER, "expires": "2026-02-30"}]}},
            f"{LENGTH}.waivers[0].expires",
            "not a day",
        ),
        (
            {LENGTH: {"overrides": [{"stacks": ["prod"], "settings": {"minLengh": 20}}]}},
            f"{LENGTH}.overrides[0].settings.minLengh",
            "minLength",
        ),
        (
            {LENGTH: {"overrides": [{"settings": {"minLength": 2}}]}},
            f"{LENGTH}.overrides[0].settings.minLength",
            "8 or more",
        ),
        (
            {LENGTH: {"overrides": [{"settings": {"enforcementLevel": "advisory"}}]}},
            f"{LENGTH}.overrides[0].settings.enforcementLevel",
            "Move it out",
        ),
        (
            {LENGTH: {"overrides": [{"settings": {"overrides": []}}]}},
            f"{LENGTH}.overrides[0].settings.overrides",
            "Move it out",
        ),
        (
            {LENGTH: {"waivers": [{**WAIVER, "urn": ""}]}},
            f"{LENGTH}.waivers[0].urn",
            "not be empty",
        ),
        (
            {"connect-user-profile-combination": {"pairs": [["Admin"]]}},
            "connect-user-profile-combination.pairs[0]",
            "2 members",
        ),
        (
            {"connect-user-required-tags": {"required": {"Team": "(West"}}},
            "connect-user-required-tags.required",
            "regular expression",
        ),
        (
            {"connect-user-saml-username-pattern": {"pattern": "["}},
            "connect-user-saml-username-pattern.pattern",
            "regular expression",
        ),
        ({ACW: {"min": 60, "max": 5}}, f"{ACW}.min", "greater than max"),
        ({ACW: {"min": 4000}}, f"{ACW}.min", "greater than max"),
        (
            {"connect-user-admin-count": {"overrides": [{"settings": {"min": 4}}]}},
            "connect-user-admin-count.overrides[0].settings.min",
            "greater than max",
        ),
        (
            {"connect-user-saml-no-email": {"identityTypes": {"*": "LDAP"}}},
            "connect-user-saml-no-email.identityTypes.*",
            "SAML",
        ),
    ],
)
def test_config_with_a_mistake_names_it_and_a_way_out(
    document: dict[str, Any], where: str, said: str
) -> None:
    """Rules, levels, settings, values, waivers, overrides and patterns."""
    (problem,) = check(document, TODAY)

    assert problem.error
    assert problem.where == where
    assert said in problem.text


UNUSABLE: list[tuple[str, dict[str, Any], str]] = [
    ("email-domain", {"domains": ["@corp.example"]}, "domains"),
    ("secondary-email", {"domains": ["mary@corp.example"]}, "domains"),
    ("saml-username-pattern", {"domains": ["corp.example", ""]}, "domains"),
    ("saml-username-pattern", {"pattern": "("}, "pattern"),
    ("desk-phone-country", {"countries": ["US", "XX"]}, "countries"),
    ("desk-phone-country", {"countries": ["UK"]}, "countries"),
    ("required-tags", {"required": {"Team": "East|West"}, "defaults": {"Team": "N"}}, "defaults"),
    ("required-tags", {"required": {"Team": "("}}, "required"),
    ("tag-personal-data", {"patterns": {"x": "["}}, "patterns"),
    ("after-contact-work", {"min": 9, "max": 5}, "min"),
    ("admin-count", {"min": 9, "max": 5}, "min"),
]


@pytest.mark.parametrize(("what", "settings", "key"), UNUSABLE)
def test_check_and_run_time_refuse_the_same_settings(
    what: str, settings: dict[str, Any], key: str
) -> None:
    """In an override too; whether or not a user of the stack needs them."""
    name = f"connect-user-{what}"
    override = {"overrides": [{"settings": settings}]}
    (problem,) = check({name: settings}, TODAY)
    (overridden,) = check({name: override}, TODAY)
    mode = "SAML" if "saml" in what else "CONNECT_MANAGED"
    example = Example(type="pulumi-python:dynamic/connect:User", props=user(mode))

    assert (problem.where, problem.error) == (f"{name}.{key}", True)
    assert overridden.where == f"{name}.overrides[0].settings.{key}"
    for given in (settings, override):
        analyzer = Analyzer(name, config=given)
        stack = all_rules()[name].scope == "stack"
        answer = analyzer.analyze_stack([example]) if stack else analyzer.analyze(example)
        assert answer.outcome == "could not run"
        assert f"in its configuration, {key} must" in answer.messages[0]


def test_config_with_many_mistakes_names_them_all() -> None:
    """Nobody mends a file in ten rounds."""
    document = {LENGTH: {"minLenght": 15, "minLength": 3}, "nothing": "off", "all": "on"}

    assert len(check(document, TODAY)) == 4


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"all": "disabled"},
        {LENGTH: "disabled"},
        {LENGTH: {"enforcementLevel": "advisory", "minLength": 20, "waivers": [WAIVER]}},
        {"connect-user-desk-phone-country": {"countries": ["us", "GB"]}},
        {"connect-user-email-domain": {"domains": ["corp.example", "m\u00fcller.example"]}},
        {"connect-user-required-tags": {"required": {"Team": "W.*"}, "defaults": {"Team": "West"}}},
        {
            "connect-user-identity-known": {
                "profiles": {"a": "Admin"},
                "identityTypes": {"*": "SAML"},
            }
        },
        {"environments": ["centre/production"]},
        {LENGTH: {"overrides": [{"stacks": ["prod"], "settings": {"minLength": 20}}]}},
        {"all": "mandatory", "connect-user-password-secret": "remediate"},
        {ACW: {"max": 9, "overrides": [{"settings": {"max": 90}}, {"settings": {"min": 9}}]}},
        {"connect-user-password-common": {"listFile": str(ROOT / "README.md")}},
    ],
)
def test_config_without_a_mistake_has_no_problem(document: dict[str, Any]) -> None:
    assert check(document, TODAY) == []


@pytest.mark.parametrize(
    ("document", "where"),
    [
        (
            {LENGTH: {"waivers": [{**WAIVER, "expires": "2026-11-21"}]}},
            f"{LENGTH}.waivers[0].expires",
        ),
        (
            {
                LENGTH: {
                    "overrides": [{"settings": {"waivers": [{**WAIVER, "expires": "2026-11-21"}]}}]
                }
            },
            f"{LENGTH}.overrides[0].settings.waivers[0].expires",
        ),
        ({LENGTH: "remediate"}, LENGTH),
        ({"connect-user-password-secret": "mandatory"}, "connect-user-password-secret"),
        ({"all": "mandatory"}, "all"),
        (
            {"connect-user-password-common": {"listFile": "/nowhere/words"}},
            "connect-user-password-common.listFile",
        ),
    ],
)
def test_config_that_does_less_than_it_seems_is_a_warning(
    document: dict[str, Any], where: str
) -> None:
    (problem,) = check(document, TODAY)

    assert (problem.error, problem.where) == (False, where)


def test_config_with_a_key_twice_is_an_error() -> None:
    """JSON readers keep the last one in silence."""
    text = f'{{"{LENGTH}": "mandatory", "{LENGTH}": "disabled"}}'

    assert [p.where for p in check_text(text, TODAY)] == [LENGTH]


def test_config_that_is_no_json_tells_the_line() -> None:
    (problem,) = check_text('{\n  "all": "advisory"\n  "x": 1}', TODAY)

    assert problem == Problem("", "the file is not JSON (line 3). Correct it.")


def test_config_that_is_nested_beyond_reason_is_no_configuration() -> None:
    """A text that no reader can hold gets an answer, too."""
    (problem,) = check_text("[" * 200_000, TODAY)

    assert problem == Problem("", "the file is not JSON. Correct it.")


def test_config_problem_never_repeats_a_value() -> None:
    """A configuration may hold words that a log should not."""
    document = {
        "connect-user-password-context": {"words": "Hunter2-Hunter2", "minWord": "Hunter2"},
        LENGTH: {"minLength": "Hunter2", "waivers": [{**WAIVER, "owner": ["Hunter2"]}]},
    }
    said = " ".join(map(str, check(document, TODAY)))

    assert "Hunter2" not in said
    assert len(check(document, TODAY)) == 4


@pytest.mark.parametrize("name", NAMES)
def test_preset_is_well_formed_and_decides_on_every_rule(name: str) -> None:
    document = json.loads(path(name).read_text())

    assert check(document, TODAY) == []
    assert set(document) == set(all_rules())


def test_command_with_a_good_file_says_so(tmp_path: Path) -> None:
    """Exit code 0, one line."""
    file = tmp_path / "config.json"
    file.write_text("{}")
    result = CliRunner().invoke(policy, ["check-config", str(file)], standalone_mode=False)

    assert result.return_value == 0
    assert result.stdout.endswith("every rule and setting is valid.\n")


def test_command_with_a_bad_file_prints_problems_and_returns_2(tmp_path: Path) -> None:
    """As JSON, too: the only thing on standard output."""
    file = tmp_path / "config.json"
    file.write_text('{"nothing": "off"}')
    result = CliRunner().invoke(
        policy, ["check-config", "--json", str(file)], standalone_mode=False
    )

    assert result.return_value == 2
    assert json.loads(result.stdout)["problems"][0]["where"] == "nothing"


def test_command_with_warnings_fails_only_if_strict(tmp_path: Path) -> None:
    """A pull request is not stopped by a waiver that ended last night, unless asked for."""
    file = tmp_path / "config.json"
    file.write_text(json.dumps({LENGTH: "remediate"}))
    run = CliRunner()

    assert run.invoke(policy, ["check-config", str(file)], standalone_mode=False).return_value == 0
    strict = ["check-config", "--strict", str(file)]
    assert run.invoke(policy, strict, standalone_mode=False).return_value == 2


@pytest.mark.parametrize("name", NAMES)
def test_preset_is_printed_as_it_is_checked(name: str) -> None:
    result = CliRunner().invoke(policy, ["preset", name], standalone_mode=False)

    assert result.return_value == 0
    assert check_text(result.stdout, TODAY) == []
    assert result.stdout == path(name).read_text()


def test_unknown_preset_names_those_that_exist() -> None:
    result = CliRunner().invoke(policy, ["preset", "strict"])

    assert result.exit_code == 2
    assert "The presets are advisory, baseline, managed-strict, saml-strict, starter." in (
        " ".join(result.output.split())
    )


def test_list_as_json_has_every_rule() -> None:
    result = CliRunner().invoke(policy, ["list", "--json"], standalone_mode=False)

    assert [rule["name"] for rule in json.loads(result.stdout)["rules"]] == list(all_rules())


def test_examples_of_the_readme_are_well_formed() -> None:
    text = (ROOT / "policies" / "README.md").read_text()
    blocks = re.findall(r"(?m)^```json\n(.*?)^```$", text, re.DOTALL)

    assert len(blocks) == 3
    assert [check_text(block, TODAY) for block in blocks] == [[], [], []]
