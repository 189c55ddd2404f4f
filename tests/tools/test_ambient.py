"""An installed Pulumi is used only where it is complete and new enough."""

from pathlib import Path

import pytest

from tools.engine import ambient

BESIDE = ("pulumi-language-python",)


def install(folder: Path, *, printed: str, beside: tuple[str, ...] = BESIDE) -> Path:
    """Makes a `pulumi` that prints a version, with other commands beside it."""
    folder.mkdir(parents=True)
    for name, text in {"pulumi": f"echo '{printed}'", **dict.fromkeys(beside, "true")}.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    return folder


def test_find_complete_pulumi_gives_its_folder(tmp_path: Path) -> None:
    """New enough, and its language host beside it."""
    folder = install(tmp_path / "bin", printed="v3.260.0")

    assert ambient.find(str(folder)) == (folder, "")


def test_find_linked_pulumi_looks_for_its_host_where_the_link_leads(tmp_path: Path) -> None:
    """Package managers link the command into a common folder."""
    real = install(tmp_path / "real", printed="v3.260.0")
    linked = tmp_path / "bin"
    linked.mkdir()
    (linked / "pulumi").symlink_to(real / "pulumi")

    assert ambient.find(str(linked)) == (linked, "")


@pytest.mark.parametrize(
    ("printed", "beside", "reason"),
    [
        ("v3.100.0", BESIDE, "is v3.100.0, and 3.259.0 or newer is needed"),
        ("v4.0.0", BESIDE, "is v4.0.0, and 3.259.0 or newer is needed"),
        ("v3.260.0", (), "has no pulumi-language-python beside it"),
    ],
)
def test_find_unfit_pulumi_says_why(
    tmp_path: Path, printed: str, beside: tuple[str, ...], reason: str
) -> None:
    """The reason is for the user, who may have an installation to renew."""
    folder = install(tmp_path / "bin", printed=printed, beside=beside)

    found, why = ambient.find(str(folder))

    assert found is None
    assert why == f"{folder / 'pulumi'} {reason}"


def test_find_without_pulumi_says_so(tmp_path: Path) -> None:
    """Nothing on PATH is the usual case, and no error."""
    assert ambient.find(str(tmp_path)) == (None, "no `pulumi` on PATH")
