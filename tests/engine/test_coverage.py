"""A real preview of a roster and of a user: what the report says is what `up` then does."""

import json
from collections import Counter
from pathlib import Path

from pulumi_connect_users.emulator import open_store
from tests.report.builders import INSTANCE
from tests.support.command_line import Runner
from tests.support.harness import Stacks
from tests.support.help_desk import ID, SEED

_PROGRAM = f"""
import pulumi_connect_users as connect

centre = connect.Instance("{INSTANCE}")
own = dict(instance=centre, adopt=True, security_profiles=["Agent"])
names = connect.IdentityInfo(first_name="A", last_name="B")
night = {{
    name: dict(identity_info=names, routing_profile="Night desk")
    for name in ["eve", "finn"]
}}
connect.UserRoster("night", users=night, defaults=dict(adopt=True, security_profiles=["Agent"]),
    instance=centre)
connect.User("cleo", username="cleo", identity_info=names, routing_profile="Billing desk",
    proficiencies=[connect.Proficiency("language", "Spanish", level=4)], **own)
connect.User("una", instance=centre, username="una", identity_info=names, password="Corr3ctHorse",
    security_profiles=["Agent"], routing_profile="Billing desk")
"""


def test_preview_of_leavers_is_flagged_and_its_calls_are_made(
    stacks: Stacks, cli: Runner, tmp_path: Path
) -> None:
    """One leaves a roster, one goes on a break, one gets another username."""
    stack = stacks(program=_PROGRAM)
    open_store(stack.store).seed(SEED)
    local = stack.local
    stack.up()
    stack.edit('["eve", "finn"]', '["finn"]')
    stack.edit('routing_profile="Billing desk",\n    prof', 'routing_profile="Break",\n    prof')
    stack.edit('username="una"', 'username="una.new"')
    events = tmp_path / "events.jsonl"
    events.write_text("\n".join(map(json.dumps, stack.preview().events)))
    place = ("--endpoint", "local", "--store", str(stack.store), "--instance", INSTANCE)
    local.mark()

    ran = cli("report", str(events), "--format", "json", "--fail-on", "coverage", *place)

    assert local.changes() == []
    report = json.loads(ran.out)
    assert ran.code == 3, ran.err
    assert "the gate is closed by coverage: 2" in ran.err
    assert {alarm["text"]: alarm["leaving"] for alarm in report["coverage"]["alarms"]} == {
        "queue Night (voice): 1 of 2 agents left": ["eve"],
        "queue Billing (chat, voice) loses its last agent with language Spanish at level 4 or "
        "higher": ["cleo"],
    }
    assert cli("report", str(events), "--min-coverage", "1", *place).code == 0

    local.mark()
    stack.up()

    foretold = {one["operation"]: one["calls"] for one in report["calls"]["operations"]}
    made = Counter(local.calls())
    assert foretold == {operation: made[operation] for operation in foretold}
    assert Counter(local.changes()) == {
        operation: calls for operation, calls in foretold.items() if operation != "DescribeUser"
    }
    assert "eve" not in local.ids(ID)
