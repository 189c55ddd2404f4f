"""States in forms that nobody knows: refused with a way out, and nothing is forgotten.

The trial: a mark in another form was taken for somebody else's. Check and refresh crashed with
`unhashable type: 'dict'`, destroy reported 31 users deleted and left all of them.
"""

from typing import Any

import pytest

from tests.support.harness import Stacks
from tests.support.programs import MANAGED_ID, program

PROGRAM = program(
    'mary = connect.User("mary", **MARY)',
    'connect.UserStatus("status", user=mary, agent_status="Available")',
)


@pytest.mark.parametrize(
    ("kind", "key", "value", "told"),
    [
        ("connect:User", "ownership", {"owner": "us"}, "pulumi state delete"),
        ("connect:User", "stateFormat", 2, "Upgrade the package"),
        ("connect:UserStatus", "stateFormat", 2, "Upgrade the package"),
    ],
)
def test_state_of_an_unknown_form_is_refused_by_every_command_and_kept(
    stacks: Stacks, kind: str, key: str, value: object, told: str
) -> None:
    """Preview, refresh and destroy fail in one line; user and state stay as they are."""
    stack = stacks(program=PROGRAM)
    stack.up()
    deployment: dict[str, Any] = stack.export()
    for resource in deployment["resources"]:
        if resource["type"].endswith(kind):
            resource["inputs"][key] = resource["outputs"][key] = value
    stack.import_(deployment)
    kept = [r["urn"] for r in deployment["resources"] if "connect:User" in r["type"]]

    for run in (stack.preview, stack.up, stack.refresh, stack.destroy):
        text = run(expect=1).one_line
        assert told in text
        assert "Nothing was changed or forgotten" in text
        for wrong in ("Traceback", "unhashable", "belongs to"):
            assert wrong not in text

    assert len(stack.local.users(MANAGED_ID)) == 1
    left = [r["urn"] for r in stack.export()["resources"] if "connect:User" in r["type"]]
    assert [urn for urn in kept if urn.split("::")[2].endswith(kind)] == [
        urn for urn in left if urn.split("::")[2].endswith(kind)
    ]
