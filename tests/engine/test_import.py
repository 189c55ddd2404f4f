"""Existing users into the native plugin's state: `connect-users export` and `pulumi import`."""

import json
import shlex
from collections import Counter

import yaml

from tests.support.command_line import Runner
from tests.support.harness import Stack, Stacks
from tests.support.programs import MANAGED_ARN, MANAGED_ID
from tests.support.seeded_instances import populate
from tests.support.states import pulumi_state

_PROJECT = {"name": "engine-test", "runtime": "yaml"}
_OLD = "urn:pulumi:prod::old::team:index:Team$"
"""What the URNs of `pulumi_state` begin with."""


def _stack(stacks: Stacks) -> Stack:
    """A stack without resources, and three users whom no program declares."""
    stack: Stack = stacks()
    (stack.folder / "Pulumi.yaml").write_text(yaml.safe_dump(_PROJECT))
    stack.install_plugin()
    populate(stack.store, 9)
    return stack


def _import(stack: Stack, cli: Runner, *source: str) -> None:
    """Imports what an export names; the generated program becomes the stack's."""
    file, program = stack.folder / "users.json", stack.folder / "users.yaml"
    connection = ("--endpoint", "local", "--local-store", str(stack.store))
    words = (*connection, *source, "--format", "import", "--output", str(file))
    exported = cli("export", *words, words=())
    assert exported.code == 0, exported.err
    stack.run("import", "--file", str(file), "--out", str(program), "--yes", "--skip-preview")
    generated = yaml.safe_load(program.read_text())
    (stack.folder / "Pulumi.yaml").write_text(yaml.safe_dump(_PROJECT | generated))


def _assert_taken_over(stack: Stack, names: dict[str, str]) -> None:
    """The generated program declares every user, and its first `up` writes marks alone."""
    local = stack.local
    assert {r["urn"].rpartition("::")[2]: r["id"] for r in stack.resources("User")} == names
    resources = yaml.safe_load((stack.folder / "Pulumi.yaml").read_text())["resources"]
    declared = {resource["properties"]["username"] for resource in resources.values()}
    assert declared == {user["Username"] for user in local.users(MANAGED_ID)}
    local.mark()

    updated = stack.up()

    diffs = [list(step["detailedDiff"]) for step in updated.steps if step["op"] == "update"]
    assert diffs == [["imported", "ownership"]] * len(names)
    assert Counter(local.changes()) == {"TagResource": len(names)}
    stack.up("--expect-no-changes")
    stack.refresh("--expect-no-changes")


def test_users_of_an_instance_are_imported_together(stacks: Stacks, cli: Runner) -> None:
    """No call changes anything before the generated program's first `up`."""
    stack = _stack(stacks)
    local = stack.local
    local.mark()

    _import(stack, cli, "--instance", MANAGED_ARN)

    assert local.changes() == []
    users = local.users(MANAGED_ID)
    _assert_taken_over(stack, {f"user-{user['Id'][:8]}": user["Arn"] for user in users})


def test_users_of_pulumi_aws_move_within_their_stack(stacks: Stacks, cli: Runner) -> None:
    """The documented order: export the state, forget the old resources, import the users."""
    stack = _stack(stacks)
    stack.up()
    state, names = pulumi_state(stack.local.users(MANAGED_ID))
    old = json.loads(json.dumps(state).replace(_OLD, "urn:pulumi:dev::engine-test::"))
    deployment = stack.export()
    deployment["resources"] += old["deployment"]["resources"][1:]
    stack.import_(deployment)
    file = str(stack.folder / "state.json")
    stack.run("stack", "export", "--file", file)

    forget = cli("export", "--from-state", file, "--removals", words=()).out.splitlines()
    for command in forget:
        stack.run(*shlex.split(command)[1:])
    _import(stack, cli, "--from-state", file)

    assert len(forget) == len(names)
    _assert_taken_over(stack, names)
