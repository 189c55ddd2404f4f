"""The recordings are what the real `pulumi` prints today."""

from pathlib import Path

from tests.report.builders import report
from tests.report.record import RECORDINGS, record


def test_recordings_are_what_pulumi_prints_today(tmp_path: Path) -> None:
    """Recorded anew, every preview gives the same report: `python -m tests.report.record`."""
    fresh = record(tmp_path)

    assert sorted(fresh) == sorted(file.name for file in RECORDINGS.iterdir())
    for name, text in fresh.items():
        found, recorded = report(text), report((RECORDINGS / name).read_text())
        if found.outcome == "failed":
            # How much is planned until a failure ends it differs from run to run.
            assert (found.problems, found.verdict[0]) == (recorded.problems, recorded.verdict[0])
        else:
            assert found == recorded, name
