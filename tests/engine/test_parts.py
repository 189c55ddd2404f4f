"""Parts of users that exist, and usernames that are nearly the same, under the real engine."""

from typing import Any

from pulumi_connect_users.emulator import seeded_id
from tests.support.harness import Stacks
from tests.support.local_connect import Local
from tests.support.programs import program, updates
from tests.support.provider_process import INSTANCE_ID

_PART = (
    'connect.User("mary", instance=MANAGED, username="mary.major", '
    'hierarchy_group="AMER/West/Team 1", adopt=True)'
)
_ROSTER = (
    'connect.UserRoster("west", instance=SAML, users={NAMES}, defaults=dict('
    'identity_info=dict(first_name="Li", last_name="Juan"), '
    'routing_profile="Basic Routing Profile", security_profiles=["Agent"]))'
)


def _mary(local: Local) -> dict[str, Any]:
    (mary,) = local.users(INSTANCE_ID)
    return mary


def _give_admin(local: Local) -> None:
    """The identity provider makes her one."""
    admin = seeded_id(INSTANCE_ID, "security-profile", "Admin")
    local.client.update_user_security_profiles(
        InstanceId=INSTANCE_ID, UserId=_mary(local)["Id"], SecurityProfileIds=[admin]
    )


def test_part_of_a_user_from_its_adoption_to_its_removal(stacks: Stacks) -> None:
    """Only what is declared changes, drift of the rest is none, and the user stays in the end."""
    stack = stacks(program=program(_PART))
    local = stack.local
    local.add_user()
    local.mark()

    step = next(s for s in stack.preview("--json").steps if s["urn"].endswith("::mary"))
    assert step["new"]["inputs"]["adoption"]["changes"] == ["hierarchy_group_id", "ownership"]
    assert step["new"]["inputs"]["securityProfileNames"] == ["Agent"]
    stack.up()
    assert sorted(local.changes()) == ["TagResource", "UpdateUserHierarchy"]

    _give_admin(local)
    refreshed = stack.refresh()
    assert "2 unchanged" in refreshed.one_line
    stack.preview("--expect-no-changes")
    (mary,) = stack.resources("connect:User")
    assert mary["inputs"]["securityProfileNames"] == ["Admin"]
    assert mary["outputs"]["part"]["securityProfileIds"] == _mary(local)["SecurityProfileIds"]

    local.mark()
    stack.edit("adopt=True", 'tags={"Team": "West"}')
    assert updates(stack.preview("--json")) == {"mary": ["adopt", "tags"]}
    stack.up()
    assert local.changes() == ["TagResource"]

    stack.edit('"mary.major"', '"mary.roe"')
    refused = stack.preview(expect="failure")
    assert (
        "username: has changed, which would replace the user, but only a part" in refused.one_line
    )

    local.mark()
    stack.write_program(program())
    removed = stack.up()
    assert "mary.major: released, not deleted" in removed.one_line
    assert local.changes() == ["UntagResource"]
    assert _mary(local)["Tags"] == {"Team": "West"}
    assert _mary(local)["HierarchyGroupId"]


def test_names_of_a_roster_that_differ_in_case_are_reported_and_kept(stacks: Stacks) -> None:
    """Two users of nearly one name are told; a change of case alone is refused as for `User`."""

    def roster(*names: str) -> str:
        users = ", ".join(f'"{name}": {{}}' for name in names)
        return program(_ROSTER.replace("NAMES", users))

    stack = stacks(program=roster("li.juan", "Li.Juan"))
    assert "username: differs only in case from" in stack.preview().one_line

    stack.write_program(roster("li.juan"))
    stack.up()
    local = stack.local
    local.mark()
    stack.write_program(roster("Li.Juan"))
    refused = stack.preview(expect="failure")

    assert "username: differs from the existing one only in case" in refused.one_line
    stack.up(expect="failure")
    assert "DeleteUser" not in local.changes()
