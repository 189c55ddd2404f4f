"""What `make up` makes besides users: a password, a passphrase, an environment file."""

import contextlib
import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tools import workspace
from tools.checkout import ROOT
from tools.quickstart import ending, password


def test_password_every_one_is_what_amazon_connect_accepts() -> None:
    """The pattern is CreateUser's own; two are never equal."""
    pattern = re.compile(r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z\d\S]{8,64}$")

    made = [password() for _ in range(50)]

    assert [word for word in made if not pattern.match(word)] == []
    assert len(set(made)) == 50


def test_ending_users_are_listed_with_three_things_to_try() -> None:
    text = ending([("mary", "mary.major", "arn:1"), ("richard-roe", "richard", "arn:2")])

    assert text.splitlines()[:3] == [
        "2 users are in stack dev:",
        "  mary         mary.major  arn:1",
        "  richard-roe  richard     arn:2",
    ]
    assert re.findall(r"^  (\d)\. ", text, flags=re.MULTILINE) == ["1", "2", "3"]


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_quickstart_interrupted_lets_pulumi_end_in_its_own_time(tmp_path: Path) -> None:
    """Ctrl-C reaches Pulumi too: it finishes what it has begun, and its exit code counts."""
    pulumi = tmp_path / "pulumi"
    pulumi.write_text(
        "#!/bin/sh\ntrap 'sleep 1; echo finished; exit 7' INT\nsleep 1; echo begun\n"
        "while :; do sleep 0.1; done\n"
    )
    pulumi.chmod(0o755)
    code = (
        "import sys; from pathlib import Path; from tools.quickstart import Quickstart; "
        "sys.exit(Quickstart(Path(sys.argv[1])).run('up'))"
    )
    maker = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert maker.stdout is not None
    try:
        assert maker.stdout.readline() == "begun\n"
        # As the terminal does it: the whole group of processes gets the signal.
        os.killpg(maker.pid, signal.SIGINT)
        printed, errors = maker.communicate(timeout=60)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(maker.pid, signal.SIGKILL)

    assert (printed, errors, maker.returncode) == ("finished\n", "", 7)


def test_write_private_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    """A passphrase is nobody else's business, and a second write replaces it whole."""
    path = tmp_path / "passphrase"
    for text in ("first", "second"):
        workspace.write_private(path, text)

    assert path.read_text() == "second"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_environment_commands_come_first_and_the_file_holds_the_passphrase(tmp_path: Path) -> None:
    """Neither an older pulumi nor a passphrase of the user's shell gets in the way."""
    base = {"PATH": "/usr/bin", "PULUMI_CONFIG_PASSPHRASE": "of-another-stack"}

    made = workspace.environment(tmp_path, base)

    assert made["PATH"].split(":")[0] == str(tmp_path)
    assert made["PATH"].endswith(":/usr/bin")
    assert "PULUMI_CONFIG_PASSPHRASE" not in made
    assert made["PULUMI_CONFIG_PASSPHRASE_FILE"] == str(workspace.PASSPHRASE)
