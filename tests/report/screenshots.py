"""Takes the pictures of the documentation anew: `python -m tests.report.screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pulumi_connect_users.report.writers import write
from tests.report.browser import DARK, LIGHT, screenshot
from tests.report.builders import report
from tools.checkout import ROOT

RECORDING = Path(__file__).parent / "recordings" / "changed.jsonl"
IMAGES = ROOT / "docs" / "images"


def main() -> None:
    """Writes both pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(write(report(RECORDING.read_text()), "html"))
        for name, flag in (("light", LIGHT), ("dark", DARK)):
            screenshot(page, IMAGES / f"report-{name}.png", flag, width=1000, height=1500)


if __name__ == "__main__":
    main()
