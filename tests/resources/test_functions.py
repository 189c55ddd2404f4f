"""The engine's functions, as every front end calls them: results, calls, messages."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.core.errors import ConnectUsersError, InvalidFilter, NotFound
from pulumi_connect_users.core.properties import Properties
from pulumi_connect_users.engine.functions import FUNCTIONS
from pulumi_connect_users.engine.messages import FrontEnd
from pulumi_connect_users.engine.run import Run
from tests.support.contact_centre import ARN, INSTANCE, at_work, user_id
from tests.support.files import write_files
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.provider_process import Process
from tests.support.valid_users import OURS, SPANISH

SAID: list[str] = []


@pytest.fixture
def run(local: Local) -> Run:
    """One process of a front end whose programs are not written in Python."""
    SAID.clear()
    run = Run(FrontEnd(lambda _, text, __: SAID.append(text), _in_camel_case))
    run.configure({"endpoint": "local", "localStore": str(local.path)}.get, ())
    return run


@pytest.fixture
def day(run: Run, local: Local) -> Run:
    """The same with five people, four of them at work."""
    at_work(local.path)
    local.mark()
    return run


def _in_camel_case(text: str) -> str:
    return re.sub(r"(?<=[a-z])_([a-z])", lambda match: match[1].upper(), text)


def _call(run: Run, function: str, **arguments: Any) -> Any:
    return FUNCTIONS[function](run, arguments)


def _names(result: Properties) -> list[str]:
    users: Any = result["users"]
    return [user["username"] for user in users]


def _made(process: Process) -> str:
    """A user with something of everything; returns the id."""
    state = process.users.create(
        process.inputs(
            tags={"Cost_Center": "42"},
            proficiencies=[SPANISH],
            hierarchyGroup="AMER/West/Team 1",
            afterContactWorkConfigs=[
                {"channel": "VOICE", "afterContactWorkConfig": {"afterContactWorkTimeLimit": 60}},
                {"channel": "CHAT", "afterContactWorkConfig": {"afterContactWorkTimeLimit": 30}},
            ],
            ownership=OURS,
        )
    )
    process.local.mark()
    return state.user_id


def test_user_has_everything_that_connect_has_of_it(run: Run, process: Process) -> None:
    """Under state's names, with names beside ids, and without our mark."""
    identifier = _made(process)

    user = _call(run, "getUser", instanceArn=MANAGED_ARN, username="mary.major")

    assert user["userId"] == identifier
    assert user["userArn"] == f"{MANAGED_ARN}/agent/{identifier}"
    assert user["instanceArn"] == MANAGED_ARN
    assert user["identityInfo"]["email"] == "marym@example.com"
    assert user["routingProfileName"] == "Basic Routing Profile"
    assert user["securityProfileNames"] == ["Agent"]
    assert user["hierarchyPath"] == "AMER/West/Team 1"
    assert user["tags"] == {"Cost_Center": "42"}
    assert user["proficiencies"] == [SPANISH]
    channels = [entry["channel"] for entry in user["afterContactWorkConfigs"]]
    assert channels == ["CHAT", "EMAIL", "TASK", "VOICE"]
    assert "ownership" not in user
    assert sorted(process.local.calls()) == [
        "DescribeInstance",
        "DescribeUser",
        "ListRoutingProfiles",
        "ListSecurityProfiles",
        "ListUserProficiencies",
        "SearchUserHierarchyGroups",
        "SearchUsers",
    ]
    process.local.mark()
    by_id = _call(run, "getUser", instanceArn=MANAGED_ARN, userId=user["userArn"])
    assert by_id == user
    assert sorted(process.local.calls()) == ["DescribeUser", "ListUserProficiencies"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"username": "Mary.Major"},
            "looking up user Mary.Major: does not exist in this instance. Did you mean mary.major",
        ),
        (
            {"username": "unheard-of"},
            "looking up user unheard-of: does not exist in this instance. "
            "Usernames are case-sensitive",
        ),
        ({"userId": INSTANCE}, f"looking up user {INSTANCE}: does not exist in this instance. "),
        (
            {"userId": "mary.major"},
            "looking up user mary.major: userId is not an id or ARN. Pass a name as username.",
        ),
        ({"userId": f"{ARN}/queue/{INSTANCE}"}, "userId is not the ARN of a user. Check the ARN."),
        ({}, "looking up user ?: give either username or userId."),
        ({"username": "a", "userId": "b"}, "give either username or userId."),
        ({"username": ""}, "username: must be a non-empty string."),
        ({"userName": "a"}, "userName: unknown argument. Remove it."),
        ({"username": "a", "instanceArn": None}, "instanceArn: is missing."),
    ],
)
def test_user_who_is_not_found_is_an_error_with_a_way_out(
    day: Run, arguments: dict[str, Any], message: str
) -> None:
    """The whole message, in the front end's words."""
    with pytest.raises(ConnectUsersError) as raised:
        _call(day, "getUser", **{"instanceArn": ARN, **arguments})

    assert message in str(raised.value)
    assert str(raised.value).startswith("looking up user ")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["arnav.desai", "jane.doe", "li.juan@example.com", "mary.major", "nikki.wolf"]),
        ({"routingProfile": "Claims desk"}, ["li.juan@example.com"]),
        ({"hierarchyGroup": "AMER/West"}, ["arnav.desai", "mary.major"]),
        ({"hierarchyGroup": "West/Team 1", "securityProfile": "Agent"}, ["arnav.desai"]),
        ({"routingProfile": "Claims desk", "hierarchyGroup": "AMER"}, []),
        ({"tags": {"Site": "SEA1"}}, ["mary.major"]),
        ({"tags": {"Site": "SEA1", "Shift": "night"}}, []),
    ],
)
def test_users_who_have_something_in_common(
    day: Run, local: Local, filters: dict[str, Any], found: list[str]
) -> None:
    """By name, path, id or tag; every condition must hold."""
    mary = user_id("mary.major")
    local.client.tag_resource(resourceArn=f"{ARN}/agent/{mary}", tags={"Site": "SEA1"})
    local.mark()

    assert _names(_call(day, "getUsers", instanceArn=ARN, **filters)) == found
    assert local.calls().count("SearchUsers") == 1
    assert not {"DescribeUser", "ListUserProficiencies"} & set(local.calls())


