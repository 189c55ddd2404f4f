"""Folders of the cache are made once and moved into place whole."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tools.checkout import ROOT
from tools.folders import digest, keep


def _make(work: Path) -> Path:
    made = work / "made"
    made.mkdir(exist_ok=True)
    (made / "file").write_text("whole")
    return made


def test_keep_makes_a_folder_once_however_many_ask(tmp_path: Path) -> None:
    """The others wait, and take what the first one made."""
    count: list[Path] = []

    def make(work: Path) -> Path:
        count.append(work)
        return _make(work)

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: keep(tmp_path / "home", make), range(8)))

    assert found == {tmp_path / "home"}
    assert len(count) == 1
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["file"]


def test_keep_of_a_maker_that_fails_leaves_its_work_and_no_folder(tmp_path: Path) -> None:
    """What was fetched is there for the next attempt."""

    def fail(work: Path) -> Path:
        (work / "fetched").touch()
        raise OSError("the network is gone")

    with pytest.raises(OSError, match="network"):
        keep(tmp_path / "home", fail)

    assert not (tmp_path / "home").exists()
    assert (tmp_path / "home.work" / "fetched").exists()
    assert keep(tmp_path / "home", _make) == tmp_path / "home"
    assert not (tmp_path / "home.work").exists()


def test_keep_after_a_killed_process_makes_the_folder(tmp_path: Path) -> None:
    """Its lock is free and what it left half-way is not taken for whole."""
    code = (
        "import os, sys, signal; from pathlib import Path; from tools.folders import keep\n"
        "def make(work):\n"
        "    (work / 'made').mkdir(); (work / 'made' / 'half').touch()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "keep(Path(sys.argv[1]), make)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "home")]
    killed = subprocess.run(command, cwd=ROOT, env=os.environ, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "home").exists()

    assert (keep(tmp_path / "home", _make) / "file").read_text() == "whole"


def test_digest_changes_with_files_and_words(tmp_path: Path) -> None:
    """A change of either makes a folder of its own."""
    (tmp_path / "file").write_text("1")
    first = digest([tmp_path / "file"], "a", "b")

    assert first != digest([tmp_path / "file"], "ab", "")
    (tmp_path / "file").write_text("2")
    assert first != digest([tmp_path / "file"], "a", "b")
