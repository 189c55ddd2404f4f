"""What AWS was seen to answer, answered here: one test for each of `sightings`, by its name."""

import json
import re
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pulumi_connect_users.emulator import Store
from pulumi_connect_users.emulator.service import Service
from pulumi_connect_users.emulator.service_model import default_model
from tests.emulator.sightings import SIGHTINGS
from tests.support.sample_instance import SampleInstance
from tests.support.wire_client import request_of


def _told(refused: pytest.ExceptionInfo[ClientError]) -> tuple[str, str]:
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]


def _bare(store: Store, operation: str, **params: Any) -> dict[str, Any]:
    """An answer as it is on the wire, which boto3 takes nulls out of."""
    request = request_of(default_model().operation(operation), params)
    answer: dict[str, Any] = json.loads(
        Service(store.database, default_model()).handle(request).body
    )
    return answer


def _found(sample: SampleInstance, user_id: str) -> Any:
    criteria = {"StringCondition": {"FieldName": "resourceId", "Value": user_id}}
    answer: Any = sample.client.search_users(
        InstanceId=sample.instance,
        SearchCriteria=criteria,  # type: ignore[arg-type]
    )
    return answer["Users"][0]


def test_every_sighting_has_a_test() -> None:
    assert [one.name for one in SIGHTINGS if f"test_{one.name}" not in globals()] == []


def test_status_that_the_agent_has_is_refused(sample: SampleInstance) -> None:
    """The second PutUserStatus of the same status; another one goes through."""
    put = {"InstanceId": sample.instance, "UserId": sample.user, "AgentStatusId": sample.status}
    sample.client.put_user_status(**put)

    with pytest.raises(ClientError) as refused:
        sample.client.put_user_status(**put)

    assert _told(refused) == ("InvalidRequestException", "User already in requested status")
    statuses = sample.client.list_agent_statuses(InstanceId=sample.instance)
    other = next(
        one["Id"] for one in statuses["AgentStatusSummaryList"] if one["Id"] != sample.status
    )
    sample.client.put_user_status(**put | {"AgentStatusId": other})


@pytest.mark.parametrize("mode", ["CONNECT_MANAGED", "SAML", "EXISTING_DIRECTORY"])
def test_user_of_connects_directory_has_a_directory_user_id(
    sample: SampleInstance, mode: str
) -> None:
    """The same at every read; on other instances only one that was given."""
    own = sample.described().get("DirectoryUserId")

    assert (own is not None) == (mode == "CONNECT_MANAGED")
    assert own in (None, _found(sample, sample.user).get("DirectoryUserId"))
    assert own != sample.user
    if mode != "SAML":
        password = {"Password": None} if mode == "EXISTING_DIRECTORY" else {}
        given = sample.client.create_user(**sample.new_user(DirectoryUserId="S-1-5-21", **password))
        assert sample.described(given["UserId"])["DirectoryUserId"] == "S-1-5-21"


def test_user_of_a_store_made_before_has_a_directory_user_id(
    sample: SampleInstance, store: Store
) -> None:
    """Stores hold null where none was given: they still open, and are answered from alike."""
    with store.database.read() as tx:
        (doc,) = tx.execute("SELECT doc FROM users WHERE id = ?", (sample.user,)).fetchone()

    assert json.loads(doc)["DirectoryUserId"] is None
    assert sample.described()["DirectoryUserId"]


def test_list_of_users_may_have_no_times(sample: SampleInstance, store: Store) -> None:
    times = {"LastModifiedTime", "LastModifiedRegion"}

    def listed() -> set[str]:
        (user,) = sample.client.list_users(InstanceId=sample.instance)["UserSummaryList"]
        return set(user)

    with_times = listed()
    store.control(times=False)
    without = listed()
    store.control(times=None)

    assert with_times - without == times
    assert listed() == with_times
    assert times <= set(sample.described())


