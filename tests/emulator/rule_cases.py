"""For every documentation-only rule: a request at its edge that passes, and refused ones.

One table, long because the rules are many: it shows whether one is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.sample_instance import SampleInstance
from tests.support.sample_requests import VALID, Params

REQUEST, PARAMETER, DENIED = (
    "InvalidRequestException",
    "InvalidParameterException",
    "AccessDeniedException",
)


@dataclass(frozen=True)
class Case:
    """A request to an operation in an instance of a mode; `code` None where it passes the rule."""

    operation: str
    make: Callable[[SampleInstance], Params]
    code: str | None
    mode: str = "CONNECT_MANAGED"


def _user(**changes: Any) -> Callable[[SampleInstance], Params]:
    return lambda w: w.new_user(**changes)


def _identity(**identity: Any) -> Callable[[SampleInstance], Params]:
    return lambda w: {"InstanceId": w.instance, "UserId": w.user, "IdentityInfo": identity}


def _named(**identity: Any) -> dict[str, Any]:
    return {"FirstName": "John", "LastName": "Doe", **identity}


def _config(**configs: Any) -> Callable[[SampleInstance], Params]:
    return lambda w: {"InstanceId": w.instance, "UserId": w.user, **configs}


def _skills(*levels: Any, name: str = "language") -> Callable[[SampleInstance], Params]:
    values = ("Spanish", "English", "Spanish")
    return lambda w: {
        "InstanceId": w.instance,
        "UserId": w.user,
        "UserProficiencies": [
            {"AttributeName": name, "AttributeValue": value, "Level": level}
            for value, level in zip(values, levels, strict=False)
        ],
    }


def _limit(seconds: int, channel: str = "VOICE") -> dict[str, Any]:
    return {"Channel": channel, "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": seconds}}


def _search(**search: Any) -> Callable[[SampleInstance], Params]:
    return lambda w: {"InstanceId": w.instance, **search}


def _contains(value: str) -> Callable[[SampleInstance], Params]:
    condition = {"FieldName": "Username", "Value": value, "ComparisonType": "CONTAINS"}
    return _search(SearchCriteria={"OrConditions": [{"StringCondition": condition}]})


def _filters(**filters: Any) -> Callable[[SampleInstance], Params]:
    return lambda w: {
        "InstanceId": w.instance,
        "Filters": {name: make(w) if callable(make) else make for name, make in filters.items()},
    }


def _restricted(*resources: str) -> Callable[[SampleInstance], Params]:
    return lambda w: {
        "InstanceId": w.instance,
        "SecurityProfileName": "Lead",
        "HierarchyRestrictedResources": list(resources),
    }


def _structure(**levels: str) -> Callable[[SampleInstance], Params]:
    named = {level: {"Name": name} for level, name in levels.items()}
    return lambda w: {"InstanceId": w.instance, "HierarchyStructure": named}


def _concurrency(**channels: int) -> Callable[[SampleInstance], Params]:
    most = [{"Channel": name, "Concurrency": number} for name, number in channels.items()]
    return lambda w: {
        "InstanceId": w.instance,
        "RoutingProfileId": w.routing_profile,
        "MediaConcurrencies": most,
    }


def _attribute(name: str, *values: str) -> Callable[[SampleInstance], Params]:
    return lambda w: {
        "InstanceId": w.instance,
        "Name": name,
        "Values": {"StringList": list(values)},
    }


def _quick(**config: Any) -> Callable[[SampleInstance], Params]:
    return lambda w: {"InstanceId": w.instance, "Name": "Quick", "QuickConnectConfig": config}


def _disassociate(count: int) -> Callable[[SampleInstance], Params]:
    return lambda w: {
        "InstanceId": w.instance,
        "RoutingProfileId": w.routing_profile,
        "QueueReferences": [{"QueueId": f"q{n}", "Channel": "VOICE"} for n in range(count)],
    }


def _tags(count: int) -> Callable[[SampleInstance], Params]:
    # The user of the sample has one tag already.
    return lambda w: {"resourceArn": w.user_arn, "tags": {f"k{n}": "v" for n in range(count)}}


_SAML = {"mode": "SAML"}
_DIRECTORY = {"mode": "EXISTING_DIRECTORY"}
_SAML_USER = {"Password": None}

CASES: dict[str, list[Case]] = {
    "password_is_required_when_connect_manages_identities": [
        Case("CreateUser", _user(), None),
        Case("CreateUser", _user(Password=None), REQUEST),
    ],
    "password_is_refused_when_someone_else_manages_identities": [
        Case("CreateUser", _user(**_SAML_USER), None, **_SAML),
        Case("CreateUser", _user(), REQUEST, **_SAML),
        Case("CreateUser", _user(), REQUEST, **_DIRECTORY),
    ],
    "names_are_required": [
        Case("CreateUser", _user(IdentityInfo=None), REQUEST),
        Case("CreateUser", _user(IdentityInfo={"FirstName": "John"}), REQUEST),
        Case("CreateUser", _user(IdentityInfo=_named(LastName="")), REQUEST),
        Case("CreateUser", _user(**_SAML_USER, IdentityInfo=None), REQUEST, **_SAML),
        Case("CreateUser", _user(**_SAML_USER, IdentityInfo=None), None, **_DIRECTORY),
        Case("UpdateUserIdentityInfo", _identity(LastName="Doe"), REQUEST),
    ],
    "names_are_normalised": [
        Case("CreateUser", _user(IdentityInfo=_named(FirstName="Zo\u00eb")), None),
        Case("CreateUser", _user(IdentityInfo=_named(FirstName="Zoe\u0308")), PARAMETER),
        Case("UpdateUserIdentityInfo", _identity(**_named(LastName="A\u030a")), PARAMETER),
    ],
    "email_is_refused_under_saml": [
        Case("CreateUser", _user(IdentityInfo=_named(Email="j@example.com")), None),
        Case(
            "CreateUser",
            _user(**_SAML_USER, IdentityInfo=_named(Email="j@example.com")),
            REQUEST,
            **_SAML,
        ),
        Case(
            "CreateUser",
            _user(**_SAML_USER, IdentityInfo=_named(SecondaryEmail="j@example.com")),
            None,
            **_SAML,
        ),
    ],
    "secondary_email_has_the_documented_form": [
        Case("CreateUser", _user(IdentityInfo=_named(SecondaryEmail="j.d+x@mail.org")), None),
        Case("CreateUser", _user(IdentityInfo=_named(SecondaryEmail="j@mail")), PARAMETER),
        Case("UpdateUserIdentityInfo", _identity(**_named(SecondaryEmail="j")), PARAMETER),
    ],
    "directory_user_id_is_refused_under_saml": [
        Case("CreateUser", _user(**_SAML_USER, DirectoryUserId="d"), REQUEST, **_SAML),
        Case("CreateUser", _user(**_SAML_USER, DirectoryUserId="d"), None, **_DIRECTORY),
    ],
    "directory_owns_the_identity": [
        Case("UpdateUserIdentityInfo", _identity(FirstName="Jo"), REQUEST, **_DIRECTORY),
        Case(
            "UpdateUserIdentityInfo", _identity(SecondaryEmail="j@example.com"), None, **_DIRECTORY
        ),
    ],
    "username_has_only_allowed_characters": [
        Case("CreateUser", _user(Username="a" * 64), None),
        Case("CreateUser", _user(Username="a" * 65), PARAMETER),
        Case("CreateUser", _user(Username="john doe"), PARAMETER),
        Case("CreateUser", _user(Username="jöhn"), PARAMETER),
        Case("CreateUser", _user(Username="john\n"), PARAMETER),
        Case("CreateUser", _user(Username="testuser@example"), None),
        Case("CreateUser", _user(Username="mmajor@005AB000001XyZqQAK@00DAB000000Wxyz"), None),
    ],
    "phone_config_conflicts_with_channel_lists": [
        Case(
            "CreateUser",
            _user(PhoneConfig={"AutoAccept": True}, AfterContactWorkConfigs=[_limit(5)]),
            None,
        ),
        Case(
            "CreateUser",
            _user(
                PhoneConfig={"AfterContactWorkTimeLimit": 5}, AfterContactWorkConfigs=[_limit(5)]
            ),
            REQUEST,
        ),
        Case(
            "CreateUser",
            _user(
                PhoneConfig={"AutoAccept": False},
                AutoAcceptConfigs=[{"Channel": "CHAT", "AutoAccept": True}],
            ),
            REQUEST,
        ),
        Case(
            "CreateUser",
            _user(
                PhoneConfig={"PhoneType": "SOFT_PHONE"},
                PhoneNumberConfigs=[{"Channel": "VOICE", "PhoneType": "SOFT_PHONE"}],
            ),
            REQUEST,
        ),
        Case(
            "CreateUser",
            _user(
                PhoneConfig={"PersistentConnection": True},
                PersistentConnectionConfigs=[{"Channel": "VOICE", "PersistentConnection": True}],
            ),
            REQUEST,
        ),
    ],
    "after_contact_work_ends": [
        Case("CreateUser", _user(PhoneConfig={"AfterContactWorkTimeLimit": 2_000_000}), None),
        Case("CreateUser", _user(PhoneConfig={"AfterContactWorkTimeLimit": 2_000_001}), PARAMETER),
        Case("UpdateUserConfig", _config(AfterContactWorkConfigs=[_limit(2_000_001)]), PARAMETER),
    ],
    "desk_phone_has_a_number": [
        Case("CreateUser", _user(PhoneConfig={"PhoneType": "DESK_PHONE"}), PARAMETER),
        Case("UpdateUserPhoneConfig", _config(PhoneConfig={"PhoneType": "DESK_PHONE"}), PARAMETER),
        Case(
            "UpdateUserConfig",
            _config(PhoneNumberConfigs=[{"Channel": "VOICE", "PhoneType": "DESK_PHONE"}]),
            PARAMETER,
        ),
        Case(
            "UpdateUserConfig",
            _config(
                PhoneNumberConfigs=[
                    {"Channel": "VOICE", "PhoneType": "DESK_PHONE", "PhoneNumber": "+15555551212"}
                ]
            ),
            None,
        ),
    ],
    "phone_settings_are_for_voice_only": [
        Case(
            "UpdateUserConfig",
            _config(
                PersistentConnectionConfigs=[{"Channel": "CHAT", "PersistentConnection": True}]
            ),
            PARAMETER,
        ),
        Case(
            "UpdateUserConfig",
            _config(VoiceEnhancementConfigs=[{"Channel": "VOICE", "VoiceEnhancementMode": "NONE"}]),
            None,
        ),
    ],
    "agent_first_callbacks_are_for_voice_only": [
        Case(
            "UpdateUserConfig",
            _config(
                AutoAcceptConfigs=[
                    {"Channel": "TASK", "AutoAccept": True, "AgentFirstCallbackAutoAccept": True}
                ]
            ),
            PARAMETER,
        ),
        Case(
            "UpdateUserConfig",
            _config(
                AutoAcceptConfigs=[
                    {"Channel": "VOICE", "AutoAccept": True, "AgentFirstCallbackAutoAccept": True}
                ]
            ),
            None,
        ),
    ],
    "each_channel_is_set_once": [
        Case(
            "UpdateUserConfig",
            _config(AfterContactWorkConfigs=[_limit(1, "CHAT"), _limit(2, "CHAT")]),
            PARAMETER,
        ),
        Case(
            "UpdateUserConfig",
            _config(AfterContactWorkConfigs=[_limit(1, "CHAT"), _limit(2, "TASK")]),
            None,
        ),
    ],
    "resource_has_at_most_fifty_tags": [
        Case("TagResource", _tags(49), None),
        Case("TagResource", _tags(50), REQUEST),
    ],
    "level_is_a_whole_number": [
        Case("AssociateUserProficiencies", _skills(5), None),
        Case("AssociateUserProficiencies", _skills(2.5), PARAMETER),
    ],
    "proficiency_is_a_predefined_attribute": [
        Case("AssociateUserProficiencies", _skills(1, 2), None),
        Case("AssociateUserProficiencies", _skills(1, name="colour"), PARAMETER),
    ],
    "proficiency_is_named_once": [Case("AssociateUserProficiencies", _skills(1, 2, 3), PARAMETER)],
    "tag_filter_and_attribute_filter_exclude_each_other": [
        Case(
            "SearchUsers",
            _search(
                SearchFilter={
                    "TagFilter": {"TagCondition": {"TagKey": "Team"}},
                    "UserAttributeFilter": {"TagCondition": {"TagKey": "Team"}},
                }
            ),
            DENIED,
        ),
        Case(
            "SearchUsers",
            _search(SearchFilter={"TagFilter": {"TagCondition": {"TagKey": "Team"}}}),
            None,
        ),
    ],
    "attribute_filter_has_one_field": [
        Case(
            "SearchUsers",
            _search(
                SearchFilter={
                    "UserAttributeFilter": {
                        "TagCondition": {"TagKey": "Team"},
                        "HierarchyGroupCondition": {"Value": "g"},
                    }
                }
            ),
            REQUEST,
        )
    ],
    "contains_is_given_two_to_25_characters": [
        Case("SearchUsers", _contains("ma"), None),
        Case("SearchUsers", _contains("m"), PARAMETER),
        Case("SearchUsers", _contains("m" * 26), PARAMETER),
    ],
    "real_time_data_is_filtered_by_one_kind": [
        Case("GetCurrentUserData", _filters(Agents=lambda w: [w.user]), None),
        Case("GetCurrentUserData", _filters(ContactFilter={"ContactStates": ["MISSED"]}), None),
        Case(
            "GetCurrentUserData",
            _filters(Agents=lambda w: [w.user], Queues=lambda w: [w.queue]),
            REQUEST,
        ),
        Case("GetCurrentUserData", _filters(), REQUEST),
    ],
    "hierarchy_group_name_fits": [
        Case(
            "CreateUserHierarchyGroup",
            lambda w: {"InstanceId": w.instance, "Name": "g" * 101},
            PARAMETER,
        ),
        Case(
            "CreateUserHierarchyGroup",
            lambda w: {"InstanceId": w.instance, "Name": "g" * 100},
            None,
        ),
    ],
    "hierarchy_level_name_fits": [
        Case(
            "UpdateUserHierarchyStructure",
            _structure(LevelOne="Region", LevelTwo="s" * 51),
            PARAMETER,
        ),
        Case(
            "UpdateUserHierarchyStructure",
            _structure(LevelOne="R", LevelTwo="s" * 50, LevelThree="T"),
            None,
        ),
    ],
    "hierarchy_levels_have_no_gap": [
        Case(
            "UpdateUserHierarchyStructure",
            _structure(LevelOne="Region", LevelThree="Team"),
            REQUEST,
        )
    ],
    "concurrency_fits_the_channel": [
        Case("UpdateRoutingProfileConcurrency", _concurrency(VOICE=1, CHAT=10), None),
        Case("UpdateRoutingProfileConcurrency", _concurrency(VOICE=2), PARAMETER),
    ],
    "at_most_ten_queues_are_disassociated": [
        Case("DisassociateRoutingProfileQueues", _disassociate(10), None),
        Case("DisassociateRoutingProfileQueues", _disassociate(11), PARAMETER),
    ],
    "predefined_attribute_has_only_allowed_characters": [
        Case("CreatePredefinedAttribute", _attribute("certification", "Level 1"), None),
        Case("CreatePredefinedAttribute", _attribute("connect:Mine", "x"), PARAMETER),
        Case("CreatePredefinedAttribute", _attribute("certification", "a,b"), PARAMETER),
    ],
    "quick_connect_config_fits_its_type": [
        Case(
            "CreateQuickConnect",
            _quick(QuickConnectType="PHONE_NUMBER", PhoneConfig={"PhoneNumber": "+15555551212"}),
            None,
        ),
        Case("CreateQuickConnect", _quick(QuickConnectType="USER"), REQUEST),
    ],
    "hierarchies_restrict_only_users": [
        Case("CreateSecurityProfile", _restricted("User"), None),
        Case("CreateSecurityProfile", _restricted("User", "Queue"), PARAMETER),
    ],
}
"""Rule -> its cases; the operations of `VALID` are the ones there are."""

assert {case.operation for cases in CASES.values() for case in cases} <= set(VALID)
