"""Existing users into the native plugin's state: `connect-users export` and `pulumi import`."""

import json
from collections import Counter

import pytest
import yaml

from tests.support.command_line import Runner
from tests.support.harness import Stacks
from tests.support.programs import MANAGED_ARN, MANAGED_ID
from tests.support.seeded_instances import populate
from tests.support.states import pulumi_state


@pytest.mark.parametrize("source", ["instance", "state"])
def test_imported_users_are_marked_and_nothing_else_by_the_generated_program(
    stacks: Stacks, cli: Runner, source: str
) -> None:
    """From an instance, or from a state of pulumi-aws: names stay, no user is created."""
    stack = stacks()
    stack.install_plugin()
    populate(stack.store, 9)
    local = stack.local
    users = local.users(MANAGED_ID)
    export = ["--format", "import", "--endpoint", "local", "--local-store", str(stack.store)]
    if source == "instance":
        names = {f"user-{user['Id'][:8]}": user["Arn"] for user in users}
        export += ["--instance", MANAGED_ARN]
    else:
        state, names = pulumi_state(users)
        (stack.folder / "state.json").write_text(json.dumps(state))
        export += ["--from-state", str(stack.folder / "state.json")]
    file = stack.folder / "users.json"
    exported = cli("export", *export, "--output", str(file), words=())
    assert exported.code == 0, exported.err
    project = {"name": "engine-test", "runtime": "yaml"}
    (stack.folder / "Pulumi.yaml").write_text(yaml.safe_dump(project))
    local.mark()

    program = stack.folder / "generated.yaml"
    stack.run("import", "--file", str(file), "--out", str(program), "--yes", "--skip-preview")

    assert local.changes() == []
    assert {r["urn"].rpartition("::")[2]: r["id"] for r in stack.resources(":User")} == names
    resources = yaml.safe_load(program.read_text())["resources"]
    declared = {one["properties"]["username"] for one in resources.values()}
    assert declared == {user["Username"] for user in users}

    (stack.folder / "Pulumi.yaml").write_text(yaml.safe_dump({**project, "resources": resources}))
    planned = [step for step in stack.preview().steps if step["urn"].endswith(tuple(names))]
    assert [list(step["detailedDiff"]) for step in planned] == [["imported", "ownership"]] * 3
    stack.up()
    assert Counter(local.changes()) == {"TagResource": 3}
    stack.up("--expect-no-changes")
    stack.refresh("--expect-no-changes")
