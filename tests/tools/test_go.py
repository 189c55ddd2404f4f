"""The Go that builds the command line: what is there is used, once it is whole."""

from pathlib import Path

import pytest

from tools.engine import go


def test_find_go_that_an_earlier_build_installed_is_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that goes on after an interruption downloads no second toolchain."""
    installed = tmp_path / "go-environment" / "bin" / "go"
    installed.parent.mkdir(parents=True)
    installed.write_text("#!/bin/sh\necho go version go1.26.1 linux/amd64\n")
    installed.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert go.find(tmp_path) == installed
