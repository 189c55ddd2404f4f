"""`pulumi policy analyze`: the pack on a state, without a program and without providers."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from connect_users_guard.examples.as_resources import Example, examples
from connect_users_guard.examples.cases import user
from connect_users_guard.registry import all_rules
from connect_users_guard.user_resources import INSTANCES, PROFILES
from tests.support.harness import Stack, Stacks, engine
from tests.support.policy_runs import (
    AWS,
    DYNAMIC,
    NATIVE,
    PACK,
    cases,
    expected,
    found_in,
    program,
    settings,
    state,
    with_pack,
)

WEAK = "Password123"


def _events(printed: str) -> list[dict[str, Any]]:
    """The policy events among the JSON lines."""
    lines = [json.loads(line) for line in printed.splitlines()]
    return [line["policyEvent"] for line in lines if "policyEvent" in line]


def _analyze_file(stack: Stack, file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Analyses a file where nobody knows the passphrase, as a scan elsewhere does."""
    known = {k: v for k, v in stack.variables().items() if "PASSPHRASE" not in k}
    return subprocess.run(
        [engine() / "pulumi", "policy", "analyze", "--file", file, "--json", *options],
        cwd=stack.folder,
        env=known,
        capture_output=True,
        text=True,
        check=False,
    )


def test_directory_id_that_aws_assigned_is_no_violation(stacks: Stacks, tmp_path: Path) -> None:
    """A state's outputs hold what the program never said; rules judge what it says."""
    rule, said = "connect-user-saml-no-directory-id", {"directoryUserId": "directory-7"}
    named = [(n, one) for n, one in cases(AWS, "good") if n.startswith("saml-no-directory-id")]
    config = {"all": "disabled", rule: settings(AWS)[rule] | {"enforcementLevel": "mandatory"}}
    stack = stacks(program="")
    file = state(tmp_path, named)
    held = json.loads(file.read_text())
    (user,) = [r for r in held["deployment"]["resources"] if r["type"] == AWS]

    found = []
    for side in ("outputs", "inputs"):
        user[side] |= said
        file.write_text(json.dumps(held))
        result = _analyze_file(stack, file, *with_pack(stack, config))
        found.append([policy for policy, _ in found_in(_events(result.stdout))])

    assert found == [[], [rule]]


@pytest.mark.parametrize("type_", [DYNAMIC, AWS, NATIVE])
def test_analyze_of_a_state_finds_what_sdk_does(type_: str, stacks: Stacks, tmp_path: Path) -> None:
    """The nightly scan: good and bad examples of every rule, of each single-user type."""
    named = cases(type_, "good", "bad")
    # Options such as ignoreChanges are no part of a state.
    named = [(name, replace(one, ignore_changes=())) for name, one in named]
    config = settings(type_)
    stack = stacks(program="")
    result = _analyze_file(stack, state(tmp_path, named), *with_pack(stack, config))

    assert result.returncode == 0
    found, wanted = found_in(_events(result.stdout)), expected(named, config)
    assert found - wanted == set()
    assert wanted - found == set()


def test_analyze_of_security_profiles_and_instances_finds_what_the_sdk_does(
    stacks: Stacks, tmp_path: Path
) -> None:
    named = [
        (f"{rule.what}-{kind}-{type_.partition(':')[0]}-{number}", one)
        for rule in all_rules().values()
        if rule.bad.profiles or rule.bad.instances
        for kind, case in (("good", rule.good), ("bad", rule.bad))
        for type_ in (*PROFILES, *INSTANCES)
        for number, one in enumerate(examples(case, type_))
        if one.type == type_
    ]
    config = settings(NATIVE)
    stack = stacks(program="")
    result = _analyze_file(stack, state(tmp_path, named), *with_pack(stack, config))
    found = found_in(_events(result.stdout))

    assert found == expected(named, config)
    assert len({rule for rule, _ in found}) >= 3


def test_analyze_of_a_stack_sees_secrets_and_of_an_export_does_not(
    stacks: Stacks, tmp_path: Path
) -> None:
    """A mandatory violation fails the scan; what an export hides is not judged, nor shown."""
    password = {"<secret>": WEAK}
    named = [("mary", Example(type=DYNAMIC, props=user(password=password)))]
    stack = program(stacks, named)
    stack.up()
    scanned = stack.run("policy", "analyze", "--json", "--policy-pack", str(PACK), expect="failure")
    rules = {event["policyName"] for event in _events(scanned.stdout)}

    assert "connect-user-password-common" in rules
    assert WEAK not in scanned.text

    file = tmp_path / "export.json"
    file.write_text(json.dumps({"version": 3, "deployment": stack.export()}))
    blind = _analyze_file(stack, file, "--policy-pack", str(PACK))
    hidden = {event["policyName"] for event in _events(blind.stdout)}

    seen = {rule for rule in rules if "-password-" not in rule}
    assert hidden == seen | {"connect-user-evaluated"}


def test_analyze_counts_what_no_rule_could_evaluate(stacks: Stacks, tmp_path: Path) -> None:
    """A password and Admin's id at a SAML instance, and a type without rules: nothing is silent."""
    props = {"instanceId": "centre-1", "name": "mary", "password": WEAK}
    named = [(n, Example(type=AWS, props={**props, "securityProfileIds": ["a"]})) for n in "ab"]
    named.append(("c", Example(type="awscc:connect/user:User", props={})))
    stack = stacks(program="")
    file = state(tmp_path, named)
    shared = {"identityTypes": {"centre-*": "SAML"}, "profiles": {"a": "Admin"}}
    told = {}
    for name, config in {"without": {}, "with": {"connect-user-identity-known": shared}}.items():
        events = _events(_analyze_file(stack, file, *with_pack(stack, config)).stdout)
        told[name] = {event["policyName"]: event for event in events}

    evaluated = told["without"]["connect-user-evaluated"]
    assert evaluated["enforcementLevel"] == "advisory"
    assert "2 users were not evaluated by" in evaluated["message"]
    assert "1 resource was not evaluated by any rule: the type awscc:" in evaluated["message"]
    assert "connect-user-saml-no-password" in evaluated["message"]
    assert "connect-user-saml-no-password" not in told["without"]
    assert {"connect-user-saml-no-password", "connect-user-admin-allowed"} <= set(told["with"])
    assert "2 users" not in told["with"]["connect-user-evaluated"]["message"]
