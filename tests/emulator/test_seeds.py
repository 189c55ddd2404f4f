"""Seeds: what they add, what they refuse, and real instances captured as seeds."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pulumi_connect_users.emulator import EmulatorError, Store, mount, open_store, seeded_id
from pulumi_connect_users.emulator.capture import capture
from pulumi_connect_users.emulator.seeding.apply import schema
from pulumi_connect_users.emulator.seeding.fresh import MANAGED_INSTANCE, SAML_INSTANCE, SEED
from tests.support.connect_client import ConnectClient, connect_client


def _seed(**entry: Any) -> dict[str, Any]:
    return {"instances": [{"id": MANAGED_INSTANCE, **entry}]}


def _names(client: ConnectClient, operation: str, member: str) -> list[str]:
    answer = getattr(client, operation)(InstanceId=MANAGED_INSTANCE)
    return [one["Name"] for one in answer[member]]


def test_fresh_store_has_what_aws_makes_and_a_small_hierarchy(connect: ConnectClient) -> None:
    """Two instances in us-west-2, each with AWS's default profiles, queue, statuses."""
    found = connect.list_instances()["InstanceSummaryList"]

    assert [
        (one.get("Id"), one.get("InstanceAlias"), one.get("IdentityManagementType"))
        for one in found
    ] == [
        (MANAGED_INSTANCE, "local-managed", "CONNECT_MANAGED"),
        (SAML_INSTANCE, "local-saml", "SAML"),
    ]
    assert _names(connect, "list_security_profiles", "SecurityProfileSummaryList") == [
        "Admin",
        "Agent",
        "CallCenterManager",
        "QualityAnalyst",
    ]
    routing = _names(connect, "list_routing_profiles", "RoutingProfileSummaryList")
    assert routing == ["Basic Routing Profile"]
    assert _names(connect, "list_queues", "QueueSummaryList") == ["BasicQueue"]
    statuses = connect.list_agent_statuses(InstanceId=MANAGED_INSTANCE)["AgentStatusSummaryList"]
    assert [(one.get("Name"), one.get("Type")) for one in statuses] == [
        ("Available", "ROUTABLE"),
        ("Offline", "OFFLINE"),
    ]
    structure = connect.describe_user_hierarchy_structure(InstanceId=MANAGED_INSTANCE)
    levels: Any = structure["HierarchyStructure"]
    assert [level["Name"] for level in levels.values()] == ["Region", "Site", "Team"]
    attributes = _names(connect, "list_predefined_attributes", "PredefinedAttributeSummaryList")
    assert attributes == ["connect:Language", "connect:Subtype", "language"]


def test_ids_are_the_same_in_every_store(connect: ConnectClient, tmp_path: Path) -> None:
    """A program that keeps an id of a fresh store finds it in another one."""
    other = connect_client()
    mount(other, tmp_path / "other.db")
    team = seeded_id(MANAGED_INSTANCE, "agent-group", "AMER/West/Team 1")

    groups = [
        client.describe_user_hierarchy_group(InstanceId=MANAGED_INSTANCE, HierarchyGroupId=team)
        for client in (connect, other)
    ]

    paths: list[Any] = [group["HierarchyGroup"].get("HierarchyPath") for group in groups]
    for path in paths:
        assert [level["Name"] for level in path.values()] == ["AMER", "West", "Team 1"]


def test_users_of_a_seed_have_what_it_says(store: Store, connect: ConnectClient) -> None:
    """Names of profiles and groups become ids; the rest is as CreateUser would store it."""
    added = store.seed(
        _seed(
            alias="local-managed",
            users=[
                {
                    "username": "mary.major",
                    "firstName": "Mary",
                    "lastName": "Major",
                    "email": "marym@example.com",
                    "securityProfiles": ["Agent", "Admin"],
                    "hierarchyGroup": "AMER/West/Team 1",
                    "phoneConfig": {"phoneType": "SOFT_PHONE", "autoAccept": True},
                    "proficiencies": [{"attribute": "language", "value": "French", "level": 3}],
                    "tags": {"Team": "1"},
                    "status": "Available",
                }
            ],
            quickConnects=[{"name": "Mary", "user": "mary.major"}],
        )
    )

    user_id = seeded_id(MANAGED_INSTANCE, "agent", "mary.major")
    user: Any = connect.describe_user(InstanceId=MANAGED_INSTANCE, UserId=user_id)["User"]
    assert added == {"local-managed": 1}
    assert user["IdentityInfo"]["Email"] == "marym@example.com"
    assert user["SecurityProfileIds"] == [
        seeded_id(MANAGED_INSTANCE, "security-profile", name) for name in ("Agent", "Admin")
    ]
    assert user["PhoneConfig"]["AutoAccept"] is True
    assert user["Tags"] == {"Team": "1"}
    skills = connect.list_user_proficiencies(InstanceId=MANAGED_INSTANCE, UserId=user_id)
    assert skills["UserProficiencyList"][0]["AttributeValue"] == "French"
    assert _names(connect, "list_quick_connects", "QuickConnectSummaryList") == ["Mary"]


