"""States of other tools: names kept, commands printed, everything else refused."""

import json
from pathlib import Path

import pytest

from pulumi_connect_users.export.state_file import parse_state
from tests.support.command_line import Runner
from tests.support.local_connect import Local
from tests.support.programs import SAML_ARN
from tests.support.states import pulumi_state, terraform_state


def test_terraform_state_gives_addresses_and_removals(cli: Runner, store: Path) -> None:
    """for_each, modules and data sources; addresses quoted for a shell."""
    users = Local(store).users(SAML_ARN.split("/")[1])[:3]
    state, names = terraform_state(users)

    parsed = parse_state(json.dumps(state))

    assert {u.resource_name: u.user_arn for u in parsed.users} == names
    assert parsed.removals() == [
        "terraform state rm aws_connect_user.single",
        """terraform state rm 'module.team["\\"west\\" [1].a/b"].awscc_connect_user.moved["é"]'""",
        f"""terraform state rm 'aws_connect_user.agents["2/{users[2]["Username"]}"]'""",
    ]


def test_pulumi_state_gives_urns_and_removals(store: Path) -> None:
    """Both AWS providers; a protected resource needs --force to be forgotten."""
    users = Local(store).users(SAML_ARN.split("/")[1])[:2]
    state, names = pulumi_state(users)

    parsed = parse_state(json.dumps(state))

    assert {u.resource_name: u.user_arn for u in parsed.users} == names
    urns = [r["urn"] for r in state["deployment"]["resources"]][1:]
    assert parsed.removals() == [
        f"pulumi state delete --yes --force '{urns[0]}'",
        f"pulumi state delete --yes '{urns[1]}'",
    ]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("nonsense", "it is not JSON"),
        ("[]", "neither a Terraform or OpenTofu state"),
        ('{"deployment": {"resources": [1]}}', "neither a Terraform or OpenTofu state"),
        ('{"deployment": {"resources": [{"type": "aws:connect/user:User"}]}}', "neither"),
        ('{"version": 4, "terraform_version": "1", "resources": {"a": 1}}', "neither"),
    ],
)
def test_file_that_is_no_state_is_refused(text: str, cause: str) -> None:
    with pytest.raises(ValueError, match=cause):
        parse_state(text)


def test_what_a_state_is_about_to_delete_is_no_user_of_it(store: Path) -> None:
    """Half way through a replacement a state holds the old one, too: it is not to be kept."""
    users = Local(store).users(SAML_ARN.split("/")[1])[:3]
    terraform, names = terraform_state(users)
    pulumi, urns = pulumi_state(users[:2])
    terraform["resources"][0]["instances"].append(
        {"deposed": "00000000", "attributes": {"arn": users[2]["Arn"]}}
    )
    resources = pulumi["deployment"]["resources"]
    resources.append({**resources[1], "delete": True})

    for state, expected in ((terraform, names), (pulumi, urns)):
        parsed = parse_state(json.dumps(state))
        assert {u.resource_name: u.user_arn for u in parsed.users} == expected
        assert len(parsed.users) == len(expected)


def test_removals_are_printed_without_asking_connect(
    cli: Runner, store: Path, tmp_path: Path
) -> None:
    """The first half of a move, as commands for a shell."""
    state, _ = terraform_state(Local(store).users(SAML_ARN.split("/")[1])[:2])
    file = tmp_path / "terraform.tfstate"
    file.write_text(json.dumps(state))
    local = Local(store)
    local.mark()

    ran = cli("export", "--from-state", str(file), "--removals")

    assert ran.out.splitlines()[0] == "terraform state rm aws_connect_user.single"
    assert local.calls() == []


def test_user_of_a_state_that_is_gone_is_told(cli: Runner, store: Path, tmp_path: Path) -> None:
    """The others are exported; the missing one is named by its id."""
    users = Local(store).users(SAML_ARN.split("/")[1])[:3]
    state, _ = terraform_state(users)
    file = tmp_path / "terraform.tfstate"
    file.write_text(json.dumps(state))
    Local(store).client.delete_user(InstanceId=SAML_ARN.split("/")[1], UserId=users[0]["Id"])

    ran = cli(
        "export",
        "--from-state",
        str(file),
        words=["--endpoint", "local", "--local-store", str(store)],
    )

    assert ran.code == 0
    assert f"not written: {users[0]['Id']}: it does not exist." in ran.err
    assert """'team-"west" [1].a/b-moved-é',""" in ran.out
    assert "2 users written" in ran.err
