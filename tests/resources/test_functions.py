"""The engine's functions, as every front end calls them: results, calls, messages."""

import json
import re
import time
from typing import Any

import pytest

from pulumi_connect_users.core.errors import ConnectUsersError, InvalidFilter, NotFound
from pulumi_connect_users.core.properties import Properties
from pulumi_connect_users.engine.run import Run
from tests.support.contact_centre import ARN, INSTANCE, at_work, user_id
from tests.support.foreign_front_end import call, foreign_run
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.provider_process import Process
from tests.support.valid_users import OURS, SPANISH


@pytest.fixture
def said() -> list[str]:
    """The messages of the run."""
    return []


@pytest.fixture
def run(local: Local, said: list[str]) -> Run:
    """One process of a front end whose programs are not written in Python."""
    return foreign_run({"endpoint": "local", "localStore": str(local.path)}, said)


@pytest.fixture
def day(run: Run, local: Local) -> Run:
    """The same with five people, four of them at work."""
    at_work(local.path)
    local.mark()
    return run


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

    user = call(run, "getUser", instanceArn=MANAGED_ARN, username="mary.major")

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
    by_id = call(run, "getUser", instanceArn=MANAGED_ARN, userId=user["userArn"])
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
        call(day, "getUser", **{"instanceArn": ARN, **arguments})

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

    assert _names(call(day, "getUsers", instanceArn=ARN, **filters)) == found
    assert local.calls().count("SearchUsers") == 1
    assert not {"DescribeUser", "ListUserProficiencies"} & set(local.calls())


def test_users_are_as_a_search_returns_them(run: Run, process: Process) -> None:
    """After-contact work in seconds, which a search returns in milliseconds; no addresses."""
    _made(process)

    [row] = call(run, "getUsers", instanceArn=MANAGED_ARN, tags={"Cost_Center": "42"})["users"]

    user = dict(call(run, "getUser", instanceArn=MANAGED_ARN, username="mary.major"))
    user["identityInfo"] = {k: v for k, v in user["identityInfo"].items() if k != "email"}
    del user["proficiencies"]
    assert row == user


def test_many_users_cost_a_call_for_each_500(run: Run, local: Local) -> None:
    """At two calls a second, a thousand users take no ten minutes."""
    crowd = [{"count": 1001, "prefix": "agent."}]
    local.store.seed({"instances": [{"id": INSTANCE, "generatedUsers": crowd}]})
    local.mark()

    assert len(_names(call(run, "getUsers", instanceArn=ARN))) == 1001
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
        call(day, "getUsers", instanceArn=ARN, **filters)

    assert message in str(raised.value)


def test_instance_has_the_ids_of_what_is_in_it(day: Run, local: Local) -> None:
    """By name, groups by path; what was created since is there the next time."""
    found = call(day, "getInstance", instanceArn=INSTANCE)

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
        call(run, function, instanceArn=arn, **own)

    assert str(raised.value).count("looking up") == 1


@pytest.mark.parametrize(
    ("function", "denied"),
    [("getUser", "SearchUsers"), ("getUsers", "SearchUsers"), ("getInstance", "ListQueues")],
)
def test_refused_call_is_named_with_what_to_allow(
    day: Run, local: Local, said: list[str], function: str, denied: str
) -> None:
    """And nothing is said that belongs to a preview of users."""
    local.store.control(faults=[{"operation": denied, "kind": "access-denied"}])
    own = {"username": "mary.major"} if function == "getUser" else {}

    with pytest.raises(ConnectUsersError, match=f"Allow connect:{denied}") as raised:
        call(day, function, instanceArn=ARN, **own)

    assert str(raised.value).startswith("looking up ")
    assert [text for text in said if "embedded Connect" not in text] == []


def test_agents_at_work_in_wire_names(day: Run) -> None:
    """Times are texts; what an agent has not is absent."""
    result = call(
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
        call(day, "getCurrentUserData", instanceArn=ARN, queues=[], contactStates=["TALKING"])

    assert "queues: is empty" in str(raised.value)
    assert "contactStates[0]: is not a contact state" in str(raised.value)
    assert local.calls() == []


def test_missing_user_is_not_found(day: Run) -> None:
    """A front end may tell it from a call that failed."""
    with pytest.raises(NotFound):
        call(day, "getUser", instanceArn=ARN, username="nobody.here")


def test_profile_that_is_new_has_its_name(day: Run, local: Local) -> None:
    """A program may create it, assign it and look its user up in one run."""
    user = {"InstanceId": INSTANCE, "UserId": user_id("mary.major")}
    before = call(day, "getUser", instanceArn=ARN, username="mary.major")
    made = local.client.create_security_profile(SecurityProfileName="New", InstanceId=INSTANCE)
    ids = [*before["securityProfileIds"], made["SecurityProfileId"]]
    local.client.update_user_security_profiles(SecurityProfileIds=ids, **user)
    time.sleep(2.1)  # A list is not repeated before that.

    after = call(day, "getUser", instanceArn=ARN, username="mary.major")

    assert set(after["securityProfileNames"]) == {"Agent", "New"}
    assert after["securityProfileIds"] == sorted(ids)
