"""A tag is released if everything states its version and the changelog says what is new."""

import shutil
from pathlib import Path

import pytest

from tools.checkout import ROOT
from tools.release_notes import VERSIONED, NotReleasableError, notes, stated_version

CHANGELOG = """\
# Changelog

## [Unreleased]

### Added

- What is not released.

## [{version}] - 2026-11-30

### Added

- What is released.

## [0.0.1] - 2026-01-01

- What was released.

[0.0.1]: a link
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """This checkout's versions, and a changelog with a section of them."""
    for file in VERSIONED:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    version = stated_version(ROOT / "pyproject.toml")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG.format(version=version))
    return tmp_path


def test_notes_of_a_tag_are_its_section_alone(checkout: Path) -> None:
    """The same version in all files: else the tag would not be that of one of them."""
    tag = f"v{stated_version(ROOT / 'pyproject.toml')}"

    assert notes(tag, checkout) == "### Added\n\n- What is released."


def test_oldest_section_ends_before_the_links(checkout: Path) -> None:
    for file in VERSIONED:
        text = (checkout / file).read_text()
        (checkout / file).write_text(text.replace(stated_version(checkout / file), "0.0.1", 1))

    assert notes("v0.0.1", checkout) == "- What was released."


@pytest.mark.parametrize("file", VERSIONED)
def test_tag_that_one_file_contradicts_is_refused(file: str, checkout: Path) -> None:
    text = (checkout / file).read_text()
    version = stated_version(checkout / file)
    (checkout / file).write_text(text.replace(version, "9.9.9", 1))

    with pytest.raises(NotReleasableError, match=f"{file} states 9.9.9"):
        notes(f"v{version}", checkout)


@pytest.mark.parametrize("heading", ["## [Unreleased]", "## [{version}]"])
def test_version_without_a_dated_section_is_refused(heading: str, checkout: Path) -> None:
    version = stated_version(ROOT / "pyproject.toml")
    text = f"# Changelog\n\n{heading.format(version=version)}\n\n- What is new.\n"
    (checkout / "CHANGELOG.md").write_text(text)

    with pytest.raises(NotReleasableError, match="has nothing below"):
        notes(f"v{version}", checkout)
