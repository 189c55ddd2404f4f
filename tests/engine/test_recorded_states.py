"""States that earlier commits wrote, read with the code as it is; see recorder.py."""

import json
from typing import Any

import pytest

from tests.engine.recorder import Recording, recordings
from tests.support.harness import Stack, Stacks
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, SAML_ARN, updates

INSTANCES = [arn.rsplit("/", 1)[1] for arn in (MANAGED_ARN, SAML_ARN)]
SECRET = "4dabf18193072939515e22adb298388d"
HIDDEN_SINCE = {"username", "label", "labels", "passwords"}
"""Inputs that are made or made secret since usernames that are addresses are hidden."""
FOUND_SINCE = {"capabilities"}
"""Facts that check adds since: a change shows them, and they are none."""
MARKS_ARE_MAPS = ("e3f0bb4", "84d3f18")


@pytest.fixture(params=recordings(), ids=lambda recording: recording.name)
def recording(request: pytest.FixtureRequest) -> Recording:
    """Each of them."""
    found: Recording = request.param
    return found


@pytest.fixture
def restored(recording: Recording, stacks: Stacks) -> Stack:
    """A stack as it was when it was recorded, with a user of somebody else's beside it."""
    stack = stacks(program=recording.program, config=recording.config)
    recording.restore_store(stack.store)
    stack.import_(recording.state(stack.store))
    client = stack.local.client
    known = client.list_users(InstanceId=INSTANCES[1])["UserSummaryList"][0]["Id"]
    user = client.describe_user(InstanceId=INSTANCES[1], UserId=known)["User"]
    client.create_user(
        InstanceId=INSTANCES[1],
        Username="stranger",
        IdentityInfo={"FirstName": "Some", "LastName": "Body"},
        PhoneConfig={"PhoneType": "SOFT_PHONE"},
        RoutingProfileId=user["RoutingProfileId"],
        SecurityProfileIds=user["SecurityProfileIds"],
    )
    return stack


def _usernames(local: Local) -> list[str]:
    return [user["Username"] for instance in INSTANCES for user in local.users(instance)]


def _rename_behind(local: Local, username: str, last_name: str) -> None:
    """Somebody changes a last name in the console."""
    for instance in INSTANCES:
        for user in local.users(instance):
            if user["Username"] == username:
                names: Any = {**user["IdentityInfo"], "LastName": last_name}
                local.client.update_user_identity_info(
                    InstanceId=instance, UserId=user["Id"], IdentityInfo=names
                )


def _outputs(stack: Stack, name: str) -> Any:
    exported = stack.export(show_secrets=True)["resources"]
    (outputs,) = [r["outputs"] for r in exported if r["urn"].endswith(f"::{name}")]
    return _in_clear(outputs)


def _declared_users(step: Any) -> list[dict[str, Any]]:
    """The users of a roster before and after a step, without the facts that are new."""
    sides = [step.get(side) or {} for side in ("old", "new")]
    texts = [side.get("inputs", {}).get("users") or {} for side in sides]
    return [
        {
            name: {k: v for k, v in json.loads(text).items() if k not in FOUND_SINCE}
            for name, text in users.items()
            if name != SECRET and isinstance(text, str) and text.startswith("{")
        }
        for users in texts
    ]


def _in_clear(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if SECRET in value:
        return _in_clear(json.loads(value["plaintext"]))
    return {key: _in_clear(member) for key, member in value.items()}


def test_recorded_state_is_read_refreshed_and_updated_without_a_lost_user(
    recording: Recording, restored: Stack
) -> None:
    """A preview shows no change, but marks that were maps being renewed and empty batches made."""
    stack, local = restored, Local(restored.store)
    before = _usernames(local)
    oldest, plain = recording.commit in MARKS_ARE_MAPS, recording.kind == "plain"

    preview = stack.preview()
    for step in preview.steps:
        users = step["new"]["inputs"].get("users")
        empty = users == {} or (isinstance(users, dict) and SECRET in users)
        assert step["op"] in ("same", "update") or (step["op"] == "create" and empty), step["urn"]
    users = {step["urn"].rsplit("::", 1)[1]: _declared_users(step) for step in preview.steps}
    for name, inputs in updates(preview).items():
        hidden = HIDDEN_SINCE if recording.kind == "secret" else set()
        changed = {path.partition(".")[0] for path in inputs} - hidden - FOUND_SINCE
        if plain and users[name][0] == users[name][1]:
            changed.discard("users")
        assert (oldest, changed) == (True, {"ownership"}), name

    username, resource = ("jane.doe", "below") if plain else ("martha.rivera", "managed")
    _rename_behind(local, username, "Elsewhere")
    stack.refresh()
    assert _outputs(stack, resource)["identityInfo"]["lastName"] == "Elsewhere"

    stack.edit('phone_type="DESK_PHONE", ', 'phone_type="DESK_PHONE", auto_accept=True, ')
    local.mark()
    stack.up()
    assert not {"CreateUser", "DeleteUser"} & set(local.changes())
    if not oldest:
        assert sorted(local.changes()) == ["UpdateUserIdentityInfo", "UpdateUserPhoneConfig"]
    assert _outputs(stack, "full")["stateFormat"] == 1
    assert _usernames(local) == before
    stack.preview("--expect-no-changes")


def test_destroy_of_a_recorded_state_leaves_nothing_behind_and_nobody_else_out(
    restored: Stack,
) -> None:
    """Right after the upgrade, with no `up` in between: each of its users goes, no other."""
    stack, local = restored, Local(restored.store)
    assert len(_usernames(local)) > 2

    result = stack.destroy()

    assert _usernames(local) == ["stranger"]
    assert "forgotten" not in result.text
    assert stack.resources() == []
