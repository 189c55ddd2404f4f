"""Pulumi's mocks: how programs are tested without any engine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


def test_program_with_every_resource_runs_under_pulumis_mocks(tmp_path: Path) -> None:
    """`set_mocks` knows no organisation; in a process of its own, for the mocks stay set."""
    (tmp_path / "test_program.py").write_text(_TEST)

    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert ran.returncode == 0, ran.stdout
