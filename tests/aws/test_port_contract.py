"""What the core relies on behind its ports: the in-memory twin and `aws` on the emulator alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from moto import mock_aws

from pulumi_connect_users.aws.secrets_manager import SecretsManager
from pulumi_connect_users.core.errors import Duplicate, InvalidRequest, NotFound
from pulumi_connect_users.core.lookups import Kind, Lookups
from pulumi_connect_users.core.security_profile import SecurityProfile
from pulumi_connect_users.emulator.seeding.defaults import SECURITY_PROFILES
from pulumi_connect_users.users.ports import LiveData, SecretStore, UserApi
from tests.support.programs import MANAGED_ARN, REGION
from tests.support.provider_process import Process
from tests.support.twin_process import Secrets, TwinProcess

_NAMES = {"FirstName": "Mary", "LastName": "Major"}
_SPANISH = {"AttributeName": "language", "AttributeValue": "Spanish", "Level": 4}


@dataclass
class World:
    """The ports of one instance, and one user in it."""

    api: UserApi
    live_data: LiveData
    lookups: Lookups

    def __post_init__(self) -> None:
        self.id = self.create()
        self.arn = f"{MANAGED_ARN}/agent/{self.id}"

    def id_of(self, kind: Kind, name: str) -> str:
        """The id of the profile, group or status of a name."""
        (found,) = self.lookups.catalog(MANAGED_ARN, kind).ids_of(name)
        return found

    def create(self, **given: Any) -> str:
        """CreateUser."""
        user = {
            "Username": "mary.major",
            "Password": "Corr3ctHorse",
            "IdentityInfo": {**_NAMES, "Email": "marym@example.com"},
            "RoutingProfileId": self.id_of(Kind.ROUTING_PROFILE, "Basic Routing Profile"),
            "SecurityProfileIds": [self.id_of(Kind.SECURITY_PROFILE, "Agent")],
            "Tags": {"team": "one"},
        }
        return str(self.api.call("CreateUser", **user | given)["UserId"])

    def call(self, operation: str, **given: Any) -> None:
        """A call about the user."""
        self.api.call(operation, UserId=self.id, **given)

    def get(self, path: str) -> Any:
        """A value of the user."""
        return self.api.describe(self.id).get(path)

    def by_channel(self, listed: str, member: str) -> dict[Any, Any]:
        """The member of each channel's entry."""
        return {entry["Channel"]: entry.get(member) for entry in self.get(listed)}


@pytest.fixture(params=["twin", "aws"])
def world(request: pytest.FixtureRequest) -> World:
    """The ports as the core has them in its own tests, and as it has them in a run."""
    if request.param == "twin":
        twin = TwinProcess()
        return World(twin.connect, twin.connect, twin.lookups)
    process: Process = request.getfixturevalue("process")
    return World(process.connect, process.connect.live_data, process.session)


def test_created_user_is_described_as_it_was_given(world: World) -> None:
    """Without the password; the time of the answer is known."""
    user = world.api.describe(world.id)

    assert (user.username, user.arn, user.tags) == ("mary.major", world.arn, {"team": "one"})
    assert user.get("IdentityInfo") == {**_NAMES, "Email": "marym@example.com"}
    assert (user.get("PhoneConfig.PhoneType"), user.get("Password")) == ("SOFT_PHONE", None)
    assert user.last_modified is not None
    assert world.api.written(world.id) is not None
    assert world.api.written("another") is None


def test_username_is_taken_once_and_counts_its_case(world: World) -> None:
    """Connect's search knows no case and no e-mail address: who is found is described."""
    with pytest.raises(Duplicate):
        world.create()
    other = world.create(Username="Mary.Major")

    for username, user_id in {"mary.major": world.id, "Mary.Major": other}.items():
        found = world.lookups.find_user(MANAGED_ARN, username)
        assert found == world.api.find(username) == world.api.describe(user_id)
    for absent in (
        world.api.find("MARY.MAJOR"),
        world.lookups.find_user(MANAGED_ARN, "MARY.MAJOR"),
    ):
        assert absent is None
    assert world.lookups.users(MANAGED_ARN).names[other] == "Mary.Major"


def test_user_who_is_gone_is_not_found(world: World) -> None:
    """By no call; the name is free again."""
    world.call("DeleteUser")

    for read in (world.api.describe, world.api.proficiencies):
        with pytest.raises(NotFound):
            read(world.id)
    given: dict[str, dict[str, Any]] = {
        "DeleteUser": {},
        "UpdateUserIdentityInfo": {"IdentityInfo": _NAMES},
        "AssociateUserProficiencies": {"UserProficiencies": [_SPANISH]},
    }
    for operation, parameters in given.items():
        with pytest.raises(NotFound):
            world.call(operation, **parameters)
    with pytest.raises(NotFound):
        world.api.call("TagResource", resourceArn=world.arn, tags={"a": ""})
    assert world.api.find("mary.major") is None
    assert world.create() != world.id


