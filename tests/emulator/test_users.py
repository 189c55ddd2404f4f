"""Users: their life, their settings, and how the two views of contact handling agree."""

import time
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from pulumi_connect_users.emulator import Store, mount
from pulumi_connect_users.emulator.seeding.fresh import MANAGED_INSTANCE
from tests.support.connect_client import ConnectClient, connect_client
from tests.support.sample_instance import SampleInstance


def _code(refused: pytest.ExceptionInfo[ClientError]) -> str:
    return str(refused.value.response["Error"]["Code"])


def test_user_created_is_described_with_everything_but_the_password(sample: SampleInstance) -> None:
    """DescribeUser returns what CreateUser was given."""
    user = sample.described()

    assert user["Username"] == "mary.major"
    assert user["Arn"] == f"{sample.arn}/agent/{sample.user}"
    assert user["IdentityInfo"] == {
        "FirstName": "Mary",
        "LastName": "Major",
        "Email": "marym@example.com",
        "SecondaryEmail": "mary.second@example.com",
        "Mobile": "+15555550100",
    }
    assert user["PhoneConfig"] == {
        "PhoneType": "DESK_PHONE",
        "AutoAccept": False,
        "AfterContactWorkTimeLimit": 60,
        "DeskPhoneNumber": "+15555551212",
        "PersistentConnection": False,
    }
    assert user["SecurityProfileIds"] == [sample.security_profile]
    assert user["RoutingProfileId"] == sample.routing_profile
    assert user["HierarchyGroupId"] == sample.group
    assert user["Tags"] == {"Team": "1"}
    assert user["LastModifiedRegion"] == "us-west-2"
    assert "Password" not in str(user)


def test_user_of_another_instance_is_not_found(sample: SampleInstance) -> None:
    other = SampleInstance.in_mode(sample.client, "SAML")

    with pytest.raises(ClientError) as refused:
        sample.client.describe_user(InstanceId=other.instance, UserId=sample.user)

    assert _code(refused) == "ResourceNotFoundException"


def test_ids_may_be_given_as_arns(sample: SampleInstance) -> None:
    """Where AWS accepts both, an ARN means what the id means."""
    described = sample.client.describe_user(InstanceId=sample.arn, UserId=sample.user_arn)

    created = sample.client.create_user(
        **sample.new_user(
            InstanceId=sample.arn,
            RoutingProfileId=f"{sample.arn}/routing-profile/{sample.routing_profile}",
            SecurityProfileIds=[f"{sample.arn}/security-profile/{sample.security_profile}"],
            HierarchyGroupId=f"{sample.arn}/agent-group/{sample.group}",
        )
    )

    assert described["User"]["Id"] == sample.user
    user = sample.described(created["UserId"])
    assert user["RoutingProfileId"] == sample.routing_profile
    assert user["SecurityProfileIds"] == [sample.security_profile]
    assert user["HierarchyGroupId"] == sample.group


@pytest.mark.parametrize(
    "wrong",
    [{"RoutingProfileId": "x"}, {"SecurityProfileIds": ["x"]}, {"HierarchyGroupId": "x"}],
    ids=["routing profile", "security profile", "hierarchy group"],
)
def test_user_with_unknown_reference_is_not_created(
    sample: SampleInstance, wrong: dict[str, Any]
) -> None:
    """A profile or group that does not exist is not found, and nothing is created."""
    with pytest.raises(ClientError) as refused:
        sample.client.create_user(**sample.new_user(**wrong))

    assert _code(refused) == "ResourceNotFoundException"
    listed = sample.client.list_users(InstanceId=sample.instance)["UserSummaryList"]
    assert [one["Username"] for one in listed] == ["mary.major"]


def test_identity_is_replaced_as_a_whole(sample: SampleInstance) -> None:
    sample.client.update_user_identity_info(
        InstanceId=sample.instance,
        UserId=sample.user,
        IdentityInfo={"FirstName": "Mary", "LastName": "Smith", "Email": ""},
    )

    assert sample.described()["IdentityInfo"] == {"FirstName": "Mary", "LastName": "Smith"}


def test_profiles_are_replaced(sample: SampleInstance) -> None:
    """Security profiles become the given ones, once each; the routing profile the given one."""
    sample.client.update_user_security_profiles(
        InstanceId=sample.instance,
        UserId=sample.user,
        SecurityProfileIds=[sample.spare_security_profile, sample.spare_security_profile],
    )
    sample.client.update_user_routing_profile(
        InstanceId=sample.instance,
        UserId=sample.user,
        RoutingProfileId=sample.spare_routing_profile,
    )

    user = sample.described()
    assert user["SecurityProfileIds"] == [sample.spare_security_profile]
    assert user["RoutingProfileId"] == sample.spare_routing_profile


