"""The terminal's report: aligned, coloured where colours are, and what people are called stays."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from pulumi_connect_users.report.renderers import FORMATS
from pulumi_connect_users.report.renderers.terminal import render_terminal, show
from tests.report.builders import digest, report, step, user

MAIN = "from pulumi_connect_users.cli import main; main()"
RECORDING = Path(__file__).parent / "recordings" / "changed.jsonl"


def test_markup_in_a_name_is_no_style() -> None:
    text = render_terminal(report(digest(step("delete", user(), name="[red]x[/red]:smile:"))))

    assert "− [red]x[/red]:smile:" in text


def test_verdict_is_the_last_line() -> None:
    text = render_terminal(report(digest(step("delete", user()))))

    assert text.splitlines()[-1] == "centre/dev: 1 user to delete"


def test_colours_are_for_terminals_alone() -> None:
    """The same words in both; symbols tell what colours tell."""
    found = report(RECORDING.read_text())
    shown = io.StringIO()
    show(found, Console(file=shown, force_terminal=True, width=100, color_system="standard"))

    assert "\x1b[" in shown.getvalue()
    assert "\x1b[" not in render_terminal(found)


@pytest.mark.slow
@pytest.mark.parametrize("target", FORMATS)
def test_piped_preview_gives_the_same_bytes_in_every_process(target: str) -> None:
    """From standard input, however Python orders its sets this time."""
    command = [sys.executable, "-c", MAIN, "report", "--format", target]
    printed = {
        subprocess.run(
            command,
            input=RECORDING.read_bytes(),
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "NO_COLOR": "1",
                "PYTHONIOENCODING": "ascii",
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(printed) == 1
    assert "−".encode() in printed.pop() or target == "json"
