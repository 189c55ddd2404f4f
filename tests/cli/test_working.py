"""Commands that take long say that they still work."""

import os
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

COMMAND = [sys.executable, "-c", "from pulumi_connect_users.cli import main; main()", "report"]


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX's")
def test_command_on_a_terminal_says_after_two_seconds_that_it_still_works(tmp_path: Path) -> None:
    ours, its = os.openpty()
    with Popen(COMMAND, stdin=PIPE, stdout=PIPE, stderr=its, cwd=tmp_path) as process:
        os.close(its)
        said = os.read(ours, 1000)
        process.communicate(b"{}")
    os.close(ours)

    assert said.startswith(b"connect-users: still working (")


def test_command_in_a_log_says_nothing_of_the_kind(tmp_path: Path) -> None:
    with Popen(COMMAND, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=tmp_path) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=4)
        _, said = process.communicate(b"{}")

    assert b"still working" not in said