def test_change_moves_the_time_of_change_but_tags_and_proficiencies_do_not(
    sample: SampleInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LastModifiedTime follows the user's own attributes; proficiencies have one of their own."""
    skill: Any = {"AttributeName": "language", "AttributeValue": "Spanish"}
    created = sample.described()["LastModifiedTime"]
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 100)

    sample.client.tag_resource(resourceArn=sample.user_arn, tags={"a": "b"})
    sample.client.associate_user_proficiencies(
        InstanceId=sample.instance, UserId=sample.user, UserProficiencies=[skill | {"Level": 3}]
    )
    after_others = sample.described()["LastModifiedTime"]
    skills = sample.client.list_user_proficiencies(InstanceId=sample.instance, UserId=sample.user)
    sample.client.update_user_hierarchy(InstanceId=sample.instance, UserId=sample.user)

    assert after_others == created
    assert (skills["LastModifiedTime"] - created).total_seconds() >= 99
    assert (sample.described()["LastModifiedTime"] - created).total_seconds() >= 99


def test_eleventh_proficiency_is_refused(sample: SampleInstance) -> None:
    """A user has at most ten proficiencies, and a request that exceeds them changes nothing."""
    values = [f"Skill {number}" for number in range(11)]
    sample.client.create_predefined_attribute(
        InstanceId=sample.instance, Name="skill", Values={"StringList": values}
    )
    about: Any = {"InstanceId": sample.instance, "UserId": sample.user}

    with pytest.raises(ClientError) as refused:
        sample.client.associate_user_proficiencies(
            **about,
            UserProficiencies=[
                {"AttributeName": "skill", "AttributeValue": value, "Level": 1} for value in values
            ],
        )

    assert _code(refused) == "InvalidRequestException"
    assert sample.client.list_user_proficiencies(**about)["UserProficiencyList"] == []


def test_users_are_listed_page_by_page(sample: SampleInstance) -> None:
    for number in range(6):
        sample.client.create_user(**sample.new_user(Username=f"user{number}"))

    pages = list(
        sample.client.get_paginator("list_users").paginate(
            InstanceId=sample.instance, PaginationConfig={"PageSize": 3}
        )
    )

    names = [[one["Username"] for one in page["UserSummaryList"]] for page in pages]
    assert names == [["mary.major", "user0", "user1"], ["user2", "user3", "user4"], ["user5"]]


def test_next_token_of_another_request_is_refused(sample: SampleInstance) -> None:
    sample.client.create_user(**sample.new_user())
    token = sample.client.list_users(InstanceId=sample.instance, MaxResults=1)["NextToken"]

    for instance, wrong in ((sample.instance, "made up"), (sample.arn, token)):
        with pytest.raises(ClientError) as refused:
            sample.client.list_users(InstanceId=instance, NextToken=wrong)
        assert _code(refused) == "InvalidParameterException"


def test_instance_is_unknown_in_other_regions(sample: SampleInstance, store: Store) -> None:
    """A client of another Region finds neither instance nor user."""
    elsewhere: ConnectClient = connect_client(region="eu-west-2")
    mount(elsewhere, store.path)

    with pytest.raises(elsewhere.exceptions.ResourceNotFoundException):
        elsewhere.describe_instance(InstanceId=MANAGED_INSTANCE)
    with pytest.raises(elsewhere.exceptions.ResourceNotFoundException):
        elsewhere.describe_user(InstanceId=MANAGED_INSTANCE, UserId=sample.user)
    with pytest.raises(elsewhere.exceptions.ResourceNotFoundException):
        elsewhere.list_tags_for_resource(resourceArn=sample.user_arn)
    assert elsewhere.list_instances()["InstanceSummaryList"] == []


def test_arn_of_another_account_is_not_found(sample: SampleInstance) -> None:
    """The store is account 000000000000; an ARN with another number leads nowhere."""
    foreign = sample.user_arn.replace("000000000000", "123456789012")

    with pytest.raises(sample.client.exceptions.ResourceNotFoundException):
        sample.client.describe_user(InstanceId=sample.instance, UserId=foreign)
    with pytest.raises(sample.client.exceptions.ResourceNotFoundException):
        sample.client.tag_resource(resourceArn=foreign, tags={"a": "b"})


def test_quota_of_users_is_a_limit_not_a_throttle(sample: SampleInstance, store: Store) -> None:
    """With AWS's quotas the 501st user is LimitExceededException, and stays so."""
    store.control(quotas={"users": 2})
    sample.client.create_user(**sample.new_user())

    for _ in range(2):
        with pytest.raises(ClientError) as refused:
            sample.client.create_user(**sample.new_user(Username="third"))
        assert _code(refused) == "LimitExceededException"
        assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429


def test_client_mounted_again_talks_to_the_new_store(
    sample: SampleInstance, tmp_path: Path
) -> None:
    """Mounting moves a client: nothing of the first store is seen in the second."""
    mount(sample.client, tmp_path / "second.db")

    listed = sample.client.list_users(InstanceId=sample.instance)["UserSummaryList"]

    assert listed == []


def test_other_clients_are_left_alone(sample: SampleInstance) -> None:
    """Mounting is for one client: another one of the same session is not touched."""
    other = connect_client(endpoint_url="http://127.0.0.1:9", attempts=1)

    with pytest.raises(EndpointConnectionError):
        other.list_instances()
