"""`python -m tools.release_notes TAG`: prints the changelog's section of a release.

It refuses a tag that is not the version of everything released, and a version without a section.
"""

import argparse
import re
import sys
from pathlib import Path

from tools.checkout import ROOT, say

VERSIONED = ("pyproject.toml", "policies/pyproject.toml", "policies/PulumiPolicy.yaml")
"""Files that state the version. What else names it fails a test, or is an example's."""
_VERSION = re.compile(r'^version\s*[=:]\s*"?([^"\s]+)"?$', re.MULTILINE)


class NotReleasableError(Exception):
    """The tag cannot be released; the message says why and what to do."""


def main() -> int:
    """Prints the section and returns the exit code."""
    parser = argparse.ArgumentParser(prog="tools.release_notes", description=__doc__)
    parser.add_argument("tag", help="e.g. v0.1.0")
    try:
        print(notes(parser.parse_args().tag))
    except NotReleasableError as error:
        say(str(error))
        return 1
    return 0


def notes(tag: str, root: Path = ROOT) -> str:
    """Returns the text below the heading of the version that `tag` names.

    Raises:
        NotReleasableError: the tag is not the version, or the changelog does not have it.
    """
    for file in VERSIONED:
        if tag != f"v{(version := stated_version(root / file))}":
            raise NotReleasableError(
                f"Releasing {tag}: {file} states {version}. Tag v{version}, or change the file."
            )
    heading = rf"^## \[{re.escape(tag[1:])}\] - \d{{4}}-\d\d-\d\d\n(.*?)(?=^## |^\[|\Z)"
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    section = re.search(heading, changelog, re.MULTILINE | re.DOTALL)
    if section is None or not section[1].strip():
        raise NotReleasableError(
            f"Releasing {tag}: CHANGELOG.md has nothing below `## [{tag[1:]}] - YYYY-MM-DD`. "
            "Move what is released there."
        )
    return section[1].strip()


def stated_version(file: Path) -> str:
    """Returns the version that a file states."""
    found = _VERSION.search(file.read_text(encoding="utf-8"))
    assert found is not None, f"{file} states no version"
    return found[1]


if __name__ == "__main__":
    sys.exit(main())
