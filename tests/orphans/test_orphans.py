"""`connect-users orphans`: who carries a stack's mark and is in no state."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pulumi_connect_users.cli.root import root, run
from pulumi_connect_users.core.ownership import RESOURCE_TAG, STACK_TAG
from pulumi_connect_users.orphans import parse_exports
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN

INSTANCE_ID = MANAGED_ARN.rsplit("/", 1)[1]
STACK = "organization/engine-test/dev"


class Centre:
    """An embedded Connect with users of several stacks, and what its commands say."""

    def __init__(self, folder: Path) -> None:
        self.local = Local(folder / "local.db")
        self.folder = folder

    def user(self, name: str, stack: str | None = STACK) -> str:
        """Makes a user with a stack's mark (None: without one); returns the id."""
        tags = {"team": "none"} if stack is None else {STACK_TAG: stack, RESOURCE_TAG: name[:4] * 5}
        return self.local.add_user(name, Tags=tags)

    def export(self, *user_ids: str, name: str = "dev.json") -> str:
        """A stack export that has these users; returns its path."""
        urn = "urn:pulumi:dev::engine-test::pulumi-python:dynamic/connect:User::"
        resources: list[dict[str, Any]] = [
            {"urn": "urn:pulumi:dev::engine-test::pulumi:pulumi:Stack::engine-test-dev"}
        ]
        resources += [
            {
                "type": "pulumi-python:dynamic/connect:User",
                "urn": f"{urn}{number}",
                "id": f"{MANAGED_ARN}/agent/{user_id}",
                "inputs": {"ownership": f"{STACK}#abc", "instanceArn": MANAGED_ARN},
            }
            for number, user_id in enumerate(user_ids)
        ]
        path = self.folder / name
        path.write_text(json.dumps({"version": 3, "deployment": {"resources": resources}}))
        return str(path)

    def orphans(self, *arguments: str) -> tuple[int, str, str]:
        """Runs the command: exit code, standard output, standard error."""
        options = ["--endpoint", "local", "--local-store", str(self.local.path)]
        done = CliRunner().invoke(
            root, ["orphans", *options, *arguments], standalone_mode=False, catch_exceptions=False
        )
        return int(done.return_value or 0), done.stdout, done.stderr

    def usernames(self) -> list[str]:
        """Who is there."""
        return [str(user["Username"]) for user in self.local.users(INSTANCE_ID)]


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Centre:
    """An embedded Connect of this test's own, in a folder that is no project."""
    monkeypatch.chdir(tmp_path)
    return Centre(tmp_path)


def test_orphans_are_listed_and_everybody_else_is_not(centre: Centre) -> None:
    """Users in state, of other stacks and of no stack are nobody's business."""
    known = centre.user("mary.major")
    lost = centre.user("li.juan")
    centre.user("other", "organization/other/dev")
    centre.user("free", None)
    before = centre.usernames()

    code, out, err = centre.orphans("--stack-export", centre.export(known), "--json")

    assert code == 0
    assert [o["userArn"] for o in json.loads(out)] == [f"{MANAGED_ARN}/agent/{lost}"]
    assert "1 orphan in 1 instance" in err
    assert centre.usernames() == before


def test_user_of_any_given_export_is_no_orphan(centre: Centre) -> None:
    """Stacks that share users of one mark (a copied state) protect each other's."""
    first, second = centre.user("mary.major"), centre.user("li.juan")
    exports = [centre.export(first), centre.export(second, name="second.json")]

    code, out, _ = centre.orphans(*(a for e in exports for a in ("--stack-export", e)), "--json")

    assert (code, json.loads(out)) == (0, [])


def test_orphans_of_a_stack_without_users_are_found_by_its_name(centre: Centre) -> None:
    """An export that has no user left tells the mark through its URNs; the instance is given."""
    centre.user("mary.major")
    arguments = ("--stack-export", centre.export(), "--instance", MANAGED_ARN, "--json")

    _, here, _ = centre.orphans(*arguments)
    _, elsewhere, _ = centre.orphans(*arguments, "--organization", "acme")

    assert [o["username"] for o in json.loads(here)] == ["mary.major"]
    assert json.loads(elsewhere) == []


