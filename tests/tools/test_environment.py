"""Making .venv: when it is made anew, and what a person is told when a step fails."""

import sys
import venv
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from tools.checkout import ROOT, venv_python
from tools.environment import failure, is_from_elsewhere, locked_entry, starts, works


@pytest.mark.parametrize(
    ("command", "output", "said"),
    [
        ("uv", None, "Making .venv: the step above ended with code 1. Try again."),
        (
            "python",
            b"Traceback ...\n\nERROR: no space left\n",
            "Making .venv: ERROR: no space left (code 1). Try again.",
        ),
        ("python", b"/usr/bin/python3: No module named ensurepip\n", "install python3-venv"),
    ],
    ids=["printed-above", "silent", "no-ensurepip"],
)
def test_failure_of_a_step_says_what_to_do(command: str, output: bytes | None, said: str) -> None:
    """What is on the screen is not repeated; the last line that Python kept to itself is shown."""
    assert said in failure(CalledProcessError(1, [command], output))


def test_environment_whose_making_was_interrupted_is_not_whole(tmp_path: Path) -> None:
    """Its interpreter runs, and pip, which comes last, is missing: it has to be made anew."""
    venv.create(tmp_path / "half", with_pip=False)

    assert starts(venv_python(tmp_path / "half"))
    assert not works(venv_python(tmp_path / "half"))
    assert works(Path(sys.executable))


def test_environment_without_an_interpreter_does_not_start(tmp_path: Path) -> None:
    """As where a newer Python has replaced the one that it was made from."""
    assert not starts(venv_python(tmp_path))


def test_environment_that_moved_with_its_checkout_is_made_anew(tmp_path: Path) -> None:
    """Its commands name the interpreter of the old place."""
    venv.create(tmp_path / "here", with_pip=False)
    assert not is_from_elsewhere(tmp_path / "here")

    (tmp_path / "here").rename(tmp_path / "there")

    assert is_from_elsewhere(tmp_path / "there")


def test_locked_entry_is_one_package_with_every_hash() -> None:
    """pip, told to require hashes, installs uv by these lines alone."""
    entry = locked_entry("uv", (ROOT / "requirements.lock").read_text())

    first, *hashes = entry.splitlines()
    assert first.startswith("uv==")
    assert hashes
    assert all(line.strip().startswith("--hash=sha256:") for line in hashes)


def test_locked_entry_of_a_package_that_the_lock_lacks_names_the_way_out() -> None:
    """Nothing is installed without a hash instead."""
    with pytest.raises(LookupError, match="make lock"):
        locked_entry("uv", "uvloop==1.0 \\\n    --hash=sha256:00\n")