def test_holders_of_a_security_profile_are_found_by_id(world: World) -> None:
    """Whoever has it among others; a profile that does not exist has no id."""
    admin = world.api.security_profile("Admin")
    assert admin == world.id_of(Kind.SECURITY_PROFILE, "Admin")
    assert world.api.security_profile("Nobody") is None
    agent = world.id_of(Kind.SECURITY_PROFILE, "Agent")
    other = world.create(Username="li.juan", SecurityProfileIds=[agent, admin])

    assert world.api.holders(admin) == {other: "li.juan"}
    assert world.api.holders(agent) == {other: "li.juan", world.id: "mary.major"}


def test_profile_that_does_not_exist_is_not_found(world: World) -> None:
    """Whatever the reason: it may be visible soon."""
    with pytest.raises(NotFound):
        world.create(Username="li.juan", RoutingProfileId="00000000-dead-4eef-8000-000000000000")


def test_structures_are_taken_whole(world: World) -> None:
    """A member that is not sent is gone; a missing number is an empty text."""
    world.call("UpdateUserIdentityInfo", IdentityInfo=_NAMES)
    phone = {"PhoneType": "DESK_PHONE", "DeskPhoneNumber": "+15555551212", "AutoAccept": True}
    world.call("UpdateUserPhoneConfig", PhoneConfig=phone)
    assert world.get("PhoneConfig.DeskPhoneNumber") == "+15555551212"
    world.call("UpdateUserPhoneConfig", PhoneConfig={"PhoneType": "SOFT_PHONE"})

    assert world.get("IdentityInfo") == _NAMES
    assert world.get("PhoneConfig.DeskPhoneNumber") == ""
    assert world.get("PhoneConfig.AutoAccept") is False


def test_lists_of_channels_are_taken_channel_by_channel(world: World) -> None:
    """PhoneConfig shows VOICE; its limit is every channel's, what it accepts is VOICE's alone."""
    entry = {"Channel": "VOICE", "AutoAccept": True}
    limit = {"AfterContactWorkTimeLimit": 70}
    chat = {"Channel": "CHAT", "AfterContactWorkConfig": limit}
    with_callback = [entry | {"AgentFirstCallbackAutoAccept": True}]
    world.call("UpdateUserConfig", AutoAcceptConfigs=with_callback, AfterContactWorkConfigs=[chat])
    accepts = world.by_channel("AutoAcceptConfigs", "AutoAccept")
    assert accepts == {"VOICE": True, "CHAT": False, "TASK": False, "EMAIL": False}
    assert world.get("PhoneConfig.AutoAccept") is True
    assert world.by_channel("AfterContactWorkConfigs", "AfterContactWorkConfig")["CHAT"] == limit

    world.call("UpdateUserConfig", AutoAcceptConfigs=[entry])
    assert entry in world.get("AutoAcceptConfigs"), "entries are whole"
    assert world.by_channel("AutoAcceptConfigs", "AutoAccept") == accepts
    phone = {"PhoneType": "SOFT_PHONE", "AutoAccept": False, "AfterContactWorkTimeLimit": 30}
    world.call("UpdateUserPhoneConfig", PhoneConfig=phone)
    assert world.by_channel("AutoAcceptConfigs", "AutoAccept") == accepts | {"VOICE": False}
    limits = world.by_channel("AfterContactWorkConfigs", "AfterContactWorkConfig")
    assert limits == {channel: {"AfterContactWorkTimeLimit": 30} for channel in accepts}


def test_tags_are_merged_up_to_the_most(world: World) -> None:
    """A key that is there gets the new value; one that is not there may be removed."""
    arn = world.arn
    world.api.call("TagResource", resourceArn=arn, tags={"team": "two", "site": "west"})
    world.api.call("UntagResource", resourceArn=arn, tagKeys=["site", "absent"])

    assert world.api.describe(world.id).tags == {"team": "two"}
    with pytest.raises(InvalidRequest):
        world.api.call("TagResource", resourceArn=arn, tags={f"k{n}": "" for n in range(50)})