def test_users_are_as_a_search_returns_them(run: Run, process: Process) -> None:
    """After-contact work in seconds, which a search returns in milliseconds; no addresses."""
    _made(process)

    [row] = _call(run, "getUsers", instanceArn=MANAGED_ARN, tags={"Cost_Center": "42"})["users"]

    user = dict(_call(run, "getUser", instanceArn=MANAGED_ARN, username="mary.major"))
    user["identityInfo"] = {k: v for k, v in user["identityInfo"].items() if k != "email"}
    del user["proficiencies"]
    assert row == user


def test_many_users_cost_a_call_for_each_500(run: Run, local: Local) -> None:
    """At two calls a second, a thousand users take no ten minutes."""
    crowd = [{"count": 1001, "prefix": "agent."}]
    local.store.seed({"instances": [{"id": INSTANCE, "generatedUsers": crowd}]})
    local.mark()

    assert len(_names(_call(run, "getUsers", instanceArn=ARN))) == 1001
    assert sorted(local.calls()) == [
        "DescribeInstance",
        "ListRoutingProfiles",
        "ListSecurityProfiles",
        *["SearchUsers"] * 3,
    ]


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (
            {"routingProfile": "Claim desk", "hierarchyGroup": "AMER/North"},
            'routingProfile: "Claim desk" does not exist in this instance. Did you mean Claims desk'
            '? hierarchyGroup: "AMER/North" does not exist in this instance.',
        ),
        ({"tags": {"Site": 1}}, "tags: Site: must be a string."),
        ({"tags": "Site"}, "tags: must be a map."),
        ({"routing": "Claims desk"}, "routing: unknown argument."),
        ({"securityProfile": 7}, "securityProfile: must be a non-empty string."),
    ],
)
def test_condition_that_is_not_understood_does_not_find_everybody(
    day: Run, filters: dict[str, Any], message: str
) -> None:
    """A program may do something to all that it is given."""
    with pytest.raises(InvalidFilter, match="looking up users: ") as raised:
        _call(day, "getUsers", instanceArn=ARN, **filters)

    assert message in str(raised.value)


