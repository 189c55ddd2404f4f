"""Making .venv: when it is made anew, and what a person is told when a step fails."""

import sys
import venv
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from tools.checkout import ROOT, venv_python
from tools.environment import failure, is_from_elsewhere, locked_entry, starts, works


def test_failure_of_a_step_that_printed_for_itself_points_at_it() -> None:
    """What stands above on the screen is not repeated."""
    assert failure(CalledProcessError(2, ["uv"])) == (
        "Making .venv: the step above ended with code 2. Try again."
    )


def test_failure_of_a_silent_step_says_what_it_said() -> None:
    """Python keeps what `ensurepip` prints to itself: its last line is told."""
    output = b"Traceback ...\n\nERROR: no space left on device\n"

    assert failure(CalledProcessError(1, ["python"], output)) == (
        "Making .venv: ERROR: no space left on device (code 1). Try again."
    )


def test_failure_without_ensurepip_names_the_package_to_install() -> None:
    """Debian and Ubuntu ship Python without it."""
    output = b"/usr/bin/python3: No module named ensurepip\n"

    assert "install python3-venv" in failure(CalledProcessError(1, ["python"], output))


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