def test_proficiencies_are_added_changed_and_removed(world: World) -> None:
    """One that is there may be added; one that is not there is neither changed nor removed."""
    for level in (4, 5):
        entries = [_SPANISH | {"Level": level}]
        world.call("AssociateUserProficiencies", UserProficiencies=entries)
        assert world.api.proficiencies(world.id) == entries
    world.call("UpdateUserProficiencies", UserProficiencies=[_SPANISH])
    assert world.lookups.proficiencies(MANAGED_ARN, world.id) == [_SPANISH]

    key = {k: v for k, v in _SPANISH.items() if k != "Level"}
    world.call("DisassociateUserProficiencies", UserProficiencies=[key])
    assert world.api.proficiencies(world.id) == []
    for operation, entry in {"Update": _SPANISH, "Disassociate": key}.items():
        with pytest.raises(InvalidRequest):
            world.call(f"{operation}UserProficiencies", UserProficiencies=[entry])


def test_hierarchy_group_is_cleared_by_its_absence(world: World) -> None:
    """The only reference that a user may be without."""
    group = world.id_of(Kind.HIERARCHY_GROUP, "AMER/West/Team 1")
    world.call("UpdateUserHierarchy", HierarchyGroupId=group)
    assert world.get("HierarchyGroupId") == group
    world.call("UpdateUserHierarchy")

    assert not world.get("HierarchyGroupId")


def test_names_are_told_for_all_ids_or_for_none(world: World) -> None:
    """A deleted profile has no name: a shorter list would give the others the wrong ones."""
    known = world.id_of(Kind.SECURITY_PROFILE, "Agent")
    names_of = world.api.names_of

    assert names_of({"securityProfileIds": [known]}) == {"securityProfileNames": ["Agent"]}
    assert names_of({"securityProfileIds": [known, "gone"]}) == {}
    assert names_of({"routingProfileId": "gone"}) == {}


def test_user_who_is_not_at_work_has_no_live_data(world: World) -> None:
    """The Offline status exists all the same."""
    assert world.live_data.activity(world.id) is None
    assert world.live_data.quick_connects(world.id) == []
    assert world.live_data.offline_status() == world.id_of(Kind.AGENT_STATUS, "Offline")


def test_status_that_the_agent_has_is_refused(world: World) -> None:
    """Only the message says so."""
    available = world.id_of(Kind.AGENT_STATUS, "Available")
    world.call("PutUserStatus", AgentStatusId=available)

    with pytest.raises(InvalidRequest, match="already in requested status"):
        world.call("PutUserStatus", AgentStatusId=available)


def test_instance_and_attributes_are_looked_up(world: World) -> None:
    """By id or ARN, and by the attribute's name."""
    facts = world.lookups.instance(MANAGED_ARN)

    assert facts == world.lookups.instance(MANAGED_ARN.rsplit("/", 1)[1])
    assert (facts.arn, facts.identity_management_type) == (MANAGED_ARN, "CONNECT_MANAGED")
    assert "Spanish" in (world.lookups.attribute_values(MANAGED_ARN, "language") or ())
    assert world.lookups.attribute_values(MANAGED_ARN, "unheard-of") is None


def test_security_profile_is_described_where_its_permissions_lead_to_others(world: World) -> None:
    """Or where it is asked for as a whole; one that cannot be read is None."""

    def read(name: str, *, whole: bool = False) -> SecurityProfile | None:
        profile_id = world.id_of(Kind.SECURITY_PROFILE, name)
        return world.lookups.security_profile(MANAGED_ARN, profile_id, whole=whole)

    agent = frozenset(SECURITY_PROFILES["Agent"])
    profile_id = world.id_of(Kind.SECURITY_PROFILE, "Agent")
    assert read("Agent") == SecurityProfile(profile_id, "", agent)
    assert read("Agent", whole=True) == SecurityProfile(profile_id, "Agent", agent)
    admin = world.id_of(Kind.SECURITY_PROFILE, "Admin")
    permissions = frozenset(SECURITY_PROFILES["Admin"])
    assert read("Admin") == SecurityProfile(admin, "Admin", permissions)
    assert world.lookups.security_profile(MANAGED_ARN, world.id) is None


@pytest.fixture(params=["twin", "aws"])
def secrets(request: pytest.FixtureRequest, aws: pytest.MonkeyPatch) -> Iterator[SecretStore]:
    """Where initial passwords are kept."""
    with mock_aws():
        aws_store = SecretsManager(boto3.Session, REGION, lambda: None)
        yield Secrets() if request.param == "twin" else aws_store


def test_first_password_is_kept_until_its_secret_is_scheduled_to_go(secrets: SecretStore) -> None:
    """The second attempt gets the first one's; a user who comes later gets another."""

    def keep(made: str) -> str:
        return secrets.keep("connect-users/s", "mary.major", lambda: made, None)

    assert [keep("first"), keep("second")] == ["first", "first"]
    for name in ("connect-users/s", "connect-users/absent"):
        secrets.schedule(name, 30)
    assert [keep("third"), keep("fourth")] == ["third", "third"]
