"""Pulumi's mocks: how programs are tested without any engine."""

import subprocess
import sys
from pathlib import Path

import pytest

_TEST = """
import pulumi


class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args):
        return f"{args.name}-id", args.inputs

    def call(self, args):
        return {}


pulumi.runtime.set_mocks(Mocks())

import pulumi_connect_users as connect

CENTRE = connect.Instance("arn:aws:connect:us-west-2:111122223333:instance/i-1")
PROFILES = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])


@pulumi.runtime.test
def test_program():
    team = pulumi.ComponentResource("x:index:Team", "team")
    mary = connect.User(
        "mary",
        pulumi.ResourceOptions(parent=team),
        instance=CENTRE,
        username="mary.major",
        identity_info=connect.IdentityInfo(first_name="Mary", last_name="Major"),
        password="Corr3ctHorseBattery",
        tags={"Cost_Center": "42"},
        **PROFILES,
    )
    status = connect.UserStatus("status", user=mary, agent_status="Available")
    roster = connect.UserRoster("west", instance=CENTRE, users={"nikki.wolf": PROFILES})
    found = pulumi.Output.all(
        mary.username, mary.identity_info, mary.tags, mary.user_arn,
        status.user_arn, roster.user_ids,
    )

    def judge(values):
        username, identity, tags, arn, whose, ids = values
        assert username == "mary.major"
        assert identity == {"firstName": "Mary", "lastName": "Major"}
        assert tags == {"Cost_Center": "42"}
        assert arn == whose == "mary-id"
        assert ids == {}

    return found.apply(judge)
"""


_GUESSED = """
import pulumi


class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args):
        return f"{args.name}-id", args.inputs

    def call(self, args):
        return {}


pulumi.runtime.set_mocks(Mocks())
SAID = []
pulumi.log.info = lambda text, *_, **__: SAID.append(text)
pulumi.log.warn = lambda text, *_, **__: SAID.append(f"warning: {text}")

import pulumi_connect_users as connect

CENTRE = connect.Instance("arn:aws:connect:us-west-2:111122223333:instance/i-1")
PROFILES = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])


@pulumi.runtime.test
def test_program():
    with open("west.csv", "w") as file:
        file.write("user login,password\\nmary.major,Corr3ctHorse\\n")
    users = connect.read_roster("west.csv")
    for name in ("west", "east"):
        connect.UserRoster(name, instance=CENTRE, users=users, defaults=PROFILES)
    guessed, passwords = SAID
    assert guessed.endswith("the Connect console's columns were read: user login as username.")
    assert passwords.startswith("warning: west.csv, line 1: column password: passwords were not")
"""


_BELOW = """
import copy

import pulumi

MARKS = {}


class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args):
        MARKS[args.name] = args.inputs.get("ownership")
        return f"{args.name}-id", args.inputs

    def call(self, args):
        return {}


pulumi.runtime.set_mocks(Mocks())

import pulumi_connect_users as connect

ARN = "arn:aws:connect:us-west-2:111122223333:instance/i-1"
PROFILES = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])


async def instance():
    return ARN


def tagged(args):
    props = copy.deepcopy(args.props)
    if args.type_ == "pulumi-python:dynamic/connect:User":
        # As Pulumi's own example has it: what was not declared is there, and None.
        props["tags"] = {**(props["tags"] or {}), "Site": "SEA1"}
    return pulumi.ResourceTransformationResult(props, args.opts)


class Team(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("x:index:Team", name, {}, opts)
        below = pulumi.ResourceOptions(parent=self)
        self.mary = connect.User(
            f"{name}-mary", below, instance=ARN, username=f"{name}.mary", **PROFILES
        )
        self.roster = connect.UserRoster(
            f"{name}-west", below, instance=ARN, users={f"{name}.nikki": PROFILES}
        )


@pulumi.runtime.test
def test_program():
    site = pulumi.ComponentResource(
        "x:index:Site", "sea", {}, pulumi.ResourceOptions(transformations=[tagged])
    )
    team = Team("blue", pulumi.ResourceOptions(parent=site))
    late = connect.UserRoster("late", instance=instance(), users={"li.juan": PROFILES})
    found = pulumi.Output.all(
        team.mary.tags, team.roster.user_ids, late.user_ids, team.mary.identity_info
    )

    def judge(values):
        assert values[0] == {"Site": "SEA1"}
        assert values[3] is None
        batches = {MARKS[name] for name in MARKS if name.startswith("blue-west-")}
        assert [MARKS["blue-mary"], *batches] == EXPECTED, MARKS

    return found.apply(judge)


EXPECTED = ["organization/project/stack#7sx6jfdk", "organization/project/stack#lojqkgxo"]
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "program",
    [_TEST, _TEST.replace("connect_users as", "connect_users.native as"), _BELOW, _GUESSED],
    ids=["plain", "native", "below", "guessed"],
)
def test_program_with_every_resource_runs_under_pulumis_mocks(tmp_path: Path, program: str) -> None:
    """`set_mocks` knows no organisation; in a process of its own, for the mocks stay set.

    Below parents too, with a transformation that copies the inputs, and an awaitable instance; with
    a roster file whose form was guessed.
    """
    (tmp_path / "test_program.py").write_text(program)

    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert ran.returncode == 0, ran.stdout
