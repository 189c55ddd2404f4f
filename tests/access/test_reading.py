"""An instance of the embedded Connect, read and judged."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pulumi_connect_users.access.reading import read
from pulumi_connect_users.access.review import Access, Person, Reviewer
from pulumi_connect_users.aws.access_api import AccessReader
from pulumi_connect_users.core.errors import NotAuthenticated
from pulumi_connect_users.emulator import seeded_id
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, MANAGED_ID
from tests.support.provider_process import session_over

TAKEN = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def local(tmp_path: Path) -> Local:
    """A store with its two fresh instances."""
    return Local(tmp_path / "local.db")


def review_of(local: Local) -> Access:
    """The review of the instance, by a process of its own."""
    session = session_over(local.path)
    reading = read(AccessReader(session.connect(MANAGED_ARN).call, lambda text: None))
    return Reviewer(instance=MANAGED_ARN, taken=TAKEN, with_passwords=True).review(reading)


def person(access: Access, username: str) -> Person:
    """One person of the review."""
    (found,) = (one for one in access.people if one.username == username)
    return found


def test_hand_made_team_lead_is_seen_by_what_the_profile_permits(local: Local) -> None:
    local.add_user(
        "ann.admin", SecurityProfileIds=[seeded_id(MANAGED_ID, "security-profile", "Admin")]
    )
    profile = local.add_security_profile("Team Lead", "Users.Edit")
    local.add_user("lee.lead", SecurityProfileIds=[profile])

    lead = person(review_of(local), "lee.lead")

    assert lead.profiles == ("Team Lead",)
    assert lead.capabilities == {
        "become-admin": "in 1 step",
        "edit-users": "",
        "reset-passwords": "",
    }
    assert lead.way == ("reset the password of ann.admin and log in",)
    assert person(review_of(local), "ann.admin").capabilities["become-admin"] == "is Admin"


def test_restrictions_by_tag_and_hierarchy_are_read(local: Local) -> None:
    site = local.client.search_user_hierarchy_groups(InstanceId=MANAGED_ID)
    group = next(g for g in site["UserHierarchyGroups"] if g["Name"] == "West")
    profile = local.add_security_profile(
        "Team Lead",
        "Users.Edit",
        AllowedAccessControlTags={"Team": "West"},
        TagRestrictedResources=["User"],
        HierarchyRestrictedResources=["User"],
        AllowedAccessControlHierarchyGroupId=group["Id"],
    )
    local.add_user(
        "ann.admin", SecurityProfileIds=[seeded_id(MANAGED_ID, "security-profile", "Admin")]
    )
    local.add_user("lee.lead", SecurityProfileIds=[profile])

    lead = person(review_of(local), "lee.lead")

    limit = "users tagged Team: West in AMER/West or below"
    assert lead.capabilities == {"edit-users": limit, "reset-passwords": limit}


def test_profile_that_cannot_be_read_makes_unknown_and_never_no(local: Local) -> None:
    local.add_user("lee.lead", SecurityProfileIds=[local.add_security_profile("Team Lead")])
    local.store.control(
        faults=[{"operation": "ListSecurityProfilePermissions", "kind": "access-denied"}]
    )

    access = review_of(local)

    lead = person(access, "lee.lead")
    assert "Team Lead" in access.unreadable
    assert lead.capabilities == {}
    assert {"become-admin", "listen-to-recordings", "edit-users"} <= set(lead.unknown)
    assert access.uncertain("edit-users") == list(access.people)


def test_credentials_that_are_refused_end_the_review(local: Local) -> None:
    local.store.control(
        faults=[
            {
                "operation": "DescribeSecurityProfile",
                "kind": "error",
                "code": "UnrecognizedClientException",
            }
        ]
    )

    with pytest.raises(NotAuthenticated):
        review_of(local)


def test_three_look_ups_and_two_for_each_security_profile(local: Local) -> None:
    """Users are read in bulk, 500 a call, and groups only where a profile needs them."""
    for number in range(20):
        local.add_user(f"agent.{number}")
    local.mark()

    people = review_of(local).people

    profiles = len(
        local.client.list_security_profiles(InstanceId=MANAGED_ID)["SecurityProfileSummaryList"]
    )
    assert len(people) >= 20
    calls = Counter(local.calls())
    calls.subtract(["ListSecurityProfiles"])  # the test's own
    assert +calls == {
        "DescribeInstance": 1,
        "ListSecurityProfiles": 1,
        "DescribeSecurityProfile": profiles,
        "ListSecurityProfilePermissions": profiles,
        "SearchUsers": 1,
    }
