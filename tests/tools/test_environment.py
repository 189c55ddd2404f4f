"""Making .venv: what a person is told when a step fails."""

from subprocess import CalledProcessError

from tools.environment import failure


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
