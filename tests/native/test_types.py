"""What each resource type derives from its URN and its values."""

import pytest

from pulumi_connect_users.core.ownership import FORMER, mark_of_inputs, resource_hash
from pulumi_connect_users.engine.program_settings import ProgramSettings
from pulumi_connect_users.native.types import TYPES
from pulumi_connect_users.resources.dynamic_resources import User, UserBatch

KEEPS = ProgramSettings(keeps_marks=True, owner_id="", hides_personal_data=False)
URN = "urn:pulumi:dev::centre::connect-users:index:{}::west"


@pytest.mark.parametrize(("token", "dynamic"), [("User", User), ("UserRoster", UserBatch)])
def test_a_mark_knows_the_mark_of_the_same_resource_in_the_dynamic_provider(
    token: str, dynamic: type[User | UserBatch]
) -> None:
    """The users of a program that moves to the plugin are recognised."""
    mark = TYPES[f"connect-users:index:{token}"].mark(URN.format(token), KEEPS, None)

    own = mark_of_inputs(mark)
    assert own is not None
    assert own.stack == "organization/centre/dev"
    assert own.former == resource_hash((dynamic._resource_type_name, "west"))


def test_marks_below_different_parent_types_differ() -> None:
    """The URN names the types of all parents."""
    user = TYPES["connect-users:index:User"]
    below = user.mark(
        URN.format("User").replace("connect-users", "my:m:Team$connect-users"), KEEPS, "acme"
    )
    above = user.mark(URN.format("User"), KEEPS, "acme")

    assert below["ownership"] != above["ownership"]
    assert FORMER not in below
    assert str(above["ownership"]).startswith("acme/centre/dev#")


def test_a_status_has_no_mark() -> None:
    """It manages no user."""
    assert TYPES["connect-users:index:UserStatus"].mark(URN.format("UserStatus"), KEEPS, None) == {}


def test_no_mark_with_ownership_off() -> None:
    """Nor a former one."""
    off = ProgramSettings(keeps_marks=False, owner_id="", hides_personal_data=False)

    assert TYPES["connect-users:index:User"].mark(URN.format("User"), off, None) == {}
