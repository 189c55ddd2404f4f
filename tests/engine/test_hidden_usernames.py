"""`connect:personalData: secret`: usernames that are e-mail addresses are hidden wherever we write.

The trial: a SAML user's address stood in state, history and `preview --json`, its name encrypted.
"""

from pulumi_connect_users.core.privacy import label
from tests.engine.recorder import Recording
from tests.report.builders import actions, events, report
from tests.support.command import Result
from tests.support.harness import Stack, Stacks
from tests.support.programs import SAML_ID, program

HIDES = {"connect:personalData": "secret"}
LI, NIKKI, SAANVI = "li.juan@example.com", "nikki.wolf@corp.example.com", "saanvi@example.com"
ADDRESSES = (LI, NIKKI, SAANVI)
PROGRAM = program(
    f'li = connect.User("first", **LI | dict(username=pulumi.Output.from_input("{LI}")))',
    'connect.User("mary", **MARY)',
    'connect.UserStatus("status", user=li, agent_status="Available")',
    "PROFILES = {k: LI[k] for k in ('routing_profile', 'security_profiles')}",
    "NAMES = dict(first_name='A', last_name='B')",
    'west = connect.UserRoster("west", instance=SAML, defaults=PROFILES, released=[], users={',
    f'    "{NIKKI}": dict(identity_info=NAMES),',
    f'    "{SAANVI}": dict(identity_info=NAMES),',
    '    "arnav.desai": dict(identity_info=NAMES),',
    "})",
    'pulumi.export("ids", west.user_ids)',
)


def _written(stack: Stack) -> str:
    """State, history and backups, byte for byte."""
    files = [file for file in stack.state.rglob("*") if file.is_file()]
    assert any("history" in file.parts for file in files)
    return "\n".join(file.read_text() for file in files)


def _assert_hidden(*texts: str) -> None:
    for text in texts:
        for address in ADDRESSES:
            assert address not in text
            assert address.partition("@")[0] not in text


def _told(result: Result) -> str:
    assert result.events, "the event log is looked through as well"
    return f"{result.text} {result.events}"


def test_address_of_a_user_stands_in_no_state_history_event_or_message(stacks: Stacks) -> None:
    """From the creation to the end: warnings, failures and changes name labels instead."""
    stack = stacks(program=PROGRAM, config=HIDES)
    local = stack.local

    made = [stack.preview("--json"), stack.up()]
    exported = stack.run("stack", "export").text
    _assert_hidden(exported, _written(stack), *map(_told, made))
    assert '"mary.major"' in exported
    assert f'"label": "{label(LI)}"' in exported
    for name in (label(NIKKI), label(SAANVI), "arnav.desai"):
        assert f'"{name}": "' in exported
    assert exported.count('"stateFormat": 1') == 2 + 1 + 64

    # A refused change, a leaver, a drift: each is told by the label.
    stack.edit(f'"{NIKKI}": dict(identity_info=NAMES),', "")
    (user,) = [u for u in local.users(SAML_ID) if u["Username"] == LI]
    local.client.update_user_identity_info(
        InstanceId=SAML_ID,
        UserId=user["Id"],
        IdentityInfo={"FirstName": "Other", "LastName": "Person"},
    )
    runs = [stack.refresh(), stack.preview("--json"), stack.preview(), stack.up()]
    assert label(NIKKI) in runs[2].text
    assert "users: 1 to delete" in runs[2].one_line
    seen = report(events(*runs[2].events, ends=False))
    assert actions(seen) == {label(NIKKI): "delete", "first": "update"}
    assert [p.message for p in seen.problems if "deleted" in p.message] == []
    _assert_hidden(_written(stack), *map(_told, runs))
    stack.preview("--expect-no-changes")

    stack.edit(f'"{SAANVI}": dict(', f'"{SAANVI}": dict(hierarchy_group="Nowhere", ')
    refused = stack.preview(expect=1)
    assert label(SAANVI) in refused.text
    _assert_hidden(_told(refused), _written(stack), _told(stack.destroy()), _written(stack))


def test_state_that_showed_addresses_hides_them_with_the_next_up(stacks: Stacks) -> None:
    """The first version encrypted names alone; nothing changes but the state."""
    recording = Recording("0469dcc", "secret")
    stack = stacks(program=recording.program, config=recording.config)
    recording.restore_store(stack.store)
    stack.import_(recording.state(stack.store))
    before = stack.run("stack", "export").text
    assert "maria.garcia@example.com" in before
    assert "nikki@example.com" in before

    stack.up("--expect-no-changes")

    after = stack.run("stack", "export").text
    assert "maria.garcia" not in after
    assert "nikki" not in after
    assert '"martha.rivera"' in after