def test_seed_loaded_twice_is_loaded_once(store: Store, connect: ConnectClient) -> None:
    seed = _seed(
        queues=[{"name": "Sales"}],
        users=[{"username": "mary.major", "firstName": "Mary", "lastName": "Major"}],
    )
    store.seed(seed)
    user_id = seeded_id(MANAGED_INSTANCE, "agent", "mary.major")
    connect.update_user_identity_info(
        InstanceId=MANAGED_INSTANCE,
        UserId=user_id,
        IdentityInfo={"FirstName": "Mary", "LastName": "Smith"},
    )

    assert store.seed(seed) == {MANAGED_INSTANCE: 0}
    user: Any = connect.describe_user(InstanceId=MANAGED_INSTANCE, UserId=user_id)["User"]
    assert user["IdentityInfo"]["LastName"] == "Smith"


@pytest.mark.slow
def test_ten_thousand_users_are_there_and_found(store: Store, connect: ConnectClient) -> None:
    """A large centre is one line of a seed, and each of its users is found by name and tag."""
    store.seed(_seed(generatedUsers=[{"count": 10_000, "prefix": "agent-", "tags": {"T": "1"}}]))

    pages = connect.get_paginator("list_users").paginate(
        InstanceId=MANAGED_INSTANCE, PaginationConfig={"PageSize": 1000}
    )
    assert sum(len(page["UserSummaryList"]) for page in pages) == 10_000
    found = connect.search_users(
        InstanceId=MANAGED_INSTANCE,
        SearchCriteria={"StringCondition": {"FieldName": "Username", "Value": "agent-07777"}},
        SearchFilter={"TagFilter": {"TagCondition": {"TagKey": "T", "TagValue": "1"}}},
    )
    assert [user.get("Username") for user in found["Users"]] == ["agent-07777"]


@pytest.mark.parametrize(
    ("entry", "causes"),
    [
        ({"users": [{"firstName": "Mary"}]}, ["'username' is a required property"]),
        ({"user": []}, ["'user' was unexpected"]),
        (
            {"users": [{"username": "a b"}, {"username": "c", "mobile": "123"}]},
            ["users/0/username", "users/1/mobile"],
        ),
        (
            {"users": [{"username": "a", "routingProfile": "Night", "securityProfiles": ["Boss"]}]},
            [
                "users, a: there is no routing profile named Night",
                "users, a: there is no security profile named Boss",
            ],
        ),
        ({"hierarchyGroups": ["A/B/C/D"]}, ["A/B/C/D is deeper than the hierarchy levels"]),
        (
            {"hierarchyGroups": ["A//B", "C/"]},
            ["hierarchyGroups, A//B: a level has no name", "hierarchyGroups, C/: a level"],
        ),
        (
            {"users": [{"username": "a", "id": "1"}, {"username": "b", "id": "1"}]},
            ["users, b: the id 1 belongs to another user"],
        ),
        (
            {"securityProfiles": [{"name": "A", "id": "1"}, {"name": "B", "id": "1"}]},
            ["security profile B: the id 1 belongs to another one"],
        ),
        ({"routingProfiles": [{"name": "Night", "queues": ["Owls"]}]}, ["no queue Owls"]),
        ({"quickConnects": [{"name": "Mary", "user": "mary"}]}, ["no such user"]),
        ({"identityManagementType": "LDAP"}, ["'LDAP' is not one of"]),
    ],
)
def test_wrong_seed_is_refused_whole_with_every_cause(
    store: Store, connect: ConnectClient, entry: dict[str, Any], causes: list[str]
) -> None:
    """Every problem is reported at once, and nothing of the seed is loaded."""
    with pytest.raises(EmulatorError) as refused:
        store.seed(_seed(queues=[{"name": "Sales"}]) | _seed(queues=[{"name": "Sales"}], **entry))

    assert [cause for cause in causes if cause not in str(refused.value)] == []
    assert _names(connect, "list_queues", "QueueSummaryList") == ["BasicQueue"]