def test_hierarchy_levels_are_numbers(sample: SampleInstance) -> None:
    structure: Any = sample.client.describe_user_hierarchy_structure(InstanceId=sample.instance)
    levels = list(structure["HierarchyStructure"].values())
    group = sample.client.describe_user_hierarchy_group(
        InstanceId=sample.instance, HierarchyGroupId=sample.group
    )["HierarchyGroup"]
    found = sample.client.search_user_hierarchy_groups(
        InstanceId=sample.instance,
        SearchCriteria={
            "StringCondition": {"FieldName": "levelId", "Value": "2", "ComparisonType": "EXACT"}
        },
    )["UserHierarchyGroups"]

    assert [one["Id"] for one in levels] == ["1", "2", "3"]
    assert levels[0]["Arn"] == f"{sample.arn}/agent-group-level/1"
    assert group["LevelId"] == "2"
    assert sample.group in [one["Id"] for one in found]
    assert {one["LevelId"] for one in found} == {"2"}


def test_levels_of_a_store_made_before_are_numbers(sample: SampleInstance, store: Store) -> None:
    """A level that the store knows by a UUID is shown, renamed and removed like any other."""
    with store.database.write() as tx:
        changed = tx.execute(
            "UPDATE resources SET id = '0b8e5a52-0d0c-5f5e-8a53-6c2a54e9a111' "
            "WHERE instance_id = ? AND kind = 'agent-group-level' AND parent_id = 'LevelThree'",
            (sample.instance,),
        ).rowcount
    names: Any = {"LevelOne": {"Name": "Region"}, "LevelTwo": {"Name": "Site"}}

    def third() -> Any:
        answer: Any = sample.client.describe_user_hierarchy_structure(InstanceId=sample.instance)
        return answer["HierarchyStructure"].get("LevelThree")

    before = third()
    sample.client.update_user_hierarchy_structure(
        InstanceId=sample.instance, HierarchyStructure=names | {"LevelThree": {"Name": "Crew"}}
    )
    renamed = third()

    assert changed == 1
    assert (before["Id"], renamed["Id"], renamed["Name"]) == ("3", "3", "Crew")
    assert renamed["Arn"] == f"{sample.arn}/agent-group-level/3"


def test_predefined_attributes_are_searched_by_purpose(sample: SampleInstance) -> None:
    """AWS's own example: everything whose purpose is proficiency."""
    sample.client.create_predefined_attribute(
        InstanceId=sample.instance,
        Name="Custom",
        Values={"StringList": ["value1"]},
        Purposes=["proficiency"],
    )
    answer = sample.client.search_predefined_attributes(
        InstanceId=sample.instance,
        MaxResults=5,
        SearchCriteria={
            "StringCondition": {
                "ComparisonType": "EXACT",
                "FieldName": "purposes",
                "Value": "proficiency",
            }
        },
    )

    (found,) = answer["PredefinedAttributes"]
    assert (found["Name"], found["Purposes"]) == ("Custom", ["proficiency"])
    assert "LastModifiedTime" not in found


