"""Files that commands read and write: any machine's encoding, and errors that name the file."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.core.described_user import DescribedUser
from pulumi_connect_users.export.progress_file import ProgressFile
from pulumi_connect_users.users.whole_user import ReadUser
from tests.support.command_line import Runner
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, SAML_ARN
from tests.support.states import terraform_state

CHANGED = datetime(2026, 11, 22, 2, 13, 16, tzinfo=UTC)


def _read(user_id: str) -> ReadUser:
    attributes: dict[str, Any] = {"Id": user_id, "LastModifiedTime": CHANGED}
    return ReadUser(DescribedUser.decode(attributes))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_state_is_read_in_the_encoding_of_any_machine(
    cli: Runner, store: Path, tmp_path: Path, encoding: str
) -> None:
    """`>` of PowerShell writes UTF-16, Windows' editors a byte order mark."""
    state, _ = terraform_state(Local(store).users(SAML_ARN.split("/")[1])[:2])
    (tmp_path / "state").write_text(json.dumps(state), encoding=encoding)

    ran = cli("export", "--from-state", "state", "--removals")

    assert ran.out.startswith("terraform state rm ")


@pytest.mark.parametrize(
    "words",
    [
        ["export", "--from-state", "state", "--removals"],
        ["iam", "--role", "preview", "--from", "state"],
    ],
)
@pytest.mark.parametrize("content", [b"\xff\x00\xfe", b"\xff\xfe\xff", b"[" * 9_000])
def test_bytes_that_are_no_text_are_refused_by_name(
    cli: Runner, tmp_path: Path, words: list[str], content: bytes
) -> None:
    """A picture, half a character, a file made to be hard: one line, exit code 2."""
    (tmp_path / "state").write_bytes(content)

    ran = cli(words=words)

    assert ran.code == 2
    assert ", state: it is " in ran.err


def test_export_that_cannot_be_written_names_the_file(cli: Runner, store: Path) -> None:
    """After minutes of reading the reason must be plain; what was read is kept."""
    words = ["--instance", MANAGED_ARN, "--endpoint", "local", "--local-store", str(store)]

    ran = cli("export", "-o", "/dev/full", words=words)

    assert ran.code == 1
    assert "writing the export, /dev/full: No space left on device. Check the path." in ran.err
    assert len([*Path(".connect-users").glob("export-*.jsonl")]) == 1


def test_what_is_kept_of_people_is_no_matter_for_git(tmp_path: Path) -> None:
    """An interrupted export leaves names and numbers in the project's folder."""
    kept = ProgressFile(tmp_path / ".connect-users" / "export-x.jsonl", MANAGED_ARN)
    kept.add(_read("u-1"))

    assert (tmp_path / ".connect-users" / ".gitignore").read_text() == "*\n"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_export_is_its_owners_alone_through_a_link_too(
    cli: Runner, store: Path, tmp_path: Path
) -> None:
    """Names, addresses and numbers are for nobody else; a file that was there keeps its mode."""
    (tmp_path / "link.py").symlink_to(tmp_path / "target.py")
    (tmp_path / "shared.py").touch(mode=0o644)
    words = ["--instance", MANAGED_ARN, "--endpoint", "local", "--local-store", str(store)]
    files = [tmp_path / name for name in ("link.py", "new.py", "shared.py")]

    umask = os.umask(0o022)
    try:
        codes = [cli("export", "-o", str(file), words=words).code for file in files]
    finally:
        os.umask(umask)

    assert codes == [0, 0, 0]
    assert [oct(file.stat().st_mode & 0o777) for file in files] == ["0o600", "0o600", "0o644"]


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_what_is_kept_of_people_is_its_owners_alone(tmp_path: Path) -> None:
    """Through a link, and where a file with another mode was there."""
    target = tmp_path / "target"
    target.touch(mode=0o644)
    for link in ("export-x.jsonl", "export-y.jsonl"):
        (tmp_path / link).symlink_to(target if link < "export-y" else tmp_path / "none")

        ProgressFile(tmp_path / link, MANAGED_ARN).add(_read("u-1"))

        assert (tmp_path / link).stat().st_mode & 0o077 == 0


def test_half_written_line_costs_one_user(tmp_path: Path) -> None:
    """What is added after a kill does not continue the torn line."""
    path = tmp_path / "kept" / "export-x.jsonl"
    for user_id in ("u-1", "u-2", "u-3"):
        ProgressFile(path, MANAGED_ARN).add(_read(user_id))
        if user_id == "u-2":
            path.write_text(path.read_text()[:-5])

    listed = dict.fromkeys(("u-1", "u-2", "u-3"), CHANGED)
    assert sorted(ProgressFile(path, MANAGED_ARN).users(listed)) == ["u-1", "u-3"]
