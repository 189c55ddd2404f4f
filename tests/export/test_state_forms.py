"""Each form of each tool's state, as files: which users are read, and how the others are refused.

Recorded with Terraform 1.11.4, with `terraform_data` in the users' place: terraform-modules.tfstate
and the addresses of terraform-show.json and opentofu-show.json. The others are after the tools'
sources and documentation, with the attributes of the providers' documentation.
"""

import json
import re
import zipfile
from pathlib import Path

import pytest

from pulumi_connect_users.core.arns import last_part
from pulumi_connect_users.export.names import unique
from pulumi_connect_users.export.state_file import StateFile, parse_state
from tests.support.command_line import Runner

FOLDER = Path(__file__).parent / "states"
_MODULES = [
    'agent-li "quote" ]-this-a/b',
    'agent-li "quote" ]-this-b]"c',
    'agent-li "quote" ]-inner-0-in',
    "agent-mary.major-this-a/b",
    'agent-mary.major-this-b]"c',
    "agent-mary.major-inner-0-in",
]
NAMES = {
    "opentofu-show.json": _MODULES,
    "opentofu.tfstate": ["mary", "west-li-li"],
    "pulumi-aws-native.json": ["mary"],
    "pulumi-aws.json": ["mary", "li"],
    "pulumi-checkpoint.json": ["mary", "li"],
    "pulumi-names.json": ["mary", "mary-3", 'a::b "c" 李', "mary-2"],
    "pulumi-secret-outputs.json": ["mary"],
    "pulumi-shown-secrets.json": ["mary"],
    "terraform-awscc-id.tfstate": ["mary"],
    "terraform-awscc.tfstate": ["mary", "agent-mary.major-this-a/b"],
    "terraform-keys.tfstate": [
        "counted-0",
        "counted-1",
        "agents",
        "agents-li juan",
        'agents-b]"c',
        "agents-李/娟",
        "agents-tab_here",
        "agents-${x}",
        "agents-" + "long-" * 60,
    ],
    "terraform-modules.tfstate": [
        "agent-${x} 日本 %{y}-this-a/b",
        'agent-${x} 日本 %{y}-this-b]"c',
        "agent-${x} 日本 %{y}-inner-0-in",
        "agent-a/b-this-a/b",
        'agent-a/b-this-b]"c',
        "agent-a/b-inner-0-in",
        *_MODULES,
        "agent-tab_here-this-a/b",
        'agent-tab_here-this-b]"c',
        "agent-tab_here-inner-0-in",
        "agent-x\\y-this-a/b",
        'agent-x\\y-this-b]"c',
        "agent-x\\y-inner-0-in",
    ],
    "terraform-plan.json": ["mary"],
    "terraform-providers.tfstate": ["mary", "li"],
    "terraform-show.json": ["counted-0", "counted-1", "single", *_MODULES],
    "terraform-tainted.tfstate": ["mary"],
    "terraform-taken-names.tfstate": ["mary", "mary-2", "a-b", "a-b-2"],
    "terraform-twice.tfstate": ["mary", "major"],
    "terraform.tfstate": ["mary"],
}
"""The names of the users' resources, in the order of their numbers in the ids."""
_GIVE = "`terraform state pull`, `terraform show -json` or `pulumi stack export`."
CAUSES = {
    "cloudformation-template.json": "a template of CloudFormation, which has no ARNs. Use --inst",
    "empty.tfstate": f"it is empty. Give the output of {_GIVE}",
    "opentofu-encrypted.tfstate": "encrypted by OpenTofu. Give the output of `tofu state pull`",
    "pulumi-import.json": f"nor a Pulumi deployment. Give the output of {_GIVE}",
    "pulumi-new.json": "it manages no Amazon Connect users",
    "pulumi-no-users.json": "it manages no Amazon Connect users",
    "pulumi-preview.json": "it is a preview. Give the output of `pulumi stack export`.",
    "pulumi-secret-arn.json": "connect/user:User::mary. Refresh that state first, or export it "
    "with --show-secrets if the ARN is a secret.",
    "terraform-first-plan.json": "it is a plan that begins without any resource. Give the state",
    "terraform-looked-up.tfstate": "it manages no Amazon Connect users. Give the state that",
    "terraform-new.tfstate": "it manages no Amazon Connect users",
    "terraform-no-arn.tfstate": "no ARN in it: aws_connect_user.mary, awscc_connect_user.li. Ref",
    "terraform-show-new.json": "it manages no Amazon Connect users",
    "terraform-show.txt": f"it is not JSON. Give the output of {_GIVE}",
    "terraform-version-3.tfstate": "version 3, and only version 4 is read. Give the output of "
    "`terraform state pull`, which upgrades it.",
    "terraform-version-5.tfstate": "version 5, and only version 4 is read. Give the output of "
    "`terraform show -json`.",
}


