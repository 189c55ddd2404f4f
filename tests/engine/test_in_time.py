"""A roster and a user over three dates: an unchanged program, real runs, dynamic and native."""

import pytest

from tests.support.command import Result
from tests.support.harness import Stack, Stacks
from tests.support.programs import SAML_ID, program

_USERS = """\
username,first_name,last_name,starts,expires,grants
ana,Ana,Carolina,,,
temp,Terry,Whitlock,,2026-12-24,
newcomer,Nikhil,Jayashankar,2027-01-01,,Admin until 2027-02-28 (Migration)
"""
_PROGRAM = program(
    """
own = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])
west = connect.UserRoster(
    "west", instance=SAML, users=connect.read_roster("west.csv"), defaults=own
)
li = connect.User(
    "li",
    **LI,
    grants=[connect.Grant(
        security_profile="Admin", until="2026-12-31T18:00+01:00", reason="Cover for the holidays"
    )],
)
"""
)
_LI = "li.juan@example.com"


def _at(stack: Stack, today: str, *command: str) -> Result:
    return stack.run(*command, environment={"CONNECT_USERS_TODAY": today})


def _up(stack: Stack, today: str) -> list[str]:
    """The changes of a run at a date."""
    before = stack.connect.last_request()
    _at(stack, today, "up", "--yes", "--skip-preview")
    return sorted(stack.mutations(since=before))


def _profiles(stack: Stack) -> dict[str, list[str]]:
    """The security profiles of the users, by username."""
    client = stack.local.client
    listed = client.list_security_profiles(InstanceId=SAML_ID)["SecurityProfileSummaryList"]
    names = {profile["Id"]: profile["Name"] for profile in listed}
    found = {}
    for username, user_id in stack.local.ids(SAML_ID).items():
        user = client.describe_user(InstanceId=SAML_ID, UserId=user_id)["User"]
        found[username] = sorted(names[one] for one in user["SecurityProfileIds"])
    return found


@pytest.mark.parametrize("native", [False, True], ids=["dynamic", "native"])
def test_program_that_nobody_edits_follows_the_calendar(stacks: Stacks, native: bool) -> None:
    stack = stacks(program=_PROGRAM, native=native)
    (stack.folder / "west.csv").write_text(_USERS)

    assert _up(stack, "2026-12-24") == ["CreateUser"] * 3
    assert _profiles(stack) == {"ana": ["Agent"], "temp": ["Agent"], _LI: ["Admin", "Agent"]}

    said = _at(stack, "2026-12-31T17:00Z", "preview").one_line
    assert "1 user will be deleted: temp" in said
    assert _up(stack, "2026-12-31T17:00Z") == ["DeleteUser", "UpdateUserSecurityProfiles"]
    assert _profiles(stack) == {"ana": ["Agent"], _LI: ["Agent"]}
    _at(stack, "2026-12-31T23:59Z", "preview", "--expect-no-changes")

    assert _up(stack, "2027-02-28T23:59Z") == ["CreateUser"]
    assert _profiles(stack)["newcomer"] == ["Admin", "Agent"]
