"""One pace for all processes of a user, and what happens where it cannot be shared."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from pulumi_connect_users.aws.rate_limit import RateLimiter
from pulumi_connect_users.aws.rate_limit_file import SharedBuckets, state_folder

NOW = 1_000_000.0
ASKING = """
import sys
from pathlib import Path
from pulumi_connect_users.aws.rate_limit import RateLimiter
from pulumi_connect_users.aws.rate_limit_file import SharedBuckets
buckets = SharedBuckets(Path(sys.argv[1]))
rate_limiter = RateLimiter(2.0, 5, buckets, clock=lambda: 1_000_000.0, sleep=print)
for _ in range(20):
    rate_limiter.wait("CreateUser")
"""
FULL = """
import resource, signal, sys
from pathlib import Path
from pulumi_connect_users.aws.rate_limit import RateLimiter
from pulumi_connect_users.aws.rate_limit_file import SharedBuckets
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
sys.stdout.reconfigure(line_buffering=True)
buckets = SharedBuckets(Path(sys.argv[1]), warn=print)
rate_limiter = RateLimiter(2.0, 5, buckets, clock=lambda: 1_000_000.0, sleep=print)
for _ in range(6):
    rate_limiter.wait("CreateUser")
"""
HOMELESS = """
import os
from pathlib import Path
from pulumi_connect_users.aws.rate_limit import RateLimiter
from pulumi_connect_users.aws.rate_limit_file import SharedBuckets, state_folder
state_folder()
for name in ("HOME", "XDG_STATE_HOME"):
    os.environ.pop(name, None)
os.setuid(54321)
rate_limiter = RateLimiter(2.0, 5, SharedBuckets(warn=print))
rate_limiter.wait("CreateUser")
rate_limiter.wait("CreateUser")
"""


def waits(buckets: SharedBuckets, requests: int, key: str = "CreateUser") -> list[float]:
    """The seconds that requests at one moment wait, zeros left out."""
    slept: list[float] = []
    rate_limiter = RateLimiter(2.0, 5, buckets, clock=lambda: NOW, sleep=slept.append)
    for _ in range(requests):
        rate_limiter.wait(key)
    return slept


def test_two_processes_at_once_share_one_pace(tmp_path: Path) -> None:
    """No place in the queue is given twice: 40 requests, 4 at once, then one each half second."""
    asking = [
        subprocess.Popen(
            [sys.executable, "-c", ASKING, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    told = [process.communicate()[0].split() for process in asking]
    slept = sorted(float(word) for words in told for word in words)
    assert [0.5 * n for n in range(1, 37)] == slept


def test_folder_that_cannot_be_written_paces_alone_with_one_warning(tmp_path: Path) -> None:
    """The pace holds within the process, and one line says why and what to do."""
    file = tmp_path / "file"
    file.touch()
    said: list[str] = []
    assert waits(SharedBuckets(file / "below", said.append), 6) == [0.5, 1.0]
    (line,) = said
    assert "in this process alone" in line
    assert "XDG_STATE_HOME" in line


def test_lock_that_somebody_holds_paces_alone_with_one_warning(tmp_path: Path) -> None:
    """A process that hangs with the lock stops nobody else."""
    said: list[str] = []
    buckets = SharedBuckets(tmp_path, said.append, lock_seconds=0.05)
    waits(buckets, 1)
    (lock,) = tmp_path.glob("*.lock")
    with FileLock(lock):
        assert waits(buckets, 4) == [0.5]
    assert len(said) == 1
    assert "is locked" in said[0]


@pytest.mark.parametrize(
    "content",
    [
        "",
        '{"tat": 10000',
        "null",
        '{"tat": NaN}',
        '{"tat": Infinity}',
        '{"tat": 1' + 400 * "0" + "}",
        100_000 * "[",
        "\0" * 80,
        '{"tat": 1e9, "seen": 1e6}',
    ],
)
def test_damaged_file_is_taken_for_a_fresh_one(tmp_path: Path, content: str) -> None:
    """A machine that lost power leaves no run that fails, and none that is not paced."""
    waits(SharedBuckets(tmp_path), 1)
    (file,) = tmp_path.glob("*.json")
    file.write_text(content)
    assert waits(SharedBuckets(tmp_path), 6) == [0.5, 1.0]


def test_rate_that_cannot_be_is_none_to_wait_for(tmp_path: Path) -> None:
    """A file that says that throttling has lowered the rate to nothing does not stop requests."""
    waits(SharedBuckets(tmp_path), 1)
    (file,) = tmp_path.glob("*.json")
    file.write_text(json.dumps({"seen": NOW, "throttled_at": NOW, "lowered_to": 0}))
    assert waits(SharedBuckets(tmp_path), 6) == [5.0, 10.0]


@pytest.mark.skipif(os.name == "nt", reason="files are limited otherwise there")
def test_disk_that_takes_no_more_paces_alone_with_one_warning(tmp_path: Path) -> None:
    """The pace holds within the process, and the line says what the system said."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=False
    )
    warning, *slept = done.stdout.splitlines()
    assert "cannot be used (File too large). Other runs" in warning
    assert slept == ["0.5", "1.0"]


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can act as another user")
def test_user_without_a_home_paces_alone_with_one_warning(tmp_path: Path) -> None:
    """A container runs as a number that nobody has given a name or a home."""
    tmp_path.chmod(0o777)
    done = subprocess.run(
        [sys.executable, "-c", HOMELESS], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == [
        "pacing requests in this process alone: this user has no home folder. Other runs on this "
        "machine use the same quota; set XDG_STATE_HOME to a writable folder."
    ], done.stderr
    assert list(tmp_path.iterdir()) == []


def test_files_name_nobody_and_are_private(tmp_path: Path) -> None:
    """Neither account nor operation stands in a name, and nobody else may read."""
    folder = tmp_path / "pacing"
    waits(SharedBuckets(folder), 1, "https://example.com|us-west-2|123456789012|CreateUser")
    found = list(folder.iterdir())
    assert [f.name for f in found if "1234" in f.name or "Create" in f.name] == []
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {0o600} == {f.stat().st_mode & 0o777 for f in found}


def test_folder_is_the_users_own_state_folder() -> None:
    """It is the place that the platform gives to state, below the project's name."""
    assert state_folder().parts[-2:] == ("pulumi-connect-users", "pacing")
