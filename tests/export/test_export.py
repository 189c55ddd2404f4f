"""`connect-users export`: which users, what is written, what it costs, and what goes wrong."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_connect_users.export.filters import parse_filters
from tests.support.command_line import Runner
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, SAML_ARN
from tests.support.seeded_instances import DIRECTORY_ARN, MODES, ODD_NAME


def _names(program: str) -> list[str]:
    return re.findall(r'username="([^"]+)"', program)


def test_program_is_formatted_and_the_same_each_time(
    cli: Runner, store: Path, tmp_path: Path
) -> None:
    """Two exports are equal, compile, and a formatter finds nothing to do."""
    for arn in MODES.values():
        words = ["--endpoint", "local", "--local-store", str(store)]
        first = cli("export", "--instance", arn, words=words)
        second = cli("export", "--instance", arn, words=words)

        assert (first.code, first.out) == (0, second.out)
        compile(first.out, "program", "exec")
        file = tmp_path / "program.py"
        file.write_text(first.out)
        ruff = [sys.executable, "-m", "ruff", "format", "--line-length=100", "--check", str(file)]
        done = subprocess.run(ruff, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_program_holds_no_personal_data_in_resource_names_and_no_password(
    cli: Runner, store: Path
) -> None:
    """Names of resources stand in every preview: they come from ids unless asked otherwise."""
    words = ["--instance", SAML_ARN, "--endpoint", "local", "--local-store", str(store)]
    plain = cli("export", words=words).out
    asked = cli("export", "--names", "username", words=words).out

    assert set(re.findall(r'connect\.User\(\n    "(.*)"', plain)) == {
        f"user-{u['Id'][:8]}" for u in Local(store).users(SAML_ARN.split("/")[1])
    }
    assert re.findall(r'connect\.User\(\n    "(.*)"', asked) == _names(asked)
    assert "password=" not in plain


def test_import_file_names_each_user_as_the_program_does(cli: Runner, store: Path) -> None:
    """`pulumi import --file` then writes the program in any language."""
    words = ("--endpoint", "local", "--local-store", str(store), "--instance", MANAGED_ARN)
    program = cli("export", words=words).out
    resources = json.loads(cli("export", "--format", "import", words=words).out)["resources"]

    assert len(resources) == 20
    for resource in resources:
        assert resource["type"] == "connect-users:index:User"
        assert resource["id"].startswith(f"{MANAGED_ARN}/agent/")
        assert f'"{resource["name"]}"' in program


def test_program_leaves_the_directorys_own_names_out(cli: Runner, store: Path) -> None:
    """With EXISTING_DIRECTORY Connect cannot change names and e-mail address."""
    words = ["--instance", DIRECTORY_ARN, "--endpoint", "local", "--local-store", str(store)]
    program = cli("export", words=words).out

    assert "first_name" not in program
    assert " email=" not in program
    assert "secondary_email=" in program


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("username=agent-000?", lambda n: n.startswith("agent-000")),
        ("routing-profile=Évening", lambda n: _number(n) % 3 != 0),
        ("security-profile=Night shift", lambda n: _number(n) % 2 == 1),
        ("hierarchy-group=EMEA/North", lambda n: _number(n) % 3 == 2),
        ("tag=Cost_Center", lambda n: _number(n) % 5 == 0),
        ("tag=Cost_Center:5", lambda n: _number(n) == 5),
    ],
)
def test_filter_chooses_users(cli: Runner, store: Path, condition: str, expected: object) -> None:
    """Each kind of condition, judged over the 20 users of an instance."""
    assert callable(expected)
    words = ["--instance", MANAGED_ARN, "--endpoint", "local", "--local-store", str(store)]
    ran = cli("export", "--filter", condition, words=words)

    everyone = [u["Username"] for u in Local(store).users(MANAGED_ARN.split("/")[1])]
    assert sorted(_names(ran.out)) == sorted(name for name in everyone if expected(name))


def _number(username: str) -> int:
    return int(re.findall(r"\d{4}", username)[0])


def test_filter_that_is_none_names_every_bad_one() -> None:
    with pytest.raises(ValueError, match=r"^'team=x' is not a filter; 'tag' is not a filter\. "):
        parse_filters(["team=x", "tag", "username=a"])


def test_export_costs_one_page_and_two_reads_a_user(cli: Runner, store: Path) -> None:
    """The quota arithmetic: n DescribeUser and n ListUserProficiencies beside a few lists."""
    local = Local(store)
    local.mark()
    cli("export", "--instance", MANAGED_ARN, "--endpoint", "local", "--local-store", str(store))

    calls = local.calls()
    assert local.changes() == []
    assert {name: calls.count(name) for name in sorted(set(calls))} == {
        "DescribeInstance": 1,
        "DescribePredefinedAttribute": 1,
        "DescribeUser": 20,
        "ListRoutingProfiles": 1,
        "ListSecurityProfiles": 1,
        "ListUserProficiencies": 20,
        "ListUsers": 1,
        "SearchUserHierarchyGroups": 1,
    }


def test_interrupted_export_continues_where_it_stopped(
    cli: Runner, store: Path, tmp_path: Path
) -> None:
    """What was read is kept, privately, and only until the export is done."""
    words = ["--instance", MANAGED_ARN, "--endpoint", "local", "--local-store", str(store)]
    whole = cli("export", words=words).out
    local = Local(store)
    local.store.control(faults=[{"operation": "DescribeUser", "kind": "access-denied", "nth": 13}])

    failed = cli("export", words=words)
    (kept,) = (tmp_path / ".connect-users").glob("export-*.jsonl")
    read_before = len(kept.read_text().splitlines()) - 1
    mode = kept.stat().st_mode & 0o777
    local.store.control(clear=True)
    changed = Local(store).users(MANAGED_ARN.split("/")[1])[0]
    local.mark()
    done = cli("export", words=words)

    assert failed.code == 1
    assert "connect:DescribeUser" in failed.err
    assert "Traceback" not in failed.err
    assert read_before > 0
    assert mode == 0o600
    assert local.calls().count("DescribeUser") == 20 - read_before
    assert done.out == whole
    assert "continuing an interrupted export" in done.err
    assert not kept.exists()
    assert changed["Username"] in done.out


def test_user_changed_since_the_interruption_is_read_again(
    cli: Runner, store: Path, tmp_path: Path
) -> None:
    """LastModifiedTime tells who was changed; the old answer is not used."""
    words = ["--instance", SAML_ARN, "--endpoint", "local", "--local-store", str(store)]
    local = Local(store)
    local.store.control(faults=[{"operation": "DescribeUser", "kind": "access-denied", "nth": 15}])
    cli("export", words=words)
    (kept,) = (tmp_path / ".connect-users").glob("export-*.jsonl")
    text = kept.read_text()
    kept.write_text(re.sub(r'"LastModifiedTime": "\d{4}', '"LastModifiedTime": "2001', text))
    local.store.control(clear=True)
    local.mark()
    cli("export", words=words)

    assert local.calls().count("DescribeUser") == 20


def test_users_of_another_stack_are_left_to_it_unless_asked_for(cli: Runner, store: Path) -> None:
    """A mark is somebody's: taking such a user over is a decision."""
    words = ["--instance", SAML_ARN, "--endpoint", "local", "--local-store", str(store)]
    local = Local(store)
    user = local.users(SAML_ARN.split("/")[1])[0]
    prefix = "pulumi-connect-users:"
    tags = {f"{prefix}stack": "organization/other/prod", f"{prefix}resource": "abc"}
    local.client.tag_resource(resourceArn=user["Arn"], tags=tags)

    plain = cli("export", words=words)
    asked = cli("export", "--include-managed", words=words)

    assert user["Username"] not in _names(plain.out)
    assert f"{user['Id']}: the stack organization/other/prod manages it already" in plain.err
    assert user["Username"] in _names(asked.out)
    assert prefix not in asked.out