def test_instance_has_the_ids_of_what_is_in_it(day: Run, local: Local) -> None:
    """By name, groups by path; what was created since is there the next time."""
    found = _call(day, "getInstance", instanceArn=INSTANCE)

    assert found["instanceArn"] == ARN
    assert found["instanceId"] == INSTANCE
    assert found["identityManagementType"] == "CONNECT_MANAGED"
    assert {"Basic Routing Profile", "Claims desk"} <= found["routingProfileIds"].keys()
    assert {"Admin", "Agent"} <= found["securityProfileIds"].keys()
    assert {"AMER", "AMER/West", "AMER/West/Team 1"} <= found["hierarchyGroupIds"].keys()
    assert {"Available", "Offline", "Lunch"} <= found["agentStatusIds"].keys()
    assert {"BasicQueue", "Billing"} <= found["queueIds"].keys()
    assert sorted(local.calls()) == [
        "DescribeInstance",
        "ListAgentStatuses",
        "ListQueues",
        "ListRoutingProfiles",
        "ListSecurityProfiles",
        "SearchUserHierarchyGroups",
    ]
    described = local.client.describe_queue(
        InstanceId=INSTANCE, QueueId=found["queueIds"]["Claims"]
    )
    assert described["Queue"]["Name"] == "Claims"


@pytest.mark.parametrize("function", ["getUser", "getUsers", "getInstance", "getCurrentUserData"])
def test_instance_that_does_not_exist_is_named(run: Run, function: str) -> None:
    """The message is that of every other use of the instance."""
    arn = ARN.replace("11111111", "99999999")
    own = {"username": "mary.major"} if function == "getUser" else {}

    with pytest.raises(ConnectUsersError, match="there is no such instance") as raised:
        _call(run, function, instanceArn=arn, **own)

    assert str(raised.value).count("looking up") == 1


@pytest.mark.parametrize(
    ("function", "denied"),
    [("getUser", "SearchUsers"), ("getUsers", "SearchUsers"), ("getInstance", "ListQueues")],
)
def test_refused_call_is_named_with_what_to_allow(
    day: Run, local: Local, function: str, denied: str
) -> None:
    """And nothing is said that belongs to a preview of users."""
    local.store.control(faults=[{"operation": denied, "kind": "access-denied"}])
    own = {"username": "mary.major"} if function == "getUser" else {}

    with pytest.raises(ConnectUsersError, match=f"Allow connect:{denied}") as raised:
        _call(day, function, instanceArn=ARN, **own)

    assert str(raised.value).startswith("looking up ")
    assert [text for text in SAID if "embedded Connect" not in text] == []


def test_agents_at_work_in_wire_names(day: Run) -> None:
    """Times are texts; what an agent has not is absent."""
    result = _call(
        day, "getCurrentUserData", instanceArn=ARN, queues=["Claims"], contactStates=["CONNECTED"]
    )

    [agent] = result["users"]
    [contact] = agent["contacts"]
    assert agent["user"]["id"] == user_id("li.juan@example.com")
    assert agent["status"]["statusName"] == "Available"
    assert agent["maxSlotsByChannel"] == {"VOICE": 1, "CHAT": 3}
    assert contact["agentContactState"] == "CONNECTED"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", contact["connectedToAgentTimestamp"])
    assert "nextStatus" not in agent
    json.dumps(result)


def test_live_data_refuse_what_connect_does_not_accept(day: Run, local: Local) -> None:
    """All at once, before any call."""
    with pytest.raises(InvalidFilter, match=r"^reading live data") as raised:
        _call(day, "getCurrentUserData", instanceArn=ARN, queues=[], contactStates=["TALKING"])

    assert "queues: is empty" in str(raised.value)
    assert "contactStates[0]: is not a contact state" in str(raised.value)
    assert local.calls() == []


_ROSTER = """\
defaults: {routing_profile: Basic Routing Profile, phone_config: {phone_type: SOFT_PHONE}}
users:
  mary.major: {team: west, identity_info: {first_name: Mary, last_name: Major}}
  nikki.wolf: {security_profiles: [Agent, Admin]}
"""


