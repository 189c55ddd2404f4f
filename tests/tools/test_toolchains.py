"""Go and Node.js: what is there is used, once it is whole and new enough."""

from pathlib import Path

import pytest

from tools.engine.toolchains import GO, NODE, Toolchain, find

PRINTED = {"go": "go version go1.26.1 linux/amd64", "node": "v24.1.0", "npm": "11.0.0"}


def _install(folder: Path, **printed: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in printed.items():
        (folder / name).write_text(f"#!/bin/sh\necho {text}\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, in which both toolchains were installed earlier."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cache = tmp_path / "cache" / "pulumi-connect-users" / "toolchains"
    _install(cache / "go" / "bin", go=PRINTED["go"])
    _install(cache / "node" / "bin", node=PRINTED["node"], npm=PRINTED["npm"])
    return cache


@pytest.mark.parametrize("toolchain", [GO, NODE], ids=["go", "node"])
def test_find_toolchain_on_path_is_used(cache: Path, tmp_path: Path, toolchain: Toolchain) -> None:
    """Nothing is installed where a machine has it, of any newer major version too."""
    folder = _install(tmp_path / "bin", **PRINTED)

    assert find(toolchain, str(folder)) == folder


@pytest.mark.parametrize(
    ("toolchain", "printed"),
    [
        (GO, {}),
        (GO, {"go": "go version go1.24.0 linux/amd64"}),
        (NODE, {"node": "v20.20.2", "npm": "11.0.0"}),
        (NODE, {"node": "v24.1.0"}),
    ],
    ids=["no-go", "old-go", "old-node", "node-without-npm"],
)
def test_find_toolchain_installed_earlier_is_used_again(
    cache: Path, tmp_path: Path, toolchain: Toolchain, printed: dict[str, str]
) -> None:
    """One on PATH that is too old or not whole is passed over, and nothing is downloaded twice."""
    folder = _install(tmp_path / "bin", **printed)

    found = find(toolchain, str(folder))

    assert found == cache / toolchain.commands[0] / "bin"
