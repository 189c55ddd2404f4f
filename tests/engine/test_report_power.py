"""Real previews: who can newly become Admin, and who is suspended and not deleted."""

import json
from pathlib import Path
from typing import Any

from tests.support.command_line import Runner
from tests.support.harness import Stack, Stacks
from tests.support.programs import MANAGED_ARN, MANAGED_ID, program

_PROGRAM = program("""
lead = ["Agent"]
own = dict(instance=MANAGED, password="Corr3ctHorse", routing_profile="Basic Routing Profile",
    tags={})
names = connect.IdentityInfo(first_name="A", last_name="B")
connect.User("mary", username="mary.major", identity_info=names, security_profiles=lead, **own)
connect.User("li", username="li.juan", identity_info=names, security_profiles=["Agent"], **own)
""")
_GATE = ("--fail-on", "can:become-admin,can:edit-users,admins<1,delete")


def _report(stack: Stack, cli: Runner, file: Path, *where: str) -> tuple[int, str, dict[str, Any]]:
    """Previews, and reports: exit code, what the gate says, the report."""
    file.write_text("\n".join(map(json.dumps, stack.preview().events)))
    ran = cli("report", str(file), "--format", "json", *_GATE, *where)
    return ran.code, ran.err, json.loads(ran.out)


def test_preview_shows_who_can_become_admin_and_who_is_suspended(
    stacks: Stacks, cli: Runner, tmp_path: Path
) -> None:
    """A hand-made profile of a harmless name, then a harmless change, then a leaver."""
    config = {
        "connect:onDelete": "suspend",
        "connect:suspendedSecurityProfile": "Suspended",
        "connect:suspendedRoutingProfile": "Suspended",
    }
    stack = stacks(program=_PROGRAM, config=config)
    local = stack.local
    local.add_suspension_profiles(MANAGED_ID)
    local.client.create_security_profile(
        InstanceId=MANAGED_ID,
        SecurityProfileName="Team Lead",
        Permissions=["Users.EditPermission"],
    )
    stack.up()
    file, store = tmp_path / "events.jsonl", ("--endpoint", "local", "--store", str(stack.store))
    where = (*store, "--instance", MANAGED_ARN)

    stack.edit('lead = ["Agent"]', 'lead = ["Agent", "Team Lead"]')
    code, said, found = _report(stack, cli, file, *where)
    assert (code, said.count("the gate is closed")) == (3, 1)
    assert "the gate is closed by can:become-admin: 1" in said
    (line,) = found["capabilities"]["changes"]
    assert line["users"] == ["mary.major"]
    assert line["gained"][0]["text"] == "become Admin in 1 step"
    assert line["gained"][0]["way"] == ["give themself the security profile Admin"]

    stack.edit('lead = ["Agent", "Team Lead"]', 'lead = ["Agent"]')
    stack.edit("tags={}", 'tags={"Team": "1"}')
    code, said, found = _report(stack, cli, file, *where)
    assert code == 0, said
    assert (found["capabilities"]["status"], found["capabilities"]["changes"]) == ("computed", [])

    text = (stack.folder / "__main__.py").read_text()
    stack.write_program(text[: text.index('connect.User("li"')])
    code, said, found = _report(stack, cli, file, *where)
    assert code == 0, said
    assert [(c["username"] or c["name"], c["action"], c["lost"]) for c in found["changes"]][:1] == [
        ("li.juan", "suspend", [])
    ]
    foretold = {one["operation"] for one in found["calls"]["operations"]}
    since = stack.connect.last_request()
    stack.up()
    made = stack.mutations(since)
    assert "DeleteUser" not in made
    assert {*made} == foretold - {"DescribeUser"}