def test_user_with_too_many_tags_for_the_mark_is_told(cli: Runner, store: Path) -> None:
    """50 tags are possible, and two are the mark's."""
    words = ["--instance", SAML_ARN, "--endpoint", "local", "--local-store", str(store)]
    local = Local(store)
    user = local.users(SAML_ARN.split("/")[1])[1]
    many = {f"key-{n}": "x" for n in range(50 - len(user.get("Tags") or {}))}
    local.client.tag_resource(resourceArn=user["Arn"], tags=many)

    ran = cli("export", words=words)

    assert user["Username"] not in _names(ran.out)
    assert "it has 50 tags, and the ownership mark needs 2 of the 50" in ran.err


def test_text_that_could_mislead_a_reader_is_escaped(cli: Runner, store: Path) -> None:
    """Quotes and backslashes survive; a right-to-left override cannot hide in the source."""
    words = ["--instance", SAML_ARN, "--endpoint", "local", "--local-store", str(store)]
    local = Local(store)
    user = local.users(SAML_ARN.split("/")[1])[1]
    local.client.update_user_identity_info(
        InstanceId=SAML_ARN.split("/")[1],
        UserId=user["Id"],
        IdentityInfo={"FirstName": "a\u202eb", "LastName": "Major"},
    )

    program = cli("export", words=words).out

    assert "\u202e" not in program
    assert r'"a\u202eb"' in program
    written = [n.value for n in ast.walk(ast.parse(program)) if isinstance(n, ast.Constant)]
    assert ODD_NAME in written
    assert "a\u202eb" in written


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--endpoint", "local"], "there are several instances. Give --instance, one of: local-"),
        (["--instance", "", "--endpoint", "local"], "--instance is empty"),
        (["--instance", MANAGED_ARN, "--removals"], "--removals needs --from-state."),
        (["--instance", MANAGED_ARN, "--filter", "x"], "'x' is not a filter"),
        (["--instance", MANAGED_ARN, "--stack", "prod"], "Pulumi.prod.yaml is not in this folder"),
    ],
)
def test_bad_usage_is_told_with_exit_code_2(cli: Runner, words: list[str], said: str) -> None:
    ran = cli("export", words=words)

    assert ran.code == 2
    assert said in " ".join(ran.err.split())


def test_instance_that_does_not_exist_is_told_in_one_line(cli: Runner, store: Path) -> None:
    """Doing, subject, cause, remedy; no traceback."""
    ran = cli(
        "export",
        "--instance",
        MANAGED_ARN.replace("1111", "9999"),
        words=["--endpoint", "local", "--local-store", str(store)],
    )

    assert ran.code == 1
    assert "there is no such instance in Region us-west-2 of the embedded Connect" in ran.err
    assert "Traceback" not in ran.err


def test_role_that_may_not_list_is_told_what_to_do(cli: Runner, store: Path) -> None:
    fault = {"operation": "SearchUserHierarchyGroups", "kind": "access-denied"}
    Local(store).store.control(faults=[fault])
    words = ["--instance", MANAGED_ARN, "--endpoint", "local", "--local-store", str(store)]

    ran = cli("export", words=words)

    told = " ".join(ran.err.split())
    assert ran.code == 1
    assert "connect:SearchUserHierarchyGroups" in told
    assert "`connect-users iam --role preview` prints the permissions" in told