def test_roster_file_becomes_texts(run: Run, tmp_path: Path) -> None:
    """Each user over its team's and the program's values, which have wire names."""
    path = tmp_path / "west.yaml"
    path.write_text(_ROSTER)

    result = _call(
        run,
        "readRoster",
        path=str(path),
        defaults={"securityProfiles": ["Agent"], "phoneConfig": {"autoAccept": True}},
        teams={"west": {"hierarchyGroup": "AMER/West", "tags": {"costCenter": "42"}}},
    )

    users = {name: json.loads(text) for name, text in result["users"].items()}
    phone = {"phoneType": "SOFT_PHONE", "autoAccept": True}
    assert users["mary.major"] == {
        "identityInfo": {"firstName": "Mary", "lastName": "Major"},
        "routingProfile": "Basic Routing Profile",
        "phoneConfig": phone,
        "securityProfiles": ["Agent"],
        "hierarchyGroup": "AMER/West",
        "tags": {"costCenter": "42"},
    }
    assert users["nikki.wolf"]["securityProfiles"] == ["Agent", "Admin"]
    assert result["users"]["mary.major"] == json.dumps(
        users["mary.major"], sort_keys=True, separators=(",", ":")
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"path": "none.yaml"}, "reading roster none.yaml: No such file or directory."),
        ({}, "reading roster: path: is missing."),
        ({"path": "a.yaml", "team": {}}, "reading roster: team: unknown argument."),
    ],
)
def test_roster_that_cannot_be_read_is_an_error(
    run: Run, arguments: dict[str, Any], message: str
) -> None:
    """With what it is about."""
    with pytest.raises(ConnectUsersError, match=re.escape(message)):
        _call(run, "readRoster", **arguments)


def test_mistakes_in_a_roster_file_have_their_lines(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And unknown settings of the program are among them."""
    monkeypatch.chdir(tmp_path)
    Path("west.yaml").write_text(_ROSTER)

    with pytest.raises(ConnectUsersError) as raised:
        _call(run, "readRoster", path="west.yaml", defaults={"routingProfil": "x"})

    lines = str(raised.value).splitlines()
    assert lines[0] == "reading roster west.yaml: 2 mistakes:"
    assert any("routingProfil: unknown argument" in line for line in lines)
    assert any("line 3" in line and "unknown team" in line for line in lines)


def test_folder_of_rosters_is_read_within_its_limits(run: Run, tmp_path: Path) -> None:
    """In every language alike."""
    write_files(tmp_path / "teams", {"west.yaml": _ROSTER, "east.csv": "username\nli.juan\n"})
    given = {"path": str(tmp_path / "teams"), "teams": {"west": {}}}

    assert list(_call(run, "readRoster", **given)["users"]) == [
        "li.juan",
        "mary.major",
        "nikki.wolf",
    ]
    limits = "may: {east.csv: {}, west.yaml: {security_profiles: [Agent]}}"
    write_files(tmp_path / "teams", {"roster-limits.yaml": limits, "README.md": ""})
    with pytest.raises(ConnectUsersError, match=r"teams/west\.yaml, line 4: user nikki.wolf: .*Ad"):
        _call(run, "readRoster", **given)


def test_guesses_about_a_roster_file_are_reported(run: Run, tmp_path: Path) -> None:
    """Column names that are not the documented ones."""
    (tmp_path / "west.csv").write_text("User Name;team\nmary.major;\n")

    result = _call(run, "readRoster", path=str(tmp_path / "west.csv"))

    assert list(result["users"]) == ["mary.major"]
    assert "west.csv, line 1: columns are separated by semicolons." in SAID
    assert "west.csv, line 1: columns were read: User Name as username." in SAID


def test_missing_user_is_not_found(day: Run) -> None:
    """A front end may tell it from a call that failed."""
    with pytest.raises(NotFound):
        _call(day, "getUser", instanceArn=ARN, username="nobody.here")


def test_profile_that_is_new_has_its_name(day: Run, local: Local) -> None:
    """A program may create it, assign it and look its user up in one run."""
    user = {"InstanceId": INSTANCE, "UserId": user_id("mary.major")}
    before = _call(day, "getUser", instanceArn=ARN, username="mary.major")
    made = local.client.create_security_profile(SecurityProfileName="New", InstanceId=INSTANCE)
    ids = [*before["securityProfileIds"], made["SecurityProfileId"]]
    local.client.update_user_security_profiles(SecurityProfileIds=ids, **user)
    time.sleep(2.1)  # A list is not repeated before that.

    after = _call(day, "getUser", instanceArn=ARN, username="mary.major")

    assert set(after["securityProfileNames"]) == {"Agent", "New"}
    assert after["securityProfileIds"] == sorted(ids)
