"""Golden files: what every writer makes of what the real `pulumi` printed.

`python -m tests.report.record` makes recordings and golden files anew.
"""

import json
from pathlib import Path
from typing import Final

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from pulumi_connect_users.report import assemble, read_preview
from pulumi_connect_users.report.renderers import FORMATS, Format, render

RECORDINGS = Path(__file__).parent / "recordings"
NAMES = sorted(file.name for file in RECORDINGS.iterdir())


class _Text(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "txt"


class _Markdown(_Text):
    file_extension = "md"


class _Html(_Text):
    file_extension = "html"


class _Json(_Text):
    file_extension = "json"


GOLDEN: Final[dict[Format, type[_Text]]] = {
    "markdown": _Markdown,
    "html": _Html,
    "terminal": _Text,
    "json": _Json,
}


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize("recording", NAMES)
def test_recording_gives_the_golden_report(
    recording: str, target: Format, snapshot: SnapshotAssertion
) -> None:
    report = assemble(read_preview((RECORDINGS / recording).read_text()))

    assert render(report, target) == snapshot(extension_class=GOLDEN[target])


@pytest.mark.parametrize("target", FORMATS)
def test_torn_recording_gives_the_golden_report(
    target: Format, snapshot: SnapshotAssertion
) -> None:
    """A run that was killed half way: what is there is shown, and that it is not the whole."""
    text = (RECORDINGS / "changed.jsonl").read_text()

    report = assemble(read_preview(text[: len(text) // 2]))

    assert render(report, target) == snapshot(extension_class=GOLDEN[target])


@pytest.mark.parametrize("target", FORMATS)
def test_steps_in_another_order_give_the_same_bytes(target: Format) -> None:
    """The engine takes resources in any order; a comment that is edited must not flicker."""
    lines = (RECORDINGS / "changed.jsonl").read_text().splitlines()
    # The steps of one resource keep their order, which means something.
    reordered = sorted(lines, key=lambda line: _urn(line)[::-1])

    told = assemble(read_preview("\n".join(lines)))
    retold = assemble(read_preview("\n".join(reordered)))

    assert render(told, target) == render(retold, target)


def _urn(line: str) -> str:
    event = json.loads(line)
    payload = next(value for value in event.values() if isinstance(value, dict))
    return str(payload.get("resourceUrn") or payload.get("metadata", {}).get("urn", ""))