def test_export_without_a_single_resource_is_refused_as_it_names_no_stack(
    centre: Centre, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stack that was made anew under its name: "0 orphans" would be said of no stack at all."""
    centre.user("mary.major")
    empty = centre.folder / "dev.json"
    empty.write_text(json.dumps({"version": 3, "deployment": {"resources": []}}))

    code = run(["orphans", "--stack-export", str(empty), "--instance", MANAGED_ARN])

    told = " ".join(capsys.readouterr().err.split())
    assert code == 2
    assert "without resources the stack is not known. Run `pulumi up`" in told


def test_table_that_nobody_watches_keeps_a_user_in_one_line(centre: Centre) -> None:
    """In a pipe or a file an ARN can be searched for and copied."""
    lost = centre.user("li.juan")

    _, out, _ = centre.orphans("--stack-export", centre.export(), "--instance", MANAGED_ARN)

    assert f"{MANAGED_ARN}/agent/{lost}" in out


def test_orphans_are_deleted_only_when_that_is_confirmed(centre: Centre) -> None:
    """--delete asks; without anybody to ask it is a mistake, with --yes they go."""
    known = centre.user("mary.major")
    centre.user("li.juan@example.com")
    centre.user("wei.zhang")
    arguments = ("--stack-export", centre.export(known), "--delete")

    options = ["--endpoint", "local", "--local-store", str(centre.local.path)]
    assert run(["orphans", *options, *arguments]) == 2
    assert len(centre.usernames()) == 3

    code, out, err = centre.orphans(*arguments, "--yes")
    assert code == 0
    assert centre.usernames() == ["mary.major"]
    assert "2 of 2" in err
    assert "li.juan@example.com" in out + err


def test_orphan_that_cannot_be_deleted_fails_the_command_and_keeps_no_other(centre: Centre) -> None:
    """Every orphan is tried; the exit code tells that one is left."""
    known = centre.user("mary.major")
    centre.user("li.juan")
    centre.user("wei.zhang")
    denied = {"operation": "DeleteUser", "kind": "access-denied", "nth": 1}
    centre.local.store.control(faults=[denied])

    code, _, err = centre.orphans("--stack-export", centre.export(known), "--delete", "--yes")

    assert code == 1
    assert len(centre.usernames()) == 2
    assert "not deleted" in err


def test_guards_of_a_run_hold_for_orphans(centre: Centre) -> None:
    """A share of the exported stack's users, and the last Admin; each deletion is recorded."""
    listed = centre.local.client.list_security_profiles(InstanceId=INSTANCE_ID)
    profiles = {one["Name"]: one["Id"] for one in listed["SecurityProfileSummaryList"]}
    tags = {STACK_TAG: STACK, RESOURCE_TAG: "mary" * 5}
    centre.local.add_user("mary.major", Tags=tags, SecurityProfileIds=[profiles["Admin"]])
    for n in range(9):
        centre.user(f"agent.{n}")
    (centre.folder / "Pulumi.yaml").write_text("name: engine-test\nruntime: python\n")
    settings = {"connect:maxDeletes": "80%", "connect:minAdmins": 1}
    (centre.folder / "Pulumi.dev.yaml").write_text(json.dumps({"config": settings}))
    file = centre.folder / "receipt.jsonl"
    centre.local.mark()

    code, _, err = centre.orphans(
        *("--stack-export", centre.export(), "--instance", MANAGED_ARN, "--stack", "dev"),
        *("--delete", "--yes", "--receipt", str(file)),
    )

    assert code == 1
    assert "without it there would be 0 left on the instance" in err
    assert "connect:maxDeletes (80% of 10 users, at least 3) allows 8" in err
    assert "mary.major" in centre.usernames()
    assert len(centre.usernames()) == 2
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["operation"] for line in lines] == centre.local.changes() == ["DeleteUser"] * 8
    assert {line["stack"] for line in lines} == {STACK}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"deployment": []}', '{"deployment": {"resources": [1]}}', 100_000 * "["],
)
def test_what_is_no_export_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match=r"prod\.json: it is not a stack export.*`pulumi stack"):
        parse_exports({"prod.json": text})


def test_export_that_hides_its_users_is_refused() -> None:
    """With their ids encrypted, each of them would be deleted as an orphan."""
    signature = "4dabf18193072939515e22adb298388d"
    hidden = {signature: "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:..."}
    batch = {"type": "pulumi-python:dynamic/connect:UserBatch", "outputs": {"userIds": hidden}}

    with pytest.raises(ValueError, match=r"reading dev\.json: users' ids are secret"):
        parse_exports({"dev.json": json.dumps({"deployment": {"resources": [batch]}})})


def test_orphans_of_a_stack_with_other_things_that_are_owned_are_found(centre: Centre) -> None:
    """A property of this name on a resource of another provider is no mark."""
    lost = centre.user("mary.major")
    bucket = {
        "type": "example:storage:Bucket",
        "urn": "urn:pulumi:dev::engine-test::example:storage:Bucket::b",
        "inputs": {"ownership": "shared"},
    }
    export = centre.folder / "dev.json"
    export.write_text(json.dumps({"deployment": {"resources": [bucket]}}))

    code, out, _ = centre.orphans(
        "--stack-export", str(export), "--instance", MANAGED_ARN, "--json"
    )

    assert (code, [o["userArn"] for o in json.loads(out)]) == (0, [f"{MANAGED_ARN}/agent/{lost}"])


def test_orphans_of_a_stack_without_users_are_found_by_its_owners_id_too(centre: Centre) -> None:
    """`connect:ownerId` is a part of the mark, and stands in the stack's configuration."""
    centre.user("mary.major", f"{STACK}#blue")
    centre.user("li.juan")
    (centre.folder / "Pulumi.yaml").write_text("name: engine-test\nruntime: python\n")
    (centre.folder / "Pulumi.dev.yaml").write_text("config:\n  connect:ownerId: blue\n")

    _, out, _ = centre.orphans(
        *("--stack-export", centre.export(), "--instance", MANAGED_ARN, "--stack", "dev", "--json")
    )

    assert [o["username"] for o in json.loads(out)] == ["mary.major"]


def test_instance_that_is_named_twice_is_searched_once(centre: Centre) -> None:
    centre.user("mary.major")
    twice = ("--instance", INSTANCE_ID, "--instance", MANAGED_ARN, "--region", "us-west-2")

    _, out, err = centre.orphans("--stack-export", centre.export(), *twice, "--json")

    assert len(json.loads(out)) == 1
    assert "1 orphan in 1 instance" in err


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_export_that_a_windows_shell_wrote_is_read(centre: Centre, encoding: str) -> None:
    """`>` of PowerShell writes UTF-16, other tools a mark before UTF-8."""
    known = centre.user("mary.major")
    export = Path(centre.export(known))
    export.write_text(export.read_text(), encoding=encoding)

    code, out, _ = centre.orphans("--stack-export", str(export), "--json")

    assert (code, json.loads(out)) == (0, [])


def test_export_that_is_no_text_is_told_by_name(
    centre: Centre, capsys: pytest.CaptureFixture[str]
) -> None:
    export = centre.folder / "dev.json"
    export.write_bytes(b"\xff")

    assert run(["orphans", "--stack-export", str(export)]) == 2
    assert f"reading a stack export, {export}: it is not UTF-8" in capsys.readouterr().err
