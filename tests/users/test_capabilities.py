"""What security profiles allow: the fact that check adds, in each of its states."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from pulumi_connect_users.access.capabilities import TEXTS
from pulumi_connect_users.core.errors import AccessDenied
from pulumi_connect_users.core.lookups import Kind
from pulumi_connect_users.core.properties import texts
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.model.user import IdentityManagementType
from pulumi_connect_users.users.check import Checked, check
from pulumi_connect_users.users.plan import plan
from pulumi_connect_users.users.state import UserState
from tests.support.twin import Twin
from tests.support.twin_process import ARNS, TwinLookups, TwinProcess
from tests.support.valid_users import bag_of

GIVES, EDITS, PROFILES = "Users.EditPermission", "Users.Edit", "SecurityProfiles.Edit"
WEST = {"Team": "West"}
ADMIN = "become-admin"


@pytest.fixture
def twin() -> Twin:
    """An instance with AWS's own security profiles."""
    return Twin()


def _check(twin: Twin, *, mode: IdentityManagementType = "SAML", **changes: Any) -> Checked:
    checked = check(None, bag_of(mode, ARNS[mode], changes), TwinLookups(twin))
    assert [str(failure) for failure in checked.failures] == []
    return checked


def _of(twin: Twin, *permissions: str, more: Any = None, **changes: Any) -> list[str]:
    """The capabilities of a user whose only security profile is a hand-made one."""
    twin.add_profile("Team Lead", *permissions, **(more or {}))
    found = _check(twin, securityProfiles=["Team Lead"], **changes).inputs.get("capabilities")
    assert isinstance(found, list)
    return texts(found)


def _restricted(*resources: str) -> dict[str, Any]:
    return {
        "allowed_tags": frozenset(WEST.items()),
        "tag_restricted": frozenset(resources),
    }


def test_profile_that_allows_nothing_of_interest_gives_an_empty_list(twin: Twin) -> None:
    assert _check(twin, securityProfiles=["Agent"]).inputs.get("capabilities") == []


def test_names_are_those_of_the_table_in_one_order(twin: Twin) -> None:
    """Of all profiles together; whoever holds Admin is Admin."""
    found = texts(_check(twin, securityProfiles=["Admin", "Agent"]).inputs.get("capabilities"))

    assert found == sorted(found)
    assert {ADMIN, "change-rights", "edit-security-profiles"} < set(found) < set(TEXTS)


@pytest.mark.parametrize(
    ("permission", "leads"), [(GIVES, True), (PROFILES, True), ("SecurityProfiles.Create", False)]
)
def test_hand_made_team_lead_can_become_admin(twin: Twin, permission: str, leads: bool) -> None:
    """A new security profile must be given to someone."""
    assert (ADMIN in _of(twin, permission)) == leads


@pytest.mark.parametrize(
    ("mode", "leads"), [("CONNECT_MANAGED", True), ("SAML", False), ("EXISTING_DIRECTORY", False)]
)
def test_password_leads_to_an_administrator_where_connect_keeps_it(
    twin: Twin, mode: IdentityManagementType, leads: bool
) -> None:
    found = _of(twin, EDITS, mode=mode)

    assert "edit-users" in found
    assert [name in found for name in (ADMIN, "reset-passwords")] == [leads, leads]


@pytest.mark.parametrize(
    ("permission", "restricted", "tags", "leads"),
    [
        # An administrator without tags is outside; the user's own account is not always.
        (EDITS, "User", WEST, False),
        (GIVES, "User", {}, False),
        (GIVES, "User", {"Team": "East"}, False),
        (GIVES, "User", WEST, True),
        # The profile Admin has no tags either.
        (GIVES, "SecurityProfile", WEST, False),
        (PROFILES, "SecurityProfile", {}, False),
        (PROFILES, "User", {}, True),
    ],
)
def test_tags_narrow_the_way_to_admin(
    twin: Twin, permission: str, restricted: str, tags: dict[str, str], leads: bool
) -> None:
    found = _of(
        twin, permission, more=_restricted(restricted), mode="CONNECT_MANAGED", tags=tags or None
    )

    assert (ADMIN in found) == leads


def test_profile_of_the_user_that_may_be_edited_leads_to_admin(twin: Twin) -> None:
    """Its tags are read although it allows nothing itself."""
    twin.add_profile("Badge", tags=frozenset(WEST.items()))
    twin.add_profile("Team Lead", PROFILES, **_restricted("SecurityProfile"))

    for names, leads in ((["Team Lead", "Badge"], True), (["Team Lead", "Agent"], False)):
        found = texts(_check(twin, securityProfiles=names).inputs.get("capabilities"))
        assert (ADMIN in found) == leads


@pytest.mark.parametrize(
    ("own", "leads"), [("AMER/West/Team 1", True), ("AMER/East/Team 3", False)]
)
def test_hierarchy_narrows_the_way_to_admin(twin: Twin, own: str, leads: bool) -> None:
    """The user's own group is within the profile's, or it is not."""
    twin.names[Kind.HIERARCHY_GROUP]["west"] = "AMER/West"
    restricted = {"hierarchy_restricted": frozenset({"User"}), "hierarchy_group": "west"}

    assert (ADMIN in _of(twin, GIVES, more=restricted, hierarchyGroup=own)) == leads


