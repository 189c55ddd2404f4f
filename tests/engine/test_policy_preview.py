"""The pack in real runs of `pulumi preview` and `pulumi up`."""

import json
from dataclasses import replace
from typing import Any

from connect_users_guard.examples.as_resources import Example
from connect_users_guard.examples.cases import user
from connect_users_guard.presets import path
from connect_users_guard.registry import all_rules
from tests.policies.matrix import EXPIRED, WAIVER
from tests.support.analyzer import own_users
from tests.support.harness import Stacks
from tests.support.policy_runs import (
    DYNAMIC,
    PACK,
    ROSTER,
    Named,
    cases,
    expected,
    found_in,
    program,
    settings,
    unknowns,
    with_pack,
)

REAL = """
import pulumi
import pulumi_connect_users as connect

config = pulumi.Config()
centre = connect.Instance("arn:aws:connect:us-west-2:000000000000:instance/" + config.require("id"))
connect.User("mary", instance=centre, username="mary.major",
    identity_info=connect.IdentityInfo(
        first_name="Mary", last_name="Major", email="marym@example.com"),
    password=config.get_secret("password") or "Password123",
    phone_config=connect.PhoneConfig(phone_type="SOFT_PHONE", after_contact_work_time_limit=60),
    routing_profile="Basic Routing Profile", security_profiles=["Agent"])
"""
MANAGED = {"id": "11111111-1111-4111-8111-111111111111"}


def _same_verdicts(stacks: Stacks, named: Named, **more: Any) -> set[tuple[str, str]]:
    """Previews the resources with the pack, and compares with the SDK alone."""
    config = settings(DYNAMIC, **more)
    # A program without the generator's provider cannot have a generated password.
    named = [(name, replace(one, generated=False)) for name, one in named]
    stack = program(stacks, named)
    result = stack.preview(*with_pack(stack, config))
    wanted = expected(named, config)
    found = found_in(result.violations)

    assert found - wanted == set()
    assert wanted - found == set()
    return found


def test_preview_of_bad_users_finds_each_rule_as_the_sdk_does(stacks: Stacks) -> None:
    found = _same_verdicts(stacks, cases(DYNAMIC, "bad"))
    judged = {r.name for r in all_rules().values() if DYNAMIC in r.types and r.bad.users}
    # Secrecy is a remediation's business, tags of security profiles need a security profile.
    blind = {
        "connect-user-password-secret",
        "connect-user-access-control-tags",
        "connect-user-evaluated",
    }

    assert {rule for rule, _ in found} == judged - blind


def test_preview_of_good_users_finds_what_the_sdk_does(stacks: Stacks) -> None:
    _same_verdicts(stacks, cases(DYNAMIC, "good"))


def test_preview_of_unknown_values_goes_on_and_judges_the_rest(stacks: Stacks) -> None:
    """Outputs of a resource that does not exist yet, wherever a rule looks."""
    _same_verdicts(stacks, unknowns(DYNAMIC))


def test_preview_with_waivers_leaves_out_what_they_name(stacks: Stacks) -> None:
    waivers = [{**WAIVER, "urn": "*-bad-0"}, {**EXPIRED, "urn": "*-bad-1"}]
    found = _same_verdicts(stacks, cases(DYNAMIC, "bad"), waivers=waivers)

    assert found
    assert {name.rpartition("-")[2] for _, name in found} == {"1"}


def test_preview_of_rosters_judges_each_user(stacks: Stacks) -> None:
    named = cases(ROSTER, "good", "bad")
    config = settings(ROSTER)
    stack = program(stacks, named)
    result = stack.preview(*with_pack(stack, config))

    assert found_in(result.violations) == expected(named, config)


def test_up_with_a_mandatory_violation_fails_and_creates_nothing(stacks: Stacks) -> None:
    """A common password: refused before any call, and not repeated."""
    stack = stacks(program=REAL, config=MANAGED)
    result = stack.up("--policy-pack", str(PACK), expect="failure")

    mandatory = {v["policyName"] for v in result.violations if v["enforcementLevel"] == "mandatory"}
    assert "connect-user-password-common" in mandatory
    assert "Password123" not in result.text
    assert stack.resources("connect:User") == []
    assert "CreateUser" not in stack.local.calls()


def test_preview_with_a_mandatory_violation_fails(stacks: Stacks) -> None:
    stack = stacks(program=REAL, config=MANAGED)

    stack.preview("--policy-pack", str(PACK), expect="failure")


def test_up_with_the_managed_baseline_lets_a_good_user_pass(stacks: Stacks) -> None:
    """A preset, a real user, a second `up` without a change."""
    secrets = {"password": "Quokka-9-lattice-Moss"}
    stack = stacks(program=REAL, config=MANAGED, secrets=secrets)
    pack = ("--policy-pack", str(PACK), "--policy-pack-config", str(path("baseline")))
    result = stack.up(*pack)

    assert [v for v in result.violations if v["enforcementLevel"] == "mandatory"] == []
    assert len(stack.resources("connect:User")) == 1
    assert "update" not in stack.up(*pack).changes


ROSTER_PROGRAM = """
import pulumi
import pulumi_connect_users as connect

config = pulumi.Config()
centre = connect.Instance("arn:aws:connect:us-west-2:000000000000:instance/" + config.require("id"))
people = {
    name: {"identity_info":
        {"first_name": "Mary", "last_name": "Roe", "email": name + "@example.com"}}
    for name in ("mary.roe", "jane.roe", "john.roe")
}
people["john.roe"]["security_profiles"] = ["Admin"]
connect.UserRoster("west", instance=centre, users=people,
    defaults={"routing_profile": "Basic Routing Profile", "security_profiles": ["Agent"]},
    passwords={"mary.roe": "Password123", "jane.roe": "Quokka-9-lattice-Moss",
        "john.roe": "Walrus-4-gravel-Tulip"})
"""


