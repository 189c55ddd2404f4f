"""Takes the pictures of the documentation again: `python -m tests.report.screenshots`."""

import tempfile
from pathlib import Path

from pulumi_connect_users.report.renderers import render
from tests.report.builders import report
from tests.support.browser import DARK, LIGHT, screenshot
from tools.checkout import ROOT

RECORDING = Path(__file__).parent / "recordings" / "changed.jsonl"
IMAGES = ROOT / "docs" / "images"
HOSTILE = "Ask @security first, see #12 | <img src=x> `code`.\\nThe address is on file."
BELIEVABLE = "Ask the security team first."
"""What a house says of such a user; the recording holds a text that tries to break a report."""


def main() -> None:
    """Writes both pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        recording = RECORDING.read_text().replace(HOSTILE, BELIEVABLE)
        page.write_text(render(report(recording), "html"))
        for name, flag in (("light", LIGHT), ("dark", DARK)):
            screenshot(page, IMAGES / f"report-{name}.png", flag, width=1000, height=1500)


if __name__ == "__main__":
    main()
