"""The page about reports names all that there is."""

import re
from typing import get_args

import pytest

from pulumi_connect_users.report.gate import COUNTERS
from pulumi_connect_users.report.renderers import FORMATS
from pulumi_connect_users.report.report import RiskKind
from tools.checkout import ROOT

PAGE = ROOT / "docs" / "report.md"


@pytest.mark.parametrize("word", sorted({*COUNTERS, *get_args(RiskKind), *FORMATS}))
def test_every_condition_risk_and_format_is_explained(word: str) -> None:
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("|")]

    assert any(f"`{word}`" in row.split("|")[1] for row in rows)


def test_every_picture_is_there_and_small() -> None:
    """`python -m tests.report.screenshots` takes them anew."""
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", PAGE.read_text())

    assert pictures
    for picture in pictures:
        assert 10_000 < (PAGE.parent / picture).stat().st_size < 400_000