def _parse(name: str) -> StateFile:
    return parse_state((FOLDER / name).read_text(encoding="utf-8"))


def test_every_file_is_in_a_table() -> None:
    assert {file.name for file in FOLDER.iterdir()} == NAMES.keys() | CAUSES.keys()


@pytest.mark.parametrize("name", NAMES)
def test_state_gives_its_users(name: str) -> None:
    """Names with the keys as they are, unique; deposed, deleted and looked-up ones left out."""
    users = _parse(name).users
    numbers = [int(last_part(user.user_arn)[:8], 16) for user in users]
    again = name == "terraform-twice.tfstate"

    assert [user.resource_name for user in users] == NAMES[name]
    assert numbers == ([1, 1] if again else list(range(1, len(users) + 1)))
    assert len({user.resource_name for user in users}) == len(users)


@pytest.mark.parametrize("name", CAUSES)
def test_file_without_users_is_refused(name: str) -> None:
    """The cause, then what to give instead; no value of the file."""
    with pytest.raises(ValueError, match=re.escape(CAUSES[name])) as refused:
        _parse(name)
    assert "Passw0rd" not in str(refused.value)


def test_keys_are_quoted_as_the_tool_quotes_them() -> None:
    """As `terraform state list` prints them: templates, quotes and tabs escaped."""
    shown = json.loads((FOLDER / "terraform-show.json").read_text(encoding="utf-8"))
    modules = shown["values"]["root_module"]["child_modules"]
    listed = [r["address"] for module in modules for r in module["resources"]]
    inner = [r["address"] for m in modules for c in m["child_modules"] for r in c["resources"]]
    removals = _parse("terraform-modules.tfstate").removals()

    assert {*listed, *inner} < {user.address for user in _parse("terraform-show.json").users}
    assert removals[1] == (
        """terraform state rm 'module.agent["$${x} 日本 %%{y}"].aws_connect_user.this["b]\\"c"]'"""
    )
    assert removals[12].endswith("""'module.agent["tab\\there"].aws_connect_user.this["a/b"]'""")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("opentofu.tfstate", "tofu state rm aws_connect_user.mary"),
        ("opentofu-show.json", """tofu state rm 'module.agent["li \\"quote\\" ]"].awscc_"""),
        ("terraform-awscc.tfstate", "terraform state rm awscc_connect_user.mary"),
        ("pulumi-checkpoint.json", "pulumi state delete --yes urn:pulumi:prod::team::aws:connect"),
    ],
)
def test_removals_are_commands_of_the_tool_that_wrote_the_state(name: str, first: str) -> None:
    state = _parse(name)
    assert state.removals()[0].startswith(first)
    assert state.removals()[0].startswith(state.tool)


def test_names_that_were_taken_and_users_of_two_resources_are_reported() -> None:
    assert _parse("terraform-taken-names.tfstate").notices == (
        "resources of the same name are numbered: awscc_connect_user.mary as mary-2, "
        "aws_connect_user.a-b as a-b-2",
    )
    twice = _parse("terraform-twice.tfstate")
    assert twice.notices == (
        "users of two resources are exported once: awscc_connect_user.major as mary",
    )
    assert [user.resource_name for user in twice.by_id().values()] == ["mary"]
    assert len(twice.removals()) == 2


def test_number_makes_no_name_that_another_resource_has() -> None:
    assert unique(["mary", "mary", "mary-2", "mary", "mary-2"]) == [
        "mary",
        "mary-3",
        "mary-2",
        "mary-4",
        "mary-2-2",
    ]


def test_plan_file_is_named_as_such(cli: Runner, tmp_path: Path) -> None:
    """What `terraform plan -out` writes is an archive."""
    file = tmp_path / "users.tfplan"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("tfplan", b"\xff\xfe")

    ran = cli("export", "--from-state", str(file), "--removals")

    assert ran.code == 2
    assert "it is a plan, or another archive. Give the output of `terraform show -json" in ran.err
