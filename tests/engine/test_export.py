"""Taking over what exists, through the real engine: marks only, then nothing."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.support.command_line import Ran, Runner
from tests.support.harness import Stack, Stacks
from tests.support.programs import MANAGED_ARN, SAML_ARN
from tests.support.seeded_instances import MODES, populate
from tests.support.states import pulumi_state, terraform_state

USERS = 1000
_ONE_CHECKPOINT = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
"""The engine saves the whole state at the end, not after each of a thousand resources."""


def exported(cli: Runner, stack: Stack, *words: str) -> Ran:
    """An export from the stack's own embedded Connect."""
    ran = cli("export", "--endpoint", "local", "--local-store", str(stack.store), words=words)
    assert ran.code == 0, ran.err
    return ran


def test_export_of_1000_users_is_adopted_by_tag_calls_alone_and_then_by_none(
    stacks: Stacks, cli: Runner
) -> None:
    """Users of all modes and attributes: 1,000 TagResource, and nothing in the second up."""
    stack = stacks(environment=_ONE_CHECKPOINT)
    populate(stack.store, USERS)
    for mode, arn in MODES.items():
        file = stack.folder / f"{mode.lower()}.py"
        ran = exported(cli, stack, "--instance", arn, "--output", str(file))
        assert "not written" not in ran.err
    stack.write_program("\n".join(f"import {mode.lower()}" for mode in MODES))
    local = stack.local
    before = {arn: local.users(arn.rsplit("/", 1)[1]) for arn in MODES.values()}
    local.mark()

    first = stack.up()
    assert Counter(local.changes()) == {"TagResource": USERS}
    assert first.changes["create"] == USERS + 1  # and the stack itself

    local.mark()
    second = stack.up("--expect-no-changes")
    assert local.changes() == []
    assert second.changes == {"same": USERS + 1}
    stack.refresh("--expect-no-changes")

    for arn, users in before.items():
        after = local.users(arn.rsplit("/", 1)[1])
        for was, now in zip(users, after, strict=True):
            marks = now["Tags"].keys() - was.get("Tags", {}).keys()
            assert len(marks) == 2
            untagged = ("Tags", "LastModifiedTime", "LastModifiedRegion")
            assert {k: v for k, v in was.items() if k not in untagged} == {
                k: v for k, v in now.items() if k not in untagged
            }


def test_export_as_roster_is_adopted_by_tag_calls_alone(stacks: Stacks, cli: Runner) -> None:
    """The same users as a roster file: one tag call each, then none."""
    stack = stacks(
        program=f'''
        import pulumi_connect_users as connect

        users = connect.read_roster("users.yaml")
        connect.UserRoster("users", instance="{MANAGED_ARN}", users=users)
        '''
    )
    populate(stack.store, 60)
    file = str(stack.folder / "users.yaml")
    exported(cli, stack, "--instance", MANAGED_ARN, "--format", "roster", "--output", file)
    local = stack.local
    local.mark()

    stack.up()
    assert Counter(local.changes()) == {"TagResource": 20}

    local.mark()
    stack.up("--expect-no-changes")
    assert local.changes() == []


@pytest.mark.parametrize("tool", ["terraform", "pulumi"])
def test_users_of_another_tools_state_are_adopted_under_their_resource_names(
    stacks: Stacks, cli: Runner, tmp_path: Path, tool: str
) -> None:
    """The documented order of a move: nothing is deleted or made, names stay."""
    stack = stacks()
    populate(stack.store, 30)
    arns = [MANAGED_ARN, SAML_ARN]
    users = [u for arn in arns for u in stack.local.users(arn.rsplit("/", 1)[1])]
    make = terraform_state if tool == "terraform" else pulumi_state
    state, names = make(users)
    file = tmp_path / "state.json"
    file.write_text(json.dumps(state))
    program = stack.folder / "__main__.py"

    exported(cli, stack, "--from-state", str(file), "--output", str(program))
    local = stack.local
    local.mark()
    stack.up()

    assert Counter(local.changes()) == {"TagResource": len(users)}
    resources = stack.resources("connect:User")
    assert {r["urn"].rsplit("::", 1)[1]: r["id"] for r in resources} == names
    protected = {r["urn"].rsplit("::", 1)[1] for r in resources if r.get("protect")}
    assert protected == ({"pulumi-0"} if tool == "pulumi" else set())
    assert "FormerPassw0rd" not in program.read_text()
    local.mark()
    stack.up("--expect-no-changes")
    assert local.changes() == []