def test_grant_counts_while_it_holds(twin: Twin) -> None:
    grant = {"securityProfile": "Admin", "until": "2026-12-31", "reason": "cover"}
    bag = bag_of("SAML", ARNS["SAML"], {"grants": [grant]})

    for day, leads in ((datetime(2026, 12, 31, tzinfo=UTC), True), (datetime(2027, 1, 1), False)):
        now = day.replace(tzinfo=UTC)
        found = check(None, bag, TwinLookups(twin), now=now).inputs.get("capabilities")
        assert (ADMIN in texts(found)) == leads


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({"securityProfiles": UNKNOWN}, {}),
        ({"securityProfiles": None, "securityProfileIds": [UNKNOWN]}, {}),
        ({"instanceArn": UNKNOWN}, {}),
        ({"tags": {"Team": UNKNOWN}}, _restricted("User")),
        ({"tags": UNKNOWN}, _restricted("User")),
        (
            {"hierarchyGroup": UNKNOWN},
            {"hierarchy_restricted": frozenset({"User"}), "hierarchy_group": "west"},
        ),
    ],
)
def test_what_a_preview_cannot_know_is_unknown(
    twin: Twin, changes: dict[str, Any], more: dict[str, Any]
) -> None:
    twin.add_profile("Team Lead", GIVES, **more)
    bag = {"securityProfiles": ["Team Lead"], **changes}

    assert _check(twin, **bag).inputs.get("capabilities") is UNKNOWN


def test_unknown_tags_do_not_matter_where_nothing_compares_them(twin: Twin) -> None:
    assert ADMIN in _of(twin, GIVES, tags={"Team": UNKNOWN})


@pytest.mark.parametrize(
    ("operation", "profile", "left_out"),
    [
        ("ListSecurityProfilePermissions", "Agent", True),
        ("DescribeSecurityProfile", "Admin", True),
        ("DescribeSecurityProfile", "Agent", False),
    ],
)
def test_fact_is_left_out_without_a_word_where_it_cannot_be_read(
    twin: Twin, operation: str, profile: str, left_out: bool
) -> None:
    """An older role goes on as before."""
    twin.fail(operation, AccessDenied("denied"))

    checked = _check(twin, securityProfiles=[profile])

    assert ("capabilities" not in checked.inputs.properties) == left_out
    assert checked.warnings == _check(Twin(), securityProfiles=[profile]).warnings


def test_change_of_a_profile_is_not_a_change_of_the_user(twin: Twin) -> None:
    """Also of a state from before the fact existed."""
    old = _check(twin, securityProfiles=["Agent"]).inputs.known()
    bag = bag_of("SAML", ARNS["SAML"], {"securityProfiles": ["Agent"]})
    before = {k: v for k, v in old.properties.items() if k != "capabilities"}
    agent = twin.id_of(Kind.SECURITY_PROFILE, "Agent")
    twin.profiles[agent] = twin.profiles[agent].__class__(agent, "Agent", frozenset({GIVES}))

    new = check(old, bag, TwinLookups(twin)).inputs

    assert ADMIN in texts(new.get("capabilities"))
    assert not plan(old, new).changes
    assert not plan(old.decode(before), new).changes


def test_part_of_a_user_has_the_capabilities_of_what_others_gave_it() -> None:
    twin = Twin(ARNS["SAML"])
    twin.add(SecurityProfileIds=[twin.id_of(Kind.SECURITY_PROFILE, "Admin")])
    part = {"adopt": True, "routingProfile": "Basic Routing Profile"}
    bag: dict[str, Any] = {"instanceArn": ARNS["SAML"], "username": "mary.major", **part}

    found = check(None, bag, TwinLookups(twin)).inputs

    assert ADMIN in texts(found.get("capabilities"))


def test_refresh_looks_up_what_other_security_profiles_allow(process: TwinProcess) -> None:
    """And nothing where they are the same, nor for a state from before the fact existed."""
    made = process.users.create(process.inputs(securityProfiles=["Admin"]))
    process.connect.mark()
    assert ADMIN in texts((process.users.read(made) or made).get("capabilities"))
    agent = process.connect.id_of(Kind.SECURITY_PROFILE, "Agent")
    call = {"UserId": made.user_id, "SecurityProfileIds": [agent]}

    for before, found in ((made, []), (_without(made), None)):
        process.connect.change("UpdateUserSecurityProfiles", **call)
        drifted = process.users.read(before)
        assert drifted is not None
        assert drifted.get("capabilities") == found
    assert process.connect.calls().count("ListSecurityProfilePermissions") == 1


def _without(state: UserState) -> UserState:
    """As an earlier version left it."""
    kept = {k: v for k, v in state.attributes.items() if k != "capabilities"}
    return replace(state, attributes=kept)