def test_times_of_change_have_milliseconds(
    sample: SampleInstance, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three digits after the point, and no more."""
    monkeypatch.setattr("time.time", lambda: 1756919487.0047)
    name: Any = {"InstanceId": sample.instance, "Name": "Custom"}
    sample.client.create_predefined_attribute(**name, Values={"StringList": ["value1"]})
    sample.client.update_user_hierarchy(InstanceId=sample.instance, UserId=sample.user)

    one = _bare(store, "DescribePredefinedAttribute", **name)["PredefinedAttribute"]
    (listed,) = _bare(store, "ListUsers", InstanceId=sample.instance)["UserSummaryList"]

    assert one["LastModifiedTime"] == listed["LastModifiedTime"] == 1756919487.004


def test_no_tags_are_an_empty_map(sample: SampleInstance) -> None:
    user_id = sample.client.create_user(**sample.new_user())["UserId"]

    assert sample.described(user_id)["Tags"] == {}
    assert _found(sample, user_id)["Tags"] == {}


def test_missing_desk_phone_number_is_an_empty_text(sample: SampleInstance) -> None:
    user_id = sample.client.create_user(**sample.new_user())["UserId"]

    assert sample.described(user_id)["PhoneConfig"]["DeskPhoneNumber"] == ""
    assert _found(sample, user_id)["PhoneConfig"]["DeskPhoneNumber"] == ""


def test_last_page_has_a_null_token(sample: SampleInstance, store: Store) -> None:
    """Lists, searches and live data alike."""
    asked = {"InstanceId": sample.instance}
    live = {"Filters": {"RoutingProfiles": [sample.routing_profile]}}

    assert _bare(store, "ListPredefinedAttributes", **asked)["NextToken"] is None
    assert _bare(store, "SearchUsers", **asked)["NextToken"] is None
    assert _bare(store, "GetCurrentUserData", **asked, **live)["NextToken"] is None


def test_next_token_is_long_and_needs_encoding(sample: SampleInstance) -> None:
    sample.client.create_user(**sample.new_user())
    one: Any = {"InstanceId": sample.instance, "MaxResults": 1}
    for read, member in (
        (sample.client.list_users, "UserSummaryList"),
        (sample.client.search_users, "Users"),
    ):
        first: Any = read(**one)
        second: Any = read(**one, NextToken=first["NextToken"])

        assert len(first["NextToken"]) == 560
        assert set("/+=") <= set(first["NextToken"])
        assert first[member][0]["Id"] != second[member][0]["Id"]
        assert "NextToken" not in second


def test_service_role_has_a_suffix(sample: SampleInstance) -> None:
    """The same in both reads, another for another instance."""
    described = sample.client.describe_instance(InstanceId=sample.instance)["Instance"]
    listed = sample.client.list_instances()["InstanceSummaryList"]
    roles = {one["Id"]: one["ServiceRole"] for one in listed}

    name = described["ServiceRole"].rpartition("/")[2]
    assert re.fullmatch(r"AWSServiceRoleForAmazonConnect_[A-Za-z0-9]{20}", name)
    assert roles[sample.instance] == described["ServiceRole"]
    assert len(set(roles.values())) == len(roles) == 2


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"Tags": {f"k{n}": "v" for n in range(51)}}, "Tags must include at most 50 items"),
        (
            {"SecurityProfileIds": [f"p{n}" for n in range(11)]},
            "SecurityProfileIds must include at most 10 items",
        ),
    ],
)
def test_too_many_items_are_told_by_name_and_limit(
    sample: SampleInstance, wrong: dict[str, Any], message: str
) -> None:
    """AWS's own words, with nothing around them."""
    with pytest.raises(ClientError) as refused:
        sample.client.create_user(**sample.new_user(**wrong))

    assert _told(refused) == ("InvalidParameterException", message)


@pytest.mark.parametrize("mode", ["SAML", "CONNECT_MANAGED"])
@pytest.mark.parametrize(
    "username", ["mmajor@005AB000001XyZqQAK@00DAB000000Wxyz", "005AB000001XyZqQAK@00DAB000000Wxyz"]
)
def test_usernames_of_service_cloud_voice_are_taken(
    sample: SampleInstance, username: str, mode: str
) -> None:
    """Created, and found under exactly this name."""
    password = {"Password": None} if mode == "SAML" else {}

    made = sample.client.create_user(**sample.new_user(Username=username, **password))

    assert sample.described(made["UserId"])["Username"] == username


def test_user_without_email_is_taken(sample: SampleInstance) -> None:
    """As in the first example of `aws_connect_user` for an instance that manages its users."""
    made = sample.client.create_user(**sample.new_user())

    assert sample.described(made["UserId"])["IdentityInfo"] == {
        "FirstName": "John",
        "LastName": "Doe",
    }


def test_username_of_43_characters_is_taken(sample: SampleInstance) -> None:
    """The prefix of Terraform's acceptance tests and 19 digits."""
    username = "resource-test-terraform-1234567890123456789"

    made = sample.client.create_user(**sample.new_user(Username=username))

    assert len(sample.described(made["UserId"])["Username"]) == 43
