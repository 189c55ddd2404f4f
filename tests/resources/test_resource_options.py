"""Pulumi's options that name properties, in a program's words."""

import pulumi
import pytest

from pulumi_connect_users.resources.resource_options import translate_options, wire_paths

GROUP = ["hierarchyGroup", "hierarchyGroupId", "hierarchyPath"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("username", ["username"]),
        ("password", ["password"]),
        ("identity_info", ["identityInfo"]),
        ("identityInfo", ["identityInfo"]),
        ("identity_info.last_name", ["identityInfo.lastName"]),
        ('identity_info["last_name"]', ['identityInfo["last_name"]']),
        ("phone_config.after_contact_work_time_limit", ["phoneConfig.afterContactWorkTimeLimit"]),
        ("proficiencies[0].level", ["proficiencies[0].level"]),
        ("auto_accept_configs[*].auto_accept", ["autoAcceptConfigs[*].autoAccept"]),
        ("tags.Cost_center", ["tags.Cost_center"]),
        ('tags["cost_center"]', ['tags["cost_center"]']),
        ("hierarchy_group", GROUP),
        ("hierarchyGroup", GROUP),
        ("hierarchy_group_id", GROUP),
        ("hierarchyGroupId", GROUP),
        (
            "security_profiles[0]",
            ["securityProfiles", "securityProfileIds", "securityProfileNames"],
        ),
        ("agent_status", ["agentStatus", "agentStatusId", "agentStatusName"]),
        ("instance", ["instanceArn", "identityManagementType"]),
        ("*", ["*"]),
        ("", [""]),
    ],
)
def test_property_path_of_a_program_is_told_in_states_words(
    given: str, expected: list[str]
) -> None:
    """Names that stand for ids bring the id along; a user's own words stay."""
    assert wire_paths([given]) == expected


def test_same_thing_named_twice_is_told_once() -> None:
    assert wire_paths(["hierarchy_group", "hierarchyGroupId", "tags"]) == [*GROUP, "tags"]


def test_options_of_a_program_are_left_as_they_are() -> None:
    """One ResourceOptions may serve many resources."""
    given = pulumi.ResourceOptions(
        ignore_changes=["hierarchy_group"],
        additional_secret_outputs=["phone_config"],
        hide_diffs=["identity_info.email"],
        protect=True,
    )

    found = translate_options(given)

    assert found is not None
    assert found.ignore_changes == GROUP
    assert found.additional_secret_outputs == ["phoneConfig"]
    assert found.hide_diffs == ["identityInfo.email"]
    assert found.protect is True
    assert given.ignore_changes == ["hierarchy_group"]
    assert translate_options(None) is None
