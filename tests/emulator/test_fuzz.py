"""A short run of the fuzz; `python -m tests.emulator.fuzz` is the long one."""

import random
from pathlib import Path

import pytest

from tests.emulator.fuzz import fuzz
from tests.emulator.hostile_values import Source
from tests.support.sample_instance import SampleInstance

_REQUESTS = 400


@pytest.mark.slow
def test_hostile_requests_are_all_answered(tmp_path: Path) -> None:
    """No 5xx, no lost answer, none that takes more than a second of processor time."""
    findings = fuzz(tmp_path, seed=1, requests=_REQUESTS, progress=lambda *_: None)

    assert findings.failures == []
    assert findings.count == _REQUESTS
    assert min(findings.statuses[200], findings.statuses[400], findings.statuses[404]) > 20


def test_seed_makes_the_same_requests_again(sample: SampleInstance) -> None:
    first, second = (Source(random.Random(7), sample) for _ in range(2))

    for _ in range(50):
        one, other = first.request(), second.request()
        # Names of new instances are made of chance of their own.
        assert (one.name, one.method) == (other.name, other.method)
