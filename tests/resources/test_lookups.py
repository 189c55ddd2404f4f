"""Look-ups in a Python program: typed results, plain and as outputs."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pulumi
import pytest

import pulumi_connect_users as connect
from pulumi_connect_users.engine.functions import FUNCTIONS
from pulumi_connect_users.model.attributes import top_level
from pulumi_connect_users.model.facts import Role
from pulumi_connect_users.model.references import OF_USER
from pulumi_connect_users.resources.functions import program_run
from pulumi_connect_users.resources.input_conversion import snake_to_camel
from tests.support.contact_centre import ARN, INSTANCE, at_work, user_id
from tests.support.local_connect import Local

CENTRE = connect.Instance(ARN)


@pytest.fixture
def day(local: Local) -> Iterator[Local]:
    """Five people, and a program whose stack names their store."""
    at_work(local.path)
    for username in ("mary.major", "li.juan@example.com"):
        local.client.update_user_identity_info(
            InstanceId=INSTANCE,
            UserId=user_id(username),
            IdentityInfo={"FirstName": "Jo", "LastName": "Roe", "Email": "jo.roe@example.com"},
        )
    with _configured(local):
        yield local


def _config(local: Local, **more: str) -> dict[str, str]:
    keys = {"endpoint": "local", "localStore": str(local.path), **more}
    return {f"connect:{key}": value for key, value in keys.items()}


@contextmanager
def _configured(local: Local, **more: str) -> Iterator[None]:
    """A stack's configuration for a while."""
    before = dict(pulumi.runtime.config.CONFIG.get())
    pulumi.runtime.set_all_config(_config(local, **more))
    try:
        yield
    finally:
        pulumi.runtime.set_all_config(before)


def test_user_is_read_like_the_attributes_of_a_resource(day: Local) -> None:
    """Structures answer to snake_case; nothing can be set."""
    user = connect.get_user(CENTRE, username="mary.major")

    assert user.user_id == user_id("mary.major")
    assert user.identity_info is not None
    assert user.identity_info.first_name == "Jo"
    assert user.identity_info.email == "jo.roe@example.com"
    assert user.phone_config is not None
    assert user.phone_config.phone_type == "SOFT_PHONE"
    assert user.hierarchy_path == "AMER/West"
    assert user.security_profile_names == ["Agent"]
    assert user.proficiencies == []
    assert connect.get_user(CENTRE, user_id=user.user_id) == user
    with pytest.raises(FrozenInstanceError):
        user.username = "nikki.wolf"  # type: ignore[misc]


def test_users_lack_what_a_search_does_not_return(day: Local) -> None:
    """None stands for what was not asked."""
    [user] = connect.get_users(CENTRE, routing_profile="Claims desk")

    assert user.username == "li.juan@example.com"
    assert user.routing_profile_name == "Claims desk"
    assert user.identity_info == {"firstName": "Jo", "lastName": "Roe"}
    assert user.identity_info.email is None
    assert user.proficiencies is None
    assert len(connect.get_users(INSTANCE)) == 5


def test_instance_gives_ids_by_name(day: Local) -> None:
    """Another stack's resources need ids."""
    instance = connect.get_instance(CENTRE)

    assert instance.instance_arn == ARN
    assert instance.identity_management_type == "CONNECT_MANAGED"
    assert instance.hierarchy_group_ids["AMER/West"]
    assert (
        connect.get_user(CENTRE, username="mary.major").hierarchy_group_id
        == (instance.hierarchy_group_ids["AMER/West"])
    )


def test_program_asks_for_an_instance_once(day: Local) -> None:
    """All look-ups of a program share what is known, as long as its configuration is the same."""
    day.mark()

    connect.get_users(CENTRE)
    connect.get_users(CENTRE, hierarchy_group="AMER")
    connect.get_current_user_data(CENTRE, agents=["mary.major"])

    assert day.calls().count("DescribeInstance") == 1
    assert day.calls().count("SearchUserHierarchyGroups") == 1
    with _configured(day, owner="x", region="us-west-2"):
        connect.get_users(CENTRE)
    assert day.calls().count("DescribeInstance") == 2


_OUTPUTS = """
import pulumi
import pytest

import pulumi_connect_users as connect

ARN = {arn!r}
CENTRE = connect.Instance(ARN)
NAME = pulumi.Output.from_input("mary.major")


async def told(setting):
    pulumi.runtime.set_all_config({{**{config!r}, "connect:personalData": setting}})
    outputs = [
        connect.get_user_output(CENTRE, username=NAME),
        connect.get_users_output(ARN, hierarchy_group="AMER"),
        connect.get_instance_output(pulumi.Output.from_input(ARN)),
    ]
    plain = [
        connect.get_user(CENTRE, username="mary.major"),
        connect.get_users(CENTRE, hierarchy_group="AMER"),
        connect.get_instance(CENTRE),
    ]
    assert [await output.future() for output in outputs] == plain
    return [await output.is_secret() for output in outputs]


@pulumi.runtime.test
async def test_plain():
    assert await told("plain") == [False, False, False]


@pulumi.runtime.test
def test_output_where_a_plain_instance_is_needed():
    with pytest.raises(TypeError, match="use get_user_output, or a plain id"):
        connect.get_user(connect.Instance(pulumi.Output.from_input(ARN)), username="a")


@pulumi.runtime.test
async def test_secret():
    assert await told("secret") == [True, True, False]
"""


def test_outputs_are_the_same_and_as_secret_as_personal_data(local: Local, tmp_path: Path) -> None:
    """An export of a user would show names and addresses; ids of profiles are not personal."""
    at_work(local.path)
    test = tmp_path / "test_outputs.py"
    test.write_text(_OUTPUTS.format(arn=ARN, config=_config(local)))

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", test.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_details_of_a_user_are_those_of_the_model(day: Local) -> None:
    """Every attribute that Connect stores, and nothing that it does not return."""
    members = {snake_to_camel(one.name) for one in fields(connect.UserDetails)}

    stored = {a.wire for a in top_level(Role.ATTRIBUTE) if not a.facts.secret}
    assert members == stored | {r.fact for r in OF_USER} | {"userArn", "userId"}
    wire = FUNCTIONS["getUser"](program_run(), {"instanceArn": ARN, "username": "mary.major"})
    assert wire.keys() <= members