def test_alias_of_another_instance_is_refused(store: Store) -> None:
    with pytest.raises(EmulatorError, match="other: the alias local-managed belongs to another"):
        store.seed({"instances": [{"id": "other", "alias": "local-managed"}]})


def test_level_that_is_there_keeps_its_name(store: Store, connect: ConnectClient) -> None:
    """A structure has one level at a place, however it is called; what is missing is added."""
    store.seed(_seed(hierarchyLevels=["Continent", "City", "Team", "Desk"]))

    structure = connect.describe_user_hierarchy_structure(InstanceId=MANAGED_INSTANCE)
    levels: Any = structure["HierarchyStructure"]
    assert [level["Name"] for level in levels.values()] == ["Region", "Site", "Team", "Desk"]
    with pytest.raises(EmulatorError, match="deeper"):
        store.seed(_seed(hierarchyGroups=["A/B/C/D/E"]))


def test_users_that_are_generated_alike_fail_once(store: Store) -> None:
    many = [{"count": 1000, "prefix": "agent-", "routingProfile": "Night"}]

    with pytest.raises(EmulatorError) as refused:
        store.seed(_seed(generatedUsers=many))

    assert str(refused.value).count("there is no routing profile named Night") == 1


def test_refusal_of_a_seed_repeats_nothing_of_a_person(store: Store) -> None:
    """The place is reported, not the value: no e-mail address, number or whole user."""
    mary = {"username": "mary@example.com", "mobile": "0155512345", "email": ["marym@example.com"]}

    for entry in (
        {"users": [mary, "Mary Major"]},
        {"users": [{**mary, "id": 5}]},
        {"users": [{"username": "mary@example.com", "routingProfile": "Night"}]},
        {"quickConnects": [{"name": "x", "phoneNumber": "+15555550100", "queue": "y"}]},
    ):
        with pytest.raises(EmulatorError) as refused:
            store.seed(_seed(**entry))
        message = str(refused.value)
        personal = ("mary@", "marym@", "0155512345", "Mary Major", "+15555550100")
        assert [one for one in personal if one in message] == []


def test_schema_is_valid_and_the_fresh_content_follows_it() -> None:
    Draft202012Validator.check_schema(schema())

    assert list(Draft202012Validator(schema()).iter_errors(SEED)) == []


def test_captured_instance_is_the_same_in_another_store(
    store: Store, connect: ConnectClient, tmp_path: Path
) -> None:
    """A capture has profiles, hierarchy, queues and statuses with their ids, and no users."""
    store.seed(
        _seed(
            queues=[{"name": "Sales"}],
            routingProfiles=[
                {"name": "Chat", "queues": ["Sales"], "concurrency": {"CHAT": 5, "TASK": 2}}
            ],
            agentStatuses=[{"name": "Lunch"}],
            users=[{"username": "mary.major", "email": "marym@example.com"}],
        )
    )
    progress: list[str] = []

    captured = capture(connect, MANAGED_INSTANCE, progress.append)

    assert "mary" not in str(captured)
    assert progress[0] == "the instance"
    copy = connect_client()
    target = open_store(tmp_path / "copy.db")
    with target.database.write() as tx:
        tx.execute("DELETE FROM instances WHERE id = ?", (MANAGED_INSTANCE,))
        tx.execute("DELETE FROM resources WHERE instance_id = ?", (MANAGED_INSTANCE,))
    target.seed(captured)
    mount(copy, target.path)
    assert capture(copy, MANAGED_INSTANCE, progress.append) == captured
    profile = copy.describe_routing_profile(
        InstanceId=MANAGED_INSTANCE,
        RoutingProfileId=seeded_id(MANAGED_INSTANCE, "routing-profile", "Chat"),
    )
    assert profile["RoutingProfile"].get("NumberOfAssociatedQueues") == 1
