"""`connect-users export` as a roster, in every form, and what it says of many users at once."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_connect_users.roster.files import read_roster
from tests.support.command_line import Ran, Runner
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN

Exported = Callable[..., Ran]


@pytest.fixture
def exported(cli: Runner, store: Path) -> Exported:
    """Exports 20 users."""
    words = ["--instance", MANAGED_ARN, "--endpoint", "local", "--store", str(store)]
    return lambda *more: cli("export", *more, words=words)


def test_forms_of_rosters_have_the_same_users(exported: Exported, tmp_path: Path) -> None:
    """But for what a table has no columns for, which is said."""
    read = {}
    for form, name in (("roster", "a.yaml"), ("json", "a.json"), ("csv", "a.csv")):
        ran = exported("--format", form, "-o", name)
        assert ran.code == 0
        assert "20 users written." in ran.err
        assert ("left out" in ran.err) == (form == "csv")
        read[form] = dict(read_roster(tmp_path / name))

    assert read["roster"] == read["json"]
    assert all(user["adopt"] is True for user in read["csv"].values())
    channels = {"autoAcceptConfigs", "afterContactWorkConfigs"}
    assert read["csv"] == {
        name: {key: value for key, value in user.items() if key not in channels}
        for name, user in read["roster"].items()
    }
    assert "auto_accept_configs (3 users: " in exported("--format", "csv").err
    text = (tmp_path / "a.yaml").read_text()
    assert re.search(r"^defaults:\n(  .*\n)*  adopt: true\n", text, re.MULTILINE)


def test_console_has_its_columns_and_no_options(exported: Exported, tmp_path: Path) -> None:
    ran = exported("--format", "console")
    rows = [*csv.DictReader(io.StringIO(ran.out))]

    assert len(rows) == 20
    assert {row["password"] for row in rows} == {""}
    assert "adopt" not in ran.err
    assert "tags (4 users: " in ran.err

    (tmp_path / "template.csv").write_text("user login,tags\n")
    ran = exported("--format", "console", "--template", "template.csv")
    assert ran.out.startswith("user login,tags\nagent-0001,\n")
    assert exported("--template", "template.csv").code == 2


def test_users_that_are_left_to_others_are_one_line(exported: Exported, store: Path) -> None:
    local = Local(store)
    prefix = "pulumi-connect-users:"
    tags = {f"{prefix}stack": "organization/other/prod", f"{prefix}resource": "abc"}
    for user in local.users(MANAGED_ARN.split("/")[1])[:12]:
        local.client.tag_resource(resourceArn=user["Arn"], tags=tags)

    ran = exported("--format", "csv")

    (said,) = re.findall(r"not written: (.*)", ran.err)
    assert said.endswith(" and 9 more: the stack organization/other/prod manages it already.")
    assert "8 users written." in ran.err


def test_structures_that_users_share_are_variables_of_a_program(exported: Exported) -> None:
    """Three users make one; a person's own names stay where they are."""
    program = exported().out

    assert '\nsecurity_profiles_1 = ["Agent", "Night shift"]\n' in program
    assert program.count('["Agent", "Night shift"]') == 1
    assert program.count("security_profiles=security_profiles_1,") == 10
    assert program.count("after_contact_work_configs = [") == 1
    assert "identity_info = " not in program
