"""A centre of 120 people from one CSV file, on three dates: who comes, ends, leaves and returns."""

from collections import Counter
from collections.abc import Iterable, Mapping

from pulumi_connect_users.core.ownership import SUSPENDED_TAG
from tests.support.harness import Stack, Stacks
from tests.support.programs import SAML_ID, program

_PROGRAM = program(
    """
own = dict(
    routing_profile="Basic Routing Profile",
    security_profiles=["Agent"],
    on_delete="suspend",
    suspended_security_profile="Suspended",
    suspended_routing_profile="Suspended",
)
connect.UserRoster("centre", instance=SAML, users=connect.read_roster("centre.csv"), defaults=own)
"""
)
_HEADER = "username,first_name,last_name,starts,expires,grants"
_STAYING = {f"agent.{number:03}": "" for number in range(1, 117)}
_LEAVER = {"leaver": ""}
_TEMPORARY = {
    "cover": ",,Admin until 2026-12-31 (Cover for the holidays)",
    "seasonal": ",2026-12-31,",
    "newcomer": "2027-03-01,,",
}
_FIRST, _NEW_YEAR, _SPRING = "2026-12-01", "2027-01-01", "2027-03-01"
_RIGHTS = "UpdateUserSecurityProfiles"
_SUSPENSION = (_RIGHTS, "UpdateUserRoutingProfile", "TagResource")


def _write(stack: Stack, *people: Mapping[str, str]) -> None:
    lines = (
        f"{username},Terry,Whitlock,{more or ',,'}"
        for some in people
        for username, more in some.items()
    )
    (stack.folder / "centre.csv").write_text("\n".join((_HEADER, *lines)) + "\n")


def _up(stack: Stack, today: str) -> Counter[str]:
    """The changes of a run at a date, after which nothing is left to change."""
    clock = {"CONNECT_USERS_TODAY": today}
    before = stack.connect.last_request()
    stack.run("up", "--yes", "--skip-preview", environment=clock)
    made = stack.mutations(since=before)
    stack.run("preview", "--expect-no-changes", environment=clock)
    return Counter(made)


def _held(stack: Stack) -> dict[str, list[str]]:
    """The names of the profiles that each user has, the routing profile's last."""
    client = stack.local.client
    security = client.list_security_profiles(InstanceId=SAML_ID)["SecurityProfileSummaryList"]
    routing = client.list_routing_profiles(InstanceId=SAML_ID)["RoutingProfileSummaryList"]
    names = {one["Id"]: one["Name"] for one in (*security, *routing)}
    return {
        user["Username"]: [
            *sorted(names[one] for one in user["SecurityProfileIds"]),
            names[user["RoutingProfileId"]],
        ]
        for user in stack.local.users(SAML_ID)
    }


def _expected(working: Iterable[str], suspended: Iterable[str] = ()) -> dict[str, list[str]]:
    return {
        **{username: ["Agent", "Basic Routing Profile"] for username in working},
        **{username: ["Suspended", "Suspended"] for username in suspended},
    }


def test_centre_of_120_people_follows_file_and_calendar(stacks: Stacks) -> None:
    """A grant ends, a season ends, someone leaves and returns with the same id, someone comes."""
    stack = stacks(program=_PROGRAM)
    stack.local.add_suspension_profiles(SAML_ID)
    _write(stack, _STAYING, _LEAVER, _TEMPORARY)

    assert _up(stack, _FIRST) == {"CreateUser": 119}
    admin = {"cover": ["Admin", "Agent", "Basic Routing Profile"]}
    assert _held(stack) == _expected([*_STAYING, "leaver", "seasonal"]) | admin
    ids = stack.local.ids(SAML_ID)

    _write(stack, _STAYING, _TEMPORARY)
    assert _up(stack, _NEW_YEAR) == Counter(dict.fromkeys(_SUSPENSION, 2)) + Counter([_RIGHTS])
    assert _held(stack) == _expected([*_STAYING, "cover"], ["leaver", "seasonal"])
    assert stack.local.ids(SAML_ID) == ids

    _write(stack, _STAYING, _LEAVER, _TEMPORARY)
    made = _up(stack, _SPRING)
    assert made["CreateUser"] == 1
    assert _held(stack) == _expected([*_STAYING, "cover", "leaver", "newcomer"], ["seasonal"])
    assert stack.local.ids(SAML_ID) == ids | {"newcomer": stack.local.ids(SAML_ID)["newcomer"]}
    tagged = [u["Username"] for u in stack.local.users(SAML_ID) if SUSPENDED_TAG in u["Tags"]]
    assert tagged == ["seasonal"]
