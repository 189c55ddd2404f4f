"""Deletions are counted over all provider processes of one run, and of no other."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_connect_users.aws.run_tally import RunTally
from pulumi_connect_users.core.errors import DeletionsExhausted
from pulumi_connect_users.users.allowance import Allowance
from pulumi_connect_users.users.deletion_limit import DeletionLimit, key_of

_ENGINE = "127.0.0.1:40001"
_OTHER = """
import sys
from pathlib import Path
from pulumi_connect_users.aws.run_tally import RunTally
from pulumi_connect_users.users.allowance import Allowance
from pulumi_connect_users.users.deletion_limit import DeletionLimit

tally = RunTally(sys.argv[1], "maxDeletes", Path(sys.argv[2]))
deletion_limit = DeletionLimit(Allowance("maxDeletes", 2), tally=tally)
with deletion_limit.deletion("of-another-process"):
    pass
print("done", flush=True)
sys.stdin.read()
"""


def _other(folder: Path, engine: str = _ENGINE) -> subprocess.Popen[str]:
    """A provider process that has deleted one user and lives on."""
    process = subprocess.Popen(
        [sys.executable, "-c", _OTHER, engine, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "done\n"
    return process


def test_deletions_of_two_processes_of_a_run_share_the_limit(tmp_path: Path) -> None:
    """The second process may delete what the first has left of it."""
    other = _other(tmp_path)
    deletion_limit = DeletionLimit(
        Allowance("maxDeletes", 2), tally=RunTally(_ENGINE, "maxDeletes", tmp_path)
    )

    with deletion_limit.deletion("mine"):
        pass
    with pytest.raises(
        DeletionsExhausted, match=r"2 users were already deleted\. This one is kept"
    ):
        deletion_limit.deletion("another").__enter__()

    other.communicate("")


@pytest.mark.parametrize("end", ["kill", "close"])
def test_later_run_at_the_same_address_begins_anew(tmp_path: Path, end: str) -> None:
    """Ports are used again; what holds the count is a living process, however it ends."""
    other = _other(tmp_path)
    if end == "kill":
        other.kill()
    other.communicate("")
    deletion_limit = DeletionLimit(
        Allowance("maxDeletes", 2), tally=RunTally(_ENGINE, "maxDeletes", tmp_path)
    )

    for user in ("one", "two"):
        with deletion_limit.deletion(user):
            pass

    assert len(list(tmp_path.glob("*.alive"))) == 1


def test_process_of_the_same_engine_continues_the_count_of_one_that_has_ended(
    tmp_path: Path,
) -> None:
    """An explicit provider's process ends with its last resource, in the middle of a run."""
    for _ in range(2):
        _other(tmp_path).communicate("")
    deletion_limit = DeletionLimit(
        Allowance("maxDeletes", 2), tally=RunTally(_ENGINE, "maxDeletes", tmp_path)
    )
    (count,) = tmp_path.glob("*.json")
    assert len(json.loads(count.read_text())) == 1, "one user, deleted again"
    (tmp_path / f"{count.stem}.{os.getppid()}.parent").touch()

    with deletion_limit.deletion("one"):
        pass
    with pytest.raises(DeletionsExhausted):
        deletion_limit.deletion("two").__enter__()


def test_other_runs_count_for_themselves_and_are_kept(tmp_path: Path) -> None:
    """Two stacks are deployed side by side."""
    other = _other(tmp_path, "127.0.0.1:40002")
    deletion_limit = DeletionLimit(
        Allowance("maxDeletes", 1), tally=RunTally(_ENGINE, "maxDeletes", tmp_path)
    )

    with deletion_limit.deletion("mine"):
        pass

    assert len(list(tmp_path.glob("*.json"))) == 2
    other.communicate("")


def test_no_name_is_in_the_file(tmp_path: Path) -> None:
    """It lies in the home of whoever runs Pulumi, for them alone."""
    deletion_limit = DeletionLimit(
        Allowance("maxDeletes", 2), tally=RunTally(_ENGINE, "maxDeletes", tmp_path)
    )

    with deletion_limit.deletion(key_of("arn", "mary.major@example.com")):
        pass

    (count,) = tmp_path.glob("*.json")
    assert "mary" not in count.read_text()
    assert count.stat().st_mode & 0o077 == 0


def test_folder_that_cannot_be_used_is_told_once_and_the_process_counts(tmp_path: Path) -> None:
    """A limit that is counted by a process alone is better than a run that fails."""
    (tmp_path / "runs").write_text("")
    warnings: list[str] = []
    deletion_limit = DeletionLimit(
        Allowance("maxDeletes", 1),
        tally=RunTally(_ENGINE, "maxDeletes", tmp_path / "runs", warnings.append),
    )

    with deletion_limit.deletion("mine"):
        pass
    with pytest.raises(DeletionsExhausted):
        deletion_limit.deletion("another").__enter__()

    (warning,) = warnings
    assert warning.startswith("counting users of this process alone (")
