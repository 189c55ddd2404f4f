"""What people do with Pulumi besides `up`: moving a user, transforms, the Automation API."""

import subprocess
import sys

from tests.support.harness import STACK, Stacks
from tests.support.local_connect import Local
from tests.support.programs import HEADER, MANAGED_ID, MARY, SAML_ID, program

_AUTOMATION = """
from pulumi import automation


def declare():
    mary = connect.User("mary", **MARY)
    pulumi.export("arn", mary.user_arn)


stack = automation.create_or_select_stack(
    stack_name="dev", project_name="inline", program=declare
)
stack.set_all_config(
    {
        "connect:endpoint": automation.ConfigValue("local"),
        "connect:localStore": automation.ConfigValue("STORE"),
    }
)
for run in (stack.up, stack.up, stack.refresh, stack.destroy):
    print(sorted(run().summary.resource_changes.items()))
"""


def test_user_that_moves_to_another_stack_stays_who_it_is(stacks: Stacks) -> None:
    """`pulumi state move`: the next `up` writes the new mark; a `destroy` does not wait for it."""
    first = stacks(program=MARY)
    first.up()
    second = stacks(program="import pulumi", project="second", state=first.state, store=first.store)
    second.up()
    there, here = f"organization/second/{STACK}", f"organization/engine-test/{STACK}"
    (user,) = first.resources("connect:User")

    first.run("state", "move", "--source", here, "--dest", there, user["urn"], "--yes")
    first.write_program("import pulumi")
    second.write_program(MARY)
    local = Local(first.store)
    local.mark()
    first.up()
    second.up()
    second.preview("--expect-no-changes")

    assert local.changes() == ["TagResource"]
    (moved,) = second.resources("connect:User")
    assert moved["id"] == user["id"]

    second.run("state", "move", "--source", there, "--dest", here, moved["urn"], "--yes")
    first.destroy()
    assert local.users(MANAGED_ID) == []


def test_transform_that_adds_a_tag_to_every_resource_tags_users_too(stacks: Stacks) -> None:
    """A team's usual way to tag everything: it sees the inputs under the API's names."""
    stack = stacks(
        program=program(
            "def tagged(args):",
            '    tags = {**(args.props.get("tags") or {}), "Team": "North"}',
            '    return pulumi.ResourceTransformResult({**args.props, "tags": tags}, args.opts)',
            "pulumi.runtime.register_resource_transform(tagged)",
            'connect.User("mary", **MARY, tags={"Cost_Center": "42"})',
        )
    )
    stack.up()
    stack.preview("--expect-no-changes")

    (mary,) = stack.local.users(MANAGED_ID)
    assert mary["Tags"].items() >= {"Team": "North", "Cost_Center": "42"}.items()


def test_users_that_go_with_their_instance_cost_no_call(stacks: Stacks) -> None:
    """`deleted_with`: hundreds of DeleteUser, two a second, for what the instance takes along."""
    stack = stacks(
        program=program(
            'instance = connect.User("stands-for-the-instance", **MARY)',
            'connect.User("li", **LI, opts=pulumi.ResourceOptions(deleted_with=instance))',
        )
    )
    stack.up()
    local = stack.local
    local.mark()

    stack.destroy()

    assert local.changes() == ["DeleteUser"]
    assert len(local.users(SAML_ID)) == 1


def test_program_inside_the_automation_api_runs_like_any_other(stacks: Stacks) -> None:
    """No project folder, the program a function: the provider is found by its import path."""
    stack = stacks(program="import pulumi")
    script = stack.folder / "script.py"
    script.write_text(HEADER + _AUTOMATION.replace("STORE", str(stack.store)))

    ended = subprocess.run(
        [sys.executable, script.name],
        cwd=stack.folder,
        env=stack.variables(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == [
        "[('create', 2)]",
        "[('same', 2)]",
        "[('same', 2)]",
        "[('delete', 2)]",
    ]