def test_preview_of_a_real_roster_names_the_users_at_fault(stacks: Stacks) -> None:
    """As the provider's check writes it: names resolved, passwords beside the users."""
    stack = stacks(program=ROSTER_PROGRAM, config=MANAGED)
    result = stack.preview("--policy-pack", str(PACK), expect="failure")
    mandatory = [v for v in result.violations if v["enforcementLevel"] == "mandatory"]
    found = {(v["policyName"], v["message"].partition("user ")[2].split(":")[0]) for v in mandatory}

    assert found == {
        ("connect-user-password-common", "mary.roe"),
        ("connect-user-password-length", "mary.roe"),
        ("connect-user-admin-allowed", "john.roe"),
        ("connect-user-break-glass-protected", "john.roe"),
        ("connect-user-privileged-saml", "john.roe"),
    }
    assert "Password123" not in result.text


def test_mandatory_rule_that_cannot_run_fails_the_preview(stacks: Stacks) -> None:
    """A file that the engine cannot know to be missing; the other rules go on."""
    secrets = {"password": "Quokka-9-lattice-Moss"}
    stack = stacks(program=REAL, config=MANAGED, secrets=secrets)
    config: dict[str, Any] = {
        "connect-user-password-common": {"listFile": "/nowhere"},
        "connect-user-password-length": {"minLength": 40},
    }
    result = stack.preview(*with_pack(stack, config), expect="failure")
    (told,) = [v for v in result.violations if v["policyName"] == "connect-user-password-common"]

    assert told["enforcementLevel"] == "mandatory"
    assert "listFile must be a file that can be read" in told["message"]
    assert "connect-user-password-length" in {v["policyName"] for v in result.violations}


def test_config_value_out_of_range_stops_the_preview(stacks: Stacks) -> None:
    """The engine checks settings that it knows; the others are `policy check-config`'s."""
    stack = stacks(program=REAL, config=MANAGED)
    options = with_pack(stack, {"connect-user-password-length": {"minLength": 3}})
    result = stack.preview(*options, expect="failure")

    assert "minLength" in result.text


def test_remediations_of_up_show_in_state_and_keep_secrets_and_provider(stacks: Stacks) -> None:
    """Read from the state file: gone, normalised, wrapped, clamped, tagged; then nothing more."""
    password = "Quokka-9-lattice-Moss"
    named: Named = [
        ("saml", Example(type=DYNAMIC, props=user("SAML") | _leftovers(password))),
        (
            "told",
            Example(
                type=DYNAMIC,
                props=user("SAML", identityManagementType=None) | _leftovers(password),
            ),
        ),
        ("plain", Example(type=DYNAMIC, props=user(password=password))),
        ("secret", Example(type=DYNAMIC, props=user(password={"<secret>": password}))),
        ("names", Example(type=DYNAMIC, props=user(identityInfo={"firstName": "Zoe\u0308"}))),
        ("endless", Example(type=DYNAMIC, props=_endless())),
        ("untagged", Example(type=DYNAMIC, props=user() | {"tags": {"Floor": {"<secret>": "2"}}})),
    ]
    rules: dict[str, dict[str, Any]] = {
        "connect-user-saml-no-password": {},
        "connect-user-saml-no-email": {},
        "connect-user-saml-no-directory-id": {},
        "connect-user-password-secret": {},
        "connect-user-name-normalized": {},
        "connect-user-after-contact-work": {"max": 600},
        "connect-user-required-tags": {"required": {"Team": ".+"}, "defaults": {"Team": "West"}},
    }
    config: dict[str, Any] = {"all": "disabled"} | {
        rule: {"enforcementLevel": "remediate", **own_users(all_rules()[rule]), **given}
        for rule, given in rules.items()
    }
    shared = {"enforcementLevel": "disabled", "identityTypes": {"*": "SAML"}}
    config["connect-user-identity-known"] = shared
    stack = program(stacks, named)
    options = with_pack(stack, config)
    stack.up(*options)
    inputs = {r["urn"].rpartition("::")[2]: r["inputs"] for r in stack.resources("connect:User")}
    whole = json.dumps(stack.export())

    for name in ("saml", "told"):
        assert set(inputs[name]) & {"password", "directoryUserId"} == set()
    assert "email" not in inputs["saml"]["identityInfo"]
    assert "ciphertext" in inputs["plain"]["password"]
    assert "ciphertext" in inputs["secret"]["password"]
    assert inputs["names"]["identityInfo"]["firstName"] == "Zo\u00eb"
    assert inputs["endless"]["phoneConfig"]["afterContactWorkTimeLimit"] == 600
    assert inputs["untagged"]["tags"]["Team"] == "West"
    assert "ciphertext" in inputs["untagged"]["tags"]["Floor"]
    assert all(one["__provider"] for one in inputs.values())
    # Of the others, none is secret for the program: only `plain` and `secret` must not show it.
    shown = [json.dumps(inputs[name]) for name in ("saml", "plain", "secret")]
    assert [text for text in shown if password in text] == []
    assert "marym@example.com" not in json.dumps(inputs["saml"])
    assert "__provider" in whole
    assert "update" not in stack.up(*options).changes


def _leftovers(password: str) -> dict[str, Any]:
    info = {"firstName": "Mary", "lastName": "Major", "email": "marym@example.com"}
    return {"password": password, "identityInfo": info, "directoryUserId": "directory-7"}


def _endless() -> dict[str, Any]:
    return user(phoneConfig={"afterContactWorkTimeLimit": 0})
